/* SPDX-License-Identifier: Apache-2.0
 *
 * Claim: counts what a dispute is about, line by line, each with its formula, article and base figure, and checks a
 * sheet that somebody handed in. Pure: the figures come as an argument.
 *
 * Owns      the rules of the sums. Each line is rounded once, half a fen up, after all its factors were applied.
 * Refuses   to assume: what is missing stands in the sheet with what to hand in; a base figure that is not loaded is an
 * error that names it. Statutes are cited from transcriptions; lines whose rule nobody has read are marked.
 */
#pragma once
#include "common/claim/bases.h"

#include <stddef.h>

enum { CLAIM_WHOLE = 100 }; /* hundredths of one month, day, hour, piece; percent of an amount */

/* Fills `sheet` (initialised), its memory from the arena. `place` is the office's, for a question that names none.
 * INVALID for what no claim can be (negative, a grade of 11, over 2^53 fen), UNKNOWN for a base figure. */
MUST_CHECK enum status claim_count(const struct bases *bases, const Claim__Count *count, uint32_t place,
                                   struct arena *arena, Claim__Sheet *sheet, struct refusal *refusal);

/* Fills `checked` (initialised) likewise: every line of the sheet that is off, and by how much; and of its provisional
 * lines what the figures that are loaded now change. */
MUST_CHECK enum status claim_check(const struct bases *bases, const Claim__Check *check, uint32_t place,
                                   struct arena *arena, Claim__Checked *checked, struct refusal *refusal);
