/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealer: AES-256-GCM (NIST SP 800-38D) over bytes, with a context of OpenSSL that is used again and again. Fields
 * (seal.h), keys (wrap.h) and what goes to another node (transport.h) are all sealed by it, in one form:
 *
 *     1 byte version (1) | 12 bytes nonce | ciphertext, as long as the plain bytes | 16 bytes tag
 *
 * The version byte is the first byte of what the tag covers besides the ciphertext; the caller's associated data
 * follow. Nonces are random: one key may seal 2^32 times (SP 800-38D, 8.3), which no subject's key comes near to.
 *
 * Owns      its context; keys and bytes are the caller's.
 * Refuses   bytes that were changed, cut, sealed with another key or for another place: UNVERIFIED, never a plain byte.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/status.h"

#include <stdint.h>

enum {
    SEAL_KEY_BYTES = 32,
    SEAL_NONCE_BYTES = 12,
    SEAL_TAG_BYTES = 16,
    SEAL_VERSION = 1,
    SEAL_OVERHEAD = 1 + SEAL_NONCE_BYTES + SEAL_TAG_BYTES, /* sealed bytes are longer than plain ones by this */
    SEAL_PLAIN_MAX = 1 << 20                               /* longest plain bytes: a frame */
};

struct seal_key {
    uint8_t bytes[SEAL_KEY_BYTES];
};

/* A fresh random key. */
struct seal_key seal_key_make(void);

/* Overwrites a key that is no longer needed; the compiler cannot leave it out. */
void seal_key_wipe(struct seal_key *key);

/* For one thread. Never NULL. */
struct sealer *sealer_new(void);
void sealer_free(struct sealer **sealer);

/* Seals `plain` under `key`; `associated` is not stored and must be given again to open. `*sealed` is in the arena.
 * TOO_LARGE over SEAL_PLAIN_MAX or the arena's limit. Empty plain bytes are sealed too. */
enum status sealer_seal(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                        ProtobufCBinaryData associated, ProtobufCBinaryData plain,
                        ProtobufCBinaryData *sealed) MUST_CHECK;

/* Opens what sealer_seal made. `*plain` is in the arena, followed by a zero byte that its length does not count, so
 * that a text can be used as it is. UNVERIFIED where anything differs; `*plain` is empty then. */
enum status sealer_open(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                        ProtobufCBinaryData associated, ProtobufCBinaryData sealed,
                        ProtobufCBinaryData *plain) MUST_CHECK;
