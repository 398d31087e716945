/* SPDX-License-Identifier: Apache-2.0
 *
 * Clock rows: which ones a step needs, and what it makes of them.
 */
#include "common/procedure/procedure.h"

#include <string.h>

/* ---- reads ---- */

/* A clock of several subjects without a subject named: the step starts or stops it for each, so all rows are read. */
static bool any_per_subject(const Tiaojie__Procedure__Clock **clocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (clocks[i]->per_subject)
            return true;
    return false;
}

static bool needs_all(const struct step *step, uint32_t subject)
{
    return step->closes || step->definition->reopens ||
           (!subject && (any_per_subject(step->starts, step->definition->n_starts) ||
                         any_per_subject(step->stops, step->definition->n_stops)));
}

static void read_clock(struct reads *reads, uint64_t about, const Tiaojie__Procedure__Clock *clock, uint32_t subject,
                       uint32_t base)
{
    reads_child(reads, &CLOCK, about, base + clock->number * CLOCK_SUBJECTS + (clock->per_subject ? subject : 0));
}

static void read_step(struct reads *reads, uint64_t about, const struct step *step, uint32_t subject, uint32_t base)
{
    if (needs_all(step, subject)) {
        reads_children(reads, &CLOCK, about);
        return;
    }
    const struct {
        const Tiaojie__Procedure__Clock **list;
        size_t count;
    } all[] = {
        {step->starts, step->definition->n_starts},       {step->stops, step->definition->n_stops},
        {step->pauses, step->definition->n_pauses},       {step->resumes, step->definition->n_resumes},
        {step->extends, step->definition->n_extends},     {step->interrupts, step->definition->n_interrupts},
        {step->barred_by, step->definition->n_barred_by}, {step->opened_by, step->definition->n_opened_by},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t k = 0; k < all[i].count; k++)
            read_clock(reads, about, all[i].list[k], subject, base);
}

/* Steps of this name in any state: an earlier command of the same batch may change the state after the rows were read.
 */
void step_reads(struct reads *reads, uint64_t about, const struct procedure *procedure, const char *state,
                const char *step, uint32_t subject, uint32_t base)
{
    if (!*state)
        return; /* nothing stands yet */
    for (size_t i = 0; i < procedure->definition->n_steps; i++)
        if (strcmp(procedure->definition->steps[i]->name, step) == 0)
            read_step(reads, about, &procedure->steps[i], subject, base);
}

void fire_reads(struct reads *reads, uint64_t about, const struct procedure *procedure, const char *state,
                const Store__Clock *clock)
{
    const Tiaojie__Procedure__Clock *found = procedure_clock(procedure->definition, clock->name);

    reads_child(reads, &CLOCK, about, clock->ordinal);
    if (found && *found->expiry_step)
        step_reads(reads, about, procedure, state, found->expiry_step, clock->subject,
                   clock->ordinal / CLOCK_BASE * CLOCK_BASE);
}

/* ---- apply ---- */

static void end_clock(Store__Clock *row, uint32_t state, int64_t at)
{
    row->state = (Store__ClockState)state;
    row->ended_at = at;
    row->fire_at = 0;
}

bool clock_is_open(const Store__Clock *row)
{
    return row && (row->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING ||
                   row->state == STORE__CLOCK_STATE__CLOCK_STATE_PAUSED);
}

enum status clock_fires(const Store__Clock *row, const Store__ClockFire *fire, const struct context *now,
                        struct refusal *refusal)
{
    if (!row || row->state != STORE__CLOCK_STATE__CLOCK_STATE_RUNNING || row->generation != fire->generation)
        return refuse(refusal, CONFLICT, "ordinal", N_("this clock does not run any more"),
                      N_("nothing needs to be done"));
    if (now->now < row->fire_at)
        return refuse(refusal, CONFLICT, "ordinal", N_("this clock was moved and has not run out"),
                      N_("nothing needs to be done"));
    return OK;
}

static void apply_stop(struct rows *rows, uint64_t about, const Tiaojie__ClockStop *stop)
{
    const Store__Clock *row = rows_child(rows, &CLOCK, about, stop->ordinal);

    if (clock_is_open(row) && (!stop->generation || stop->generation == row->generation))
        end_clock(rows_change_child(rows, &CLOCK, about, stop->ordinal), stop->state, stop->at);
}

static void apply_start(struct rows *rows, uint64_t about, const Tiaojie__ClockStart *start)
{
    bool is_new = start->generation == 1 || !rows_child(rows, &CLOCK, about, start->ordinal);
    Store__Clock *row = is_new ? rows_new_child(rows, &CLOCK, about, start->ordinal)
                               : rows_change_child(rows, &CLOCK, about, start->ordinal);

    row->name = rows_text(rows, start->name);
    row->subject = start->subject;
    row->state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    row->generation++;
    row->started_at = start->started_at;
    row->last_day = start->last_day;
    row->due_at = start->due_at;
    row->fire_at = start->fire_at;
    row->ended_at = 0;
    row->effect = rows_text(rows, start->effect);
    row->article = rows_text(rows, start->article);
    row->unverified = start->unverified;
    row->provisional = start->provisional;
    row->ledger = rows_bytes(rows, start->ledger);
    row->rules = rows_text(rows, start->rules);
    row->warn_day = start->warn_day;
}

static void apply_move(struct rows *rows, uint64_t about, const Tiaojie__ClockMove *move)
{
    Store__Clock *row = rows_change_child(rows, &CLOCK, about, move->ordinal);

    row->state = (Store__ClockState)move->state;
    row->ended_at = 0;
    row->last_day = move->last_day;
    row->due_at = move->due_at;
    row->fire_at = move->fire_at;
    row->warn_day = move->warn_day;
    row->provisional = move->provisional;
    row->ledger = rows_bytes(rows, move->ledger);
}

void moves_apply(struct rows *rows, uint64_t about, Tiaojie__ClockMove *const *moves, size_t count)
{
    for (size_t i = 0; i < count; i++)
        apply_move(rows, about, moves[i]);
}

static bool is_left(const Tiaojie__StepTaken *taken, const Store__Clock *row)
{
    for (size_t i = 0; i < taken->n_leaves; i++)
        if (row->ordinal % CLOCK_BASE / CLOCK_SUBJECTS == taken->leaves[i])
            return true;
    return false;
}

/* A procedure that runs beside the aggregate's own ends by itself. */
static void close_all(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken)
{
    const uint32_t beside = taken->ordinal_base / CLOCK_BASE;
    size_t count;
    const void *const *all = rows_children(rows, &CLOCK, about, &count);

    for (size_t i = 0; i < count; i++) {
        const Store__Clock *row = all[i];
        if (clock_is_open(row) && row->ordinal / CLOCK_BASE == beside && !is_left(taken, row))
            end_clock(rows_change_child(rows, &CLOCK, about, row->ordinal), STORE__CLOCK_STATE__CLOCK_STATE_CLOSED,
                      taken->at);
    }
}

void step_apply(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken)
{
    for (size_t i = 0; i < taken->n_stops; i++)
        apply_stop(rows, about, taken->stops[i]);
    for (size_t i = 0; i < taken->n_starts; i++)
        apply_start(rows, about, taken->starts[i]);
    moves_apply(rows, about, taken->moves, taken->n_moves);
    if (taken->closes)
        close_all(rows, about, taken);
}
