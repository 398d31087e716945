/* SPDX-License-Identifier: Apache-2.0
 *
 * Migrate: comparing two versions for one thing that runs.
 */
#include "common/procedure/migrate.h"

#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

#include <string.h>

bool procedure_runs(const struct procedure *procedure, const char *state)
{
    const Tiaojie__Procedure__State *found = procedure_state(procedure->definition, state);

    return found && !found->final;
}

/* ---- steps ---- */

static bool stands_before(const Tiaojie__Procedure *definition, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(definition->steps[i]->name, definition->steps[index]->name) == 0)
            return true;
    return false;
}

/* Steps that people may take in this state by `one` and not by `other`. */
static const char *only_in(const struct procedure *one, const struct procedure *other, const char *state,
                           struct arena *arena)
{
    const char *list = "";

    for (size_t i = 0; i < one->definition->n_steps; i++) {
        const char *name = one->definition->steps[i]->name;
        if (!stands_before(one->definition, i) && procedure_allows(one, state, name) &&
            !procedure_allows(other, state, name))
            list = text_print(arena, "%s%s%s", list, *list ? ", " : "", name);
    }
    return list;
}

/* ---- clocks ---- */

static struct migration_clock judge_clock(const struct law *law, const struct procedure *from,
                                          const struct procedure *to, const Store__Clock *row, struct arena *arena)
{
    const Tiaojie__Procedure__Clock *old = procedure_clock(from->definition, row->name);
    const Tiaojie__Procedure__Clock *new = procedure_clock(to->definition, row->name);
    struct migration_clock clock = {.row = row, .known = new};

    if (!new)
        return clock;
    struct deadline deadline = row_deadline(law, new, row, clock_ledger(row, arena), NULL);
    clock.last_day = deadline.last_day;
    clock.provisional = deadline.provisional;
    clock.differs = !old || strcmp(old->article, new->article) != 0 || old->unverified != new->unverified ||
                    old->effect != new->effect || strcmp(old->expiry_step, new->expiry_step) != 0;
    return clock;
}

/* ---- all of it ---- */

static enum migration_verdict verdict_of(const struct migration *migration)
{
    bool moved = *migration->lost || *migration->gained;

    if (!migration->goes_on)
        return MIGRATION_STUCK;
    for (size_t i = 0; i < migration->clock_count; i++) {
        const struct migration_clock *clock = &migration->clocks[i];
        if (!clock->known)
            return MIGRATION_STUCK;
        moved = moved || clock->differs || clock->last_day != clock->row->last_day;
    }
    return moved ? MIGRATION_MOVED : MIGRATION_SAME;
}

struct migration migration_judge(const struct law *law, const struct procedure *from, const struct procedure *to,
                                 const char *state, const Store__Clock *const *rows, size_t count, struct arena *arena)
{
    struct migration migration = {.goes_on = procedure_runs(to, state), .clock_count = count};

    migration.clocks = arena_array(arena, count + 1, sizeof *migration.clocks);
    for (size_t i = 0; i < count; i++)
        migration.clocks[i] = judge_clock(law, from, to, rows[i], arena);
    migration.lost = only_in(from, to, state, arena);
    migration.gained = only_in(to, from, state, arena);
    migration.verdict = verdict_of(&migration);
    return migration;
}

const char *migration_verdict_name(enum migration_verdict verdict)
{
    static const char *const NAMES[] = {
        [MIGRATION_SAME] = "same",
        [MIGRATION_MOVED] = "moved",
        [MIGRATION_STUCK] = "stuck",
    };
    return NAMES[verdict];
}
