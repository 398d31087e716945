/* SPDX-License-Identifier: Apache-2.0
 *
 * Referrals: what leaves the node, what comes, who may answer and when.
 */
#include "proto/exchange.pb-c.h"
#include "proto/mediation.pb-c.h"
#include "services/referral/handover.h"
#include "services/referral/referral.h"
#include "tests/unit/law_files.h"
#include "tests/unit/stage.h"

#include <cmocka.h>
#include <string.h>

enum { OFFICE = 7 };

/* The exchange's ids are hashes. */
#define EVIDENCE ((UINT64_C(1) << 50) + 3)

static const char SEND[] =
    "{'link': 'nanshan', 'department': 'HRSS bureau', 'request': 'please mediate', 'to_office': 7, 'dispute': "
    "{'kind': 'labour-wages', 'place': 440305, 'claims': [{'amount_fen': 1200000, 'worker': {'person': 5123, "
    "'name': {'sealed': 'AAEC', 'subject': 5123, 'carried': 'CQgH'}}}], "
    "'summary': {'sealed': 'AAEC', 'subject': 9, 'carried': 'CQgH'}}}";

static int open_stage(void **state)
{
    struct stage *stage = stage_new(&REFERRAL, "2026-03-02");

    stage_sender(stage, OFFICE, REFERRAL_CLERK);
    stage_context(stage)->place = 440305;
    law_file_add_procedure((struct law *)(uintptr_t)stage_context(stage)->law, stage_arena(stage),
                           "law/procedures/referral.txtpb");
    law_file_add_calendars((struct law *)(uintptr_t)stage_context(stage)->law, stage_arena(stage), 2026, 2026);
    *state = stage;
    return 0;
}

static int close_stage(void **state)
{
    struct stage *stage = *state;

    stage_free(&stage);
    return 0;
}

static const ReferralRows__Referral *the_referral(struct stage *stage, uint64_t id)
{
    return then_row(stage, &REFERRAL_ROW, id, 0);
}

/* hrss's referral comes, sealed for this node already. */
static enum status when_envelope_comes(struct stage *stage, const char *conversation, ProtobufCBinaryData part,
                                       const char *type)
{
    Exchange__Taken taken = EXCHANGE__TAKEN__INIT;

    taken.link = arena_text(stage_arena(stage), "hrss");
    taken.type = arena_text(stage_arena(stage), type);
    taken.conversation = arena_text(stage_arena(stage), conversation);
    taken.part = part;
    taken.envelope_id = (ProtobufCBinaryData){3, arena_copy(stage_arena(stage), "abc", 3)};
    return when_follows(stage, "exchange", "envelope taken", EVIDENCE, &taken);
}

static ProtobufCBinaryData referral_part(struct stage *stage)
{
    Referral__Referral referral = REFERRAL__REFERRAL__INIT;
    Intake__Dispute dispute = INTAKE__DISPUTE__INIT;
    Intake__Claim claim = INTAKE__CLAIM__INIT;
    Tiaojie__Person worker = TIAOJIE__PERSON__INIT;
    Intake__Claim *claims[] = {&claim};

    worker.person = 77;
    claim.worker = &worker;
    claim.amount_fen = 100;
    dispute.kind = arena_text(stage_arena(stage), "labour-wages");
    dispute.n_claims = 1;
    dispute.claims = claims;
    referral.dispute = &dispute;
    referral.to_office = OFFICE;
    referral.request = arena_text(stage_arena(stage), "please mediate");
    return referral_pack(&referral.base, stage_arena(stage));
}

static uint64_t given_received(struct stage *stage)
{
    assert_int_equal(when_envelope_comes(stage, "hrss/1025", referral_part(stage), "referral"), OK);
    return then_about(stage);
}

static uint64_t given_sent(struct stage *stage)
{
    assert_int_equal(when(stage, "referral send", OFFICE, SEND), OK);
    return then_about(stage);
}

/* ---- sending ---- */

static void test_only_what_was_sealed_for_the_other_node_leaves_this_one(void **state)
{
    struct stage *stage = *state;

    given_sent(stage);
    const Referral__Sent *sent = then_event(stage, 0, "referral sent");
    const Referral__Referral *part =
        referral__referral__unpack(arena_allocator(stage_arena(stage)), sent->part.len, sent->part.data);
    const Tiaojie__Person *worker = part->dispute->claims[0]->worker;
    assert_int_equal(worker->person, 0);
    assert_int_equal(worker->name->sealed.len, 0);
    assert_int_equal(worker->name->subject, 0);
    assert_int_equal(worker->name->carried.len, 3);
    assert_int_equal(part->dispute->summary->sealed.len, 0);
    assert_int_equal(part->dispute->summary->carried.len, 3);
}

