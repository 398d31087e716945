/* SPDX-License-Identifier: Apache-2.0
 *
 * Share: a rendezvous hash with bounds. In the order of the partitions each goes to the process with the highest weight
 * for it among those that are not full; so most stay where they are when a process comes or goes, and none has all by
 * chance.
 */
#include "common/runtime/share.h"

#include <assert.h>
#include <stdbool.h>

/* FNV-1a over the name, then the partition, finished by a mix. */
static uint64_t weight(const char *process, uint32_t partition)
{
    uint64_t hash = 14695981039346656037u;
    for (const char *at = process; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    hash ^= (uint64_t)partition * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 31;
    hash *= 0xbf58476d1ce4e5b9u;
    return hash ^ hash >> 29;
}

/* How many of the partitions before this one the process has. */
static uint32_t load(const size_t *owners, uint32_t before, size_t process)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < before; p++)
        count += owners[p] == process;
    return count;
}

void share_partitions(const char *const *processes, size_t process_count, uint32_t partition_count, size_t *owners)
{
    assert(process_count > 0);
    uint32_t each = partition_count / (uint32_t)process_count;
    uint32_t larger = partition_count % (uint32_t)process_count; /* parts that have one more */

    for (uint32_t partition = 0; partition < partition_count; partition++) {
        uint64_t highest = 0;
        bool found = false;
        for (size_t i = 0; i < process_count; i++) {
            uint32_t has = load(owners, partition, i);
            uint64_t mine = weight(processes[i], partition);
            if (has >= each + (larger > 0) || (found && mine <= highest))
                continue;
            owners[partition] = i;
            highest = mine;
            found = true;
        }
        larger -= load(owners, partition, owners[partition]) == each;
    }
}
