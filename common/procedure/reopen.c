/* SPDX-License-Identifier: Apache-2.0
 *
 * Reopen: the limits that the end of a procedure closed, when a step opens it again.
 *
 * Which of them go on, and whether the time in between counts, each clock says for itself. One whose last day has
 * passed meanwhile goes on too: it runs out at once, as it would have done.
 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

#include <string.h>

/* ---- which ---- */

static bool starts_anew(const Tiaojie__StepTaken *taken, uint32_t ordinal)
{
    for (size_t i = 0; i < taken->n_starts; i++)
        if (taken->starts[i]->ordinal == ordinal)
            return true;
    return false;
}

/* The rule by which the row goes on, NULL: it stays as it is. */
static const Tiaojie__Procedure__Clock *goes_on(const struct judgement *judgement, const Store__Clock *row,
                                                const Tiaojie__StepTaken *taken)
{
    if (row->state != STORE__CLOCK_STATE__CLOCK_STATE_CLOSED ||
        row->ordinal / CLOCK_BASE != judgement->facts->base / CLOCK_BASE || starts_anew(taken, row->ordinal))
        return NULL;
    const Tiaojie__Procedure__Clock *clock = procedure_clock(judgement->procedure->definition, row->name);
    return clock && clock->reopening != TIAOJIE__PROCEDURE__REOPENING__REOPENING_ENDED ? clock : NULL;
}

/* ---- how ---- */

static bool is_paused(const Tiaojie__ClockLedger *ledger)
{
    return ledger->n_pauses > 0 && ledger->pauses[ledger->n_pauses - 1]->until_day == 0;
}

/* The days between the one on which it was closed and today, both of which count. */
static void add_pause(const struct judgement *judgement, const Store__Clock *row, const char *article,
                      Tiaojie__ClockLedger *ledger)
{
    int32_t from = day_of(row->ended_at) + 1;

    if (from >= judgement->now->today)
        return;
    Tiaojie__ClockLedger__Pause *pause = pause_new(judgement, article, from);
    pause->until_day = judgement->now->today;
    ledger->pauses[ledger->n_pauses++] = pause;
}

static Tiaojie__ClockMove *go_on(const struct judgement *judgement, const char *article,
                                 const Tiaojie__Procedure__Clock *clock, const Store__Clock *row)
{
    struct arena *arena = judgement->now->arena;
    Tiaojie__ClockLedger *ledger = ledger_open(row, arena);
    const bool held = is_paused(ledger), counts = clock->reopening == TIAOJIE__PROCEDURE__REOPENING__REOPENING_COUNTS;
    const char *change = held     ? N_("goes on, and is still paused")
                         : counts ? N_("goes on; the time while the case was closed counts")
                                  : N_("goes on; the time while the case was closed does not count");
    Tiaojie__ClockMove *move = move_new(row, change, judgement->facts->reason, article, arena);

    if (!held && !counts)
        add_pause(judgement, row, article, ledger);
    move->state = held ? STORE__CLOCK_STATE__CLOCK_STATE_PAUSED : STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    struct deadline deadline = row_deadline(judgement->now->law, clock, row, ledger, NULL);
    ledger_add_recount(ledger, row, deadline.last_day, change, judgement->now->now, arena);
    move_to(move, &deadline, ledger, arena);
    return move;
}

enum status reopen_decide(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    const struct step_facts *facts = judgement->facts;
    size_t count;

    if (facts->form_only || !facts->rows)
        return OK;
    enum status status = need_reason(judgement);
    if (status)
        return status;
    const void *const *rows = rows_children(facts->rows, &CLOCK, facts->about, &count);
    Tiaojie__ClockMove **moves = arena_array(judgement->now->arena, taken->n_moves + count + 1, sizeof *moves);
    for (size_t i = 0; i < taken->n_moves; i++)
        moves[i] = taken->moves[i];
    taken->moves = moves;
    for (size_t i = 0; i < count; i++) {
        const Tiaojie__Procedure__Clock *clock = goes_on(judgement, rows[i], taken);
        if (clock)
            taken->moves[taken->n_moves++] = go_on(judgement, step->article, clock, rows[i]);
    }
    return OK;
}
