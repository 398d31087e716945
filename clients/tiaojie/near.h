/* SPDX-License-Identifier: Apache-2.0
 *
 * Near: which names a mistyped one may have meant.
 */
#pragma once
struct arena;

/* Of the names in `known` (each ended by a comma) the up to three nearest to `given`, "a, b, c"; all of them when none
 * is near. In the arena. */
const char *near_names(struct arena *arena, const char *given, const char *known);
