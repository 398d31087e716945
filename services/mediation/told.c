/* SPDX-License-Identifier: Apache-2.0
 *
 * That people were told of time limits that a later notice moved. Until it is recorded they stand among the warnings.
 * It is no step of a procedure: nothing of the case changes by it.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void tell_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_children(reads, &CLOCK, now->target);
}

static enum status tell_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const MediationRows__Case *row = case_target(rows, now);
    enum status status = case_ours(row, now, &events->refusal);
    size_t clocks, count = 0;

    (void)command;
    if (status)
        return status;
    const void *const *list = rows_children(rows, &CLOCK, now->target, &clocks);
    Tiaojie__ClockMove **moves = arena_array(now->arena, clocks + 1, sizeof *moves);
    for (size_t i = 0; i < clocks; i++) {
        moves[count] = clock_tell(list[i], now->now, now->arena);
        count += moves[count] != NULL;
    }
    if (!count)
        return refuse(&events->refusal, CONFLICT, "target",
                      N_("no time limit was moved of which people are still to be told"), N_("see `case warnings`"));
    Mediation__LimitsTold *told = event_new(events, &LIMITS_TOLD);
    told->moves = moves;
    told->n_moves = count;
    told->at = now->now;
    return OK;
}

static void told_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__LimitsTold *told = event;

    moves_apply(rows, about, told->moves, told->n_moves);
}

const struct event LIMITS_TOLD = {
    .name = "limits told",
    .message = &mediation__limits_told__descriptor,
    .apply = told_apply,
    .text = N_("people were told of the time limits that a notice moved"),
};

const struct command LIMITS_TELL = {
    .name = "limits told",
    .message = &mediation__tell_limits__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = tell_reads,
    .decide = tell_decide,
    .target_help = "CASE",
    .help = N_("record that those whom they bind were told of time limits that a notice moved"),
    .example = "limits told 1025",
};
