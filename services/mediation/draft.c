/* SPDX-License-Identifier: Apache-2.0
 *
 * Drafting: the terms of the agreement (People's Mediation Law 29).
 *
 * A draft names every worker who does not stay outside, each with his amount. A new draft replaces the old one:
 * consents and signatures start again, because nobody signed these terms. Who does not consent after the draft makes it
 * fall.
 */
#include "services/mediation/plan.h"
#include "services/mediation/steps.h"

static void draft_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLAIM, now->target);
    reads_children(reads, &PARTY, now->target);
    reads_children(reads, &INSTALMENT, now->target);
    reads_child(reads, &PAPER, now->target, PAPER_TERMS);
}

static void draft_reads_more(const void *command, const struct context *now, const struct rows *rows,
                             struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "agreement draft", 0, reads);
    case_session_reads(rows, now, reads);
}

static enum status draft_plan(const Mediation__AgreementDraft *draft, const struct rows *rows,
                              const struct context *now, struct plan *plan, struct refusal *refusal)
{
    struct plan_case of = {0};

    of.claims = rows_children(rows, &CLAIM, now->target, &of.claim_count);
    of.parties = rows_children(rows, &PARTY, now->target, &of.party_count);
    enum status status = plan_portions(draft, &of, now, plan, refusal);
    if (!status)
        status = plan_bound(draft, &of, now, plan, refusal);
    return status ? status : plan_dues(draft, now, plan, refusal);
}

static enum status draft_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Mediation__AgreementDraft *draft = command;
    const MediationRows__Case *row = case_target(rows, now);
    struct plan plan = {0};
    Tiaojie__StepTaken *taken;
    enum status status = case_mediator(row, now, &events->refusal);

    if (!status)
        status = draft_plan(draft, rows, now, &plan, &events->refusal);
    if (status)
        return status;
    struct step_facts facts = case_facts(rows, row);
    facts.all_sums_fixed = true;
    facts.instalments_sum = true;
    facts.not_due_told = draft->not_due_told;
    status = case_step(row, "agreement draft", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__AgreementDrafted *drafted = event_new(events, &AGREEMENT_DRAFTED);
    drafted->draft = row->draft + 1;
    drafted->portions = draft->portions;
    drafted->n_portions = draft->n_portions;
    drafted->instalments = plan.dues;
    drafted->n_instalments = plan.due_count;
    drafted->bound = plan.bound;
    drafted->n_bound = plan.bound_count;
    drafted->agreed_fen = plan.agreed_fen;
    drafted->terms = draft->terms;
    drafted->not_due_told = draft->not_due_told;
    drafted->step = taken;
    return OK;
}

static void portions_apply(const Mediation__AgreementDrafted *drafted, uint64_t about, struct rows *rows)
{
    for (size_t i = 0; i < drafted->n_portions; i++) {
        MediationRows__Claim *claim = rows_change_child(rows, &CLAIM, about, drafted->portions[i]->claim);
        claim->draft = drafted->draft;
        claim->agreed_fen = drafted->portions[i]->amount_fen;
        claim->consents = MEDIATION__ANSWERED__ANSWERED_UNKNOWN;
        claim->has_signed = false;
    }
}

static void bound_apply(const Mediation__AgreementDrafted *drafted, uint64_t about, uint32_t parties, struct rows *rows)
{
    for (uint32_t ordinal = 1; ordinal <= parties; ordinal++) {
        MediationRows__Party *party = rows_change_child(rows, &PARTY, about, ordinal);
        party->bound = false;
        party->share_fen = 0;
        party->has_signed = false;
    }
    for (size_t i = 0; i < drafted->n_bound; i++) {
        MediationRows__Party *party = rows_change_child(rows, &PARTY, about, drafted->bound[i]->party);
        party->bound = true;
        party->share_fen = drafted->bound[i]->share_fen;
    }
}

/* Rows are never taken away: those that an earlier draft had more are marked as replaced. */
static void dues_apply(const Mediation__AgreementDrafted *drafted, uint64_t about, uint32_t had, struct rows *rows)
{
    const uint32_t count = (uint32_t)drafted->n_instalments;

    for (uint32_t ordinal = 1; ordinal <= count; ordinal++) {
        const Mediation__Due *due = drafted->instalments[ordinal - 1];
        MediationRows__Instalment *instalment = ordinal <= had ? rows_change_child(rows, &INSTALMENT, about, ordinal)
                                                               : rows_new_child(rows, &INSTALMENT, about, ordinal);
        instalment->due_day = due->due_day;
        instalment->amount_fen = due->amount_fen;
        instalment->payer = due->payer;
        instalment->state = MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_DUE;
    }
    for (uint32_t ordinal = count + 1; ordinal <= had; ordinal++) {
        MediationRows__Instalment *instalment = rows_change_child(rows, &INSTALMENT, about, ordinal);
        instalment->state = MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_REPLACED;
    }
}

static void terms_apply(const Mediation__AgreementDrafted *drafted, uint64_t about, struct rows *rows)
{
    MediationRows__Paper *terms = drafted->draft == 1 ? rows_new_child(rows, &PAPER, about, PAPER_TERMS)
                                                      : rows_change_child(rows, &PAPER, about, PAPER_TERMS);

    terms->text = case_sealed(rows, drafted->terms);
    terms->subject = drafted->terms ? drafted->terms->subject : 0;
}

static void drafted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__AgreementDrafted *drafted = event;
    MediationRows__Case *row = case_change(rows, about, drafted->step);
    const uint32_t count = (uint32_t)drafted->n_instalments;

    portions_apply(drafted, about, rows);
    bound_apply(drafted, about, row->parties, rows);
    dues_apply(drafted, about, row->instalment_rows, rows);
    terms_apply(drafted, about, rows);
    case_session_end(row, rows);
    row->draft = drafted->draft;
    row->draft_falls = false;
    row->agreed = (uint32_t)drafted->n_portions;
    row->consenting = 0;
    row->workers_signed = false;
    row->parties_signed = false;
    row->mediator_signed = false;
    row->agreed_fen = drafted->agreed_fen;
    row->instalments = count;
    if (row->instalment_rows < count)
        row->instalment_rows = count;
}

const struct event AGREEMENT_DRAFTED = {
    .name = "agreement drafted",
    .message = &mediation__agreement_drafted__descriptor,
    .apply = drafted_apply,
    .text = N_("the terms of the agreement are drafted"),
};

const struct command AGREEMENT_DRAFT = {
    .name = "agreement draft",
    .message = &mediation__agreement_draft__descriptor,
    .on = &CASE,
    .may = MAY_MEDIATOR,
    .reads = draft_reads,
    .reads_more = draft_reads_more,
    .decide = draft_decide,
    .target_help = "CASE",
    .help = "draft the agreement: an amount for each worker, instalments, who is bound",
    .example = "agreement draft 1025 --from draft.json",
};
