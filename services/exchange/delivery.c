/* SPDX-License-Identifier: Apache-2.0
 *
 * Delivery: what waits in the tables is signed once, then sent until the other side has it, each time after a longer
 * pause.
 */
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/base/uuid.h"
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"
#include "services/exchange/wire.h"

#include <stdio.h>
#include <string.h>

enum {
    FIRST_DELAY_US = 500 * 1000,
    LONG_DELAY_US = 4 * FIRST_DELAY_US, /* the other node seemed to be away */
    LAST_DELAY_US = 30 * 1000000,
    LOOK_EACH_US = 5 * 1000000
};

static const int64_t EXPIRES_AFTER = EXPIRES_AFTER_DAYS * INSTANT_DAY;

/* ---- flights ---- */

struct flight *delivery_find(struct wire *wire, const char *link, ProtobufCBinaryData digest)
{
    for (size_t i = 0; i < wire->flight_count; i++) {
        struct flight *flight = &wire->flights[i];
        if (digest.len == sizeof flight->digest && memcmp(flight->digest, digest.data, digest.len) == 0 &&
            strcmp(flight->link, link) == 0)
            return flight;
    }
    return NULL;
}

void delivery_hurry(struct wire *wire, const char *link)
{
    for (size_t i = 0; i < wire->flight_count; i++) {
        struct flight *flight = &wire->flights[i];
        if (strcmp(flight->link, link) == 0 && flight->delay > LONG_DELAY_US) {
            flight->not_before = 0;
            flight->delay = FIRST_DELAY_US;
        }
    }
    wire->look = true;
}

/* NULL: too many are on their way; it waits for one of them. */
static struct flight *flight_of(struct wire *wire, const char *link, const Exchange__Parcel *parcel)
{
    for (size_t i = 0; i < wire->flight_count; i++) {
        struct flight *flight = &wire->flights[i];
        if (flight->conversation == parcel->conversation_id && flight->ordinal == parcel->ordinal &&
            flight->receipt == (parcel->receipt != 0))
            return flight;
    }
    if (wire->flight_count == FLIGHTS_MAX)
        return NULL;
    struct flight *flight = &wire->flights[wire->flight_count++];
    *flight = (struct flight){.conversation = parcel->conversation_id,
                              .ordinal = parcel->ordinal,
                              .receipt = parcel->receipt,
                              .delay = FIRST_DELAY_US};
    snprintf(flight->link, sizeof flight->link, "%s", link);
    envelope_digest(SIGNATURE_ED25519, parcel->signed_->content, flight->digest);
    return flight;
}

static void forget_landed(struct wire *wire, const char *link)
{
    size_t kept = 0;

    for (size_t i = 0; i < wire->flight_count; i++) {
        const struct flight *flight = &wire->flights[i];
        if (flight->round == wire->round || strcmp(flight->link, link) != 0)
            wire->flights[kept++] = *flight;
    }
    wire->flight_count = kept;
}

/* ---- signing ---- */

static const struct signature_key *own_key(const struct wire *wire, const struct link *link)
{
    const struct node_keys *keys = &wire->process->keys;

    return link->signing.suite == SIGNATURE_SM2_SM3 ? &keys->signing_sm2 : &keys->signing;
}

static ProtobufCBinaryData digest_in(struct arena *arena, uint32_t suite, ProtobufCBinaryData bytes)
{
    uint8_t *digest = arena_take(arena, HASH_BYTES);

    envelope_digest(suite, bytes, digest);
    return (ProtobufCBinaryData){HASH_BYTES, digest};
}

static ProtobufCBinaryData envelope_content(struct wire *wire, const struct link *link, const Exchange__Parcel *parcel)
{
    struct arena *arena = wire->arena;
    const struct uuid id = uuid_new(instant_now() / 1000);
    Exchange__Envelope envelope = EXCHANGE__ENVELOPE__INIT;
    ProtobufCBinaryData digest = digest_in(arena, (uint32_t)link->signing.suite, parcel->part);

    envelope.id = (ProtobufCBinaryData){sizeof id, arena_copy(arena, &id, sizeof id)};
    envelope.from = wire->process->node;
    envelope.to = arena_text(arena, link->name);
    envelope.sequence = parcel->sequence;
    envelope.incarnation = (ProtobufCBinaryData){sizeof wire->links->incarnation, wire->links->incarnation};
    envelope.type = parcel->type;
    envelope.conversation = parcel->conversation;
    envelope.sent_at = parcel->at;
    envelope.expires_at = parcel->at + EXPIRES_AFTER;
    envelope.n_digests = 1;
    envelope.digests = &digest;
    envelope.trace = parcel->trace;
    return envelope_pack(&envelope.base, arena);
}

static ProtobufCBinaryData receipt_content(struct wire *wire, const struct link *link, const Exchange__Parcel *parcel)
{
    Exchange__Receipt receipt = EXCHANGE__RECEIPT__INIT;

    receipt.from = wire->process->node;
    receipt.to = arena_text(wire->arena, link->name);
    receipt.envelope_id = parcel->envelope_id;
    receipt.envelope_digest = parcel->envelope_digest;
    receipt.conversation = parcel->conversation;
    receipt.stage = parcel->stage;
    receipt.text = parcel->text;
    receipt.at = parcel->at;
    return envelope_pack(&receipt.base, wire->arena);
}

