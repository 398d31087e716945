/* SPDX-License-Identifier: Apache-2.0
 *
 * Exchange: what is taken once, what a receipt is for, what waits, and whether the evidence holds.
 */
#include "common/base/instant.h"
#include "common/net/base64.h"
#include "proto/referral.pb-c.h"
#include "services/exchange/conversation.h"
#include "services/exchange/exchange.h"
#include "tests/unit/stage.h"
#include "tests/unit/two_nodes.h"

#include <cmocka.h>
#include <string.h>

static const char NAME[] = "hrss/1025";

/* The stage and the key of hrss, with which everything here is signed. */
struct play {
    struct stage *stage;
    struct arena *arena;
    struct signature_key key;
    uint64_t conversation;
    uint64_t link;
};

static int open_play(void **state)
{
    static struct play play;

    play.stage = stage_new(&EXCHANGE, "2026-03-02");
    play.arena = stage_arena(play.stage);
    play.key = hrss_key(SIGNATURE_ED25519);
    play.conversation = conversation_id("hrss", NAME, STAGE_PARTITIONS);
    play.link = link_id("hrss", STAGE_PARTITIONS);
    *state = &play;
    return 0;
}

static int close_play(void **state)
{
    struct play *play = *state;

    stage_free(&play->stage);
    return 0;
}

static enum status when_taken(struct play *play, Exchange__Signed *what)
{
    Exchange__Take take = EXCHANGE__TAKE__INIT;

    take.link = arena_text(play->arena, "hrss");
    take.signed_ = what;
    take.key = key_bytes(&play->key, play->arena);
    return when_body(play->stage, "envelope take", play->conversation, &take);
}

static Exchange__Signed *envelope_number(struct play *play, uint8_t number)
{
    return signed_new(&play->key, envelope_new(SIGNATURE_ED25519, number, play->arena), play->arena);
}

/* This node's referral 7 goes to hrss, and its envelope is signed (here with the key of hrss). */
static const ExchangeRows__Envelope *given_sent(struct play *play)
{
    Referral__Sent sent = REFERRAL__SENT__INIT;
    Exchange__Sign sign = EXCHANGE__SIGN__INIT;

    sent.link = arena_text(play->arena, "hrss");
    sent.conversation = arena_text(play->arena, NAME);
    sent.part = text_bytes("part", play->arena);
    assert_int_equal(when_follows(play->stage, "referral", "referral sent", 7, &sent), OK);
    sign.ordinal = 1;
    sign.signed_ = envelope_number(play, 1);
    sign.signed_->n_parts = 0;
    sign.key = key_bytes(&play->key, play->arena);
    assert_int_equal(when_body(play->stage, "envelope sign", play->conversation, &sign), OK);
    return then_row(play->stage, &EXCHANGE_ENVELOPE, play->conversation, 1);
}

static enum status when_receipt_comes(struct play *play, ProtobufCBinaryData content, const char *stage)
{
    Exchange__TakeReceipt take = EXCHANGE__TAKE_RECEIPT__INIT;

    take.link = arena_text(play->arena, "hrss");
    take.signed_ =
        receipt_new(&play->key, envelope_new(SIGNATURE_ED25519, 1, play->arena), content, stage, play->arena);
    take.key = key_bytes(&play->key, play->arena);
    return when_body(play->stage, "receipt take", play->conversation, &take);
}

static const Exchange__WaitingList *waiting(struct play *play)
{
    return when_asked(play->stage, "exchange waiting", link_affinity("hrss"), "{'link': 'hrss'}");
}

static const Exchange__Shown *shown(struct play *play)
{
    return when_asked(play->stage, "exchange show", 1, "{'link': 'hrss', 'conversation': 'hrss/1025'}");
}

/* ---- taking ---- */

static void test_a_new_envelope_is_taken_and_its_receipt_waits(void **state)
{
    struct play *play = *state;

    when_taken(play, envelope_number(play, 1));
    const Exchange__Taken *taken = then_event(play->stage, 0, "envelope taken");
    assert_string_equal(taken->conversation, NAME);
    assert_memory_equal(taken->part.data, "part", 4);
    const Exchange__ReceiptMade *made = then_event(play->stage, 1, "receipt made");
    assert_string_equal(made->receipt->stage, "stored");

    const Exchange__WaitingList *list = waiting(play);
    assert_int_equal(list->n_parcels, 1);
    assert_true(list->parcels[0]->receipt);
    assert_true(list->parcels[0]->to_sign);
}

