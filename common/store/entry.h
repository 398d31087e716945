/* SPDX-License-Identifier: Apache-2.0
 *
 * Entry: one accepted command in a partition's log, and the hash that chains it to the one before.
 *
 * The hash is SHA-256 over these bytes, in this order; numbers are 8 bytes big-endian (signed ones in two's
 * complement), a text or byte string is its length as such a number and then its bytes:
 *
 *     "tiaojie entry 1"          15 bytes
 *     hash of the entry before   32 bytes, zeros before the first
 *     service                    text
 *     partition, position, before
 *     command id                 16 bytes
 *     principal, target, at
 *     rules, command, trace      texts
 *     events                     the stored bytes, never encoded again
 *
 * Refuses   to look into the events: a later version may not know them, and the hash still holds.
 */
#pragma once
#include "common/base/uuid.h"
#include "common/seal/hash.h"

#include <stddef.h>
#include <stdint.h>

struct entry {
    uint32_t partition;
    uint64_t position; /* from 1, without gaps */
    uint64_t before;   /* position of the same aggregate's last entry, 0: this is its first */
    struct uuid command_id;
    uint64_t principal;
    uint64_t target; /* the aggregate that the command was about */
    int64_t at;      /* microseconds UTC */
    const char *rules;
    const char *command;
    const char *trace;
    const uint8_t *events; /* packed Tiaojie__Events */
    size_t events_size;
};

void entry_hash(struct hash *hash, const char *service, const uint8_t before[HASH_BYTES], const struct entry *entry,
                uint8_t result[HASH_BYTES]);
