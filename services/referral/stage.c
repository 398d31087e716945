/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages: what the other side says of a referral, as the exchange verified it; and a limit that ran out on this side.
 */
#include "proto/exchange.pb-c.h"
#include "services/referral/handover.h"

#include <string.h>

static void reach_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &REFERRAL_ROW, now->target);
}

/* ---- a receipt ---- */

static enum status reach_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Referral__Stage *stage = command;
    const ReferralRows__Referral *row = rows_one(rows, &REFERRAL_ROW, now->target);

    if (!row || strcmp(row->link, stage->link) != 0)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no referral under this id went over the link"),
                      N_("report it to the operator"));
    Referral__StageReached *reached = event_new(events, &STAGE_REACHED);
    reached->stage = stage->stage;
    reached->text = stage->text;
    reached->at = stage->at;
    reached->evidence = stage->evidence;
    return OK;
}

/* Receipts may come in any order; a later stage is not undone by an earlier one. */
static int stage_rank(const char *stage)
{
    static const char *const RANKS[] = {"sent", "stored", "objected", "kept", "accepted", "returned", "decided"};

    for (int i = 0; i < (int)(sizeof RANKS / sizeof *RANKS); i++) {
        if (strcmp(RANKS[i], stage) == 0)
            return i;
    }
    return -1;
}

static void reached_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__StageReached *reached = event;
    ReferralRows__Referral *row = rows_change(rows, &REFERRAL_ROW, about);

    row->evidence = reached->evidence;
    stage_apply(rows, row, false, reached->stage, reached->text, reached->at);
    if (!row->outgoing || stage_rank(reached->stage) <= stage_rank(row->state))
        return;
    row->state = rows_text(rows, reached->stage);
    row->reason = rows_text(rows, reached->text); /* of the state: that of an objection goes with it */
}

void receipt_taken_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Exchange__ReceiptTaken *taken = event;
    Referral__Stage *stage = arena_take(origin->arena, sizeof *stage);

    referral__stage__init(stage);
    stage->link = taken->link;
    stage->stage = taken->stage;
    stage->text = taken->text;
    stage->at = taken->at;
    stage->evidence = origin->about;
    *derived = (struct derived){&REFERRAL_REACH, taken->source, &stage->base};
}

/* ---- the outcome ---- */

static enum status decide_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Referral__Decide *decide = command;
    const ReferralRows__Referral *row = rows_one(rows, &REFERRAL_ROW, now->target);

    if (!row || !row->outgoing || strcmp(row->conversation, decide->conversation) != 0)
        return refuse(&events->refusal, UNKNOWN, "conversation", N_("this node began no such conversation"),
                      N_("have the sender name the conversation that the referral came with"));
    if (strcmp(row->link, decide->from_node) != 0)
        return refuse(&events->refusal, FORBIDDEN, "from", N_("the referral went to another node"),
                      N_("only the node that it went to can answer it"));
    if (decide->fault[0] != '\0' || !decide->outcome || decide->outcome->outcome[0] == '\0')
        return refuse_with(&events->refusal, INVALID, "part", N_("the outcome could not be read: %1"),
                           N_("have the sender send it again in a new envelope"), decide->fault);
    Referral__Decided *decided = event_new(events, &REFERRAL_DECIDED);
    decided->link = row->link;
    decided->conversation = row->conversation;
    decided->envelope_id = decide->envelope_id;
    decided->outcome = decide->outcome;
    decided->at = now->now;
    decided->evidence = decide->evidence;
    return OK;
}

static void decided_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Decided *decided = event;
    ReferralRows__Referral *row = rows_change(rows, &REFERRAL_ROW, about);

    row->state = rows_text(rows, "decided");
    row->reason = rows_text(rows, ""); /* of an objection whose end has not come yet */
    row->evidence = decided->evidence;
    outcome_apply(rows, row, decided->outcome);
    stage_apply(rows, row, true, "told", "", decided->at);
}

/* ---- a limit ---- */

