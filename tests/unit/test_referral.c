/* SPDX-License-Identifier: Apache-2.0
 *
 * Referrals: what leaves the node, what comes, who may answer and when.
 */
#include "common/base/instant.h"
#include "proto/mediation.pb-c.h"
#include "tests/unit/law_files.h"
#include "tests/unit/referral_desk.h"

#include <cmocka.h>
#include <string.h>

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

/* ---- a local agreement ---- */

/* A link whose agreement bars acceptance after the time for it, and opens the return only then. */
static void given_strict_agreement(struct stage *stage)
{
    static char *names[] = {"accept or return"};
    struct refusal refusal = {0};
    Tiaojie__Procedure *procedure = law_file_procedure(stage_arena(stage), "law/procedures/referral.txtpb");

    procedure->place = 440305;
    for (size_t i = 0; i < procedure->n_steps; i++) {
        Tiaojie__Procedure__Step *step = procedure->steps[i];
        if (strcmp(step->name, "referral accept") == 0)
            step->n_barred_by = 1, step->barred_by = names;
        if (strcmp(step->name, "referral return") == 0)
            step->n_opened_by = 1, step->opened_by = names;
    }
    const ProtobufCBinaryData bytes = referral_pack(&procedure->base, stage_arena(stage));
    assert_int_equal(
        law_add_procedure((struct law *)(uintptr_t)stage_context(stage)->law, bytes.data, bytes.len, &refusal), OK);
}

static void test_a_local_agreement_may_bar_acceptance_and_open_the_return(void **state)
{
    struct stage *stage = *state;

    given_strict_agreement(stage);
    const uint64_t id = given_received(stage);
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "at", "only after 'accept or return' has run out on 2026-03-09");
    stage_at(stage, "2026-03-10T00:00:00+08:00");
    when(stage, "referral accept", id, "{}");
    then_refused(stage, BARRED, "at", "'accept or return' ended on 2026-03-09");
    when_clock_fires(stage, id, ACCEPT_CLOCK);
    assert_int_equal(when(stage, "referral return", id, "{'reason': 'another district'}"), OK);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_only_what_was_sealed_for_the_other_node_leaves_this_one),
        DESK_TEST(test_what_stays_here_is_sealed_for_this_node_only),
        DESK_TEST(test_a_conversation_is_named_after_node_and_referral),
        DESK_TEST(test_nobody_sends_for_another_office),
        DESK_TEST(test_receipts_show_how_far_the_other_side_is),
        DESK_TEST(test_another_link_confirms_nothing),
        DESK_TEST(test_a_referral_comes_to_the_office_that_it_names),
        DESK_TEST(test_the_same_conversation_is_received_once),
        DESK_TEST(test_nobody_begins_a_conversation_in_another_nodes_name),
        DESK_TEST(test_a_part_that_cannot_be_read_is_refused_by_name),
        DESK_TEST(test_an_accepted_referral_hands_its_dispute_to_intake),
        DESK_TEST(test_an_accepted_referral_cannot_be_returned),
        DESK_TEST(test_a_return_needs_a_reason),
        DESK_TEST(test_another_office_decides_nothing),
        DESK_TEST(test_an_office_that_lets_five_working_days_pass_is_late_and_may_still_accept),
        DESK_TEST(test_a_local_agreement_may_bar_acceptance_and_open_the_return),
        DESK_TEST(test_nothing_is_answered_before_the_dispute_has_ended),
        DESK_TEST(test_the_sender_learns_the_outcome),
        DESK_TEST(test_only_the_node_that_was_asked_can_answer),
        DESK_TEST(test_an_outcome_for_another_nodes_conversation_is_refused),
        DESK_TEST(test_an_office_sees_what_it_sent_and_what_came),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
