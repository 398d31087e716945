/* SPDX-License-Identifier: Apache-2.0
 *
 * Evidence: what two nodes said to each other, each signature verified now over the stored bytes, with the key that was
 * the signer's then.
 */
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"

#include <string.h>

enum { CONVERSATIONS_A_PAGE = 20 };

static void show_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Exchange__Show *show = question;
    const uint64_t link = link_id(show->link, now->partitions);

    if (show->conversation[0] != '\0')
        reads_one(reads, &EXCHANGE_CONVERSATION, conversation_id(show->link, show->conversation, now->partitions));
    else
        reads_page(reads, &EXCHANGE_CONVERSATION, "link", link, id_partition(link), show->after, CONVERSATIONS_A_PAGE);
}

/* The conversations that were asked for: one, or a page. */
static const void *const *shown(const Exchange__Show *show, const struct rows *rows, const struct context *now,
                                size_t *count)
{
    if (show->conversation[0] == '\0')
        return rows_page(rows, &EXCHANGE_CONVERSATION, count);
    const void **one = arena_array(now->arena, 1, sizeof *one);
    one[0] = rows_one(rows, &EXCHANGE_CONVERSATION, conversation_id(show->link, show->conversation, now->partitions));
    *count = one[0] ? 1 : 0;
    return one;
}

static void show_reads_more(const void *question, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    size_t count;
    const void *const *list = shown(question, rows, now, &count);

    for (size_t i = 0; i < count; i++) {
        const uint64_t id = ((const ExchangeRows__Conversation *)list[i])->id;
        reads_children(reads, &EXCHANGE_ENVELOPE, id);
        reads_children(reads, &EXCHANGE_INCOMING, id);
        reads_children(reads, &EXCHANGE_RECEIPT, id);
    }
}

/* ---- one piece ---- */

static const char *state_name(uint32_t state)
{
    static const char *const NAMES[] = {"", "made", "signed", "noted", "taken"};

    return state < sizeof NAMES / sizeof *NAMES ? NAMES[state] : "";
}

static Exchange__Evidence *evidence_new(enum envelope_kind kind, Exchange__Signed *what, ProtobufCBinaryData key,
                                        const struct context *now)
{
    Exchange__Evidence *evidence = arena_take(now->arena, sizeof *evidence);
    const char *suite = signature_suite_name((enum signature_suite)what->suite);

    exchange__evidence__init(evidence);
    evidence->kind = arena_text(now->arena, kind == KIND_ENVELOPE ? "envelope" : "receipt");
    evidence->is_signed = what->content.len > 0;
    evidence->suite = arena_text(now->arena, suite ? suite : "");
    evidence->content = what->content;
    evidence->signature = what->signature;
    evidence->key = key;
    evidence->valid = evidence->is_signed && envelope_verify(kind, what, key) == OK;
    return evidence;
}

/* The envelope's part is evidence too: it must be the one that the signed digest names. */
static bool part_fits(const Exchange__Signed *what, ProtobufCBinaryData part, struct arena *arena)
{
    uint8_t digest[HASH_BYTES];
    const Exchange__Envelope *envelope =
        exchange__envelope__unpack(arena_allocator(arena), what->content.len, what->content.data);

    envelope_digest(what->suite, part, digest);
    return envelope && envelope->n_digests == 1 &&
           bytes_equal(envelope->digests[0], (ProtobufCBinaryData){sizeof digest, digest});
}

static Exchange__Evidence *outgoing_evidence(const ExchangeRows__Envelope *row, const struct context *now)
{
    Exchange__Signed *what = signed_from(row->content, row->suite, row->signature, now->arena);
    Exchange__Evidence *evidence = evidence_new(KIND_ENVELOPE, what, row->key, now);

    evidence->valid = evidence->valid && part_fits(what, row->part, now->arena);
    evidence->outgoing = true;
    evidence->type = row->type;
    evidence->envelope_id = row->envelope_id;
    evidence->sequence = row->sequence;
    evidence->at = row->posted_at;
    evidence->state = arena_text(now->arena, state_name(row->state));
    return evidence;
}

