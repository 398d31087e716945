/* SPDX-License-Identifier: Apache-2.0
 *
 * Share: which of the living processes of a service should have each of its partitions. A pure function of their names,
 * so every process comes to the same picture without a vote.
 *
 * Refuses   to know who has a partition now; owner.c moves what is not where it should be.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Sets owners[p] to an index in `processes` for each partition p < partition_count. Each process gets its part to
 * within one. Names: at least one, in any order that is the same for everybody. */
void share_partitions(const char *const *processes, size_t process_count, uint32_t partition_count, size_t *owners);
