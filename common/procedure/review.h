/* SPDX-License-Identifier: Apache-2.0
 *
 * Review: what is wrong with a definition that could be loaded but would fail the people who work by it.
 *
 * Owns      the list of findings: all of them, each with the state, the step, the reason and the remedy.
 * Refuses   what procedure_check refuses already: it looks at definitions that passed. It doesn't judge the law in
 * them.
 */
#pragma once
#include "common/procedure/law.h"

/* What a walk over the definition (walk.h) must see too; the others only reading shows. */
enum finding_kind {
    FINDING_UNREACHED, /* no steps lead to the state */
    FINDING_STUCK,     /* no steps lead from the state to a final one */
    FINDING_UNTAKEN,   /* nobody and nothing can take the step in the state */
    FINDING_UNSTARTED, /* no step starts the clock */
    FINDING_UNHANDLED, /* the clock's expiry step is taken in no state in which it may run */
    FINDING_HELD,      /* of a mediation: a party cannot end it in the state */
    FINDING_FEE,       /* of a mediation: the step costs something */
    FINDING_UNINVITED, /* of a mediation: the step invites somebody without the parties' consent */
    FINDING_WALKED,    /* how many a walk can see */
    FINDING_READ = FINDING_WALKED,
};

struct finding {
    enum finding_kind kind;
    const void *about; /* the definition's state, step or clock */
    const char *state; /* "": not about one state */
    const char *step;
    struct refusal refusal;
};

struct findings {
    struct arena *arena;
    struct finding *list;
    size_t count;
};

/* Everything that is found, in the order of the definition. Empty: it may be loaded. */
struct findings procedure_review(const struct procedure *procedure, struct arena *arena);

/* Whether both would be in force for the same kind and place on one day. */
bool procedures_overlap(const struct procedure *a, const struct procedure *b);

/* The versions of a law that are in force on a day on which `wanted` would be too, one after another: `*at` is 0 before
 * the first one. NULL: no more. What an even later version has replaced by then is none of them. */
const struct procedure *law_displaced(const struct law *law, const struct procedure *wanted, size_t *at);
