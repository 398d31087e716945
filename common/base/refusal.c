/* SPDX-License-Identifier: Apache-2.0
 *
 * Refusal: filling.
 */
#include "common/base/refusal.h"

void refusal_fill(struct refusal *refusal, enum status status, const char *field, const char *reason,
                  const char *remedy, const char *const *values)
{
    *refusal = (struct refusal){
        .status = status, .field = field, .reason = reason, .remedy = remedy, .article = "", .value_count = 0};
    for (size_t i = 0; values && values[i] && i < TEXT_VALUES_MAX; i++)
        refusal->values[refusal->value_count++] = values[i];
}