static void test_the_same_envelope_again_is_not_processed_again(void **state)
{
    struct play *play = *state;

    when_taken(play, envelope_number(play, 1));
    when_taken(play, envelope_number(play, 1));
    then_refused(play->stage, CONFLICT, "id", "taken before");
    then_nothing_changed(play->stage);
}

static void test_other_bytes_under_a_known_id_are_an_error_not_a_duplicate(void **state)
{
    struct play *play = *state;
    Exchange__Envelope *other = envelope_new(SIGNATURE_ED25519, 1, play->arena);

    when_taken(play, envelope_number(play, 1));
    other->expires_at++;
    when_taken(play, signed_new(&play->key, other, play->arena));
    then_refused(play->stage, REUSED, "id", "other bytes");
    then_nothing_changed(play->stage);
}

static void test_what_nobody_verified_is_not_taken(void **state)
{
    struct play *play = *state;
    Exchange__Take take = EXCHANGE__TAKE__INIT;

    take.link = arena_text(play->arena, "hrss");
    take.signed_ = envelope_number(play, 1);
    when_body(play->stage, "envelope take", play->conversation, &take);
    then_refused(play->stage, UNVERIFIED, "signed", "not verified");
}

static void test_a_gap_is_reported_and_holds_nothing_up(void **state)
{
    struct play *play = *state;

    when_taken(play, envelope_number(play, 1));
    when_taken(play, envelope_number(play, 4));
    const Exchange__Taken *taken = then_event(play->stage, 0, "envelope taken");
    assert_int_equal(taken->missing, 2);
    const ExchangeRows__Link *link = then_row(play->stage, &EXCHANGE_LINK, play->link, 0);
    assert_int_equal(link->missing, 2);

    when_taken(play, envelope_number(play, 3));
    taken = then_event(play->stage, 0, "envelope taken");
    assert_true(taken->late);
    link = then_row(play->stage, &EXCHANGE_LINK, play->link, 0);
    assert_int_equal(link->missing, 1);
    assert_int_equal(link->taken, 4);
}

static void test_a_senders_restored_database_is_noticed_and_counted_anew(void **state)
{
    struct play *play = *state;
    Exchange__Envelope *after = envelope_new(SIGNATURE_ED25519, 2, play->arena);

    when_taken(play, envelope_number(play, 9));
    after->incarnation.data[0] = 1;
    when_taken(play, signed_new(&play->key, after, play->arena));
    const Exchange__Taken *taken = then_event(play->stage, 0, "envelope taken");
    assert_true(taken->restored);
    const ExchangeRows__Link *link = then_row(play->stage, &EXCHANGE_LINK, play->link, 0);
    assert_int_equal(link->taken, 2);
    assert_int_equal(link->missing, 0);
}

/* ---- sending ---- */

static void test_each_envelope_gets_the_links_next_sequence(void **state)
{
    struct play *play = *state;
    Referral__Sent sent = REFERRAL__SENT__INIT;

    assert_int_equal(given_sent(play)->sequence, 1);
    sent.link = arena_text(play->arena, "hrss");
    sent.conversation = arena_text(play->arena, "stage/8");
    when_follows(play->stage, "referral", "referral sent", 8, &sent);
    const Exchange__Posted *posted = then_event(play->stage, 0, "envelope posted");
    assert_int_equal(posted->sequence, 2);
    assert_int_equal(posted->ordinal, 1);
}

static void test_an_envelope_is_signed_once(void **state)
{
    struct play *play = *state;
    Exchange__Sign sign = EXCHANGE__SIGN__INIT;

    given_sent(play);
    sign.ordinal = 1;
    sign.signed_ = envelope_number(play, 1);
    sign.key = key_bytes(&play->key, play->arena);
    when_body(play->stage, "envelope sign", play->conversation, &sign);
    then_refused(play->stage, CONFLICT, "ordinal", "no signature");
    then_nothing_changed(play->stage);
}

static void test_an_envelope_waits_until_its_receipt_came(void **state)
{
    struct play *play = *state;
    const ExchangeRows__Envelope *envelope = given_sent(play);

    assert_int_equal(waiting(play)->n_parcels, 1);
    when_receipt_comes(play, envelope->content, "stored");
    const Exchange__ReceiptTaken *taken = then_event(play->stage, 0, "receipt taken");
    assert_int_equal(taken->source, 7);
    assert_string_equal(taken->stage, "stored");
    assert_int_equal(waiting(play)->n_parcels, 0);
}

