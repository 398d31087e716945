/* SPDX-License-Identifier: Apache-2.0
 *
 * Procedure: the index of a definition.
 */
#include "common/procedure/procedure.h"

#include "common/base/instant.h"

#include <assert.h>
#include <string.h>

static const uint32_t NODE = UINT32_C(1) << TIAOJIE__ROLE__ROLE_SERVICE;

/* ---- names ---- */

const Tiaojie__Procedure__Clock *procedure_clock(const Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_clocks; i++)
        if (strcmp(definition->clocks[i]->name, name) == 0)
            return definition->clocks[i];
    return NULL;
}

const Tiaojie__Procedure__State *procedure_state(const Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_states; i++)
        if (strcmp(definition->states[i]->name, name) == 0)
            return definition->states[i];
    return NULL;
}

bool procedure_has_step(const Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, name) == 0)
            return true;
    return false;
}

bool names_have(char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* ---- the index ---- */

/* FNV-1a over both names, with a byte between them that no name has. */
static size_t hash_pair(const char *state, const char *step)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *state; state++)
        hash = (hash ^ (unsigned char)*state) * UINT64_C(1099511628211);
    hash = (hash ^ 0xff) * UINT64_C(1099511628211);
    for (; *step; step++)
        hash = (hash ^ (unsigned char)*step) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

static struct transition **slot_of(const struct procedure *procedure, const char *state, const char *step)
{
    size_t at = hash_pair(state, step) & procedure->slot_mask;
    for (;; at = (at + 1) & procedure->slot_mask) {
        const struct transition *found = procedure->slots[at];
        if (!found || (strcmp(found->state, state) == 0 && strcmp(found->step->definition->name, step) == 0))
            return &procedure->slots[at];
    }
}

const struct transition *procedure_transition(const struct procedure *procedure, const char *state, const char *step)
{
    return *slot_of(procedure, state, step);
}

static void index_step(struct procedure *procedure, struct arena *arena, const struct step *step)
{
    for (size_t i = 0; i < step->definition->n_from; i++) {
        struct transition *transition = arena_take(arena, sizeof *transition);
        struct transition **end = slot_of(procedure, step->definition->from[i], step->definition->name);
        transition->state = step->definition->from[i];
        transition->step = step;
        while (*end)
            end = &(*end)->next;
        *end = transition;
    }
}

static const Tiaojie__Procedure__Clock **resolve_clocks(struct arena *arena, const Tiaojie__Procedure *definition,
                                                        char *const *names, size_t count)
{
    const Tiaojie__Procedure__Clock **clocks = arena_array(arena, count + 1, sizeof *clocks);
    for (size_t i = 0; i < count; i++) {
        clocks[i] = procedure_clock(definition, names[i]);
        assert(clocks[i]);
    }
    return clocks;
}

static void resolve_step(struct arena *arena, const Tiaojie__Procedure *definition,
                         const Tiaojie__Procedure__Step *from, struct step *step)
{
    const Tiaojie__Procedure__State *to = procedure_state(definition, from->to);

    step->definition = from;
    step->guards = arena_array(arena, from->n_guards + 1, sizeof *step->guards);
    for (size_t i = 0; i < from->n_guards; i++)
        step->guards[i] = guard_find(from->guards[i]);
    step->starts = resolve_clocks(arena, definition, from->starts, from->n_starts);
    step->stops = resolve_clocks(arena, definition, from->stops, from->n_stops);
    step->pauses = resolve_clocks(arena, definition, from->pauses, from->n_pauses);
    step->resumes = resolve_clocks(arena, definition, from->resumes, from->n_resumes);
    step->extends = resolve_clocks(arena, definition, from->extends, from->n_extends);
    step->interrupts = resolve_clocks(arena, definition, from->interrupts, from->n_interrupts);
    step->barred_by = resolve_clocks(arena, definition, from->barred_by, from->n_barred_by);
    step->opened_by = resolve_clocks(arena, definition, from->opened_by, from->n_opened_by);
    step->leaves = arena_array(arena, from->n_leaves + 1, sizeof *step->leaves);
    for (size_t i = 0; i < from->n_leaves; i++)
        step->leaves[i] = procedure_clock(definition, from->leaves[i])->number;
    for (size_t i = 0; i < from->n_may; i++)
        step->may |= UINT32_C(1) << from->may[i];
    step->article =
        from->unverified && *from->article ? text_print(arena, "%s (unverified)", from->article) : from->article;
    step->closes = to && to->final;
}

