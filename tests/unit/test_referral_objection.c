/* SPDX-License-Identifier: Apache-2.0
 *
 * Objections to a referral that went to the wrong department. It is received on Monday 2026-03-02, so the fifth working
 * day is Monday 2026-03-09.
 */
#include "common/base/instant.h"
#include "tests/unit/referral_desk.h"

#include <cmocka.h>

#define REJECTED "{'decision': 'Shenzhen, 2026 No. 7'}"

static int32_t day_in_march(int day)
{
    return day_from_date((struct date){2026, 3, day});
}

static enum status when_objected(struct stage *stage, uint64_t id)
{
    return when(stage, "referral object", id, "{'reason': 'the site lies in another district'}");
}

static enum status when_objected_for(struct stage *stage, uint64_t id, int day)
{
    return when(stage, "referral object", id,
                text_print(stage_arena(stage), "{'reason': 'another district', 'event_day': %d}", day_in_march(day)));
}

static uint64_t given_objected(struct stage *stage)
{
    const uint64_t id = given_received(stage);

    assert_int_equal(when_objected(stage, id), OK);
    return id;
}

static void clock_is(struct stage *stage, uint64_t id, uint32_t ordinal, Store__ClockState state)
{
    assert_int_equal(((const Store__Clock *)then_row(stage, &CLOCK, id, ordinal))->state, state);
}

