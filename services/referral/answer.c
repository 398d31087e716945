/* SPDX-License-Identifier: Apache-2.0
 *
 * Answering: accept or return, and at the end the outcome. The limit for accepting is the link's own agreement.
 */
#include "proto/intake.pb-c.h"
#include "proto/mediation.pb-c.h"
#include "services/referral/handover.h"

/* ---- accept ---- */

static enum status accept_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    (void)command;
    if (status)
        return status;
    const struct step_facts facts = referral_facts(row, rows);
    status = referral_step(row, "referral accept", &facts, now, events, &taken);
    if (status)
        return status;
    Referral__Accepted *accepted = event_new(events, &REFERRAL_ACCEPTED);
    accepted->office = row->office;
    accepted->dispute = intake__dispute__unpack(arena_allocator(now->arena), row->dispute.len, row->dispute.data);
    if (accepted->dispute && accepted->dispute->channel[0] == '\0')
        accepted->dispute->channel = arena_text(now->arena, "referral");
    accepted->conversation = row->conversation;
    accepted->link = row->link;
    accepted->envelope_id = row->envelope_id;
    accepted->at = now->now;
    accepted->step = taken;
    return OK;
}

static void accepted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Accepted *accepted = event;

    stage_apply(rows, referral_change(rows, about, accepted->step), true, "accepted", "", accepted->at);
}

/* ---- return ---- */

void return_decided(const ReferralRows__Referral *row, char *reason, char *department, Tiaojie__StepTaken *taken,
                    const struct context *now, struct events *events)
{
    Referral__Returned *returned = event_new(events, &REFERRAL_RETURNED);

    returned->link = row->link;
    returned->conversation = row->conversation;
    returned->reason = reason;
    returned->envelope_id = row->envelope_id;
    returned->at = now->now;
    returned->step = taken;
    returned->department = department;
}

static enum status return_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Referral__Return *returning = command;
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = request_check(returning->reason, "reason", &events->refusal);
    if (status)
        return status;
    const struct step_facts facts = referral_facts(row, rows);
    status = referral_step(row, "referral return", &facts, now, events, &taken);
    if (status)
        return status;
    return_decided(row, returning->reason, arena_text(now->arena, ""), taken, now, events);
    return OK;
}

static void returned_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Returned *returned = event;
    ReferralRows__Referral *row = referral_change(rows, about, returned->step);

    row->reason = rows_text(rows, returned->reason);
    stage_apply(rows, row, true, "returned", returned->reason, returned->at);
}

/* ---- learn: how the dispute ended ---- */

static void learn_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &REFERRAL_ROW, now->target);
}

static enum status learn_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Referral__Learn *learn = command;
    const ReferralRows__Referral *row = rows_one(rows, &REFERRAL_ROW, now->target);

    if (!row || row->outgoing || !learn->outcome)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no dispute was received under this id"),
                      N_("report it to the operator"));
    Referral__Learnt *learnt = event_new(events, &OUTCOME_LEARNT);
    learnt->outcome = learn->outcome;
    return OK;
}

static void learnt_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Learnt *learnt = event;

    outcome_apply(rows, rows_change(rows, &REFERRAL_ROW, about), learnt->outcome);
}

static void learn_derive(uint64_t referral, Referral__Outcome *outcome, const struct origin *origin,
                         struct derived *derived)
{
    Referral__Learn *learn = arena_take(origin->arena, sizeof *learn);

    referral__learn__init(learn);
    learn->outcome = outcome;
    outcome->ended_at = origin->at;
    *derived = (struct derived){&REFERRAL_LEARN, referral, &learn->base};
}

void case_closed_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Mediation__Closed *closed = event;

    if (closed->referral == 0)
        return;
    Referral__Outcome *outcome = arena_take(origin->arena, sizeof *outcome);
    referral__outcome__init(outcome);
    outcome->outcome = closed->outcome;
    outcome->agreed_fen = closed->agreed_fen;
    outcome->paid_fen = closed->paid_fen;
    outcome->workers = closed->workers;
    outcome->agreed = closed->agreed;
    outcome->outside = closed->outside;
    learn_derive(closed->referral, outcome, origin, derived);
}

/* An application that was refused never becomes a case: that is its end. */
void application_refused_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Intake__Refused *refused = event;

    if (refused->referral == 0)
        return;
    Referral__Outcome *outcome = arena_take(origin->arena, sizeof *outcome);
    referral__outcome__init(outcome);
    outcome->outcome = arena_text(origin->arena, "refused");
    learn_derive(refused->referral, outcome, origin, derived);
}

/* ---- answer ---- */

static enum status answer_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    (void)command;
    if (status)
        return status;
    const struct step_facts facts = referral_facts(row, rows);
    status = referral_step(row, "referral answer", &facts, now, events, &taken);
    if (status)
        return status;
    if (row->outcome[0] == '\0')
        return refuse(&events->refusal, CONFLICT, "target", N_("the dispute has not ended yet"),
                      N_("close the case first; see it with `case list`"));
    Referral__Answered *answered = event_new(events, &REFERRAL_ANSWERED);
    answered->link = row->link;
    answered->conversation = row->conversation;
    answered->part = referral_pack(&outcome_from(row, now->arena)->base, now->arena);
    answered->envelope_id = row->envelope_id;
    answered->at = now->now;
    answered->step = taken;
    return OK;
}

static void answered_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Answered *answered = event;

    stage_apply(rows, referral_change(rows, about, answered->step), true, "decided", "", answered->at);
}

/* ---- descriptions ---- */

const struct command REFERRAL_ACCEPT = {
    .name = "referral accept",
    .message = &referral__accept__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = accept_decide,
    .target_help = "REFERRAL",
    .help = N_("accept what another department refers; an application is registered from it"),
    .example = "referral accept 1025",
};

const struct command REFERRAL_RETURN = {
    .name = "referral return",
    .message = &referral__return__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = return_decide,
    .target_help = "REFERRAL",
    .help =
        N_("return what another department refers; the reason goes there as it stands, so without names of persons"),
    .example = "referral return 1025 --reason \"the site lies in another district\"",
};

const struct command REFERRAL_ANSWER = {
    .name = "referral answer",
    .message = &referral__answer__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = answer_decide,
    .target_help = "REFERRAL",
    .help = N_("send the outcome to the department that referred the dispute"),
    .example = "referral answer 1025",
};

const struct command REFERRAL_LEARN = {
    .name = "referral learn",
    .message = &referral__learn__descriptor,
    .on = &REFERRAL_ROW,
    .internal = true,
    .reads = learn_reads,
    .decide = learn_decide,
    .target_help = "REFERRAL",
    .help = N_("note how the dispute ended"),
    .example = "referral learn 1025 --from outcome.json",
};

const struct event REFERRAL_ACCEPTED = {
    .name = "referral accepted",
    .message = &referral__accepted__descriptor,
    .apply = accepted_apply,
    .text = N_("the office accepts the referral"),
};

const struct event REFERRAL_RETURNED = {
    .name = "referral returned",
    .message = &referral__returned__descriptor,
    .apply = returned_apply,
    .text = N_("the office returns the referral with a reason"),
};

const struct event OUTCOME_LEARNT = {
    .name = "outcome learnt",
    .message = &referral__learnt__descriptor,
    .apply = learnt_apply,
    .text = N_("the dispute has ended"),
};

const struct event REFERRAL_ANSWERED = {
    .name = "referral answered",
    .message = &referral__answered__descriptor,
    .apply = answered_apply,
    .text = N_("the outcome is sent to the department that referred the dispute"),
};