static void test_a_receipt_for_other_bytes_is_refused(void **state)
{
    struct play *play = *state;

    given_sent(play);
    when_receipt_comes(play, text_bytes("other", play->arena), "stored");
    then_refused(play->stage, UNVERIFIED, "envelope_digest", "other bytes");
    then_nothing_changed(play->stage);
}

static void test_a_receipt_for_an_envelope_that_was_never_sent_is_refused(void **state)
{
    struct play *play = *state;

    when_receipt_comes(play, text_bytes("other", play->arena), "stored");
    then_refused(play->stage, UNKNOWN, "envelope_id", "sent no envelope");
}

static void test_a_receipt_counts_once(void **state)
{
    struct play *play = *state;
    const ExchangeRows__Envelope *envelope = given_sent(play);

    when_receipt_comes(play, envelope->content, "stored");
    when_receipt_comes(play, envelope->content, "stored");
    then_refused(play->stage, CONFLICT, "stage", "taken before");
    assert_int_equal(when_receipt_comes(play, envelope->content, "accepted"), OK);
}

/* ---- receipts of this node ---- */

static void given_receipt_signed(struct play *play)
{
    Exchange__SignReceipt sign = EXCHANGE__SIGN_RECEIPT__INIT;
    const Exchange__Envelope *envelope = envelope_new(SIGNATURE_ED25519, 1, play->arena);

    when_taken(play, envelope_number(play, 1));
    sign.ordinal = 1;
    sign.signed_ =
        receipt_new(&play->key, envelope, envelope_pack(&envelope->base, play->arena), "stored", play->arena);
    sign.key = key_bytes(&play->key, play->arena);
    assert_int_equal(when_body(play->stage, "receipt sign", play->conversation, &sign), OK);
}

static void test_a_receipt_is_sent_until_the_other_side_noted_it(void **state)
{
    struct play *play = *state;
    Exchange__Note note = EXCHANGE__NOTE__INIT;
    uint8_t digest[HASH_BYTES];

    given_receipt_signed(play);
    const Exchange__WaitingList *list = waiting(play);
    assert_int_equal(list->n_parcels, 1);
    assert_false(list->parcels[0]->to_sign);
    envelope_digest(SIGNATURE_ED25519, list->parcels[0]->signed_->content, digest);
    note.digest = (ProtobufCBinaryData){sizeof digest, digest};
    when_body(play->stage, "receipt note", play->conversation, &note);
    then_event(play->stage, 0, "receipt noted");
    assert_int_equal(waiting(play)->n_parcels, 0);
}

static const Exchange__Found *find(struct play *play, uint8_t number)
{
    const ProtobufCBinaryData id = envelope_new(SIGNATURE_ED25519, number, play->arena)->id;

    char text[32];

    base64_encode(id.data, id.len, text);
    return when_asked(play->stage, "exchange find", play->conversation,
                      text_print(play->arena, "{'envelope_id': '%s'}", text));
}

static void test_a_repeated_envelope_finds_the_same_receipt(void **state)
{
    struct play *play = *state;

    given_receipt_signed(play);
    const ExchangeRows__Receipt *row = then_row(play->stage, &EXCHANGE_RECEIPT, play->conversation, 1);
    assert_true(find(play, 1)->taken);
    assert_true(bytes_equal(find(play, 1)->stored->content, row->content));
    assert_true(bytes_equal(find(play, 1)->stored->signature, row->signature));
    assert_false(find(play, 2)->taken);
}

static void test_acceptance_is_confirmed_with_a_receipt_once(void **state)
{
    struct play *play = *state;
    Referral__Accepted accepted = REFERRAL__ACCEPTED__INIT;

    when_taken(play, envelope_number(play, 1));
    accepted.link = arena_text(play->arena, "hrss");
    accepted.conversation = arena_text(play->arena, NAME);
    accepted.envelope_id = envelope_new(SIGNATURE_ED25519, 1, play->arena)->id;
    when_follows(play->stage, "referral", "referral accepted", 9, &accepted);
    const Exchange__ReceiptMade *made = then_event(play->stage, 0, "receipt made");
    assert_string_equal(made->receipt->stage, "accepted");
    when_follows(play->stage, "referral", "referral accepted", 9, &accepted);
    then_refused(play->stage, CONFLICT, "stage", "already");
}

