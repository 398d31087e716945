/* SPDX-License-Identifier: Apache-2.0
 *
 * What a walk saw. Private to this folder: walk.c fills it, walk_agree.c compares it with a review.
 */
#pragma once
#include "common/procedure/procedure.h"
#include "common/procedure/walk.h"

/* States with "" as 0; flags by state, by clock, or by step * states + state. */
struct seen {
    const struct procedure *procedure;
    size_t states;
    bool *visited;
    bool *follows;   /* [from * states + to] */
    bool *taken;     /* [step * states + from] */
    bool *free;      /* [from]: a party's step was taken whatever the guards say, and ended it */
    bool *uninvited; /* [step]: taken although the consent to the invitation was missing */
    bool *started;   /* [clock] */
    bool *expired;   /* [clock]: its running out took a step */
};

/* Whether a final state can follow, by what was seen. */
bool *seen_leavable(const struct seen *seen, struct arena *arena);

/* What only one of the two says. */
struct findings seen_disagreements(const struct seen *seen, const bool *leavable, const struct findings *review,
                                   struct arena *arena);
