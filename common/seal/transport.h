/* SPDX-License-Identifier: Apache-2.0
 *
 * Transport: bytes sealed for one other node, so that only it can open them, wherever the envelope is kept on its way.
 *
 *     32 bytes ephemeral public key | the form of sealer.h
 *
 * The key is HKDF-SHA-256 (RFC 5869, no salt) of the X25519 secret (RFC 7748) of a fresh pair and the receiver's public
 * key; its info is "tiaojie transport 1" | ephemeral public | receiver's public.
 *
 * Refuses   to say who sent it: that is the envelope's signature.
 */
#pragma once
#include "common/seal/sealer.h"

enum { TRANSPORT_KEY_BYTES = 32, TRANSPORT_OVERHEAD = TRANSPORT_KEY_BYTES + SEAL_OVERHEAD };

struct transport_key {
    uint8_t secret[TRANSPORT_KEY_BYTES];
    uint8_t public_key[TRANSPORT_KEY_BYTES];
};

/* A fresh pair, and the pair of a known secret. The caller wipes them. */
void transport_key_make(struct transport_key *key);
void transport_key_read(const uint8_t secret[TRANSPORT_KEY_BYTES], struct transport_key *key);
void transport_key_wipe(struct transport_key *key);

/* Seals for the node with the public key `to`. `associated` is what it is bound to (the envelope's id) and must be
 * given again to open. `*sealed` is in the arena. INVALID for a public key that gives no secret (all zero, of small
 * order), TOO_LARGE over SEAL_PLAIN_MAX. */
enum status transport_seal(struct sealer *sealer, struct arena *arena, const uint8_t to[TRANSPORT_KEY_BYTES],
                           ProtobufCBinaryData associated, ProtobufCBinaryData plain,
                           ProtobufCBinaryData *sealed) MUST_CHECK;

/* Opens what was sealed for `key`; UNVERIFIED where anything differs. */
enum status transport_open(struct sealer *sealer, struct arena *arena, const struct transport_key *key,
                           ProtobufCBinaryData associated, ProtobufCBinaryData sealed,
                           ProtobufCBinaryData *plain) MUST_CHECK;
