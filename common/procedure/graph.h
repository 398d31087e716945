/* SPDX-License-Identifier: Apache-2.0
 *
 * Graph: which states of a definition can follow which, and which clocks may run in them. Private to this folder.
 *
 * Owns      the reckoning over all states at once: the least that holds by itself.
 * Refuses   to judge: what is wrong with a definition is said by review.h. Guards count as conditions that can be met.
 */
#pragma once
#include "common/procedure/procedure.h"

/* States and clocks are counted as number.h does. */
struct graph {
    const struct procedure *procedure;
    struct arena *arena;
    size_t states; /* with "" */
    size_t clocks;
    bool *reached;   /* [state] */
    bool *leavable;  /* [state]: a final state can follow, or it is one */
    bool *runs;      /* [state * clocks + clock]: may run there */
    bool *closed;    /* [state * clocks + clock]: of a final state: may have been closed by the end */
    bool *started;   /* [state * clocks + clock]: was started on some way there, and may have run out */
    bool *expires;   /* [clock]: its expiry step can be taken while it may run */
    bool *ever_runs; /* [clock]: some step that can be taken starts it */
};

/* One step as seen from one of its states. */
struct edge {
    size_t step;
    size_t from;
    size_t to; /* the same where the step leaves the state */
};

struct graph *graph_new(struct arena *arena, const struct procedure *procedure);

struct edge graph_edge(const struct graph *graph, size_t step, size_t from_index);

/* Whether somebody, or a clock that runs out, can take the step from a state that can be reached. */
bool graph_possible(const struct graph *graph, struct edge edge);
/* Whether people or the node can take the step in this state by its name: an earlier one of the same name does not
 * always go before. */
bool graph_offered(const struct graph *graph, size_t step, size_t state);
/* Whether a clock that runs out takes just this step in this state. */
bool graph_expiry(const struct graph *graph, size_t clock, size_t step, size_t state);