/* What it is kept with is found when it is looked for again: the commit wakes this thread. */
static void sign_parcel(struct wire *wire, const struct link *link, const Exchange__Parcel *parcel)
{
    const struct signature_key *key = own_key(wire, link);
    const enum envelope_kind kind = parcel->receipt ? KIND_RECEIPT : KIND_ENVELOPE;
    const ProtobufCBinaryData content =
        parcel->receipt ? receipt_content(wire, link, parcel) : envelope_content(wire, link, parcel);
    Exchange__Sign sign = EXCHANGE__SIGN__INIT;
    Exchange__SignReceipt sign_receipt = EXCHANGE__SIGN_RECEIPT__INIT;

    if (envelope_sign(key, kind, content, wire->arena, &sign.signed_) != OK) {
        log_event(LEVEL_ERROR, "this node's signing key does not sign", "link", link->name, NULL);
        return;
    }
    sign.ordinal = parcel->ordinal;
    sign.key.len = key->public_key.size;
    sign.key.data = arena_copy(wire->arena, key->public_key.bytes, key->public_key.size);
    sign_receipt.ordinal = sign.ordinal;
    sign_receipt.signed_ = sign.signed_;
    sign_receipt.key = sign.key;
    const Tiaojie__Answer *answer = wire_ask(
        wire, parcel->receipt ? "receipt sign" : "envelope sign", false, NULL, parcel->trace, parcel->conversation_id,
        id_partition(parcel->conversation_id), parcel->receipt ? &sign_receipt.base : &sign.base);
    if (answer->status == OK)
        wire->look = true;
}

/* ---- sending ---- */

static bool is_expired(const Exchange__Parcel *parcel, struct flight *flight)
{
    if (parcel->receipt || parcel->at + EXPIRES_AFTER > instant_now())
        return false;
    if (!flight->expired)
        log_event(LEVEL_WARNING, "an envelope expired before the other node had it", "link", flight->link,
                  "conversation", parcel->conversation, NULL);
    flight->expired = true;
    flight->not_before = INT64_MAX;
    return true;
}

static void send_parcel(struct wire *wire, const struct link *link, Exchange__Parcel *parcel)
{
    struct flight *flight = flight_of(wire, link->name, parcel);
    const struct dealer *dealer = wire_dealer(wire, link->name);
    const int64_t now = instant_monotonic();

    if (!flight)
        return;
    flight->round = wire->round;
    if (now < flight->not_before || is_expired(parcel, flight))
        return;
    Exchange__Frame frame = EXCHANGE__FRAME__INIT;
    if (!parcel->receipt) {
        parcel->signed_->n_parts = 1;
        parcel->signed_->parts = &parcel->part;
    }
    *(parcel->receipt ? &frame.receipt : &frame.envelope) = parcel->signed_;
    if (dealer)
        wire_send(wire, dealer->socket, NULL, &frame);
    flight->not_before = now + flight->delay;
    flight->delay = flight->delay * 2 > LAST_DELAY_US ? LAST_DELAY_US : flight->delay * 2;
}

/* ---- looking ---- */

/* One page of what waits for a link; `after` becomes the next page's. False: this was the last, or it could not be
 * read. */
static bool look_at_page(struct wire *wire, const struct link *link, uint64_t *after, bool *whole)
{
    Exchange__Waiting waiting = EXCHANGE__WAITING__INIT;
    const uint64_t affinity = link_affinity(link->name);

    arena_clear(wire->arena);
    waiting.link = arena_text(wire->arena, link->name);
    waiting.after = *after;
    const Tiaojie__Answer *answer = wire_ask(wire, "exchange waiting", true, NULL, "", affinity,
                                             affinity_partition(affinity, wire->process->partitions), &waiting.base);
    const Exchange__WaitingList *list =
        answer->status == OK
            ? exchange__waiting_list__unpack(arena_allocator(wire->arena), answer->body.len, answer->body.data)
            : NULL;
    *whole = list != NULL;
    for (size_t i = 0; list && i < list->n_parcels; i++) {
        if (list->parcels[i]->to_sign)
            sign_parcel(wire, link, list->parcels[i]);
        else
            send_parcel(wire, link, list->parcels[i]);
    }
    *after = list ? list->next : 0;
    return *after != 0;
}

static void look_at_link(struct wire *wire, const struct link *link)
{
    uint64_t after = 0;
    bool whole = false;

    while (look_at_page(wire, link, &after, &whole) && !atomic_load(&wire->process->stop))
        continue;
    if (whole)
        forget_landed(wire, link->name);
}

/* Whoever has a link's partition sends what goes over it; the others forget its flights. */
static bool is_ours(const struct wire *wire, const struct link *link)
{
    const uint32_t partition = affinity_partition(link_affinity(link->name), wire->process->partitions);

    return atomic_load(&wire->process->held[partition]);
}

/* A flight whose time has passed could not be looked at: not again at once. */
static int64_t next_look(const struct wire *wire)
{
    const int64_t now = instant_monotonic();
    int64_t next = now + LOOK_EACH_US;

    for (size_t i = 0; i < wire->flight_count; i++) {
        const int64_t due = wire->flights[i].not_before;
        const int64_t at = due > now ? due : now + FIRST_DELAY_US;
        next = at < next ? at : next;
    }
    return next;
}

void delivery_look(struct wire *wire)
{
    wire->look = false;
    wire->round++;
    for (size_t i = 0; i < wire->links->count; i++) {
        const struct link *link = &wire->links->list[i];
        if (is_ours(wire, link))
            look_at_link(wire, link);
        else
            forget_landed(wire, link->name);
    }
    wire->look_at = next_look(wire);
}
