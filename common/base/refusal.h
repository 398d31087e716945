/* SPDX-License-Identifier: Apache-2.0
 *
 * Refusal: why something was not done: written once, where it is noticed.
 *
 * Every refusal names the field (a path such as "claims[3].amount_fen"), the reason and the remedy; where a law or an
 * office's rule is behind it, its article. Reason and remedy are templates (common/base/text.h) that share the values.
 */
#pragma once
#include "common/base/status.h"
#include "common/base/text.h"

struct refusal {
    enum status status;
    const char *field;
    const char *reason;
    const char *remedy;
    const char *article; /* "" where none is behind it; ends with " (unverified)" where the text was not checked */
    const char *values[TEXT_VALUES_MAX];
    size_t value_count;
};

/* Fills a refusal and returns its status, so that a rule can `return refuse(...)`. Texts are borrowed: string
 * constants, or memory that lives as long as the refusal. `values` ends with NULL; at most TEXT_VALUES_MAX are kept. */
void refusal_fill(struct refusal *refusal, enum status status, const char *field, const char *reason,
                  const char *remedy, const char *const *values);

/* Copies what it borrowed into the arena, so that it outlives what it was about. Nothing happens to one not filled. */
void refusal_keep(struct refusal *refusal, struct arena *arena);

/* Inline, so that the compiler sees that what is refused is not OK. */
static inline enum status refusal_set(struct refusal *refusal, enum status status, const char *field,
                                      const char *reason, const char *remedy, const char *const *values)
{
    refusal_fill(refusal, status, field, reason, remedy, values);
    return status;
}

#define refuse(refusal, status, field, reason, remedy) refusal_set(refusal, status, field, reason, remedy, NULL)
#define refuse_with(refusal, status, field, reason, remedy, ...)                                                       \
    refusal_set(refusal, status, field, reason, remedy, (const char *const[]){__VA_ARGS__, NULL})
