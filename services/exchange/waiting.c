/* SPDX-License-Identifier: Apache-2.0
 *
 * Waiting: what of a link is to be signed or sent. All of it is found in the tables, so a restart forgets nothing.
 */
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"

/* An answer must fit a frame of 1 MiB whatever the last conversation adds. */
enum { CONVERSATIONS_AT_ONCE = 16, BYTES_AT_ONCE = 400 * 1024 };

static void waiting_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Exchange__Waiting *waiting = question;
    const uint64_t link = link_id(waiting->link, now->partitions);

    reads_page(reads, &EXCHANGE_CONVERSATION, "waiting", link, id_partition(link), waiting->after,
               CONVERSATIONS_AT_ONCE);
}

static void waiting_reads_more(const void *question, const struct context *now, const struct rows *rows,
                               struct reads *reads)
{
    size_t count;
    const void *const *list = rows_page(rows, &EXCHANGE_CONVERSATION, &count);

    (void)question;
    (void)now;
    for (size_t i = 0; i < count; i++) {
        const uint64_t id = ((const ExchangeRows__Conversation *)list[i])->id;
        reads_children(reads, &EXCHANGE_ENVELOPE, id);
        reads_children(reads, &EXCHANGE_RECEIPT, id);
    }
}

static Exchange__Parcel *parcel_new(const ExchangeRows__Conversation *row, uint32_t ordinal, struct arena *arena)
{
    Exchange__Parcel *parcel = arena_take(arena, sizeof *parcel);

    exchange__parcel__init(parcel);
    parcel->conversation_id = row->id;
    parcel->conversation = row->name;
    parcel->ordinal = ordinal;
    return parcel;
}

static void envelope_parcel(const ExchangeRows__Envelope *envelope, Exchange__Parcel *parcel, struct arena *arena)
{
    parcel->to_sign = envelope->state == PARCEL_MADE;
    parcel->sequence = envelope->sequence;
    parcel->type = envelope->type;
    parcel->part = envelope->part;
    parcel->at = envelope->posted_at;
    parcel->trace = envelope->trace;
    if (!parcel->to_sign)
        parcel->signed_ = signed_from(envelope->content, envelope->suite, envelope->signature, arena);
}

static void receipt_parcel(const ExchangeRows__Receipt *receipt, Exchange__Parcel *parcel, struct arena *arena)
{
    parcel->receipt = true;
    parcel->to_sign = receipt->state == PARCEL_MADE;
    parcel->at = receipt->at;
    parcel->envelope_id = receipt->envelope_id;
    parcel->envelope_digest = receipt->envelope_digest;
    parcel->stage = receipt->stage;
    parcel->text = receipt->reason;
    if (!parcel->to_sign)
        parcel->signed_ = signed_from(receipt->content, receipt->suite, receipt->signature, arena);
}

static void add_envelopes(const ExchangeRows__Conversation *row, const struct rows *rows, Exchange__WaitingList *list,
                          struct arena *arena)
{
    size_t count;
    const void *const *envelopes = rows_children(rows, &EXCHANGE_ENVELOPE, row->id, &count);

    for (size_t i = 0; i < count; i++) {
        const ExchangeRows__Envelope *envelope = envelopes[i];
        if (envelope->state >= PARCEL_NOTED)
            continue;
        Exchange__Parcel *parcel = parcel_new(row, envelope->ordinal, arena);
        envelope_parcel(envelope, parcel, arena);
        list->parcels[list->n_parcels++] = parcel;
    }
}

static void add_receipts(const ExchangeRows__Conversation *row, const struct rows *rows, Exchange__WaitingList *list,
                         struct arena *arena)
{
    size_t count;
    const void *const *receipts = rows_children(rows, &EXCHANGE_RECEIPT, row->id, &count);

    for (size_t i = 0; i < count; i++) {
        const ExchangeRows__Receipt *receipt = receipts[i];
        if (!receipt->outgoing || receipt->state >= PARCEL_NOTED)
            continue;
        Exchange__Parcel *parcel = parcel_new(row, receipt->ordinal, arena);
        receipt_parcel(receipt, parcel, arena);
        list->parcels[list->n_parcels++] = parcel;
    }
}

static size_t bytes_of(const Exchange__WaitingList *list)
{
    size_t bytes = 0;

    for (size_t i = 0; i < list->n_parcels; i++) {
        const Exchange__Parcel *parcel = list->parcels[i];
        bytes += parcel->part.len + (parcel->signed_ ? parcel->signed_->content.len : 0);
    }
    return bytes;
}

static enum status waiting_answer(const void *question, const struct rows *rows, const struct context *now,
                                  void *answer, struct refusal *refusal)
{
    Exchange__WaitingList *list = answer;
    size_t count, most = 0;
    const void *const *page = rows_page(rows, &EXCHANGE_CONVERSATION, &count);

    (void)question;
    (void)refusal;
    for (size_t i = 0; i < count; i++)
        most += ((const ExchangeRows__Conversation *)page[i])->open;
    list->parcels = arena_array(now->arena, most + 1, sizeof *list->parcels);
    for (size_t i = 0; i < count; i++) {
        add_envelopes(page[i], rows, list, now->arena);
        add_receipts(page[i], rows, list, now->arena);
        const bool full = bytes_of(list) > BYTES_AT_ONCE;
        if (full || i + 1 == CONVERSATIONS_AT_ONCE)
            list->next = ((const ExchangeRows__Conversation *)page[i])->id;
        if (full)
            break;
    }
    return OK;
}

const struct question EXCHANGE_WAITING = {
    .name = "exchange waiting",
    .message = &exchange__waiting__descriptor,
    .answer = &exchange__waiting_list__descriptor,
    .creates = true,
    .internal = true,
    .reads = waiting_reads,
    .reads_more = waiting_reads_more,
    .answer_from = waiting_answer,
    .target_help = "LINK",
    .help = N_("what of a link is to be signed or sent"),
    .example = "exchange waiting 1 --link hrss",
};
