/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking an envelope: it was verified before it was queued; here it is decided whether it is new, what its sequence
 * shows, and that the sender gets the receipt "stored".
 */
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"

#include <string.h>

static Exchange__Envelope *content_of(const Exchange__Take *take, struct arena *arena)
{
    if (!take->signed_ || take->signed_->n_parts != 1)
        return NULL;
    return exchange__envelope__unpack(arena_allocator(arena), take->signed_->content.len, take->signed_->content.data);
}

static void take_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Exchange__Take *take = command;

    conversation_reads(command, now, reads);
    reads_one(reads, &EXCHANGE_LINK, link_id(take->link, now->partitions));
}

/* ---- sequence: it shows gaps and restores, and never holds anything up ---- */

static void judge_sequence(const ExchangeRows__Link *link, Exchange__Taken *taken)
{
    const uint64_t last = link ? link->taken : 0;

    taken->restored = link && link->incarnation.len > 0 && !bytes_equal(link->incarnation, taken->incarnation);
    if (taken->restored)
        return; /* counted anew: how much of the old life is missing nobody can tell */
    if (taken->sequence > last)
        taken->missing = taken->sequence - last - 1;
    else
        taken->late = true;
}

static void sequence_apply(const Exchange__Taken *taken, struct rows *rows)
{
    ExchangeRows__Link *link = rows_change(rows, &EXCHANGE_LINK, taken->link_id);

    link->incarnation = rows_bytes(rows, taken->incarnation);
    if (taken->restored)
        link->missing = 0;
    if (taken->restored || taken->sequence > link->taken)
        link->taken = taken->sequence;
    if (taken->late && link->missing > 0)
        link->missing--;
    link->missing += taken->missing;
}

/* ---- take ---- */

static enum status refuse_known(const ExchangeRows__Incoming *known, const Exchange__Take *take,
                                struct refusal *refusal)
{
    if (!bytes_equal(known->content, take->signed_->content))
        return refuse(refusal, REUSED, "id", N_("an envelope with this id and other bytes was taken before"),
                      N_("give each envelope an id of its own"));
    return refuse(refusal, CONFLICT, "id", N_("this envelope was taken before"), N_("its receipt is sent again"));
}

static Exchange__Taken *taken_new(const Exchange__Take *take, const Exchange__Envelope *envelope,
                                  const struct context *now, struct events *events)
{
    Exchange__Taken *taken = event_new(events, &ENVELOPE_TAKEN);

    taken->link = take->link;
    taken->type = envelope->type;
    taken->conversation = envelope->conversation;
    taken->part = take->signed_->parts[0];
    taken->envelope_id = envelope->id;
    taken->link_id = link_id(take->link, now->partitions);
    taken->sequence = envelope->sequence;
    taken->incarnation = envelope->incarnation;
    taken->signed_ = signed_from(take->signed_->content, take->signed_->suite, take->signed_->signature, now->arena);
    taken->key = take->key;
    taken->at = now->now;
    return taken;
}

static enum status take_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__Take *take = command;
    const Exchange__Envelope *envelope = content_of(take, now->arena);

    if (!envelope || take->key.len == 0)
        return refuse(&events->refusal, UNVERIFIED, "signed", N_("this envelope was not verified"),
                      N_("report it to the operator"));
    enum status status = conversation_check(take->link, envelope->conversation, rows, now, &events->refusal);
    const ExchangeRows__Incoming *known = status ? NULL : incoming_find(rows, now->target, envelope->id);
    if (status)
        return status;
    if (known)
        return refuse_known(known, take, &events->refusal);

    const ExchangeRows__Conversation *row = rows_one(rows, &EXCHANGE_CONVERSATION, now->target);
    Exchange__Taken *taken = taken_new(take, envelope, now, events);
    taken->ordinal = (row ? row->incoming : 0) + 1;
    judge_sequence(rows_one(rows, &EXCHANGE_LINK, taken->link_id), taken);

    Exchange__ReceiptMade *made = event_new(events, &RECEIPT_MADE);
    uint8_t *digest = arena_take(now->arena, HASH_BYTES);
    envelope_digest(take->signed_->suite, take->signed_->content, digest);
    made->ordinal = (row ? row->receipts : 0) + 1;
    made->receipt = arena_take(now->arena, sizeof *made->receipt);
    exchange__receipt_for__init(made->receipt);
    made->receipt->envelope_id = envelope->id;
    made->receipt->stage = arena_text(now->arena, STAGE_STORED);
    made->envelope_digest = (ProtobufCBinaryData){HASH_BYTES, digest};
    made->at = now->now;
    return OK;
}

static void taken_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__Taken *taken = event;
    ExchangeRows__Conversation *row = conversation_open(rows, about, taken->link_id, taken->link, taken->conversation);
    ExchangeRows__Incoming *incoming = rows_new_child(rows, &EXCHANGE_INCOMING, about, taken->ordinal);

    row->incoming = taken->ordinal;
    sequence_apply(taken, rows);
    incoming->envelope_id = rows_bytes(rows, taken->envelope_id);
    incoming->sequence = taken->sequence;
    incoming->type = rows_text(rows, taken->type);
    incoming->part = rows_bytes(rows, taken->part);
    incoming->content = rows_bytes(rows, taken->signed_->content);
    incoming->suite = taken->signed_->suite;
    incoming->signature = rows_bytes(rows, taken->signed_->signature);
    incoming->key = rows_bytes(rows, taken->key);
    incoming->taken_at = taken->at;
}

/* ---- find: a repeated envelope gets its receipt again ---- */

static enum status find_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    const Exchange__Find *find = question;
    Exchange__Found *found = answer;
    const ExchangeRows__Incoming *incoming = incoming_find(rows, now->target, find->envelope_id);
    const ExchangeRows__Receipt *receipt = receipt_find(rows, now->target, true, find->envelope_id, STAGE_STORED);

    (void)refusal;
    if (!incoming)
        return OK;
    found->taken = true;
    found->content = incoming->content;
    if (receipt && receipt->state != PARCEL_MADE)
        found->stored = signed_from(receipt->content, receipt->suite, receipt->signature, now->arena);
    return OK;
}

/* ---- descriptions ---- */

const struct command ENVELOPE_TAKE = {
    .name = "envelope take",
    .message = &exchange__take__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = take_reads,
    .decide = take_decide,
    .target_help = "CONVERSATION",
    .help = N_("take an envelope of another node"),
    .example = "envelope take 262401 --link hrss",
};

const struct event ENVELOPE_TAKEN = {
    .name = "envelope taken",
    .message = &exchange__taken__descriptor,
    .apply = taken_apply,
    .text = N_("an envelope came and its signature is valid"),
};

const struct question EXCHANGE_FIND = {
    .name = "exchange find",
    .message = &exchange__find__descriptor,
    .answer = &exchange__found__descriptor,
    .internal = true,
    .reads = conversation_reads,
    .answer_from = find_answer,
    .target_help = "CONVERSATION",
    .help = N_("whether an envelope was taken before"),
    .example = "exchange find 262401",
};
