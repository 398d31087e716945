/* SPDX-License-Identifier: Apache-2.0
 *
 * Receipts: how far a node is with an envelope: stored, accepted or returned, decided, told; objected to, and kept
 * all the same. Made, then signed, then sent until the other side has noted it.
 */
#include "proto/referral.pb-c.h"
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"

#include <string.h>

/* ---- make ---- */

static Exchange__ReceiptMade *made_new(const ExchangeRows__Incoming *incoming, const Exchange__ReceiptFor *asked,
                                       const struct rows *rows, const struct context *now, struct events *events)
{
    const ExchangeRows__Conversation *row = rows_one(rows, &EXCHANGE_CONVERSATION, now->target);
    Exchange__ReceiptMade *made = event_new(events, &RECEIPT_MADE);
    uint8_t *digest = arena_take(now->arena, HASH_BYTES);

    envelope_digest(incoming->suite, incoming->content, digest);
    made->ordinal = row->receipts + 1;
    made->receipt = arena_copy(now->arena, asked, sizeof *asked);
    made->envelope_digest = (ProtobufCBinaryData){HASH_BYTES, digest};
    made->at = now->now;
    return made;
}

void receipt_decide(const ExchangeRows__Incoming *incoming, const Exchange__ReceiptFor *asked, const struct rows *rows,
                    const struct context *now, struct events *events)
{
    if (incoming && !receipt_find(rows, now->target, true, asked->envelope_id, asked->stage))
        made_new(incoming, asked, rows, now, events);
}

static enum status make_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__Make *make = command;
    const ExchangeRows__Incoming *incoming =
        make->receipt ? incoming_find(rows, now->target, make->receipt->envelope_id) : NULL;
    const enum status status = conversation_check(make->link, make->conversation, rows, now, &events->refusal);

    if (status)
        return status;
    if (!incoming)
        return refuse(&events->refusal, UNKNOWN, "envelope_id", N_("no envelope with this id came over the link"),
                      N_("name one that `exchange show` lists"));
    if (receipt_find(rows, now->target, true, make->receipt->envelope_id, make->receipt->stage))
        return refuse(&events->refusal, CONFLICT, "stage", N_("the other side has this receipt already"),
                      N_("nothing needs to be done"));
    made_new(incoming, make->receipt, rows, now, events);
    return OK;
}

static void made_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__ReceiptMade *made = event;
    ExchangeRows__Conversation *row = rows_change(rows, &EXCHANGE_CONVERSATION, about);
    ExchangeRows__Receipt *receipt = rows_new_child(rows, &EXCHANGE_RECEIPT, about, made->ordinal);

    row->receipts = made->ordinal;
    conversation_await(row, true);
    receipt->outgoing = true;
    receipt->envelope_id = rows_bytes(rows, made->receipt->envelope_id);
    receipt->envelope_digest = rows_bytes(rows, made->envelope_digest);
    receipt->stage = rows_text(rows, made->receipt->stage);
    receipt->reason = rows_text(rows, made->receipt->text);
    receipt->at = made->at;
    receipt->state = PARCEL_MADE;
}

/* ---- sign ---- */

static bool is_this(const Exchange__Receipt *read, const ExchangeRows__Receipt *row)
{
    return bytes_equal(read->envelope_id, row->envelope_id) &&
           bytes_equal(read->envelope_digest, row->envelope_digest) && strcmp(read->stage, row->stage) == 0;
}

static enum status sign_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__SignReceipt *sign = command;
    const ExchangeRows__Receipt *row = rows_child(rows, &EXCHANGE_RECEIPT, now->target, sign->ordinal);
    const Exchange__Receipt *read =
        sign->signed_ ? exchange__receipt__unpack(arena_allocator(now->arena), sign->signed_->content.len,
                                                  sign->signed_->content.data)
                      : NULL;

    if (!row || row->state != PARCEL_MADE)
        return refuse(&events->refusal, CONFLICT, "ordinal", N_("this receipt waits for no signature"),
                      N_("nothing needs to be done"));
    if (!read || !is_this(read, row))
        return refuse(&events->refusal, INVALID, "signed", N_("these bytes are not this receipt"),
                      N_("report it to the operator"));
    if (envelope_verify(KIND_RECEIPT, sign->signed_, sign->key))
        return refuse(&events->refusal, UNVERIFIED, "signed", N_("the signature does not verify with its own key"),
                      N_("report it to the operator"));
    Exchange__ReceiptSigned *event = event_new(events, &RECEIPT_SIGNED);
    event->ordinal = sign->ordinal;
    event->signed_ = sign->signed_;
    event->key = sign->key;
    return OK;
}

static void signature_apply(const Exchange__Signed *what, ProtobufCBinaryData key, ExchangeRows__Receipt *receipt,
                            struct rows *rows)
{
    receipt->content = rows_bytes(rows, what->content);
    receipt->suite = what->suite;
    receipt->signature = rows_bytes(rows, what->signature);
    receipt->key = rows_bytes(rows, key);
}

