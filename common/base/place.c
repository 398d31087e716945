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
