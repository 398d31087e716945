/* SPDX-License-Identifier: Apache-2.0
 *
 * A closed case is opened again. What is possible then, by whom, and which time limits go on, stands in its procedure.
 *
 * Refuses   a case that another department referred. Its outcome is that department's to act on, with a court or with
 * an authority of its own: were it opened again behind a signed outcome, two bodies would treat one dispute and the
 * other side could not know. That department refers the dispute again, and this node answers the new referral.
 */
#include "common/base/lines.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static const char STEP[] = "case reopen";

static void reopen_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLOCK, now->target);
}

static enum status judge(const MediationRows__Case *row, const struct procedure *procedure, const struct context *now,
                         struct refusal *refusal)
{
    if (!row->outcome[0])
        return refuse_with(refusal, CONFLICT, "target", N_("the case is not closed"), N_("take one of its steps: %1"),
                           procedure ? procedure_allowed(procedure, row->state, now->arena) : "");
    if (row->referral)
        return refuse(refusal, CONFLICT, "target",
                      N_("the case came from another department, which acts on its outcome"),
                      N_("have that department refer the dispute again; it becomes a new case"));
    if (procedure && !procedure_has(procedure, row->state, STEP))
        return refuse_with(refusal, CONFLICT, "target", N_("a case that ended as '%1' is not opened again"),
                           N_("what is still in dispute is a new application"), row->outcome);
    return OK;
}

static enum status reopen_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__Reopen *reopen = command;
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;
    enum status status = case_ours(row, now, &events->refusal);

    if (!status)
        status = judge(row, law_procedure(now->law, row->procedure), now, &events->refusal);
    if (!status)
        status = line_check(reopen->reason, "reason", &events->refusal);
    if (status)
        return status;
    struct step_facts facts = case_facts(rows, row);
    facts.reason = reopen->reason;
    facts.evidence = "";
    status = case_step(row, STEP, &facts, now, events, &taken);
    if (status)
        return status;
    Mediation__Reopened *reopened = event_new(events, &CASE_REOPENED);
    reopened->outcome = row->outcome;
    reopened->reason = reopen->reason;
    reopened->step = taken;
    return OK;
}

static void reopened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__Reopened *reopened = event;
    MediationRows__Case *row = case_change(rows, about, reopened->step);

    row->outcome = rows_text(rows, "");
}

const struct event CASE_REOPENED = {
    .name = "case reopened",
    .message = &mediation__reopened__descriptor,
    .apply = reopened_apply,
    .text = N_("the case is opened again"),
};

const struct command CASE_REOPEN = {
    .name = STEP,
    .message = &mediation__reopen__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD,
    .reads = reopen_reads,
    .decide = reopen_decide,
    .target_help = "CASE",
    .help = N_("open a closed case again; its time limits go on as its procedure says"),
    .example = "case reopen 1025 --reason \"the respondent consents after all\"",
};