static Exchange__Evidence *incoming_evidence(const ExchangeRows__Incoming *row, const struct context *now)
{
    Exchange__Signed *what = signed_from(row->content, row->suite, row->signature, now->arena);
    Exchange__Evidence *evidence = evidence_new(KIND_ENVELOPE, what, row->key, now);

    evidence->valid = evidence->valid && part_fits(what, row->part, now->arena);
    evidence->type = row->type;
    evidence->envelope_id = row->envelope_id;
    evidence->sequence = row->sequence;
    evidence->at = row->taken_at;
    evidence->state = arena_text(now->arena, state_name(PARCEL_TAKEN));
    return evidence;
}

static Exchange__Evidence *receipt_evidence(const ExchangeRows__Receipt *row, const struct context *now)
{
    Exchange__Signed *what = signed_from(row->content, row->suite, row->signature, now->arena);
    Exchange__Evidence *evidence = evidence_new(KIND_RECEIPT, what, row->key, now);

    evidence->outgoing = row->outgoing;
    evidence->type = row->stage;
    evidence->text = row->reason;
    evidence->envelope_id = row->envelope_id;
    evidence->at = row->at;
    evidence->state = arena_text(now->arena, state_name(row->state));
    return evidence;
}

/* ---- a conversation ---- */

static void add(Exchange__Shown *answer, Exchange__Conversation *conversation, Exchange__Evidence *evidence)
{
    const bool receipt = strcmp(evidence->kind, "receipt") == 0;
    const uint32_t valid = evidence->valid ? 1 : 0;

    conversation->evidence[conversation->n_evidence++] = evidence;
    answer->envelopes += receipt ? 0 : 1;
    answer->envelopes_valid += receipt ? 0 : valid;
    answer->receipts += receipt ? 1 : 0;
    answer->receipts_valid += receipt ? valid : 0;
}

static Exchange__Conversation *show_one(const ExchangeRows__Conversation *row, const struct rows *rows,
                                        const struct context *now, Exchange__Shown *answer)
{
    size_t outgoing, incoming, receipts;
    const void *const *sent = rows_children(rows, &EXCHANGE_ENVELOPE, row->id, &outgoing);
    const void *const *taken = rows_children(rows, &EXCHANGE_INCOMING, row->id, &incoming);
    const void *const *list = rows_children(rows, &EXCHANGE_RECEIPT, row->id, &receipts);
    Exchange__Conversation *conversation = arena_take(now->arena, sizeof *conversation);

    exchange__conversation__init(conversation);
    conversation->id = row->id;
    conversation->link = row->link_name;
    conversation->conversation = row->name;
    conversation->evidence =
        arena_array(now->arena, outgoing + incoming + receipts + 1, sizeof *conversation->evidence);
    for (size_t i = 0; i < outgoing; i++)
        add(answer, conversation, outgoing_evidence(sent[i], now));
    for (size_t i = 0; i < incoming; i++)
        add(answer, conversation, incoming_evidence(taken[i], now));
    for (size_t i = 0; i < receipts; i++)
        add(answer, conversation, receipt_evidence(list[i], now));
    return conversation;
}

static enum status show_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    const Exchange__Show *show = question;
    Exchange__Shown *page = answer;
    size_t count;
    const void *const *list = shown(show, rows, now, &count);

    if (count == 0 && show->conversation[0] != '\0')
        return refuse(refusal, UNKNOWN, "conversation", N_("the link has no conversation of this name"),
                      N_("take link and conversation from `referral show`"));
    page->conversations = arena_array(now->arena, count + 1, sizeof *page->conversations);
    for (size_t i = 0; i < count; i++)
        page->conversations[page->n_conversations++] = show_one(list[i], rows, now, page);
    if (show->conversation[0] == '\0' && count == CONVERSATIONS_A_PAGE)
        page->next = ((const ExchangeRows__Conversation *)list[count - 1])->id;
    return OK;
}

const struct question EXCHANGE_SHOW = {
    .name = "exchange show",
    .message = &exchange__show__descriptor,
    .answer = &exchange__shown__descriptor,
    .creates = true,
    .may = 1u << TIAOJIE__ROLE__ROLE_CLERK | 1u << TIAOJIE__ROLE__ROLE_HEAD | 1u << TIAOJIE__ROLE__ROLE_SUPERVISOR |
           1u << TIAOJIE__ROLE__ROLE_OPERATOR,
    .reads = show_reads,
    .reads_more = show_reads_more,
    .answer_from = show_answer,
    .target_help = "OFFICE",
    .help = N_("envelopes and receipts of a link or one conversation, each signature verified now"),
    .example = "exchange show 1 --link hrss --conversation hrss/1025",
};
