/* SPDX-License-Identifier: Apache-2.0
 *
 * Watch: from the first day of the warning time to the last day of the limit.
 */
#include "common/procedure/watch.h"

#include "common/base/instant.h"
#include "common/procedure/procedure.h"

#include <string.h>

/* ---- steps by what they do with a clock ---- */

/* A list of texts that grows; each stands in it once. */
struct names {
    struct arena *arena;
    char **list;
    size_t count;
};

static void names_add(struct names *names, const char *name)
{
    if (names_have(names->list, names->count, name))
        return;
    names->list = arena_more(names->arena, names->list, names->count, sizeof *names->list);
    names->list[names->count++] = (char *)(uintptr_t)name;
}

/* Which of a step's lists of clocks is looked at. */
enum use { STARTS, STOPS, INTERRUPTS, STOPS_BESIDE, INTERRUPTS_BESIDE };

static bool uses(const Tiaojie__Procedure__Step *step, enum use use, const char *clock)
{
    switch (use) {
    case STARTS:
        return names_have(step->starts, step->n_starts, clock);
    case STOPS:
        return names_have(step->stops, step->n_stops, clock);
    case INTERRUPTS:
        return names_have(step->interrupts, step->n_interrupts, clock);
    case STOPS_BESIDE:
        return names_have(step->stops_beside, step->n_stops_beside, clock);
    case INTERRUPTS_BESIDE:
        return names_have(step->interrupts_beside, step->n_interrupts_beside, clock);
    }
    return false;
}

static void add_steps(struct names *names, const Tiaojie__Procedure *definition, const char *state, enum use use,
                      const char *clock)
{
    for (size_t i = 0; i < definition->n_steps; i++) {
        const Tiaojie__Procedure__Step *step = definition->steps[i];
        if (names_have(step->from, step->n_from, state) && uses(step, use, clock))
            names_add(names, step->name);
    }
}

/* Steps with which another body's procedure begins here, as "kind: step". */
static void add_steps_beside(struct names *names, const struct watch *watch, enum use use, const char *clock)
{
    for (size_t i = 0; i < watch->law->procedure_count; i++) {
        const struct procedure *procedure = watch->law->procedures[i];
        const Tiaojie__Procedure *definition = procedure->definition;
        for (size_t s = 0; s < definition->n_steps; s++)
            if (uses(definition->steps[s], use, clock) &&
                law_choose(watch->law, definition->kind, watch->place, watch->today) == procedure)
                names_add(names, text_print(watch->arena, "%s: %s", definition->kind, definition->steps[s]->name));
    }
}

static char **steps_for(const struct watch *watch, const Tiaojie__Procedure *definition, const char *state,
                        const char *clock, const enum use uses_of[2], bool beside, size_t *count)
{
    struct names names = {.arena = watch->arena};

    add_steps(&names, definition, state, uses_of[0], clock);
    if (beside)
        add_steps_beside(&names, watch, uses_of[1], clock);
    *count = names.count;
    return names.list;
}

/* ---- warnings ---- */

/* Fewer days than the rule names are left, today not counted, and the rule is in force. */
static bool is_urgent(const Tiaojie__Procedure__Urgent *urgent, uint32_t left, int32_t today)
{
    struct refusal refusal;
    int32_t from = INT32_MIN;

    if (!urgent || left >= urgent->days)
        return false;
    return !*urgent->valid_from ||
           (day_parse(urgent->valid_from, "valid_from", &from, &refusal) == OK && today >= from);
}

static bool is_near(const struct watch *watch, const Tiaojie__Procedure__Clock *clock, const Store__Clock *row)
{
    if (row->state != STORE__CLOCK_STATE__CLOCK_STATE_RUNNING || watch->today > row->last_day)
        return false;
    return (row->warn_day && watch->today >= row->warn_day) ||
           is_urgent(clock->urgent, (uint32_t)(row->last_day - watch->today), watch->today);
}

