/* SPDX-License-Identifier: Apache-2.0
 *
 * The committee's seal: from this moment the agreement has effect (People's Mediation Law 29); the time limits for each
 * instalment and for judicial confirmation start, as the procedure says.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

/* As procedures name the paper that a draft is. */
static const char *const WRITTEN_AGREEMENT = "written agreement";

static void seal_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &INSTALMENT, now->target);
}

static void seal_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "agreement seal", 0, reads);
}

static struct agreed_day *agreed_days(const struct rows *rows, const struct context *now, size_t *count)
{
    size_t all;
    const void *const *instalments = rows_children(rows, &INSTALMENT, now->target, &all);
    struct agreed_day *days = arena_array(now->arena, all, sizeof *days);

    *count = 0;
    for (size_t i = 0; i < all; i++) {
        const MediationRows__Instalment *instalment = instalments[i];
        if (instalment->state == MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_DUE)
            days[(*count)++] = (struct agreed_day){instalment->ordinal, instalment->due_day};
    }
    return days;
}

static enum status seal_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;
    enum status status = case_ours(row, now, &events->refusal);

    (void)command;
    if (status)
        return status;
    if (row->draft_falls)
        return refuse(&events->refusal, CONFLICT, "target",
                      N_("the draft fell: it no longer names exactly those who take part"),
                      N_("draft the agreement again"));
    struct step_facts facts = case_facts(rows, row);
    facts.sealed = true;
    facts.papers = &WRITTEN_AGREEMENT;
    facts.paper_count = row->draft != 0;
    facts.agreed = agreed_days(rows, now, &facts.agreed_count);
    status = case_step(row, "agreement seal", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__AgreementSealed *sealed = event_new(events, &AGREEMENT_SEALED);
    sealed->effect_at = now->now;
    sealed->step = taken;
    return OK;
}

static void sealed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__AgreementSealed *sealed = event;

    case_change(rows, about, sealed->step)->effect_at = sealed->effect_at;
}

const struct event AGREEMENT_SEALED = {
    .name = "agreement sealed",
    .message = &mediation__agreement_sealed__descriptor,
    .apply = sealed_apply,
    .text = N_("the committee sealed the agreement: it has effect"),
};

const struct command AGREEMENT_SEAL = {
    .name = "agreement seal",
    .message = &mediation__agreement_seal__descriptor,
    .on = &CASE,
    .may = MAY_HEAD,
    .reads = seal_reads,
    .reads_more = seal_reads_more,
    .decide = seal_decide,
    .target_help = "CASE",
    .help = "put the committee's seal on the signed agreement",
    .example = "agreement seal 1025",
};
