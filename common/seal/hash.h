/* SPDX-License-Identifier: Apache-2.0
 *
 * Hash: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016), taken piece by piece: the log's chain and the digests of
 * papers.
 *
 * Owns      its context, which begins anew after each result.
 * Refuses   to fail: what it takes is bytes, and a library without the algorithm ends the process when it is made.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32 }; /* of either kind */

enum hash_kind { HASH_SHA256, HASH_SM3 };

/* Ready for hash_update. For one thread. Never NULL. */
struct hash *hash_new(enum hash_kind kind);
void hash_free(struct hash **hash);

void hash_update(struct hash *hash, const void *bytes, size_t size);

/* The big-endian form that the log's layouts use for numbers. */
void hash_number(struct hash *hash, uint64_t number);

/* Writes the hash of all that was taken since it was made or since the last result, and begins anew. */
void hash_final(struct hash *hash, uint8_t result[HASH_BYTES]);
