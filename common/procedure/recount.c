/* SPDX-License-Identifier: Apache-2.0
 *
 * Recount: open time limits are counted again when another list of working days is in force. The old day and the notice
 * that moved it stay in the ledger. A day that the parties agreed never moves.
 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

/* A paused clock reminds of nothing and does not fire; going on counts it again anyway. */
static bool stands(const Store__Clock *row, const struct deadline *deadline)
{
    bool paused = row->state == STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
    return row->last_day == deadline->last_day && row->provisional == deadline->provisional &&
           (paused || row->warn_day == deadline->warn_day);
}

static const char *notice(const struct law *law, const Tiaojie__Procedure__Clock *rule, const Store__Clock *row,
                          int32_t new_day)
{
    int32_t start = day_of(row->started_at);
    int32_t first = start < new_day ? start : new_day;
    int32_t last = row->last_day > new_day ? row->last_day : new_day;
    return calendar_notice(law_calendar_of(law, rule->calendar), first, last > start ? last : start);
}

/* Its rule where the law counts it differently now, NULL: it stands, or nobody can say. */
static const Tiaojie__Procedure__Clock *moved_by(const struct law *law, const Store__Clock *row, struct arena *arena,
                                                 struct deadline *deadline)
{
    const struct procedure *procedure;
    const Tiaojie__Procedure__Clock *rule = clock_is_open(row) ? row_rule(law, row, &procedure) : NULL;
    if (!rule || rule->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED)
        return NULL;
    *deadline = row_deadline(law, rule, row, clock_ledger(row, arena), NULL);
    return stands(row, deadline) ? NULL : rule;
}

bool clock_is_moved(const struct law *law, const Store__Clock *row, struct arena *arena)
{
    struct deadline deadline;
    return moved_by(law, row, arena, &deadline) != NULL;
}

Tiaojie__ClockMove *clock_recount(const struct law *law, const Store__Clock *row, int64_t at, struct arena *arena)
{
    struct deadline deadline;
    const Tiaojie__Procedure__Clock *rule = moved_by(law, row, arena, &deadline);
    if (!rule)
        return NULL;
    Tiaojie__ClockLedger *ledger = ledger_open(row, arena);
    const char *reason = notice(law, rule, row, deadline.last_day);
    ledger_add_recount(ledger, row, deadline.last_day, reason, at, arena);
    Tiaojie__ClockMove *move = move_new(row, N_("counted again"), reason, row->article, arena);
    move_to(move, &deadline, ledger, arena);
    return move;
}

/* ---- telling people ---- */

/* The next count's old day is not it where the clock was extended or paused in between. */
static int32_t day_after(const Tiaojie__ClockLedger *ledger, size_t i, int32_t last_day)
{
    if (ledger->recounts[i]->new_last_day)
        return ledger->recounts[i]->new_last_day;
    return i + 1 < ledger->n_recounts ? ledger->recounts[i + 1]->old_last_day : last_day;
}

/* A notice may only have confirmed a day that was provisional. */
static bool is_untold(const Tiaojie__ClockLedger *ledger, size_t i, int32_t last_day)
{
    return !ledger->recounts[i]->told_at && ledger->recounts[i]->old_last_day != day_after(ledger, i, last_day);
}

Tiaojie__ClockUntold *clock_untold(const Store__Clock *row, struct arena *arena)
{
    const Tiaojie__ClockLedger *ledger = row->ledger.len > 0 && clock_is_open(row) ? clock_ledger(row, arena) : NULL;
    Tiaojie__ClockUntold *untold = NULL;

    for (size_t i = 0; ledger && i < ledger->n_recounts; i++) {
        if (!is_untold(ledger, i, row->last_day))
            continue;
        if (!untold) {
            untold = arena_take(arena, sizeof *untold);
            tiaojie__clock_untold__init(untold);
            untold->ordinal = row->ordinal;
            untold->name = row->name;
            untold->old_last_day = ledger->recounts[i]->old_last_day;
            untold->last_day = row->last_day;
        }
        untold->reason = ledger->recounts[i]->reason;
        untold->at = ledger->recounts[i]->at;
    }
    /* A list that was taken back leaves people with the day that they know. */
    return untold && untold->old_last_day != untold->last_day ? untold : NULL;
}

Tiaojie__ClockMove *clock_tell(const Store__Clock *row, int64_t at, struct arena *arena)
{
    if (!clock_untold(row, arena))
        return NULL;
    Tiaojie__ClockLedger *ledger = ledger_open(row, arena);
    for (size_t i = 0; i < ledger->n_recounts; i++)
        if (is_untold(ledger, i, row->last_day))
            ledger->recounts[i]->told_at = at;
    Tiaojie__ClockMove *move = move_new(row, N_("told"), "", row->article, arena);
    move->last_day = row->last_day;
    move->due_at = row->due_at;
    move->fire_at = row->fire_at;
    move->warn_day = row->warn_day;
    move->provisional = row->provisional;
    move->ledger = ledger_pack(ledger, arena);
    return move;
}

/* ---- the command ---- */

void recount_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_children(reads, &CLOCK, now->target);
}

enum status recount_decide(const void *command, const struct rows *rows, const struct context *now,
                           struct events *events)
{
    const Store__ClockRecount *recount = command;
    size_t count;
    const void *const *clocks = rows_children(rows, &CLOCK, now->target, &count);
    Tiaojie__ClockMove **moves = arena_array(now->arena, count + 1, sizeof *moves);
    size_t moved = 0;

    for (size_t i = 0; i < count; i++) {
        moves[moved] = clock_recount(now->law, clocks[i], recount->at ? recount->at : now->now, now->arena);
        moved += moves[moved] != NULL;
    }
    if (!moved)
        return refuse(&events->refusal, CONFLICT, "target", N_("no time limit moves by this list of working days"),
                      N_("nothing needs to be done"));
    Tiaojie__ClocksRecounted *recounted = event_new(events, &CLOCKS_RECOUNTED);
    recounted->calendars = recount->calendars;
    recounted->moves = moves;
    recounted->n_moves = moved;
    recounted->at = now->now;
    return OK;
}

static void recounted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Tiaojie__ClocksRecounted *recounted = event;
    moves_apply(rows, about, recounted->moves, recounted->n_moves);
}

const struct event CLOCKS_RECOUNTED = {
    .name = "clocks recounted",
    .message = &tiaojie__clocks_recounted__descriptor,
    .apply = recounted_apply,
    .text = N_("time limits were counted again by another list of working days: tell those whom they bind"),
};
