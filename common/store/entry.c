/* SPDX-License-Identifier: Apache-2.0
 *
 * Entry: the layout of what is hashed.
 */
#include "common/store/entry.h"

#include <string.h>

static const char LAYOUT[] = "tiaojie entry 1";

static void add_bytes(struct hash *hash, const void *bytes, size_t size)
{
    hash_number(hash, size);
    if (size > 0)
        hash_update(hash, bytes, size);
}

void entry_hash(struct hash *hash, const char *service, const uint8_t before[HASH_BYTES], const struct entry *entry,
                uint8_t result[HASH_BYTES])
{
    hash_update(hash, LAYOUT, sizeof LAYOUT - 1);
    hash_update(hash, before, HASH_BYTES);
    add_bytes(hash, service, strlen(service));
    hash_number(hash, entry->partition);
    hash_number(hash, entry->position);
    hash_number(hash, entry->before);
    hash_update(hash, entry->command_id.bytes, sizeof entry->command_id.bytes);
    hash_number(hash, entry->principal);
    hash_number(hash, entry->target);
    hash_number(hash, (uint64_t)entry->at);
    add_bytes(hash, entry->rules, strlen(entry->rules));
    add_bytes(hash, entry->command, strlen(entry->command));
    add_bytes(hash, entry->trace, strlen(entry->trace));
    add_bytes(hash, entry->events, entry->events_size);
    hash_final(hash, result);
}
