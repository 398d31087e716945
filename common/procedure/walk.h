/* SPDX-License-Identifier: Apache-2.0
 *
 * Walk: takes the steps of a definition as a batch would, with every role and every answer of the guards, and says
 * whether review.h judged the definition rightly.
 *
 * Owns      one exhaustive walk over states and running clocks, and seeded random walks.
 * Refuses   to share the review's reckoning: it knows a definition only through procedure_step and procedure_expiry.
 */
#pragma once
#include "common/procedure/review.h"

struct walked {
    size_t states;         /* that the exhaustive walk came to */
    size_t moves;          /* different steps taken from different states */
    size_t expiries;       /* clocks that took a step by running out */
    size_t configurations; /* states with the clocks that matter for what follows */
    bool cut;              /* there are more of them than a walk follows: what it says is not all */
    size_t walks;
    size_t ended;   /* random walks that came to a final state */
    size_t stuck;   /* that ended where no final state can be reached any more */
    size_t strayed; /* that came to a state or took a step that the exhaustive walk does not know: none */
    struct findings disagreements; /* what only one of walk and review says */
};

/* `law` gives the calendars that clocks are counted with. */
struct walked procedure_walk(const struct procedure *procedure, const struct law *law, const struct findings *review,
                             uint64_t seed, size_t walks, struct arena *arena);
