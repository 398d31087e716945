/* SPDX-License-Identifier: Apache-2.0
 *
 * Entry row: an entry as the statements "entries" and "past" give it.
 */
#pragma once
#include "common/store/entry.h"
#include "common/store/pg.h"
#include "common/store/store.h"

/* Everything in the arena. `hash` receives the stored hash, NULL: not wanted. */
struct entry entry_row(const PGresult *result, int row, uint32_t partition, struct arena *arena,
                       uint8_t hash[HASH_BYTES]);

/* Its events; NULL when they cannot be read. */
Tiaojie__Events *entry_events(const struct entry *entry, struct arena *arena);
