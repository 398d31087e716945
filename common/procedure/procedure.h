/* SPDX-License-Identifier: Apache-2.0
 *
 * Procedure: a definition with its names resolved, so that judging a step is a few look-ups. Private to this folder.
 */
#pragma once
#include "common/procedure/calendar.h"
#include "common/procedure/guard.h"
#include "common/procedure/law.h"

enum { PROCEDURE_HASH_TEXT = 17, CLOCK_SUBJECTS = 1000 };

/* One step of the definition. */
struct step {
    const Tiaojie__Procedure__Step *definition;
    const struct guard **guards;              /* n_guards of them */
    const Tiaojie__Procedure__Clock **starts; /* n_starts */
    const Tiaojie__Procedure__Clock **stops;  /* n_stops */
    const char *article;                      /* for refusals: with its mark */
    uint32_t may;                             /* bits of roles; 0: only a time limit that ran out */
    bool closes;                              /* leads to a final state */
};

/* A step as seen from one of its states. Those of the same state and name are a chain, in the definition's order. */
struct transition {
    const char *state;
    const struct step *step;
    struct transition *next;
};

struct procedure {
    char hash[PROCEDURE_HASH_TEXT];
    const Tiaojie__Procedure *definition;
    int32_t valid_from;
    int32_t valid_until; /* INT32_MAX: open */
    struct step *steps;
    struct transition **slots; /* by state and name, open addressing */
    size_t slot_mask;
};

struct law {
    struct arena *arena;
    struct calendar *calendar;
    const struct procedure **procedures;
    size_t procedure_count;
    size_t procedure_room;
};

/* Resolves the names of a definition that procedure_check passed. Lives in the arena, borrows the definition. */
struct procedure *procedure_new(struct arena *arena, const Tiaojie__Procedure *definition);

/* The chain of steps with this name in this state, NULL: there is none. */
const struct transition *procedure_transition(const struct procedure *procedure, const char *state, const char *step);

/* NULL: there is none. */
const Tiaojie__Procedure__Clock *procedure_clock(const Tiaojie__Procedure *definition, const char *name);
const Tiaojie__Procedure__State *procedure_state(const Tiaojie__Procedure *definition, const char *name);
bool procedure_has_step(const Tiaojie__Procedure *definition, const char *name);

/* What a definition must keep to before it is used: names that exist, numbers, amounts, what running out means. */
MUST_CHECK enum status procedure_check(const Tiaojie__Procedure *definition, struct arena *arena,
                                       struct refusal *refusal);
