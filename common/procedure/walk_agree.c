/* SPDX-License-Identifier: Apache-2.0
 *
 * Walk: comparing what was seen with what was found.
 */
#include "common/procedure/number.h"
#include "common/procedure/review_clock.h"
#include "common/procedure/walk_seen.h"

#include <string.h>

bool *seen_leavable(const struct seen *seen, struct arena *arena)
{
    bool *leavable = arena_array(arena, seen->states, sizeof *leavable);
    bool changed = true;

    for (size_t state = 1; state < seen->states; state++)
        leavable[state] = state_is_final(seen->procedure->definition, state);
    while (changed) {
        changed = false;
        for (size_t from = 0; from < seen->states; from++)
            for (size_t to = 0; to < seen->states && !leavable[from]; to++)
                if (seen->follows[from * seen->states + to] && leavable[to])
                    changed = leavable[from] = true;
    }
    return leavable;
}

struct comparison {
    const struct seen *seen;
    const bool *leavable;
    const struct findings *review;
    struct findings differences;
};

static bool is_found(const struct findings *review, enum finding_kind kind, const void *about, const char *state)
{
    for (size_t i = 0; i < review->count; i++) {
        const struct finding *finding = &review->list[i];
        if (finding->kind == kind && finding->about == about && strcmp(finding->state, state) == 0)
            return true;
    }
    return false;
}

/* `state` and `step` are names for people; "" where there is none. */
static void compare(struct comparison *comparison, enum finding_kind kind, bool is_seen, const void *about,
                    const char *state, const char *step)
{
    static const char *const FIELDS[FINDING_WALKED] = {
        [FINDING_UNREACHED] = "states",
        [FINDING_STUCK] = "states",
        [FINDING_UNTAKEN] = "steps.from",
        [FINDING_UNSTARTED] = "clocks",
        [FINDING_UNHANDLED] = "clocks.expiry_step",
        [FINDING_HELD] = "steps.by_party",
        [FINDING_FEE] = "steps.fee",
        [FINDING_UNINVITED] = "steps.guards",
    };
    struct finding difference = {.kind = kind, .about = about, .state = state, .step = step};

    if (is_seen == is_found(comparison->review, kind, about, state))
        return;
    refusal_fill(&difference.refusal, INVALID, FIELDS[kind],
                 is_seen ? N_("the walk sees it and the review does not find it")
                         : N_("the review finds it and the walk does not see it"),
                 N_("report it: one of the two is wrong"), NULL);
    finding_add(&comparison->differences, &difference);
}

static void compare_state(struct comparison *comparison, size_t state)
{
    const struct seen *seen = comparison->seen;
    const Tiaojie__Procedure__State *definition = seen->procedure->definition->states[state - 1];
    bool visited = seen->visited[state];
    bool bound = seen->procedure->definition->mediation && !definition->settled && !definition->final;

    compare(comparison, FINDING_UNREACHED, !visited, definition, definition->name, "");
    compare(comparison, FINDING_STUCK, visited && !comparison->leavable[state], definition, definition->name, "");
    compare(comparison, FINDING_HELD, visited && bound && !seen->free[state], definition, definition->name, "");
}

static void compare_step(struct comparison *comparison, size_t s)
{
    const struct seen *seen = comparison->seen;
    const Tiaojie__Procedure__Step *step = seen->procedure->definition->steps[s];
    bool mediation = seen->procedure->definition->mediation, taken = false;

    for (size_t state = 0; state < seen->states; state++) {
        const char *name = state_name(seen->procedure->definition, state);
        bool has = false, took = seen->taken[s * seen->states + state];
        for (size_t i = 0; i < step->n_from; i++)
            has = has || strcmp(step->from[i], name) == 0;
        compare(comparison, FINDING_UNTAKEN, has && seen->visited[state] && !took, step, name, step->name);
        taken = taken || took;
    }
    compare(comparison, FINDING_FEE, mediation && taken && *step->fee, step, "", step->name);
    compare(comparison, FINDING_UNINVITED, mediation && seen->uninvited[s], step, "", step->name);
}

static void compare_clock(struct comparison *comparison, size_t c)
{
    const struct seen *seen = comparison->seen;
    const Tiaojie__Procedure__Clock *clock = seen->procedure->definition->clocks[c];

    compare(comparison, FINDING_UNSTARTED, !seen->started[c], clock, "", "");
    compare(comparison, FINDING_UNHANDLED, seen->started[c] && *clock->expiry_step && !seen->expired[c], clock, "",
            clock->expiry_step);
}

struct findings seen_disagreements(const struct seen *seen, const bool *leavable, const struct findings *review,
                                   struct arena *arena)
{
    struct comparison comparison = {seen, leavable, review, {.arena = arena}};
    const Tiaojie__Procedure *definition = seen->procedure->definition;

    for (size_t state = 1; state < seen->states; state++)
        compare_state(&comparison, state);
    for (size_t s = 0; s < definition->n_steps; s++)
        compare_step(&comparison, s);
    for (size_t c = 0; c < definition->n_clocks; c++)
        compare_clock(&comparison, c);
    return comparison.differences;
}