static void signed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__ReceiptSigned *done = event;
    ExchangeRows__Receipt *receipt = rows_change_child(rows, &EXCHANGE_RECEIPT, about, done->ordinal);

    receipt->state = PARCEL_SIGNED;
    signature_apply(done->signed_, done->key, receipt, rows);
}

/* ---- take ---- */

static enum status refuse_unfit(const Exchange__Receipt *read, const ExchangeRows__Envelope *envelope,
                                const struct rows *rows, const struct context *now, struct refusal *refusal)
{
    if (!envelope)
        return refuse(refusal, UNKNOWN, "envelope_id", N_("this node sent no envelope with this id"),
                      N_("send the receipt to the node whose envelope it is for"));
    uint8_t digest[HASH_BYTES];
    envelope_digest(envelope->suite, envelope->content, digest);
    if (!bytes_equal(read->envelope_digest, (ProtobufCBinaryData){sizeof digest, digest}))
        return refuse(refusal, UNVERIFIED, "envelope_digest", N_("the receipt is for other bytes than were sent"),
                      N_("compare what both nodes have stored"));
    if (receipt_find(rows, now->target, false, read->envelope_id, read->stage))
        return refuse(refusal, CONFLICT, "stage", N_("this receipt was taken before"), N_("nothing needs to be done"));
    return OK;
}

static void taken_new(const Exchange__TakeReceipt *take, const Exchange__Receipt *read,
                      const ExchangeRows__Envelope *envelope, uint32_t ordinal, const struct context *now,
                      struct events *events)
{
    Exchange__ReceiptTaken *taken = event_new(events, &RECEIPT_TAKEN);

    taken->link = take->link;
    taken->conversation = read->conversation;
    taken->stage = read->stage;
    taken->text = read->text;
    taken->at = read->at;
    taken->source = envelope->source;
    taken->envelope_id = read->envelope_id;
    taken->envelope = envelope->ordinal;
    taken->ordinal = ordinal;
    taken->signed_ = take->signed_;
    taken->key = take->key;
    taken->taken_at = now->now;
}

static enum status take_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__TakeReceipt *take = command;
    Exchange__Receipt *read = take->signed_
                                  ? exchange__receipt__unpack(arena_allocator(now->arena), take->signed_->content.len,
                                                              take->signed_->content.data)
                                  : NULL;

    if (!read || take->key.len == 0)
        return refuse(&events->refusal, UNVERIFIED, "signed", N_("this receipt was not verified"),
                      N_("report it to the operator"));
    enum status status = conversation_check(take->link, read->conversation, rows, now, &events->refusal);
    if (status)
        return status;
    const ExchangeRows__Envelope *envelope = envelope_find(rows, now->target, read->envelope_id);
    status = refuse_unfit(read, envelope, rows, now, &events->refusal);
    if (status)
        return status;
    const ExchangeRows__Conversation *row = rows_one(rows, &EXCHANGE_CONVERSATION, now->target);
    taken_new(take, read, envelope, row->receipts + 1, now, events);
    return OK;
}

static void taken_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__ReceiptTaken *taken = event;
    ExchangeRows__Conversation *row = rows_change(rows, &EXCHANGE_CONVERSATION, about);
    ExchangeRows__Envelope *envelope = rows_change_child(rows, &EXCHANGE_ENVELOPE, about, taken->envelope);
    ExchangeRows__Receipt *receipt = rows_new_child(rows, &EXCHANGE_RECEIPT, about, taken->ordinal);
    uint8_t digest[HASH_BYTES];

    row->receipts = taken->ordinal;
    /* Whatever the stage, the other side has the envelope. */
    if (envelope->state == PARCEL_SIGNED) {
        envelope->state = PARCEL_NOTED;
        conversation_await(row, false);
    }
    envelope_digest(envelope->suite, envelope->content, digest);
    receipt->envelope_id = rows_bytes(rows, taken->envelope_id);
    receipt->envelope_digest = rows_bytes(rows, (ProtobufCBinaryData){sizeof digest, digest});
    receipt->stage = rows_text(rows, taken->stage);
    receipt->reason = rows_text(rows, taken->text);
    receipt->at = taken->at;
    receipt->state = PARCEL_TAKEN;
    signature_apply(taken->signed_, taken->key, receipt, rows);
}

/* ---- note ---- */

static const ExchangeRows__Receipt *receipt_with(const struct rows *rows, uint64_t conversation,
                                                 ProtobufCBinaryData digest)
{
    size_t count;
    const void *const *list = rows_children(rows, &EXCHANGE_RECEIPT, conversation, &count);

    for (size_t i = 0; i < count; i++) {
        const ExchangeRows__Receipt *receipt = list[i];
        uint8_t own[HASH_BYTES];
        envelope_digest(SIGNATURE_ED25519, receipt->content, own);
        if (receipt->outgoing && bytes_equal(digest, (ProtobufCBinaryData){sizeof own, own}))
            return receipt;
    }
    return NULL;
}

