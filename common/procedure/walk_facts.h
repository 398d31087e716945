/* SPDX-License-Identifier: Apache-2.0
 *
 * Facts for a walk: every answer that guards can give. Private to this folder.
 */
#pragma once
#include "common/procedure/procedure.h"

enum { WALK_FACTS = 17, WALK_FACTS_ALL = (1 << WALK_FACTS) - 1 };

/* Facts from bits: each bit makes one of them the other way round. */
struct step_facts walk_facts(uint32_t bits);

/* The bits that change what some guard of these steps says. */
uint32_t walk_facts_that_matter(const struct transition *chain);

/* The next subset of `mask` after `bits`; 0 after the last one. */
uint32_t walk_facts_next(uint32_t bits, uint32_t mask);
