/* SPDX-License-Identifier: Apache-2.0
 *
 * Refusal: filling.
 */
#include "common/base/refusal.h"

#include "common/base/arena.h"

void refusal_fill(struct refusal *refusal, enum status status, const char *field, const char *reason,
                  const char *remedy, const char *const *values)
{
    *refusal = (struct refusal){
        .status = status, .field = field, .reason = reason, .remedy = remedy, .article = "", .value_count = 0};
    for (size_t i = 0; values && values[i] && i < TEXT_VALUES_MAX; i++)
        refusal->values[refusal->value_count++] = values[i];
}

void refusal_keep(struct refusal *refusal, struct arena *arena)
{
    const char **texts[] = {&refusal->field, &refusal->reason, &refusal->remedy, &refusal->article};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i])
            *texts[i] = arena_text(arena, *texts[i]);
    for (size_t i = 0; i < refusal->value_count; i++)
        refusal->values[i] = arena_text(arena, refusal->values[i]);
}
