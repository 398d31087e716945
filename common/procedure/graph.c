/* SPDX-License-Identifier: Apache-2.0
 *
 * Graph: the reckoning, repeated until nothing changes.
 */
#include "common/procedure/graph.h"

#include "common/procedure/number.h"

#include <string.h>

static const Tiaojie__Procedure__Step *step_of(const struct graph *graph, size_t step)
{
    return graph->procedure->definition->steps[step];
}

struct edge graph_edge(const struct graph *graph, size_t step, size_t from_index)
{
    const Tiaojie__Procedure__Step *definition = step_of(graph, step);
    size_t from = state_number(graph->procedure->definition, definition->from[from_index]);

    return (struct edge){step, from,
                         *definition->to ? state_number(graph->procedure->definition, definition->to) : from};
}

/* ---- which of several steps of one name ---- */

/* Whoever could take `later` gets `earlier` instead: the roles and guards of `earlier` ask no more. */
static bool goes_before(const struct step *earlier, const struct step *later)
{
    if (later->may & ~earlier->may)
        return false;
    for (size_t i = 0; i < earlier->definition->n_guards; i++)
        if (!names_have(later->definition->guards, later->definition->n_guards, earlier->definition->guards[i]))
            return false;
    return true;
}

bool graph_offered(const struct graph *graph, size_t step, size_t state)
{
    const struct step *wanted = &graph->procedure->steps[step];
    const struct transition *at = procedure_transition(
        graph->procedure, state_name(graph->procedure->definition, state), wanted->definition->name);

    if (!wanted->may)
        return false;
    for (; at && at->step != wanted; at = at->next)
        if (goes_before(at->step, wanted))
            return false;
    return true;
}

bool graph_expiry(const struct graph *graph, size_t clock, size_t step, size_t state)
{
    const char *name = graph->procedure->definition->clocks[clock]->expiry_step;
    const struct transition *at =
        *name ? procedure_transition(graph->procedure, state_name(graph->procedure->definition, state), name) : NULL;

    return at && at->step == &graph->procedure->steps[step];
}

/* ---- following the steps ---- */

static bool set(bool *flag)
{
    bool changed = !*flag;

    *flag = true;
    return changed;
}

/* A step that ends the procedure closes what it doesn't leave. */
static bool is_closed(const struct graph *graph, struct edge edge, const char *clock)
{
    const Tiaojie__Procedure__Step *step = step_of(graph, edge.step);

    return state_is_final(graph->procedure->definition, edge.to) && !names_have(step->leaves, step->n_leaves, clock);
}

/* `fired`: the clock that takes the step by running out; SIZE_MAX: somebody takes it. A clock with a row for each
 * subject goes on for the others. */
static bool carry(const struct graph *graph, struct edge edge, size_t fired)
{
    const Tiaojie__Procedure__Step *step = step_of(graph, edge.step);
    bool changed = false;

    for (size_t clock = 0; clock < graph->clocks; clock++) {
        const Tiaojie__Procedure__Clock *definition = graph->procedure->definition->clocks[clock];
        size_t from = edge.from * graph->clocks + clock, to = edge.to * graph->clocks + clock;
        bool starts = names_have(step->starts, step->n_starts, definition->name);
        bool ends = fired == clock || names_have(step->stops, step->n_stops, definition->name);
        bool stays = graph->runs[from] && (!ends || definition->per_subject);
        bool again = step->reopens && graph->closed[from] && definition->reopening;
        if (starts || stays || again)
            changed |= set(is_closed(graph, edge, definition->name) ? &graph->closed[to] : &graph->runs[to]);
        if (starts || graph->started[from])
            changed |= set(&graph->started[to]);
        if (starts)
            changed |= set(&graph->ever_runs[clock]);
    }
    return changed;
}

static bool all_started(const struct graph *graph, const Tiaojie__Procedure__Step *step, size_t state)
{
    for (size_t i = 0; i < step->n_opened_by; i++)
        if (!graph->started[state * graph->clocks + clock_number(graph->procedure->definition, step->opened_by[i])])
            return false;
    return true;
}

static bool somebody_takes(const struct graph *graph, struct edge edge)
{
    return graph_offered(graph, edge.step, edge.from) && all_started(graph, step_of(graph, edge.step), edge.from);
}

static bool clock_takes(const struct graph *graph, size_t clock, struct edge edge)
{
    return graph->runs[edge.from * graph->clocks + clock] && graph_expiry(graph, clock, edge.step, edge.from);
}

bool graph_possible(const struct graph *graph, struct edge edge)
{
    bool possible = somebody_takes(graph, edge);

    for (size_t clock = 0; !possible && clock < graph->clocks; clock++)
        possible = clock_takes(graph, clock, edge);
    return possible && graph->reached[edge.from];
}

static bool follow(const struct graph *graph, struct edge edge)
{
    bool changed = graph_possible(graph, edge) && set(&graph->reached[edge.to]);

    if (!graph->reached[edge.from])
        return false;
    if (somebody_takes(graph, edge))
        changed |= carry(graph, edge, SIZE_MAX);
    for (size_t clock = 0; clock < graph->clocks; clock++)
        if (clock_takes(graph, clock, edge)) {
            changed |= carry(graph, edge, clock);
            changed |= set(&graph->expires[clock]);
        }
    return changed;
}

static bool over_edges(const struct graph *graph, bool (*visit)(const struct graph *, struct edge))
{
    bool changed = false;

    for (size_t step = 0; step < graph->procedure->definition->n_steps; step++)
        for (size_t i = 0; i < step_of(graph, step)->n_from; i++)
            changed |= visit(graph, graph_edge(graph, step, i));
    return changed;
}

/* Backwards from the final states, over the same steps. */
static bool lead_out(const struct graph *graph, struct edge edge)
{
    return graph_possible(graph, edge) && graph->leavable[edge.to] && set(&graph->leavable[edge.from]);
}

struct graph *graph_new(struct arena *arena, const struct procedure *procedure)
{
    struct graph *graph = arena_take(arena, sizeof *graph);

    graph->procedure = procedure;
    graph->arena = arena;
    graph->states = procedure->definition->n_states + 1;
    graph->clocks = procedure->definition->n_clocks;
    graph->reached = arena_array(arena, graph->states, sizeof(bool));
    graph->leavable = arena_array(arena, graph->states, sizeof(bool));
    graph->runs = arena_array(arena, graph->states * graph->clocks + 1, sizeof(bool));
    graph->closed = arena_array(arena, graph->states * graph->clocks + 1, sizeof(bool));
    graph->started = arena_array(arena, graph->states * graph->clocks + 1, sizeof(bool));
    graph->expires = arena_array(arena, graph->clocks + 1, sizeof(bool));
    graph->ever_runs = arena_array(arena, graph->clocks + 1, sizeof(bool));
    graph->reached[0] = true;
    while (over_edges(graph, follow))
        ;
    for (size_t state = 0; state < graph->states; state++)
        graph->leavable[state] = state_is_final(graph->procedure->definition, state);
    while (over_edges(graph, lead_out))
        ;
    return graph;
}