static void test_what_stays_here_is_sealed_for_this_node_only(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);
    const Referral__Sent *sent = then_event(stage, 0, "referral sent");

    assert_int_equal(sent->dispute->claims[0]->worker->name->carried.len, 0);
    assert_int_equal(sent->dispute->claims[0]->worker->name->sealed.len, 3);
    assert_int_equal(the_referral(stage, id)->office, OFFICE);
}

static void test_a_conversation_is_named_after_node_and_referral(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    assert_string_equal(the_referral(stage, id)->conversation,
                        text_print(stage_arena(stage), "stage/%llu", (unsigned long long)id));
}

static void test_nobody_sends_for_another_office(void **state)
{
    struct stage *stage = *state;

    when(stage, "referral send", OFFICE + 1, SEND);
    then_refused(stage, FORBIDDEN, "target", "another office");
    then_nothing_changed(stage);
}

/* ---- stages ---- */

static enum status when_receipt_comes(struct stage *stage, uint64_t source, const char *link, const char *reached)
{
    Exchange__ReceiptTaken taken = EXCHANGE__RECEIPT_TAKEN__INIT;

    taken.link = arena_text(stage_arena(stage), link);
    taken.stage = arena_text(stage_arena(stage), reached);
    taken.source = source;
    taken.at = stage_context(stage)->now;
    return when_follows(stage, "exchange", "receipt taken", EVIDENCE, &taken);
}

static void test_receipts_show_how_far_the_other_side_is(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "nanshan", "accepted");
    assert_string_equal(the_referral(stage, id)->state, "accepted");
    when_receipt_comes(stage, id, "nanshan", "stored");
    assert_string_equal(the_referral(stage, id)->state, "accepted"); /* late, and no step back */
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_int_equal(shown->n_stages, 2);
    assert_true(shown->stages[1]->valid);
    assert_int_equal(shown->evidence, EVIDENCE);
}

static void test_another_link_confirms_nothing(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "court", "accepted");
    then_refused(stage, UNKNOWN, "target", "went over the link");
    assert_string_equal(the_referral(stage, id)->state, "sent");
}

/* ---- receiving ---- */

static void test_a_referral_comes_to_the_office_that_it_names(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    then_event(stage, 0, "referral received");
    assert_int_equal(the_referral(stage, id)->office, OFFICE);
    assert_string_equal(the_referral(stage, id)->state, "received");
    assert_int_equal(id_partition(id), affinity_partition(OFFICE, STAGE_PARTITIONS));
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 1000);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
}

static void test_the_same_conversation_is_received_once(void **state)
{
    struct stage *stage = *state;

    given_received(stage);
    when_envelope_comes(stage, "hrss/1025", referral_part(stage), "referral");
    then_refused(stage, CONFLICT, "conversation", "received before");
    then_nothing_changed(stage);
}

static void test_nobody_begins_a_conversation_in_another_nodes_name(void **state)
{
    struct stage *stage = *state;

    when_envelope_comes(stage, "court/1025", referral_part(stage), "referral");
    then_refused(stage, FORBIDDEN, "conversation", "court/1025");
}

static void test_a_part_that_cannot_be_read_is_refused_by_name(void **state)
{
    struct stage *stage = *state;
    uint8_t bad[] = {0x12, 0x02, 0xf0, 0x80}; /* request: bad UTF-8 */

    when_envelope_comes(stage, "hrss/1025", (ProtobufCBinaryData){sizeof bad, bad}, "referral");
    then_refused(stage, INVALID, "part", "request");
}

static void test_an_accepted_referral_hands_its_dispute_to_intake(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral accept", id, "{}");
    const Referral__Accepted *accepted = then_event(stage, 0, "referral accepted");
    assert_int_equal(accepted->office, OFFICE);
    assert_int_equal(accepted->dispute->claims[0]->worker->person, 77);
    assert_string_equal(accepted->link, "hrss");
    assert_memory_equal(accepted->envelope_id.data, "abc", 3);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 1000);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
}

static void test_an_accepted_referral_cannot_be_returned(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral accept", id, "{}");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "state", "referral answer");
}

static void test_a_return_needs_a_reason(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral return", id, "{}");
    then_refused(stage, INVALID, "reason", "text");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    const Referral__Returned *returned = then_event(stage, 0, "referral returned");
    assert_string_equal(returned->reason, "another district");
}

static void test_another_office_decides_nothing(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_sender(stage, OFFICE + 1, REFERRAL_CLERK);
    when(stage, "referral accept", id, "{}");
    then_refused(stage, FORBIDDEN, "target", "another office");
}

static void test_an_office_that_lets_five_working_days_pass_is_late_and_may_still_accept(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    assert_int_equal(when_clock_fires(stage, id, 1000), OK);
    then_event(stage, 0, "referral overdue");
    assert_int_equal(when(stage, "referral accept", id, "{}"), OK);
}

