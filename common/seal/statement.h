/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement: a text for people that a node signs, and that anybody checks without the node: on paper, in a file, in a
 * QR code. UTF-8, lines that end with LF, each `key: value`:
 *
 *     tiaojie-proof: 1                 version of this layout
 *     公钥指纹: 64 hexadecimal digits  of the key that signed it (signature_pem.h)
 *     ...                              what is stated
 *     签名: 88 characters of base64    Ed25519 over all bytes before this line
 *
 * The last line's end is not signed and may be missing: what comes from a QR code has none.
 *
 * A node's key signs hashes of 32 bytes elsewhere (envelopes, receipts); a statement is longer, so neither can pass for
 * the other.
 *
 * Refuses   to be read with one byte changed, missing or added, and says which of these it looks like.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/seal/signature.h"

enum { STATEMENT_BYTES_MAX = 64 * 1024 };

struct statement {
    struct arena *arena;
    const char *text; /* its lines so far */
};

/* Version and fingerprint. `public_key` is of the key that will sign. */
struct statement statement_begin(const struct signature_public *public_key, struct arena *arena);

/* One line more. A control character in a value becomes a space, so that a value never makes a line of its own. */
void statement_line(struct statement *statement, const char *key, const char *value);

/* The whole text with its signature's line. In the arena. */
MUST_CHECK enum status statement_sign(const struct statement *statement, const struct signature_key *key,
                                      const char **text);

/* OK when `text` is a statement with this key's signature. INVALID: it is none, or its form was damaged; UNVERIFIED:
 * the signature is not this key's over these bytes. The refusal's values are in the arena. */
MUST_CHECK enum status statement_verify(ProtobufCBinaryData text, const struct signature_public *public_key,
                                        struct arena *arena, struct refusal *refusal);