static enum status note_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Exchange__Note *note = command;
    const ExchangeRows__Receipt *receipt = receipt_with(rows, now->target, note->digest);

    if (!receipt || receipt->state != PARCEL_SIGNED)
        return refuse(&events->refusal, CONFLICT, "digest", N_("no receipt with this digest is on its way"),
                      N_("nothing needs to be done"));
    Exchange__ReceiptNoted *noted = event_new(events, &RECEIPT_NOTED);
    noted->ordinal = receipt->ordinal;
    return OK;
}

static void noted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Exchange__ReceiptNoted *noted = event;
    ExchangeRows__Receipt *receipt = rows_change_child(rows, &EXCHANGE_RECEIPT, about, noted->ordinal);

    receipt->state = PARCEL_NOTED;
    conversation_await(rows_change(rows, &EXCHANGE_CONVERSATION, about), false);
}

/* ---- what follows ---- */

static void make_new(const struct origin *origin, char *link, char *conversation, ProtobufCBinaryData envelope_id,
                     const char *stage, char *text, struct derived *derived)
{
    Exchange__Make *make = arena_take(origin->arena, sizeof *make);

    exchange__make__init(make);
    make->link = link;
    make->conversation = conversation;
    make->receipt = arena_take(origin->arena, sizeof *make->receipt);
    exchange__receipt_for__init(make->receipt);
    make->receipt->envelope_id = envelope_id;
    make->receipt->stage = arena_text(origin->arena, stage);
    make->receipt->text = text;
    *derived = (struct derived){&RECEIPT_MAKE, conversation_id(link, conversation, origin->partitions), &make->base};
}

void accepted_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Accepted *accepted = event;

    make_new(origin, accepted->link, accepted->conversation, accepted->envelope_id, STAGE_ACCEPTED,
             arena_text(origin->arena, ""), derived);
}

void returned_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Returned *returned = event;

    make_new(origin, returned->link, returned->conversation, returned->envelope_id, STAGE_RETURNED, returned->reason,
             derived);
}

void objected_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Objected *objected = event;

    make_new(origin, objected->link, objected->conversation, objected->envelope_id, STAGE_OBJECTED, objected->reason,
             derived);
}

void rejected_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Rejected *rejected = event;

    make_new(origin, rejected->link, rejected->conversation, rejected->envelope_id, STAGE_KEPT, rejected->decision,
             derived);
}

void decided_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Decided *decided = event;

    make_new(origin, decided->link, decided->conversation, decided->envelope_id, STAGE_TOLD,
             arena_text(origin->arena, ""), derived);
}

/* ---- descriptions ---- */

const struct command RECEIPT_MAKE = {
    .name = "receipt make",
    .message = &exchange__make__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = conversation_reads,
    .decide = make_decide,
    .target_help = "CONVERSATION",
    .help = N_("confirm a stage to the other side"),
    .example = "receipt make 262401 --link hrss --conversation hrss/1025",
};

const struct command RECEIPT_SIGN = {
    .name = "receipt sign",
    .message = &exchange__sign_receipt__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = conversation_reads,
    .decide = sign_decide,
    .target_help = "CONVERSATION",
    .help = N_("keep a receipt's signed bytes"),
    .example = "receipt sign 262401 --ordinal 1",
};

const struct command RECEIPT_TAKE = {
    .name = "receipt take",
    .message = &exchange__take_receipt__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = conversation_reads,
    .decide = take_decide,
    .target_help = "CONVERSATION",
    .help = N_("take a receipt of another node"),
    .example = "receipt take 262401 --link hrss",
};

const struct command RECEIPT_NOTE = {
    .name = "receipt note",
    .message = &exchange__note__descriptor,
    .on = &EXCHANGE_CONVERSATION,
    .internal = true,
    .reads = conversation_reads,
    .decide = note_decide,
    .target_help = "CONVERSATION",
    .help = N_("the other side has a receipt"),
    .example = "receipt note 262401",
};

const struct event RECEIPT_MADE = {
    .name = "receipt made",
    .message = &exchange__receipt_made__descriptor,
    .apply = made_apply,
    .text = N_("a stage is confirmed to the other side"),
};

const struct event RECEIPT_SIGNED = {
    .name = "receipt signed",
    .message = &exchange__receipt_signed__descriptor,
    .apply = signed_apply,
    .text = N_("the receipt is signed"),
};

const struct event RECEIPT_TAKEN = {
    .name = "receipt taken",
    .message = &exchange__receipt_taken__descriptor,
    .apply = taken_apply,
    .text = N_("a receipt came and its signature is valid"),
};

const struct event RECEIPT_NOTED = {
    .name = "receipt noted",
    .message = &exchange__receipt_noted__descriptor,
    .apply = noted_apply,
    .text = N_("the other side has the receipt"),
};
