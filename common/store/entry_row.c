/* SPDX-License-Identifier: Apache-2.0
 *
 * Entry row: reading.
 */
#include "common/store/entry_row.h"

#include <string.h>

enum { POSITION, BEFORE, COMMAND_ID, PRINCIPAL, TARGET, AT, RULES, COMMAND, EVENTS, HASH, TRACE };

static char *copy_bytes(const PGresult *result, int row, int column, struct arena *arena)
{
    size_t size = (size_t)PQgetlength(result, row, column);
    char *bytes = arena_take(arena, size + 1);
    memcpy(bytes, PQgetvalue(result, row, column), size);
    return bytes;
}

struct entry entry_row(const PGresult *result, int row, uint32_t partition, struct arena *arena,
                       uint8_t hash[HASH_BYTES])
{
    struct entry entry = {
        .partition = partition,
        .position = (uint64_t)pg_get_int64(result, row, POSITION),
        .before = (uint64_t)pg_get_int64(result, row, BEFORE),
        .principal = (uint64_t)pg_get_int64(result, row, PRINCIPAL),
        .target = (uint64_t)pg_get_int64(result, row, TARGET),
        .at = pg_get_timestamp(result, row, AT),
        .rules = copy_bytes(result, row, RULES, arena),
        .command = copy_bytes(result, row, COMMAND, arena),
        .trace = copy_bytes(result, row, TRACE, arena),
        .events = (uint8_t *)copy_bytes(result, row, EVENTS, arena),
        .events_size = (size_t)PQgetlength(result, row, EVENTS),
    };
    memcpy(&entry.command_id, PQgetvalue(result, row, COMMAND_ID), sizeof entry.command_id);
    if (hash && PQgetlength(result, row, HASH) == HASH_BYTES)
        memcpy(hash, PQgetvalue(result, row, HASH), HASH_BYTES);
    return entry;
}

Tiaojie__Events *entry_events(const struct entry *entry, struct arena *arena)
{
    return tiaojie__events__unpack(arena_allocator(arena), entry->events_size, entry->events);
}