static int32_t day_or(const char *text, int32_t otherwise)
{
    struct refusal refusal;
    int32_t day = otherwise;
    enum status status = *text ? day_parse(text, "", &day, &refusal) : OK;
    assert(!status);
    return day;
}

struct procedure *procedure_new(struct arena *arena, const Tiaojie__Procedure *definition)
{
    struct procedure *procedure = arena_take(arena, sizeof *procedure);
    size_t transitions = 1, slots = 8;

    procedure->definition = definition;
    procedure->valid_from = day_or(definition->valid_from, INT32_MIN);
    procedure->valid_until = day_or(definition->valid_until, INT32_MAX);
    for (size_t i = 0; i < definition->n_steps; i++)
        transitions += definition->steps[i]->n_from;
    while (slots < 2 * transitions)
        slots *= 2;
    procedure->slots = arena_array(arena, slots, sizeof(struct transition *));
    procedure->slot_mask = slots - 1;
    procedure->steps = arena_array(arena, definition->n_steps + 1, sizeof *procedure->steps);
    for (size_t i = 0; i < definition->n_steps; i++) {
        resolve_step(arena, definition, definition->steps[i], &procedure->steps[i]);
        index_step(procedure, arena, &procedure->steps[i]);
    }
    return procedure;
}

/* ---- what others ask ---- */

const char *procedure_hash(const struct procedure *procedure)
{
    return procedure->hash;
}

const Tiaojie__Procedure *procedure_definition(const struct procedure *procedure)
{
    return procedure->definition;
}

uint32_t procedure_clock_ordinal(const struct procedure *procedure, const char *clock, uint32_t subject)
{
    const Tiaojie__Procedure__Clock *found = procedure_clock(procedure->definition, clock);
    return found && subject < CLOCK_SUBJECTS ? found->number * CLOCK_SUBJECTS + subject : 0;
}

static bool is_from(const struct step *step, const char *state)
{
    for (size_t i = 0; i < step->definition->n_from; i++)
        if (strcmp(step->definition->from[i], state) == 0)
            return true;
    return false;
}

/* Whether a step of this name in this state stands before `end`: it was listed already. */
static bool is_listed(const struct procedure *procedure, const char *state, const char *name, const struct step *end)
{
    for (const struct step *step = procedure->steps; step < end; step++)
        if (is_from(step, state) && strcmp(step->definition->name, name) == 0)
            return true;
    return false;
}

bool procedure_allows(const struct procedure *procedure, const char *state, const char *name)
{
    for (const struct transition *at = procedure_transition(procedure, state, name); at; at = at->next)
        if (at->step->may & ~NODE)
            return true;
    return false;
}

/* What the node takes by itself helps nobody who asks what to do. */
const char *procedure_allowed(const struct procedure *procedure, const char *state, struct arena *arena)
{
    const char *list = "";

    for (size_t i = 0; i < procedure->definition->n_steps; i++) {
        const struct step *step = &procedure->steps[i];
        const char *name = step->definition->name;
        if (step->may & ~NODE && is_from(step, state) && !is_listed(procedure, state, name, step))
            list = *list ? text_print(arena, "%s, %s", list, name) : name;
    }
    return *list ? list : PROCEDURE_NOTHING;
}

bool procedure_has(const struct procedure *procedure, const char *state, const char *step)
{
    return procedure_transition(procedure, state, step);
}

static bool wants(const struct procedure *procedure, const char *guard)
{
    for (size_t i = 0; i < procedure->definition->n_steps; i++)
        if (names_have(procedure->definition->steps[i]->guards, procedure->definition->steps[i]->n_guards, guard))
            return true;
    return false;
}

bool procedure_lacks(const struct procedure *procedure, const struct step_facts *facts, size_t *at,
                     struct refusal *lack)
{
    const struct guard *guard;

    while ((guard = guard_at((*at)++))) {
        if (!guard->article || guard->holds(facts) || !wants(procedure, guard->name))
            continue;
        *lack = (struct refusal){.status = CONFLICT,
                                 .field = guard->field,
                                 .reason = guard->reason,
                                 .remedy = guard->remedy,
                                 .article = guard->article};
        return true;
    }
    return false;
}
