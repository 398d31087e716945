/* SPDX-License-Identifier: Apache-2.0
 *
 * Guard: the named predicates that a step of a procedure may require.
 *
 * Owns      the table of names; a definition can only choose from it.
 * Refuses   to be a language: what no guard says is written in C, with its reason and remedy.
 */
#pragma once
#include "common/procedure/law.h"

struct guard {
    const char *name;
    bool (*holds)(const struct step_facts *facts);
    const char *field;
    const char *reason;
    const char *remedy;
    const char *article; /* NULL: the step's */
};

/* NULL: no guard has this name. */
const struct guard *guard_find(const char *name);

/* The table, NULL after its end. */
const struct guard *guard_at(size_t index);

/* All names, with commas, for people. In the arena. */
const char *guard_names(struct arena *arena);
