/* SPDX-License-Identifier: Apache-2.0
 *
 * Place: division codes (GB/T 2260): two digits province, four city, six county. A code that ends in zeros stands for
 * all that is in it.
 *
 * Refuses   to know which codes exist: common/procedure/division.h does.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* 440300 contains 440305 and itself; 440000 contains both. 0 contains nothing. */
bool place_contains(uint32_t outer, uint32_t inner);

/* How many digits `outer` has that `inner` begins with: 6 a county, 4 a city, 2 a province, 0 the country (code 0).
 * -1: `inner` does not lie in it. For choosing what holds nearest. */
int place_fit(uint32_t outer, uint32_t inner);
