/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversation: what exchange's rules share: tables, descriptions, ids.
 */
#pragma once
#include "common/service.h"
#include "proto/exchange.pb-c.h"
#include "services/exchange/rows.pb-c.h"

extern const struct table EXCHANGE_LINK, EXCHANGE_CONVERSATION, EXCHANGE_ENVELOPE, EXCHANGE_INCOMING, EXCHANGE_RECEIPT;

extern const struct command ENVELOPE_POST, ENVELOPE_SIGN, ENVELOPE_TAKE, RECEIPT_MAKE, RECEIPT_SIGN, RECEIPT_TAKE,
    RECEIPT_NOTE;
extern const struct event ENVELOPE_POSTED, ENVELOPE_SIGNED, ENVELOPE_TAKEN, RECEIPT_MADE, RECEIPT_SIGNED, RECEIPT_TAKEN,
    RECEIPT_NOTED;
extern const struct question EXCHANGE_SHOW, EXCHANGE_WAITING, EXCHANGE_FIND;

/* How far a thing is on its way; numbers of the columns `state`. */
enum parcel_state { PARCEL_MADE = 1, PARCEL_SIGNED = 2, PARCEL_NOTED = 3, PARCEL_TAKEN = 4 };

#define STAGE_STORED "stored"
#define STAGE_ACCEPTED "accepted"
#define STAGE_RETURNED "returned"
#define STAGE_OBJECTED "objected"
#define STAGE_KEPT "kept"
#define STAGE_DECIDED "decided"
#define STAGE_TOLD "told"

/* ---- ids: from hashes, so that nothing needs to be looked up; a conversation is in its link's partition */

uint64_t link_affinity(const char *link);
uint64_t link_id(const char *link, uint32_t partitions);
uint64_t conversation_id(const char *link, const char *conversation, uint32_t partitions);

/* OK when the target is that conversation's id: two that collide would otherwise be mixed. */
MUST_CHECK enum status conversation_check(const char *link, const char *conversation, const struct rows *rows,
                                          const struct context *now, struct refusal *refusal);

/* ---- rows */

/* Reads of a command about a conversation: itself, all that is in it. */
void conversation_reads(const void *command, const struct context *now, struct reads *reads);

/* apply's part: the conversation's row and its link's, made where there are none. */
ExchangeRows__Conversation *conversation_open(struct rows *rows, uint64_t id, uint64_t link, const char *link_name,
                                              const char *name);

/* One thing more, or less, that is to be signed or sent. */
void conversation_await(ExchangeRows__Conversation *row, bool more);

const ExchangeRows__Incoming *incoming_find(const struct rows *rows, uint64_t conversation, ProtobufCBinaryData id);
const ExchangeRows__Envelope *envelope_find(const struct rows *rows, uint64_t conversation, ProtobufCBinaryData id);
const ExchangeRows__Receipt *receipt_find(const struct rows *rows, uint64_t conversation, bool outgoing,
                                          ProtobufCBinaryData envelope_id, const char *stage);

bool bytes_equal(ProtobufCBinaryData a, ProtobufCBinaryData b);

/* The receipt as an event, where it was not made before. */
void receipt_decide(const ExchangeRows__Incoming *incoming, const Exchange__ReceiptFor *asked, const struct rows *rows,
                    const struct context *now, struct events *events);

/* The signed bytes of a row. In the arena. */
Exchange__Signed *signed_from(ProtobufCBinaryData content, uint32_t suite, ProtobufCBinaryData signature,
                              struct arena *arena);

/* ---- what follows from other services' events */
void sent_derive(const void *event, const struct origin *origin, struct derived *derived);
void answered_derive(const void *event, const struct origin *origin, struct derived *derived);
void accepted_derive(const void *event, const struct origin *origin, struct derived *derived);
void returned_derive(const void *event, const struct origin *origin, struct derived *derived);
void objected_derive(const void *event, const struct origin *origin, struct derived *derived);
void rejected_derive(const void *event, const struct origin *origin, struct derived *derived);
void decided_derive(const void *event, const struct origin *origin, struct derived *derived);
