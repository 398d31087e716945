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
