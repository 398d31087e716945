/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrival: a frame from another node. What it brings is given to this node's own service as a command; only what was
 * committed is confirmed. What is refused is logged with its reason and told to the sender.
 */
#include "common/base/lines.h"
#include "common/base/log.h"
#include "common/runtime/reply.h"
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"
#include "services/exchange/wire.h"

#include <string.h>

/* Where a frame came from, and where its answer goes. */
struct arrival {
    struct wire *wire;
    const struct link *link;
    void *socket;
    const struct route *route;
    const Exchange__Signed *what; /* the envelope or receipt */
    ProtobufCBinaryData digest;   /* SHA-256 of its content */
};

static void find_digest(struct arrival *arrival, const Exchange__Signed *what)
{
    uint8_t *digest = arena_take(arrival->wire->arena, HASH_BYTES);

    envelope_digest(SIGNATURE_ED25519, what->content, digest);
    arrival->what = what;
    arrival->digest = (ProtobufCBinaryData){HASH_BYTES, digest};
}

/* ---- answers ---- */

static void answer_noted(const struct arrival *arrival)
{
    Exchange__Frame frame = EXCHANGE__FRAME__INIT;
    Exchange__Noted noted = EXCHANGE__NOTED__INIT;

    noted.digest = arrival->digest;
    frame.noted = &noted;
    wire_send(arrival->wire, arrival->socket, arrival->route, &frame);
}

static void answer_refused(const struct arrival *arrival, const struct refusal *refusal)
{
    Exchange__Frame frame = EXCHANGE__FRAME__INIT;
    Exchange__Refused refused = EXCHANGE__REFUSED__INIT;
    struct arena *arena = arrival->wire->arena;
    const char *reason = text_fill(arena, refusal->reason, refusal->values, refusal->value_count);

    log_event(LEVEL_WARNING, "refused what another node sent", "link", arrival->link->name, "status",
              status_name(refusal->status), "field", refusal->field, "reason", reason, NULL);
    refused.digest = arrival->digest;
    refused.status = refusal->status;
    refused.field = arena_text(arena, refusal->field);
    refused.reason = arena_text(arena, reason);
    frame.refused = &refused;
    wire_send(arrival->wire, arrival->socket, arrival->route, &frame);
}

static void answer_service_refused(const struct arrival *arrival, const Tiaojie__Answer *answer)
{
    struct refusal refusal = {0};

    refusal_from_contract(answer->refusal, (enum status)answer->status, &refusal);
    answer_refused(arrival, &refusal);
}

/* ---- envelopes ---- */

/* The same bytes again: the same receipt again, nothing is done twice. True when it was known. */
static bool answer_known(const struct arrival *arrival, const Exchange__Envelope *envelope, uint64_t conversation)
{
    struct wire *wire = arrival->wire;
    Exchange__Find find = EXCHANGE__FIND__INIT;
    struct refusal refusal;

    find.envelope_id = envelope->id;
    const Tiaojie__Answer *answer = wire_ask(wire, "exchange find", true, NULL, envelope->trace, conversation,
                                             id_partition(conversation), &find.base);
    const Exchange__Found *found = answer->status == OK ? exchange__found__unpack(arena_allocator(wire->arena),
                                                                                  answer->body.len, answer->body.data)
                                                        : NULL;
    if (!found)
        return true; /* this node's service is away: the sender repeats it */
    if (!found->taken)
        return false;
    if (!bytes_equal(found->content, arrival->what->content)) {
        refuse(&refusal, REUSED, "id", N_("an envelope with this id and other bytes was taken before"),
               N_("give each envelope an id of its own"));
        answer_refused(arrival, &refusal);
    } else if (found->stored) {
        Exchange__Frame frame = EXCHANGE__FRAME__INIT;
        frame.receipt = found->stored;
        wire_send(wire, arrival->socket, arrival->route, &frame);
    }
    return true;
}

/* The command's id follows from the envelope's, so an id that comes with other bytes is found out even in another
 * conversation. */
static struct uuid take_id(const struct link *link, const Exchange__Envelope *envelope, struct arena *arena)
{
    struct uuid id = {0};
    const size_t name = strlen(link->name) + 1;
    uint8_t *parent = arena_take(arena, name + sizeof id.bytes);

    memcpy(id.bytes, envelope->id.data, sizeof id.bytes);
    memcpy(parent, link->name, name);
    memcpy(parent + name, id.bytes, sizeof id.bytes);
    return uuid_derive(parent, name + sizeof id.bytes, 0, uuid_time(&id));
}

/* What is used before the envelope is verified. */
static enum status judge_head(const Exchange__Envelope *envelope, struct refusal *refusal)
{
    if (envelope->id.len != sizeof(struct uuid))
        return refuse(refusal, INVALID, "id", N_("an envelope's id has 16 bytes"), N_("use a UUID of version 7"));
    return trace_check(envelope->trace, refusal);
}