static void test_an_objection_is_in_time_until_the_end_of_the_fifth_working_day(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_at(stage, "2026-03-09T23:59:59+08:00");
    assert_int_equal(when_objected(stage, id), OK);
    const Referral__Objected *objected = then_event(stage, 0, "referral objected");
    assert_string_equal(objected->reason, "the site lies in another district");
    assert_string_equal(objected->link, "hrss");
    assert_memory_equal(objected->envelope_id.data, "abc", 3);
    assert_string_equal(the_referral(stage, id)->state, "objected");
    clock_is(stage, id, ACCEPT_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    clock_is(stage, id, OBJECT_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    clock_is(stage, id, DECIDE_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
}

static void test_from_the_next_day_on_an_objection_is_barred_with_article_and_remedy(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_at(stage, "2026-03-10T00:00:00+08:00"); /* the clock has not fired yet */
    when_objected(stage, id);
    then_refused(stage, BARRED, "at", "ended on 2026-03-09");
    then_refused(stage, BARRED, "at", "Petition Work Regulations 2022 Art. 23");
    then_refused(stage, BARRED, "at", "can still be entered, with its own day");
    then_nothing_changed(stage);
    when_clock_fires(stage, id, OBJECT_CLOCK);
    when_objected(stage, id);
    then_refused(stage, BARRED, "at", "ended on 2026-03-09");
    assert_int_equal(when(stage, "referral accept", id, "{}"), OK);
}

static void test_an_objection_that_was_made_in_time_may_be_entered_later(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when_clock_fires(stage, id, OBJECT_CLOCK);
    stage_at(stage, "2026-03-16T09:00:00+08:00");
    when_objected_for(stage, id, 10);
    then_refused(stage, BARRED, "at", "ended on 2026-03-09");
    assert_int_equal(when_objected_for(stage, id, 9), OK);
    const Referral__Objected *objected = then_event(stage, 0, "referral objected");
    assert_string_equal(objected->reason, "2026-03-09: another district"); /* the sender sees which day is meant */
    assert_int_equal(objected->event_day, day_in_march(9));
}

static void test_an_objection_is_not_older_than_its_referral_and_not_to_come(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_at(stage, "2026-03-04T09:00:00+08:00");
    when_objected_for(stage, id, 1);
    then_refused(stage, INVALID, "event_day", "received on 2026-03-02");
    when_objected_for(stage, id, 5);
    then_refused(stage, INVALID, "event_day", "between");
    then_nothing_changed(stage);
    assert_int_equal(when_objected_for(stage, id, 2), OK);
}

static void test_an_objection_needs_a_reason_and_a_clerk_or_head(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral object", id, "{}");
    then_refused(stage, INVALID, "reason", "text");
    stage_sender(stage, OFFICE, REFERRAL_SUPERVISOR);
    when_objected(stage, id);
    then_refused(stage, FORBIDDEN, "role", "clerk, head");
    stage_sender(stage, OFFICE, REFERRAL_HEAD);
    assert_int_equal(when_objected(stage, id), OK);
}

static void test_while_an_objection_is_open_nothing_is_accepted_or_returned(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    when(stage, "referral accept", id, "{}");
    then_refused(stage, CONFLICT, "state", "possible now: objection uphold, objection reject");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "state", "possible now: objection uphold, objection reject");
    when_objected(stage, id);
    then_refused(stage, CONFLICT, "state", "possible now: objection uphold, objection reject");
    then_nothing_changed(stage);
}

static void test_without_an_objection_the_superior_has_nothing_to_decide(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "objection uphold", id,
         "{'department': 'Longgang', 'reason': 'another district', 'decision': 'Shenzhen, 2026 No. 7'}");
    then_refused(stage, CONFLICT, "state", "referral object");
    when(stage, "objection reject", id, REJECTED);
    then_refused(stage, CONFLICT, "state", "referral object");
}

static void test_an_upheld_objection_goes_back_with_the_department_that_the_superior_names(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    when(stage, "objection uphold", id, "{'reason': 'the site lies in Longgang'}");
    then_refused(stage, INVALID, "department", "");
    when(stage, "objection uphold", id, "{'department': 'Longgang HRSS bureau'}");
    then_refused(stage, INVALID, "reason", "text");
    when(stage, "objection uphold", id,
         "{'department': 'Longgang HRSS bureau', 'reason': 'the site lies in Longgang'}");
    then_refused(stage, INVALID, "decision", "");
    when(
        stage, "objection uphold", id,
        "{'department': 'Longgang HRSS bureau', 'reason': 'the site lies in Longgang', 'decision': 'Shenzhen, No. 7'}");
    const Referral__Returned *returned = then_event(stage, 0, "referral returned");
    assert_string_equal(returned->reason, "the site lies in Longgang -> Longgang HRSS bureau (Shenzhen, No. 7)");
    assert_string_equal(returned->department, "Longgang HRSS bureau");
    assert_string_equal(the_referral(stage, id)->state, "returned");
    assert_string_equal(the_referral(stage, id)->reason, returned->reason);
}

static void test_after_a_rejected_objection_the_time_to_accept_counts_from_the_decision(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    stage_at(stage, "2026-03-13T10:00:00+08:00");
    when(stage, "objection reject", id, "{}");
    then_refused(stage, INVALID, "decision", "");
    when(stage, "objection reject", id,
         text_print(stage_arena(stage), "{'decision': 'x', 'event_day': %d}", day_in_march(14)));
    then_refused(stage, INVALID, "event_day", "received on 2026-03-02");
    assert_int_equal(
        when(stage, "objection reject", id,
             text_print(stage_arena(stage), "{'decision': 'Shenzhen, No. 7', 'event_day': %d}", day_in_march(11))),
        OK);
    const Referral__Rejected *rejected = then_event(stage, 0, "objection rejected");
    assert_string_equal(rejected->decision, "2026-03-11: Shenzhen, No. 7");
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_string_equal(shown->referral->state, "kept");
    assert_string_equal(shown->reason, "2026-03-11: Shenzhen, No. 7");
    const Store__Clock *accept = then_row(stage, &CLOCK, id, KEPT_CLOCK);
    assert_int_equal(accept->last_day, day_in_march(18));
    clock_is(stage, id, DECIDE_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(when(stage, "referral accept", id, "{}"), OK);
    clock_is(stage, id, KEPT_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
}

static void test_what_the_superior_decided_binds_the_office(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    assert_int_equal(when(stage, "objection reject", id, REJECTED), OK);
    when_objected(stage, id);
    then_refused(stage, CONFLICT, "state", "possible now: referral accept");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "state", "possible now: referral accept");
    when(stage, "objection uphold", id, "{'department': 'L', 'reason': 'r', 'decision': 'd'}");
    then_refused(stage, CONFLICT, "state", "possible now: referral accept");
    then_nothing_changed(stage);
}

static void test_an_objection_on_which_nothing_is_recorded_is_late(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    assert_int_equal(when_clock_fires(stage, id, DECIDE_CLOCK), OK);
    then_event(stage, 0, "referral overdue");
    assert_string_equal(the_referral(stage, id)->state, "objected");
    assert_int_equal(when(stage, "objection reject", id, REJECTED), OK);
}

static void test_the_sender_sees_an_objection_with_its_reason_and_what_became_of_it(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "nanshan", "kept"); /* receipts come in any order */
    when_receipt_says(stage, id, "nanshan", "objected", "another district");
    assert_string_equal(the_referral(stage, id)->state, "kept");
    assert_string_equal(the_referral(stage, id)->reason, "");
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_string_equal(shown->stages[1]->stage, "objected");
    assert_string_equal(shown->stages[1]->text, "another district");
}

static void test_the_sender_sees_an_open_objection_until_it_is_returned(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "nanshan", "stored");
    when_receipt_says(stage, id, "nanshan", "objected", "another district");
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_string_equal(shown->referral->state, "objected");
    assert_string_equal(shown->reason, "another district");
    when_receipt_says(stage, id, "nanshan", "returned", "another district -> Longgang HRSS bureau");
    assert_string_equal(the_referral(stage, id)->state, "returned");
    assert_string_equal(the_referral(stage, id)->reason, "another district -> Longgang HRSS bureau");
}

