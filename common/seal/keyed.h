/* SPDX-License-Identifier: Apache-2.0
 *
 * Keyed: HMAC-SHA-256 (RFC 2104) under one of the node's keys.
 *
 * The search key finds a person by a number that is stored only sealed; the digest key tells whether a repeated command
 * is the same one. Without the key neither can be guessed from a stored hash, though identity numbers are few.
 *
 * Owns      a copy of its key inside OpenSSL, wiped when freed.
 * Refuses   to normalise: "x" and "X" are two values here (common/base/identity.h makes them one).
 */
#pragma once
#include "common/seal/sealer.h"

enum { KEYED_BYTES = 32 };

/* For one thread. Never NULL. The key is copied. */
struct keyed *keyed_new(const struct seal_key *key);
void keyed_free(struct keyed **keyed);

/* Hash of a normalised value of a kind ("identity_number", "phone"), for an equality search. The bytes are the kind,
 * one zero byte, the value: equal digits of two kinds do not meet. */
void keyed_search(struct keyed *keyed, const char *kind, ProtobufCBinaryData value, uint8_t result[KEYED_BYTES]);

/* Hash of a command's body as received. */
void keyed_digest(struct keyed *keyed, ProtobufCBinaryData body, uint8_t result[KEYED_BYTES]);