static void take_envelope(const struct arrival *arrival)
{
    struct wire *wire = arrival->wire;
    struct refusal refusal;
    ProtobufCMessage *message = NULL;
    Exchange__Take take = EXCHANGE__TAKE__INIT;

    if (envelope_unpack(&exchange__envelope__descriptor, arrival->what->content, wire->arena, &message, &refusal)) {
        answer_refused(arrival, &refusal);
        return;
    }
    const Exchange__Envelope *envelope = (const Exchange__Envelope *)message;
    const uint64_t conversation =
        conversation_id(arrival->link->name, envelope->conversation, wire->process->partitions);
    if (judge_head(envelope, &refusal)) {
        answer_refused(arrival, &refusal);
        return;
    }
    if (answer_known(arrival, envelope, conversation))
        return;
    const struct uuid id = take_id(arrival->link, envelope, wire->arena);
    take.link = arena_text(wire->arena, arrival->link->name);
    take.signed_ = (Exchange__Signed *)(uintptr_t)arrival->what;
    const Tiaojie__Answer *answer = wire_ask(wire, "envelope take", false, &id, envelope->trace, conversation,
                                             id_partition(conversation), &take.base);
    /* Taken: its receipt waits now, and goes out as all receipts do. */
    if (answer->status == OK)
        delivery_hurry(wire, arrival->link->name);
    else if (answer->status != UNAVAILABLE && answer->status != CONFLICT)
        answer_service_refused(arrival, answer);
}

/* ---- receipts ---- */

static bool is_known_receipt(const Tiaojie__Answer *answer)
{
    return answer->status == CONFLICT && answer->refusal && strcmp(answer->refusal->field, "stage") == 0;
}

static void take_receipt(const struct arrival *arrival)
{
    struct wire *wire = arrival->wire;
    struct refusal refusal;
    ProtobufCMessage *message = NULL;
    Exchange__TakeReceipt take = EXCHANGE__TAKE_RECEIPT__INIT;

    if (envelope_unpack(&exchange__receipt__descriptor, arrival->what->content, wire->arena, &message, &refusal)) {
        answer_refused(arrival, &refusal);
        return;
    }
    const Exchange__Receipt *receipt = (const Exchange__Receipt *)message;
    const uint64_t conversation =
        conversation_id(arrival->link->name, receipt->conversation, wire->process->partitions);
    take.link = arena_text(wire->arena, arrival->link->name);
    take.signed_ = (Exchange__Signed *)(uintptr_t)arrival->what;
    const Tiaojie__Answer *answer =
        wire_ask(wire, "receipt take", false, NULL, "", conversation, id_partition(conversation), &take.base);
    if (answer->status == OK || is_known_receipt(answer))
        answer_noted(arrival);
    else if (answer->status != UNAVAILABLE)
        answer_service_refused(arrival, answer);
    if (answer->status == OK)
        delivery_hurry(wire, arrival->link->name);
}

static void take_noted(const struct arrival *arrival, const Exchange__Noted *noted)
{
    const struct flight *flight = delivery_find(arrival->wire, arrival->link->name, noted->digest);
    Exchange__Note note = EXCHANGE__NOTE__INIT;

    if (!flight || !flight->receipt)
        return;
    note.digest = noted->digest;
    const Tiaojie__Answer *answer = wire_ask(arrival->wire, "receipt note", false, NULL, "", flight->conversation,
                                             id_partition(flight->conversation), &note.base);
    if (answer->status == OK)
        delivery_hurry(arrival->wire, arrival->link->name);
}

static void take_refused(const struct arrival *arrival, const Exchange__Refused *refused)
{
    log_event(LEVEL_WARNING, "another node refused what was sent", "link", arrival->link->name, "status",
              status_name((enum status)refused->status), "field", refused->field, "reason", refused->reason, NULL);
}

void arrival_take(struct wire *wire, const struct link *link, const struct received *received, void *socket,
                  const struct route *route)
{
    struct arrival arrival = {.wire = wire, .link = link, .socket = socket, .route = route};
    struct refusal refusal;
    ProtobufCMessage *message = NULL;
    const ProtobufCBinaryData bytes = {received->size, (uint8_t *)(uintptr_t)received->bytes};

    if (envelope_unpack(&exchange__frame__descriptor, bytes, wire->arena, &message, &refusal)) {
        log_refusal(LEVEL_WARNING, "a link's frame could not be read", &refusal, "");
        return;
    }
    const Exchange__Frame *frame = (const Exchange__Frame *)message;
    if (frame->envelope) {
        find_digest(&arrival, frame->envelope);
        take_envelope(&arrival);
    } else if (frame->receipt) {
        find_digest(&arrival, frame->receipt);
        take_receipt(&arrival);
    } else if (frame->noted) {
        take_noted(&arrival, frame->noted);
    } else if (frame->refused) {
        take_refused(&arrival, frame->refused);
    }
}
