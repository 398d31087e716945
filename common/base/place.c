/* SPDX-License-Identifier: Apache-2.0
 *
 * Place: comparing codes.
 */
#include "common/base/place.h"

bool place_contains(uint32_t outer, uint32_t inner)
{
    uint32_t unit = outer % 10000 == 0 ? 10000 : outer % 100 == 0 ? 100 : 1;

    return outer != 0 && outer / unit == inner / unit;
}

int place_fit(uint32_t outer, uint32_t inner)
{
    if (outer == 0)
        return 0;
    if (!place_contains(outer, inner))
        return -1;
    return outer % 10000 == 0 ? 2 : outer % 100 == 0 ? 4 : 6;
}
