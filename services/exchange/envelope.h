/* SPDX-License-Identifier: Apache-2.0
 *
 * Envelope: what a signature covers, and whether what came may be believed. Layouts: proto/exchange.proto.
 *
 * Pure: keys, clock and directory are arguments. Refuses   everything that the other side could have got wrong or
 * forged, by name; nothing of it is kept then.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/seal/hash.h"
#include "proto/exchange.pb-c.h"
#include "services/exchange/links.h"

enum {
    CLOCK_AHEAD_MAX_S = 5,  /* of a sender */
    EXPIRES_AFTER_DAYS = 30 /* less than what command ids are remembered for */
};

enum envelope_kind { KIND_ENVELOPE, KIND_RECEIPT };

/* Hash of the suite over the bytes alone: digests of parts and envelopes. */
void envelope_digest(uint32_t suite, ProtobufCBinaryData bytes, uint8_t digest[HASH_BYTES]);

/* Signs packed bytes with a key of this node. `*result` and its bytes are in the arena; it borrows the content. */
MUST_CHECK enum status envelope_sign(const struct signature_key *key, enum envelope_kind kind,
                                     ProtobufCBinaryData content, struct arena *arena, Exchange__Signed **result);

/* OK when the signature is this key's, of this suite, over exactly these bytes. */
MUST_CHECK enum status envelope_verify(enum envelope_kind kind, const Exchange__Signed *what, ProtobufCBinaryData key);

/* Judges an envelope that came over `link` at `now`, to be believed by the node with this name. `*read` is in the
 * arena. */
MUST_CHECK enum status envelope_judge(const Exchange__Signed *what, const struct link *link, const char *node,
                                      int64_t now, struct arena *arena, Exchange__Envelope **read,
                                      struct refusal *refusal);

/* The same for a receipt. */
MUST_CHECK enum status receipt_judge(const Exchange__Signed *what, const struct link *link, const char *node,
                                     struct arena *arena, Exchange__Receipt **read, struct refusal *refusal);

/* Bytes from the network as a message: scanned before they are unpacked. */
MUST_CHECK enum status envelope_unpack(const ProtobufCMessageDescriptor *descriptor, ProtobufCBinaryData bytes,
                                       struct arena *arena, ProtobufCMessage **message, struct refusal *refusal);

/* Packed into the arena. */
ProtobufCBinaryData envelope_pack(const ProtobufCMessage *message, struct arena *arena);