/* ---- the outcome ---- */

static void given_case_closed(struct stage *stage, uint64_t id)
{
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;

    closed.outcome = arena_text(stage_arena(stage), "performed");
    closed.referral = id;
    closed.agreed_fen = 9000000;
    closed.workers = 12;
    assert_int_equal(when_follows(stage, "mediation", "case closed", 4099, &closed), OK);
}

static void test_nothing_is_answered_before_the_dispute_has_ended(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral accept", id, "{}");
    when(stage, "referral answer", id, "{}");
    then_refused(stage, CONFLICT, "target", "not ended");
    given_case_closed(stage, id);
    when(stage, "referral answer", id, "{}");
    const Referral__Answered *answered = then_event(stage, 0, "referral answered");
    const Referral__Outcome *outcome =
        referral__outcome__unpack(arena_allocator(stage_arena(stage)), answered->part.len, answered->part.data);
    assert_string_equal(outcome->outcome, "performed");
    assert_int_equal(outcome->agreed_fen, 9000000);
    assert_int_equal(outcome->workers, 12);
}

static ProtobufCBinaryData outcome_part(struct stage *stage)
{
    Referral__Outcome outcome = REFERRAL__OUTCOME__INIT;

    outcome.outcome = arena_text(stage_arena(stage), "performed");
    return referral_pack(&outcome.base, stage_arena(stage));
}

/* This node sent to hrss this time. */
static uint64_t given_sent_to_hrss(struct stage *stage)
{
    const uint64_t id = given_sent(stage);
    ReferralRows__Referral *row = (ReferralRows__Referral *)(uintptr_t)the_referral(stage, id);

    row->link = arena_text(stage_arena(stage), "hrss");
    return id;
}

static void test_the_sender_learns_the_outcome(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent_to_hrss(stage);

    when_envelope_comes(stage, the_referral(stage, id)->conversation, outcome_part(stage), "outcome");
    then_event(stage, 0, "referral decided");
    assert_string_equal(the_referral(stage, id)->outcome, "performed");
    assert_string_equal(the_referral(stage, id)->state, "decided");
}

static void test_only_the_node_that_was_asked_can_answer(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage); /* to nanshan */

    when_envelope_comes(stage, the_referral(stage, id)->conversation, outcome_part(stage), "outcome");
    then_refused(stage, FORBIDDEN, "from", "another node");
    then_nothing_changed(stage);
}

static void test_an_outcome_for_another_nodes_conversation_is_refused(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent_to_hrss(stage);

    when_envelope_comes(stage, text_print(stage_arena(stage), "court/%llu", (unsigned long long)id),
                        outcome_part(stage), "outcome");
    then_refused(stage, UNKNOWN, "conversation", "no such conversation");
}

static void test_an_office_sees_what_it_sent_and_what_came(void **state)
{
    struct stage *stage = *state;

    given_sent(stage);
    given_received(stage);
    const Referral__Listed *page = when_asked(stage, "referral list", OFFICE, "{}");
    assert_int_equal(page->n_referrals, 2);
    assert_true(page->referrals[0]->outgoing);
    assert_false(page->referrals[1]->outgoing);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGE_TEST(test_only_what_was_sealed_for_the_other_node_leaves_this_one),
        STAGE_TEST(test_what_stays_here_is_sealed_for_this_node_only),
        STAGE_TEST(test_a_conversation_is_named_after_node_and_referral),
        STAGE_TEST(test_nobody_sends_for_another_office),
        STAGE_TEST(test_receipts_show_how_far_the_other_side_is),
        STAGE_TEST(test_another_link_confirms_nothing),
        STAGE_TEST(test_a_referral_comes_to_the_office_that_it_names),
        STAGE_TEST(test_the_same_conversation_is_received_once),
        STAGE_TEST(test_nobody_begins_a_conversation_in_another_nodes_name),
        STAGE_TEST(test_a_part_that_cannot_be_read_is_refused_by_name),
        STAGE_TEST(test_an_accepted_referral_hands_its_dispute_to_intake),
        STAGE_TEST(test_an_accepted_referral_cannot_be_returned),
        STAGE_TEST(test_a_return_needs_a_reason),
        STAGE_TEST(test_another_office_decides_nothing),
        STAGE_TEST(test_an_office_that_lets_five_working_days_pass_is_late_and_may_still_accept),
        STAGE_TEST(test_nothing_is_answered_before_the_dispute_has_ended),
        STAGE_TEST(test_the_sender_learns_the_outcome),
        STAGE_TEST(test_only_the_node_that_was_asked_can_answer),
        STAGE_TEST(test_an_outcome_for_another_nodes_conversation_is_refused),
        STAGE_TEST(test_an_office_sees_what_it_sent_and_what_came),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
