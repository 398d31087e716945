/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts of money, always in fen (hundredths of a yuan), always whole numbers: no floating point comes near them.
 *
 * Refuses   what is negative, zero, or over 2^53 fen (clients of other languages keep no larger whole number exactly),
 * and parts that do not sum to the fen.
 */
#pragma once
#include "common/base/refusal.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

#define AMOUNT_MAX (INT64_C(1) << 53)

enum {
    AMOUNT_PARTS_MAX = 1200,     /* instalments or payers of one amount */
    AMOUNT_SHARES_WHOLE = 10000, /* shares are hundredths of a percent */
};

/* OK for 1 to AMOUNT_MAX; INVALID otherwise, naming `field`. */
enum status amount_check(int64_t fen, const char *field, struct refusal *refusal) MUST_CHECK;

/* `*sum` becomes a + b, each 0 to AMOUNT_MAX; INVALID where one or their sum is not. `sum` may point to either. */
enum status amount_add(int64_t a, int64_t b, const char *field, int64_t *sum, struct refusal *refusal) MUST_CHECK;

/* `*result` becomes fen * multiply / divide, rounded once, half a fen up. INVALID for a negative amount or a result
 * over AMOUNT_MAX. `divide` is positive, both at most 2^31 (asserted). */
enum status amount_times(int64_t fen, int64_t multiply, int64_t divide, const char *field, int64_t *result,
                         struct refusal *refusal) MUST_CHECK;

/* "3,090.00" for people, "3090.00" for files. In yuan, without the word. In the arena. Negative ones get a minus. */
const char *amount_text(struct arena *arena, int64_t fen);
const char *amount_plain(struct arena *arena, int64_t fen);

/* Splits into `count` equal parts, rounded down to the fen; the last takes the difference, so that they sum exactly.
 * INVALID for a total that amount_check refuses, for no part, more than AMOUNT_PARTS_MAX, or less than a fen a part. */
enum status amount_split(int64_t fen, size_t count, int64_t *parts, const char *field,
                         struct refusal *refusal) MUST_CHECK;

/* Splits by `shares`, each in hundredths of a percent, together AMOUNT_SHARES_WHOLE. Each part is rounded down to the
 * fen, the last takes the difference. INVALID as above, and for shares that are zero or do not sum. */
enum status amount_shares(int64_t fen, const uint32_t *shares, size_t count, int64_t *parts, const char *field,
                          struct refusal *refusal) MUST_CHECK;

/* The amount in Chinese capital characters, as bills and agreements bear it (Payment and Settlement Measures of 1997,
 * appendix 1 on filling in bills; unverified). Where the rules leave a choice: a zero after an empty place of ten
 * thousands is written, one before the jiao is not; no "whole" after the jiao. 0 to AMOUNT_MAX (asserted). In the
 * arena. */
const char *amount_capitals(struct arena *arena, int64_t fen);

/* Reads any of the lawful forms: with or without the zeros that may be left out, "zero jiao" before fen, "whole" after
 * jiao, both characters for yuan and for whole, traditional characters, "Renminbi" before it. INVALID for anything
 * else, also where only a zero is missing that must be there, or over AMOUNT_MAX; 0 is read. */
enum status amount_capitals_read(const char *text, const char *field, int64_t *fen, struct refusal *refusal) MUST_CHECK;
