/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature: what a node puts under an envelope or a receipt. Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918.2-2016
 * over the curve of GB/T 32918.5-2017) where a link's profile says so.
 *
 * Lengths    secret 32 bytes; public 32 bytes (Ed25519) or 65 bytes, 04 | x | y (SM2); signature 64 bytes (Ed25519) or
 *            ASN.1 DER of r and s, 70 to 72 bytes as a rule, down to 8 (SM2).
 * Signer id  SM2 hashes an id of the signer with the message (Z). Both sides must use the same one; it is part of the
 *            link's profile, SIGNATURE_SM2_ID where nothing else is agreed (GM/T 0009-2012). Ed25519 ignores it.
 * Refuses    SM2 signatures that are not DER to the byte (bytes after it, padded or long-form lengths, raw r and s),
 * and public keys that are no point of the curve.
 */
#pragma once
#include "common/base/status.h"

#include <protobuf-c/protobuf-c.h>
#include <stdint.h>

#define SIGNATURE_SM2_ID "1234567812345678"

/* The numbers stand in envelopes: never renumbered. */
enum signature_suite { SIGNATURE_ED25519 = 1, SIGNATURE_SM2_SM3 = 2 };

enum {
    SIGNATURE_SECRET_BYTES = 32,
    SIGNATURE_PUBLIC_MAX = 65,
    SIGNATURE_MAX = 72,
    SIGNATURE_RAW_BYTES = 64, /* r | s of SM2, 32 bytes each */
    SIGNATURE_ID_MAX = 128    /* bytes of a signer id */
};

struct signature_public {
    enum signature_suite suite;
    uint8_t bytes[SIGNATURE_PUBLIC_MAX];
    size_t size;
};

struct signature_key {
    uint8_t secret[SIGNATURE_SECRET_BYTES];
    struct signature_public public_key;
};

struct signature {
    uint8_t bytes[SIGNATURE_MAX];
    size_t size;
};

/* "ed25519" or "sm2-sm3"; NULL for a number that is no suite. */
const char *signature_suite_name(enum signature_suite suite);

/* A fresh pair. The caller wipes it. INVALID for a number that is no suite. */
enum status signature_key_make(enum signature_suite suite, struct signature_key *key) MUST_CHECK;

/* The pair that belongs to a secret of SIGNATURE_SECRET_BYTES. INVALID for another length, or an SM2 number outside
 * 1 to n-2. */
enum status signature_key_read(enum signature_suite suite, ProtobufCBinaryData secret,
                               struct signature_key *key) MUST_CHECK;

void signature_key_wipe(struct signature_key *key);

/* A peer's public key. INVALID for a wrong length, a compressed point, or a point that is not on the curve. */
enum status signature_public_read(enum signature_suite suite, ProtobufCBinaryData bytes,
                                  struct signature_public *public_key) MUST_CHECK;

/* Signs `message` with a pair of our own. INVALID for an id over SIGNATURE_ID_MAX. */
enum status signature_sign(const struct signature_key *key, const char *id, ProtobufCBinaryData message,
                           struct signature *signature) MUST_CHECK;

/* OK when `signature` is the key's over exactly these bytes; otherwise UNVERIFIED. */
enum status signature_verify(const struct signature_public *public_key, const char *id, ProtobufCBinaryData message,
                             ProtobufCBinaryData signature) MUST_CHECK;

/* SM2 signatures for products that want r | s. The first refuses what is not DER to the byte (INVALID). */
enum status signature_raw_from_der(ProtobufCBinaryData der, uint8_t raw[SIGNATURE_RAW_BYTES]) MUST_CHECK;
void signature_der_from_raw(const uint8_t raw[SIGNATURE_RAW_BYTES], struct signature *signature);
