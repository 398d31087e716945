/* SPDX-License-Identifier: Apache-2.0
 *
 * Consent to mediation: when a party clearly refuses, there is no mediation (People's Mediation Law 17).
 *
 * A respondent's refusal ends the case. One who is only jointly liable, or a payer, stays out by his refusal: mediation
 * goes on with the others, and no agreement can bind him.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void consent_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Mediation__Consent *consent = command;

    reads_one(reads, &CASE, now->target);
    reads_child(reads, &PARTY, now->target, consent->party);
    if (!consent->consents)
        reads_children(reads, &CLOCK, now->target);
}

static void consent_reads_more(const void *command, const struct context *now, const struct rows *rows,
                               struct reads *reads)
{
    const Mediation__Consent *consent = command;

    case_step_reads(rows, now, consent->consents ? "case consent" : "case refuse", 0, reads);
    if (!consent->consents)
        case_session_reads(rows, now, reads);
}

static bool is_respondent(const MediationRows__Party *party)
{
    return party->role == INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT;
}

/* The step is taken when the last respondent consents; whoever consents before or besides him is only recorded. */
static enum status agree(const struct rows *rows, const MediationRows__Case *row, const MediationRows__Party *party,
                         const struct context *now, struct events *events, Tiaojie__StepTaken **taken)
{
    if (!is_respondent(party) || row->respondents_consenting + 1 < row->respondents)
        return OK;
    struct step_facts facts = case_facts(rows, row);
    facts.respondent_consents = true;
    return case_step(row, "case consent", &facts, now, events, taken);
}

static enum status consent_judge(const MediationRows__Case *row, const MediationRows__Party *party,
                                 const Mediation__Consent *consent, const struct context *now, struct refusal *refusal)
{
    enum status status = case_ours(row, now, refusal);

    if (status)
        return status;
    if (!party)
        return refuse(refusal, UNKNOWN, "party", N_("the case has no such party"), N_("see `case show`"));
    if (row->outcome[0])
        return refuse(refusal, CONFLICT, "target", N_("the case is closed"), N_("see its outcome with `case show`"));
    if (row->effect_at)
        return refuse(refusal, CONFLICT, "party", N_("the agreement has effect already"),
                      N_("consent comes before the agreement"));
    if (consent->consents && party->consents == MEDIATION__ANSWERED__ANSWERED_YES)
        return refuse(refusal, CONFLICT, "party", N_("this party's consent is recorded already"),
                      N_("see `case show`"));
    return OK;
}

static enum status consent_decide(const void *command, const struct rows *rows, const struct context *now,
                                  struct events *events)
{
    const Mediation__Consent *consent = command;
    const MediationRows__Case *row = case_target(rows, now);
    const MediationRows__Party *party = rows_child(rows, &PARTY, now->target, consent->party);
    Tiaojie__StepTaken *taken = NULL;
    enum status status = consent_judge(row, party, consent, now, &events->refusal);

    if (!status && consent->consents)
        status = agree(rows, row, party, now, events, &taken);
    if (status)
        return status;

    Mediation__ConsentRecorded *recorded = event_new(events, &CONSENT_RECORDED);
    recorded->party = consent->party;
    recorded->consents = consent->consents;
    recorded->step = taken;
    if (!consent->consents && is_respondent(party))
        return case_finish(rows, row, "case refuse", "refused", NULL, now, events);
    return OK;
}

static void recorded_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__ConsentRecorded *recorded = event;
    MediationRows__Case *row = case_change(rows, about, recorded->step);
    MediationRows__Party *party = rows_change_child(rows, &PARTY, about, recorded->party);
    const bool did = party->consents == MEDIATION__ANSWERED__ANSWERED_YES;

    if (is_respondent(party))
        row->respondents_consenting += (recorded->consents ? 1u : 0u) - (did ? 1u : 0u);
    party->consents = recorded->consents ? MEDIATION__ANSWERED__ANSWERED_YES : MEDIATION__ANSWERED__ANSWERED_NO;
    if (!recorded->consents && party->bound)
        row->draft_falls = true;
}

const struct event CONSENT_RECORDED = {
    .name = "consent recorded",
    .message = &mediation__consent_recorded__descriptor,
    .apply = recorded_apply,
    .text = N_("a party said whether it consents to mediation"),
};

const struct command CASE_CONSENT = {
    .name = "case consent",
    .message = &mediation__consent__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = consent_reads,
    .reads_more = consent_reads_more,
    .decide = consent_decide,
    .target_help = "CASE",
    .help = "record whether a party consents to mediation; a respondent's refusal ends the case",
    .example = "case consent 1025 --party 1 --consents true",
};
