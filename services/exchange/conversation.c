/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversation: ids and rows.
 */
#include "services/exchange/conversation.h"

#include "common/seal/hash.h"

#include <string.h>

enum { AFFINITY_BITS = 45 };

/* ---- ids ---- */

static uint64_t hash_45(const char *first, const char *second)
{
    uint8_t result[HASH_BYTES];
    uint64_t number = 0;
    struct hash *hash = hash_new(HASH_SHA256);

    /* The zero byte between them keeps "ab" "c" and "a" "bc" apart. */
    hash_update(hash, first, strlen(first) + 1);
    hash_update(hash, second, strlen(second));
    hash_final(hash, result);
    hash_free(&hash);
    for (int i = 0; i < 8; i++)
        number = number << 8 | result[i];
    return number >> (64 - AFFINITY_BITS);
}

uint64_t link_affinity(const char *link)
{
    return hash_45(link, "");
}

uint64_t link_id(const char *link, uint32_t partitions)
{
    return affinity_id(link_affinity(link), partitions);
}

uint64_t conversation_id(const char *link, const char *conversation, uint32_t partitions)
{
    return hash_45(link, conversation) * PARTITIONS_MAX + affinity_partition(link_affinity(link), partitions);
}

enum status conversation_check(const char *link, const char *conversation, const struct rows *rows,
                               const struct context *now, struct refusal *refusal)
{
    const ExchangeRows__Conversation *row = rows_one(rows, &EXCHANGE_CONVERSATION, now->target);

    if (now->target == conversation_id(link, conversation, now->partitions) &&
        (!row || (strcmp(row->link_name, link) == 0 && strcmp(row->name, conversation) == 0)))
        return OK;
    return refuse(refusal, CONFLICT, "target", N_("this is another conversation's number"),
                  N_("name link and conversation as they were sent"));
}

/* ---- rows ---- */

void conversation_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &EXCHANGE_CONVERSATION, now->target);
    reads_children(reads, &EXCHANGE_ENVELOPE, now->target);
    reads_children(reads, &EXCHANGE_INCOMING, now->target);
    reads_children(reads, &EXCHANGE_RECEIPT, now->target);
}

static void link_open(struct rows *rows, uint64_t id, const char *name)
{
    if (rows_one(rows, &EXCHANGE_LINK, id))
        return;
    ExchangeRows__Link *row = rows_new(rows, &EXCHANGE_LINK, id);
    row->name = rows_text(rows, name);
}

ExchangeRows__Conversation *conversation_open(struct rows *rows, uint64_t id, uint64_t link, const char *link_name,
                                              const char *name)
{
    link_open(rows, link, link_name);
    if (rows_one(rows, &EXCHANGE_CONVERSATION, id))
        return rows_change(rows, &EXCHANGE_CONVERSATION, id);
    ExchangeRows__Conversation *row = rows_new(rows, &EXCHANGE_CONVERSATION, id);
    row->link = link;
    row->link_name = rows_text(rows, link_name);
    row->name = rows_text(rows, name);
    return row;
}

void conversation_await(ExchangeRows__Conversation *row, bool more)
{
    row->open += more ? 1u : -1u;
    row->waiting = row->open > 0 ? row->link : 0;
}

bool bytes_equal(ProtobufCBinaryData a, ProtobufCBinaryData b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

const ExchangeRows__Incoming *incoming_find(const struct rows *rows, uint64_t conversation, ProtobufCBinaryData id)
{
    size_t count;
    const void *const *list = rows_children(rows, &EXCHANGE_INCOMING, conversation, &count);

    for (size_t i = 0; i < count; i++) {
        const ExchangeRows__Incoming *incoming = list[i];
        if (bytes_equal(incoming->envelope_id, id))
            return incoming;
    }
    return NULL;
}

const ExchangeRows__Envelope *envelope_find(const struct rows *rows, uint64_t conversation, ProtobufCBinaryData id)
{
    size_t count;
    const void *const *list = rows_children(rows, &EXCHANGE_ENVELOPE, conversation, &count);

    for (size_t i = 0; i < count; i++) {
        const ExchangeRows__Envelope *envelope = list[i];
        if (id.len > 0 && bytes_equal(envelope->envelope_id, id))
            return envelope;
    }
    return NULL;
}

const ExchangeRows__Receipt *receipt_find(const struct rows *rows, uint64_t conversation, bool outgoing,
                                          ProtobufCBinaryData envelope_id, const char *stage)
{
    size_t count;
    const void *const *list = rows_children(rows, &EXCHANGE_RECEIPT, conversation, &count);

    for (size_t i = 0; i < count; i++) {
        const ExchangeRows__Receipt *receipt = list[i];
        if (!receipt->outgoing == !outgoing && bytes_equal(receipt->envelope_id, envelope_id) &&
            strcmp(receipt->stage, stage) == 0)
            return receipt;
    }
    return NULL;
}

Exchange__Signed *signed_from(ProtobufCBinaryData content, uint32_t suite, ProtobufCBinaryData signature,
                              struct arena *arena)
{
    Exchange__Signed *result = arena_take(arena, sizeof *result);

    exchange__signed__init(result);
    result->content = content;
    result->suite = suite;
    result->signature = signature;
    return result;
}
