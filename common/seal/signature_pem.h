/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature PEM: a public key as other programs know it: SubjectPublicKeyInfo (RFC 8410 for Ed25519) in PEM, and the
 * fingerprint by which people compare two of them.
 *
 * Refuses   files that hold a secret key, another kind of key, or nothing of the sort.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/seal/hash.h"
#include "common/seal/signature.h"

enum { SIGNATURE_FINGERPRINT_TEXT = 2 * HASH_BYTES + 1 };

/* The key in PEM, with its line's end. In the arena. */
const char *signature_pem(const struct signature_public *public_key, struct arena *arena);

/* Reads an Ed25519 key; `field` is the caller's name for where it stood. INVALID for anything else. */
enum status signature_pem_read(ProtobufCBinaryData pem, const char *field, struct signature_public *public_key,
                               struct refusal *refusal) MUST_CHECK;

/* SHA-256 over the SubjectPublicKeyInfo, in hexadecimal: what `openssl pkey -pubin -outform DER | sha256sum` prints.
 * Returns `text`. */
char *signature_fingerprint(const struct signature_public *public_key, char text[SIGNATURE_FINGERPRINT_TEXT]);