static void fill_first(const struct watch *watch, const Tiaojie__Procedure__Clock *clock,
                       Tiaojie__ClockWarning *warning)
{
    if (!is_urgent(clock->urgent, warning->days_left, watch->today))
        return;
    warning->first = clock->urgent->text;
    warning->first_article = clock->urgent->article;
    warning->first_unverified = clock->urgent->unverified;
}

static Tiaojie__ClockWarning *warning_new(const struct watch *watch, const Tiaojie__Procedure__Clock *clock,
                                          const Store__Clock *row)
{
    Tiaojie__ClockWarning *warning = arena_take(watch->arena, sizeof *warning);

    tiaojie__clock_warning__init(warning);
    warning->name = row->name;
    warning->subject = row->subject;
    warning->proceeding = row->ordinal / CLOCK_BASE;
    warning->last_day = row->last_day;
    warning->days_left = (uint32_t)(row->last_day - watch->today);
    warning->warn_day = row->warn_day;
    warning->effect = row->effect;
    warning->when_over = clock->expiry_text;
    warning->advice = clock->advice;
    warning->article = row->article;
    warning->unverified = row->unverified;
    warning->provisional = row->provisional;
    fill_first(watch, clock, warning);
    return warning;
}

Tiaojie__ClockWarning *watch_warning(const struct watch *watch, const Store__Clock *row, const char *state)
{
    const struct procedure *procedure;
    const Tiaojie__Procedure__Clock *clock = row_rule(watch->law, row, &procedure);

    if (!clock || !clock->parallel || !is_near(watch, clock, row))
        return NULL;
    Tiaojie__ClockWarning *warning = warning_new(watch, clock, row);
    warning->stopped_by =
        steps_for(watch, procedure->definition, state, clock->name, (const enum use[]){STOPS, STOPS_BESIDE},
                  !warning->proceeding, &warning->n_stopped_by);
    warning->anew_by =
        steps_for(watch, procedure->definition, state, clock->name, (const enum use[]){INTERRUPTS, INTERRUPTS_BESIDE},
                  !warning->proceeding, &warning->n_anew_by);
    return warning;
}

/* ---- what is not known ---- */

static bool ever_ran(const Tiaojie__Procedure__Clock *clock, const void *const *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Store__Clock *row = rows[i];
        if (row->ordinal / CLOCK_SUBJECTS == clock->number)
            return true;
    }
    return false;
}

static Tiaojie__ClockUnknown *unknown_new(const Tiaojie__Procedure__Clock *clock, const struct names *starts,
                                          struct arena *arena)
{
    Tiaojie__ClockUnknown *unknown = arena_take(arena, sizeof *unknown);

    tiaojie__clock_unknown__init(unknown);
    unknown->name = clock->name;
    unknown->counted_from = clock->start;
    unknown->article = clock->article;
    unknown->unverified = clock->unverified;
    unknown->started_by = starts->list;
    unknown->n_started_by = starts->count;
    unknown->moment = moment_field(clock->event, arena);
    return unknown;
}

Tiaojie__ClockUnknown **watch_unknown(const struct watch *watch, const struct procedure *procedure, const char *state,
                                      const void *const *rows, size_t row_count, size_t *count)
{
    const Tiaojie__Procedure *definition = procedure->definition;
    Tiaojie__ClockUnknown **list = arena_array(watch->arena, definition->n_clocks + 1, sizeof *list);

    *count = 0;
    for (size_t i = 0; i < definition->n_clocks; i++) {
        const Tiaojie__Procedure__Clock *clock = definition->clocks[i];
        struct names starts = {.arena = watch->arena};
        if (!clock->parallel || !clock->only_if_known || ever_ran(clock, rows, row_count))
            continue;
        add_steps(&starts, definition, state, STARTS, clock->name);
        if (starts.count)
            list[(*count)++] = unknown_new(clock, &starts, watch->arena);
    }
    return list;
}