static void test_the_end_of_the_time_to_object_makes_no_office_late(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    assert_int_equal(when_clock_fires(stage, id, OBJECT_CLOCK), OK);
    then_event(stage, 0, "limit passed");
    assert_string_equal(the_referral(stage, id)->state, "received");
}

static void test_an_outcome_that_comes_before_the_end_of_an_objection_keeps_no_reason_of_it(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent_to_hrss(stage);

    when_receipt_says(stage, id, "hrss", "objected", "another district");
    when_envelope_comes(stage, the_referral(stage, id)->conversation, outcome_part(stage), "outcome");
    assert_string_equal(the_referral(stage, id)->state, "decided");
    assert_string_equal(the_referral(stage, id)->reason, "");
    when_receipt_says(stage, id, "hrss", "kept", "Shenzhen, No. 7");
    assert_string_equal(the_referral(stage, id)->state, "decided");
    assert_string_equal(the_referral(stage, id)->reason, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_an_objection_is_in_time_until_the_end_of_the_fifth_working_day),
        DESK_TEST(test_from_the_next_day_on_an_objection_is_barred_with_article_and_remedy),
        DESK_TEST(test_an_objection_that_was_made_in_time_may_be_entered_later),
        DESK_TEST(test_an_objection_is_not_older_than_its_referral_and_not_to_come),
        DESK_TEST(test_an_objection_needs_a_reason_and_a_clerk_or_head),
        DESK_TEST(test_while_an_objection_is_open_nothing_is_accepted_or_returned),
        DESK_TEST(test_without_an_objection_the_superior_has_nothing_to_decide),
        DESK_TEST(test_an_upheld_objection_goes_back_with_the_department_that_the_superior_names),
        DESK_TEST(test_after_a_rejected_objection_the_time_to_accept_counts_from_the_decision),
        DESK_TEST(test_what_the_superior_decided_binds_the_office),
        DESK_TEST(test_an_objection_on_which_nothing_is_recorded_is_late),
        DESK_TEST(test_the_sender_sees_an_objection_with_its_reason_and_what_became_of_it),
        DESK_TEST(test_the_sender_sees_an_open_objection_until_it_is_returned),
        DESK_TEST(test_the_end_of_the_time_to_object_makes_no_office_late),
        DESK_TEST(test_an_outcome_that_comes_before_the_end_of_an_objection_keeps_no_reason_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
