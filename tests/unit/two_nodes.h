/* SPDX-License-Identifier: Apache-2.0
 *
 * Two nodes, "hrss" and "stage", with fixed keys: signed envelopes and receipts for the tests of exchange.
 */
#pragma once
#include "services/exchange/envelope.h"

/* 2026-03-02T12:00:00+08:00, when hrss sends. */
#define SENT_AT INT64_C(1772424000000000)

/* The pair of hrss in a suite. */
struct signature_key hrss_key(enum signature_suite suite);
/* hrss as the directory of "stage" has it. */
struct link hrss_link(enum signature_suite suite);

/* An envelope of hrss to "stage" about hrss/1025 with the part "part"; its id ends with `number`, its sequence is
 * `number`. Tests change what they want before it is signed. In the arena. */
Exchange__Envelope *envelope_new(uint32_t suite, uint8_t number, struct arena *arena);

/* Packs, signs and adds the part. */
Exchange__Signed *signed_new(const struct signature_key *key, const Exchange__Envelope *envelope, struct arena *arena);

/* A receipt of hrss for an envelope that "stage" sent as these bytes. */
Exchange__Signed *receipt_new(const struct signature_key *key, const Exchange__Envelope *envelope,
                              ProtobufCBinaryData content, const char *stage, struct arena *arena);

ProtobufCBinaryData key_bytes(const struct signature_key *key, struct arena *arena);

/* A text's bytes, without its terminator. In the arena. */
ProtobufCBinaryData text_bytes(const char *text, struct arena *arena);
