/* SPDX-License-Identifier: Apache-2.0
 *
 * Proceeding: procedures of other bodies that are followed beside a case.
 */
#pragma once
#include "common/procedure/law.h"
#include "proto/proceeding.pb-c.h"
#include "services/mediation/case.h"

enum { PROCEEDINGS_MAX = 99 };

/* The proceeding that a clock row belongs to, 0: the case's own procedure. */
static inline uint32_t proceeding_of_clock(uint32_t ordinal)
{
    return ordinal / CLOCK_BASE;
}

/* The procedure and state that a clock or step of this proceeding is judged by; false: there is no such proceeding, or
 * its definition is not loaded. */
bool proceeding_find(const MediationRows__Case *row, const struct rows *rows, const struct law *law,
                     uint32_t proceeding, const struct procedure **procedure, const char **state);

/* apply's part of a step of a proceeding (0: of the case itself). */
void proceeding_change(struct rows *rows, uint64_t about, uint32_t proceeding, const Tiaojie__StepTaken *taken);

/* What a step was given, as the engine wants it: into the command's memory. */
struct step_facts proceeding_facts(const Proceeding__Step *step, const MediationRows__Case *row,
                                   const struct rows *rows, const struct context *now);

/* The case's proceedings as its page shows them; they were read with reads_children. In the arena. */
Proceeding__Line **proceeding_lines(const struct rows *rows, const struct context *now, size_t *count);
