/* SPDX-License-Identifier: Apache-2.0
 *
 * Posting: something is to be delivered. It gets the link's next sequence at once, and its bytes and signature in a
 * second step: an SM2 signature is random and must not be made in a rule, and what was signed once is never signed
 * again.
 */
#include "proto/referral.pb-c.h"
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"

#include <string.h>

/* ---- post ---- */

static void post_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Exchange__Post *post = command;

    conversation_reads(command, now, reads);
    reads_one(reads, &EXCHANGE_LINK, link_id(post->link, now->partitions));
}

static enum status post_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__Post *post = command;
    const uint64_t link = link_id(post->link, now->partitions);
    const ExchangeRows__Link *over = rows_one(rows, &EXCHANGE_LINK, link);
    const ExchangeRows__Conversation *row = rows_one(rows, &EXCHANGE_CONVERSATION, now->target);
    const enum status status = conversation_check(post->link, post->conversation, rows, now, &events->refusal);

    if (status)
        return status;
    Exchange__Posted *posted = event_new(events, &ENVELOPE_POSTED);
    posted->link = post->link;
    posted->conversation = post->conversation;
    posted->type = post->type;
    posted->part = post->part;
    posted->source = post->source;
    posted->link_id = link;
    posted->sequence = (over ? over->sent : 0) + 1;
    posted->ordinal = (row ? row->envelopes : 0) + 1;
    posted->at = now->now;
    posted->trace = arena_text(now->arena, now->trace);
    if (post->receipt)
        receipt_decide(incoming_find(rows, now->target, post->receipt->envelope_id), post->receipt, rows, now, events);
    return OK;
}

static void posted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__Posted *posted = event;
    ExchangeRows__Conversation *row =
        conversation_open(rows, about, posted->link_id, posted->link, posted->conversation);
    ExchangeRows__Envelope *envelope = rows_new_child(rows, &EXCHANGE_ENVELOPE, about, posted->ordinal);
    ExchangeRows__Link *link = rows_change(rows, &EXCHANGE_LINK, posted->link_id);

    link->sent = posted->sequence;
    row->envelopes = posted->ordinal;
    conversation_await(row, true);
    envelope->sequence = posted->sequence;
    envelope->type = rows_text(rows, posted->type);
    envelope->part = rows_bytes(rows, posted->part);
    envelope->source = posted->source;
    envelope->posted_at = posted->at;
    envelope->trace = rows_text(rows, posted->trace);
    envelope->state = PARCEL_MADE;
}

/* ---- sign ---- */

static enum status sign_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__Sign *sign = command;
    const ExchangeRows__Envelope *row = rows_child(rows, &EXCHANGE_ENVELOPE, now->target, sign->ordinal);
    const Exchange__Envelope *envelope =
        sign->signed_ ? exchange__envelope__unpack(arena_allocator(now->arena), sign->signed_->content.len,
                                                   sign->signed_->content.data)
                      : NULL;

    if (!row || row->state != PARCEL_MADE)
        return refuse(&events->refusal, CONFLICT, "ordinal", N_("this envelope waits for no signature"),
                      N_("nothing needs to be done"));
    if (!envelope || envelope->sequence != row->sequence || strcmp(envelope->type, row->type) != 0)
        return refuse(&events->refusal, INVALID, "signed", N_("these bytes are not this envelope"),
                      N_("report it to the operator"));
    if (envelope_verify(KIND_ENVELOPE, sign->signed_, sign->key))
        return refuse(&events->refusal, UNVERIFIED, "signed", N_("the signature does not verify with its own key"),
                      N_("report it to the operator"));
    Exchange__EnvelopeSigned *event = event_new(events, &ENVELOPE_SIGNED);
    event->ordinal = sign->ordinal;
    event->envelope_id = envelope->id;
    event->signed_ = sign->signed_;
    event->key = sign->key;
    return OK;
}

static void signed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__EnvelopeSigned *done = event;
    ExchangeRows__Envelope *envelope = rows_change_child(rows, &EXCHANGE_ENVELOPE, about, done->ordinal);

    envelope->state = PARCEL_SIGNED;
    envelope->envelope_id = rows_bytes(rows, done->envelope_id);
    envelope->content = rows_bytes(rows, done->signed_->content);
    envelope->suite = done->signed_->suite;
    envelope->signature = rows_bytes(rows, done->signed_->signature);
    envelope->key = rows_bytes(rows, done->key);
}

/* ---- what follows ---- */

static Exchange__Post *post_new(const struct origin *origin, char *link, char *conversation, const char *type,
                                ProtobufCBinaryData part, struct derived *derived)
{
    Exchange__Post *post = arena_take(origin->arena, sizeof *post);

    exchange__post__init(post);
    post->link = link;
    post->conversation = conversation;
    post->type = arena_text(origin->arena, type);
    post->part = part;
    post->source = origin->about;
    *derived = (struct derived){&ENVELOPE_POST, conversation_id(link, conversation, origin->partitions), &post->base};
    return post;
}

void sent_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Sent *sent = event;

    post_new(origin, sent->link, sent->conversation, "referral", sent->part, derived);
}

/* The outcome travels in an envelope of its own; with it the first envelope gets its last receipt. */
void answered_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Answered *answered = event;
    Exchange__Post *post = post_new(origin, answered->link, answered->conversation, "outcome", answered->part, derived);

    post->receipt = arena_take(origin->arena, sizeof *post->receipt);
    exchange__receipt_for__init(post->receipt);
    post->receipt->envelope_id = answered->envelope_id;
    post->receipt->stage = arena_text(origin->arena, STAGE_DECIDED);
}

/* ---- descriptions ---- */

const struct command ENVELOPE_POST = {
    .name = "envelope post",
    .message = &exchange__post__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = post_reads,
    .decide = post_decide,
    .target_help = "CONVERSATION",
    .help = N_("deliver something to another node"),
    .example = "envelope post 262401 --link hrss --conversation nanshan/1025 --type referral",
};

const struct command ENVELOPE_SIGN = {
    .name = "envelope sign",
    .message = &exchange__sign__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = conversation_reads,
    .decide = sign_decide,
    .target_help = "CONVERSATION",
    .help = N_("keep an envelope's signed bytes"),
    .example = "envelope sign 262401 --ordinal 1",
};

const struct event ENVELOPE_POSTED = {
    .name = "envelope posted",
    .message = &exchange__posted__descriptor,
    .apply = posted_apply,
    .text = N_("an envelope is to be delivered"),
};

const struct event ENVELOPE_SIGNED = {
    .name = "envelope signed",
    .message = &exchange__envelope_signed__descriptor,
    .apply = signed_apply,
    .text = N_("the envelope is signed"),
};