static void test_an_objection_and_its_rejection_are_confirmed_with_receipts(void **state)
{
    struct play *play = *state;
    Referral__Objected objected = REFERRAL__OBJECTED__INIT;
    Referral__Rejected rejected = REFERRAL__REJECTED__INIT;

    when_taken(play, envelope_number(play, 1));
    objected.link = rejected.link = arena_text(play->arena, "hrss");
    objected.conversation = rejected.conversation = arena_text(play->arena, NAME);
    objected.envelope_id = rejected.envelope_id = envelope_new(SIGNATURE_ED25519, 1, play->arena)->id;
    objected.reason = arena_text(play->arena, "another district");
    when_follows(play->stage, "referral", "referral objected", 9, &objected);
    const Exchange__ReceiptMade *made = then_event(play->stage, 0, "receipt made");
    assert_string_equal(made->receipt->stage, "objected");
    assert_string_equal(made->receipt->text, "another district");
    when_follows(play->stage, "referral", "objection rejected", 9, &rejected);
    made = then_event(play->stage, 0, "receipt made");
    assert_string_equal(made->receipt->stage, "kept");
    assert_string_equal(made->receipt->text, "");
}

static void test_the_outcome_goes_out_together_with_the_last_receipt(void **state)
{
    struct play *play = *state;
    Referral__Answered answered = REFERRAL__ANSWERED__INIT;

    when_taken(play, envelope_number(play, 1));
    answered.link = arena_text(play->arena, "hrss");
    answered.conversation = arena_text(play->arena, NAME);
    answered.envelope_id = envelope_new(SIGNATURE_ED25519, 1, play->arena)->id;
    when_follows(play->stage, "referral", "referral answered", 9, &answered);
    const Exchange__Posted *posted = then_event(play->stage, 0, "envelope posted");
    assert_string_equal(posted->type, "outcome");
    const Exchange__ReceiptMade *made = then_event(play->stage, 1, "receipt made");
    assert_string_equal(made->receipt->stage, "decided");
}

/* ---- evidence ---- */

static void test_evidence_is_verified_from_the_stored_bytes(void **state)
{
    struct play *play = *state;
    const ExchangeRows__Envelope *envelope = given_sent(play);

    when_receipt_comes(play, envelope->content, "stored");
    const Exchange__Shown *page = shown(play);
    assert_int_equal(page->envelopes, 1);
    assert_int_equal(page->envelopes_valid, 1);
    assert_int_equal(page->receipts, 1);
    assert_int_equal(page->receipts_valid, 1);

    /* Somebody changes one bit in the database. */
    const ExchangeRows__Receipt *receipt = then_row(play->stage, &EXCHANGE_RECEIPT, play->conversation, 1);
    receipt->content.data[3] ^= 1;
    assert_int_equal(shown(play)->receipts_valid, 0);
}

static void test_a_part_that_was_changed_in_the_database_is_noticed(void **state)
{
    struct play *play = *state;

    given_sent(play)->part.data[0] ^= 1;
    assert_int_equal(shown(play)->envelopes_valid, 0);
}

#define PLAY_TEST(name) cmocka_unit_test_setup_teardown(name, open_play, close_play)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAY_TEST(test_a_new_envelope_is_taken_and_its_receipt_waits),
        PLAY_TEST(test_the_same_envelope_again_is_not_processed_again),
        PLAY_TEST(test_other_bytes_under_a_known_id_are_an_error_not_a_duplicate),
        PLAY_TEST(test_what_nobody_verified_is_not_taken),
        PLAY_TEST(test_a_gap_is_reported_and_holds_nothing_up),
        PLAY_TEST(test_a_senders_restored_database_is_noticed_and_counted_anew),
        PLAY_TEST(test_each_envelope_gets_the_links_next_sequence),
        PLAY_TEST(test_an_envelope_is_signed_once),
        PLAY_TEST(test_an_envelope_waits_until_its_receipt_came),
        PLAY_TEST(test_a_receipt_for_other_bytes_is_refused),
        PLAY_TEST(test_a_receipt_for_an_envelope_that_was_never_sent_is_refused),
        PLAY_TEST(test_a_receipt_counts_once),
        PLAY_TEST(test_a_receipt_is_sent_until_the_other_side_noted_it),
        PLAY_TEST(test_a_repeated_envelope_finds_the_same_receipt),
        PLAY_TEST(test_acceptance_is_confirmed_with_a_receipt_once),
        PLAY_TEST(test_an_objection_and_its_rejection_are_confirmed_with_receipts),
        PLAY_TEST(test_the_outcome_goes_out_together_with_the_last_receipt),
        PLAY_TEST(test_evidence_is_verified_from_the_stored_bytes),
        PLAY_TEST(test_a_part_that_was_changed_in_the_database_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