static void fire_reads_first(const void *command, const struct context *now, struct reads *reads)
{
    const Store__ClockFire *fire = command;

    reads_one(reads, &REFERRAL_ROW, now->target);
    reads_child(reads, &CLOCK, now->target, fire->ordinal);
}

static void fire_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    const Store__ClockFire *fire = command;
    const ReferralRows__Referral *row = rows_one(rows, &REFERRAL_ROW, now->target);
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, fire->ordinal);
    const struct procedure *procedure = row ? law_procedure(now->law, row->procedure) : NULL;

    if (clock && procedure)
        fire_reads(reads, now->target, procedure, row->state, clock);
}

static enum status fire_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Store__ClockFire *fire = command;
    const ReferralRows__Referral *row = rows_one(rows, &REFERRAL_ROW, now->target);
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, fire->ordinal);
    const struct procedure *procedure = row ? law_procedure(now->law, row->procedure) : NULL;

    enum status status = clock_fires(row ? clock : NULL, fire, now, &events->refusal);
    if (status)
        return status;
    if (!procedure)
        return refuse_with(&events->refusal, UNAVAILABLE, "target", N_("the referral's procedure %1 is not loaded"),
                           N_("have the operator load it again"), row->procedure);
    Tiaojie__StepTaken *taken = arena_take(now->arena, sizeof *taken);
    events->rules = row->procedure;
    status = procedure_fire(procedure, row->state, clock, rows, now, taken, &events->refusal);
    if (status)
        return status;
    const bool late = strcmp(clock->effect, "duty") == 0;
    Referral__Overdue *overdue = event_new(events, late ? &REFERRAL_OVERDUE : &REFERRAL_LIMIT_PASSED);
    overdue->step = taken;
    return OK;
}

static void overdue_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Overdue *overdue = event;

    referral_change(rows, about, overdue->step);
}

/* ---- descriptions ---- */

const struct command REFERRAL_REACH = {
    .name = "referral stage",
    .message = &referral__stage__descriptor,
    .on = &REFERRAL_ROW,
    .internal = true,
    .reads = reach_reads,
    .decide = reach_decide,
    .target_help = "REFERRAL",
    .help = N_("note a stage that the other side confirmed"),
    .example = "referral stage 1025 --stage accepted",
};

const struct command REFERRAL_DECIDE = {
    .name = "referral decide",
    .message = &referral__decide__descriptor,
    .on = &REFERRAL_ROW,
    .internal = true,
    .reads = reach_reads,
    .decide = decide_decide,
    .target_help = "REFERRAL",
    .help = N_("note the outcome that the other side sent"),
    .example = "referral decide 1025 --from outcome.json",
};

const struct command REFERRAL_CLOCK_FIRE = {
    .name = "referral clock",
    .message = &store__clock_fire__descriptor,
    .on = &REFERRAL_ROW,
    .internal = true,
    .reads = fire_reads_first,
    .reads_more = fire_reads_more,
    .decide = fire_decide,
    .target_help = "REFERRAL",
    .help = N_("a time limit of a referral ran out"),
    .example = "referral clock 1025 --ordinal 1000",
};

const struct command REFERRAL_CLOCK_RECOUNT = CLOCK_RECOUNT_ON(&REFERRAL_ROW);

const struct event STAGE_REACHED = {
    .name = "stage reached",
    .message = &referral__stage_reached__descriptor,
    .apply = reached_apply,
    .text = N_("the other side confirmed a stage"),
};

const struct event REFERRAL_DECIDED = {
    .name = "referral decided",
    .message = &referral__decided__descriptor,
    .apply = decided_apply,
    .text = N_("the outcome came from the other side"),
};

const struct event REFERRAL_OVERDUE = {
    .name = "referral overdue",
    .message = &referral__overdue__descriptor,
    .apply = overdue_apply,
    .text = N_("the office is late with what the referral asks of it"),
};

const struct event REFERRAL_LIMIT_PASSED = {
    .name = "limit passed",
    .message = &referral__overdue__descriptor,
    .apply = overdue_apply,
    .text = N_("a time limit of the referral ran out"),
};
