/* SPDX-License-Identifier: Apache-2.0
 *
 * Fact: what is established about a case, by name, so that a later step may require it.
 *
 * Owns      the table of names; a definition can only choose from it, and a row keeps the bits.
 * Refuses   to say when a fact is established: that is a step's, in the definition.
 */
#pragma once
#include "common/procedure/law.h"

/* Stored in rows: never given another meaning. */
enum {
    FACT_WORK_INJURY = 1,        /* an accident at work or an occupational disease is part of the matter */
    FACT_INJURY_RECOGNISED = 2,  /* Regulation on Work-Injury Insurance 20 */
    FACT_CAPACITY_APPRAISED = 4, /* the same, 25 */
    FACTS_ALL = 7,
};

/* 0: no fact has this name. */
uint32_t fact_bit(const char *name);

/* All names, with commas, for people. In the arena. */
const char *fact_names(struct arena *arena);

/* The bits after a step. */
uint32_t facts_after(uint32_t before, const Tiaojie__StepTaken *taken);
