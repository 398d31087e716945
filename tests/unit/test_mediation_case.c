/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases from opening to their sessions, and their ends without an agreement.
 */
#include "proto/assignment.pb-c.h"
#include "proto/intake.pb-c.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>

static const char SEALED_TEXT[] = "{'ordinal': 1, 'record': {'sealed': 'AAECAw==', 'subject': 9}}";

static void test_numbers_of_an_office_have_no_gaps_and_begin_again_with_the_year(void **state)
{
    (void)state;
    struct stage *stage = story_new();

    const uint64_t first = story_opened(stage);
    const uint64_t second = story_opened(stage);
    stage_at(stage, "2027-01-01T00:00:00+08:00");
    const uint64_t third = story_opened(stage);

    assert_string_equal(case_number(the_case(stage, first), stage_arena(stage)), "440305-2026-000001");
    assert_string_equal(case_number(the_case(stage, second), stage_arena(stage)), "440305-2026-000002");
    assert_string_equal(case_number(the_case(stage, third), stage_arena(stage)), "440305-2027-000001");
    stage_free(&stage);
}

static void test_a_refused_opening_uses_up_no_number(void **state)
{
    (void)state;
    struct stage *stage = story_new();

    stage_sender(stage, OFFICE, 1u << TIAOJIE__ROLE__ROLE_SERVICE);
    when(stage, "case open", OFFICE, "{'office': 7, 'dispute': {'kind': 'unknown', 'place': 440305, 'claims': [{}]}}");
    then_refused(stage, UNAVAILABLE, "dispute.kind", "no procedure for unknown");
    then_nothing_changed(stage);

    assert_int_equal(the_case(stage, story_opened(stage))->number, 1);
    stage_free(&stage);
}

static void test_an_accepted_application_opens_a_case_of_its_office(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    Tiaojie__Person person = TIAOJIE__PERSON__INIT;
    Intake__Claim claim = INTAKE__CLAIM__INIT;
    Intake__Dispute dispute = INTAKE__DISPUTE__INIT;
    Intake__Accepted accepted = INTAKE__ACCEPTED__INIT;

    person.person = 1001;
    claim.worker = &person;
    claim.amount_fen = WAGE_FEN;
    dispute.kind = "labour-wages";
    dispute.place = 440305;
    dispute.claims = (Intake__Claim *[]){&claim};
    dispute.n_claims = 1;
    accepted.office = OFFICE;
    accepted.dispute = &dispute;
    when_follows(stage, "intake", "application accepted", 2051, &accepted);

    then_event(stage, 0, "case opened");
    const uint64_t id = then_about(stage);
    assert_int_equal(the_case(stage, id)->office, OFFICE);
    assert_int_equal(the_case(stage, id)->application, 2051);
    assert_string_equal(the_case(stage, id)->state, "registered");
    const MediationRows__Claim *row = then_row(stage, &CLAIM, id, 1);
    assert_int_equal(row->person, 1001);
    stage_free(&stage);
}

static void test_representatives_need_ten_workers(void **state)
{
    (void)state;
    struct stage *stage = story_new();

    stage_sender(stage, OFFICE, 1u << TIAOJIE__ROLE__ROLE_SERVICE);
    when(stage, "case open", OFFICE,
         "{'office': 7, 'dispute': {'kind': 'labour-wages', 'place': 440305, 'claims': [{'representative': true}]}}");

    then_refused(stage, CONFLICT, "claims", "from ten workers on");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_without_the_respondents_consent_nothing_goes_on(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_opened(stage);

    Assignment__Accepted accepted = ASSIGNMENT__ACCEPTED__INIT;
    accepted.case_id = id;
    accepted.mediator = MEDIATOR;
    accepted.mediator_name = "Li";
    when_follows(stage, "assignment", "assignment accepted", id, &accepted);

    then_refused(stage, CONFLICT, "state", "PML 19");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_a_respondents_refusal_ends_the_case_and_its_clocks(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_opened(stage);

    when(stage, "case consent", id, "{'party': 1}");

    then_event(stage, 0, "consent recorded");
    const Mediation__Closed *closed = then_event(stage, 1, "case closed");
    assert_string_equal(closed->outcome, "refused");
    assert_int_equal(closed->referral, 4099);
    assert_int_equal(closed->outside, WORKERS);
    const Store__Clock *finish = then_row(stage, &CLOCK, id, 1000);
    assert_int_equal(finish->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    assert_int_equal(finish->fire_at, 0);

    when(stage, "case consent", id, "{'party': 1, 'consents': true}");
    then_refused(stage, CONFLICT, "target", "the case is closed");
    stage_free(&stage);
}

static void test_refusal_of_one_who_is_only_jointly_liable_leaves_the_case_open(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_opened(stage);

    when(stage, "case consent", id, "{'party': 2}");

    then_event_count(stage, 1);
    assert_string_equal(the_case(stage, id)->outcome, "");
    when(stage, "case consent", id, "{'party': 3, 'consents': true}");
    then_refused(stage, UNKNOWN, "party", "no such party");
    stage_free(&stage);
}

static void test_another_offices_case_is_refused(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_opened(stage);

    stage_sender(stage, OFFICE + 1, CLERK);
    when(stage, "case consent", id, "{'party': 1, 'consents': true}");

    then_refused(stage, FORBIDDEN, "target", "another office's case");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_a_case_that_does_not_exist_is_unknown(void **state)
{
    (void)state;
    struct stage *stage = story_new();

    when(stage, "case close", 256 * 4096, "{}");
    then_refused(stage, UNKNOWN, "target", "no case has this id");
    stage_free(&stage);
}

static void test_only_the_assigned_mediator_opens_a_session(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_mediating(stage);

    as_mediator(stage);
    stage_context(stage)->mediator = MEDIATOR + 1;
    when(stage, "session open", id, "{'place': 'room 2'}");
    then_refused(stage, FORBIDDEN, "target", "Li");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_a_session_on_a_saturday_is_allowed_and_shown_as_a_rest_day(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_mediating(stage);

    stage_at(stage, "2026-05-16T10:00:00+08:00");
    as_mediator(stage);
    when(stage, "session open", id, "{'place': 'village hall', 'closed': true}");
    then_event(stage, 0, "session opened");

    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");
    assert_non_null(page);
    assert_true(page->sessions[0]->rest_day);
    assert_true(page->sessions[0]->closed);
    assert_int_equal(page->sessions[0]->on_day, on("2026-05-16"));
    stage_free(&stage);
}

static void test_a_session_is_not_opened_before_its_day_or_nowhere(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_mediating(stage);

    as_mediator(stage);
    when(stage, "session open", id, body(stage, "{'place': 'room 2', 'on_day': %d}", on("2026-05-09")));
    then_refused(stage, INVALID, "on_day", "not before");
    when(stage, "session open", id, "{}");
    then_refused(stage, INVALID, "place", "needs a place");
    stage_free(&stage);
}

static void test_the_next_session_waits_until_the_open_one_is_adjourned(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    when(stage, "session open", id, "{'place': 'room 3'}");
    then_refused(stage, CONFLICT, "target", "session 1 is still open");
    when(stage, "session adjourn", id, body(stage, "{'ordinal': 1, 'until_day': %d}", on("2026-05-20")));
    then_event(stage, 0, "session adjourned");
    when(stage, "session adjourn", id, "{'ordinal': 1}");
    then_refused(stage, CONFLICT, "ordinal", "not open any more");
    when(stage, "session open", id, "{'place': 'room 3'}");

    const Mediation__SessionOpened *opened = then_event(stage, 0, "session opened");
    assert_int_equal(opened->ordinal, 2);
    stage_free(&stage);
}

static void test_the_record_of_a_session_is_kept_sealed(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    when(stage, "session record", id, "{'ordinal': 1}");
    then_refused(stage, INVALID, "record", "empty");
    when(stage, "session record", id, "{'ordinal': 2, 'record': {'sealed': 'AAECAw=='}}");
    then_refused(stage, UNKNOWN, "ordinal", "no such session");
    when(stage, "session record", id, SEALED_TEXT);

    then_event(stage, 0, "session recorded");
    const MediationRows__Session *session = then_row(stage, &SESSION, id, 1);
    assert_int_equal(session->record.len, 4);
    assert_int_equal(session->record_subject, 9);
    stage_free(&stage);
}

static void test_a_failed_mediation_tells_the_other_routes(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    as_clerk(stage);
    when(stage, "case end", id, "{'routes': ['prayer']}");
    then_refused(stage, INVALID, "routes[0]", "no route of the law");
    when(stage, "case end", id, "{}");

    const Mediation__RoutesTold *told = then_event(stage, 0, "routes told");
    assert_int_equal(told->n_routes, 3);
    const Mediation__Closed *closed = then_event(stage, 1, "case closed");
    assert_string_equal(closed->outcome, "failed");
    assert_int_equal(closed->agreed_fen, 0);
    assert_int_equal(the_case(stage, id)->session_open, 0);
    stage_free(&stage);
}

static void test_the_workers_may_withdraw(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_mediating(stage);

    when(stage, "case withdraw", id, "{'reason': {'sealed': 'AAECAw=='}}");
    const Mediation__Closed *closed = then_event(stage, 0, "case closed");
    assert_string_equal(closed->outcome, "withdrawn");
    assert_string_equal(the_case(stage, id)->state, "ended");
    stage_free(&stage);
}

static void test_a_time_limit_that_only_binds_the_office_passes_and_the_case_goes_on(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_mediating(stage);

    when_clock_fires(stage, id, 1000);

    const Mediation__LimitPassed *passed = then_event(stage, 0, "limit passed");
    assert_string_equal(passed->name, "finish");
    assert_string_equal(passed->effect, "duty");
    assert_true(passed->unverified);
    assert_string_equal(the_case(stage, id)->state, "mediating");
    when_clock_fires(stage, id, 1000);
    then_refused(stage, CONFLICT, "ordinal", "does not run any more");
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_an_office_have_no_gaps_and_begin_again_with_the_year),
        cmocka_unit_test(test_a_refused_opening_uses_up_no_number),
        cmocka_unit_test(test_an_accepted_application_opens_a_case_of_its_office),
        cmocka_unit_test(test_representatives_need_ten_workers),
        cmocka_unit_test(test_without_the_respondents_consent_nothing_goes_on),
        cmocka_unit_test(test_a_respondents_refusal_ends_the_case_and_its_clocks),
        cmocka_unit_test(test_refusal_of_one_who_is_only_jointly_liable_leaves_the_case_open),
        cmocka_unit_test(test_another_offices_case_is_refused),
        cmocka_unit_test(test_a_case_that_does_not_exist_is_unknown),
        cmocka_unit_test(test_only_the_assigned_mediator_opens_a_session),
        cmocka_unit_test(test_a_session_on_a_saturday_is_allowed_and_shown_as_a_rest_day),
        cmocka_unit_test(test_a_session_is_not_opened_before_its_day_or_nowhere),
        cmocka_unit_test(test_the_next_session_waits_until_the_open_one_is_adjourned),
        cmocka_unit_test(test_the_record_of_a_session_is_kept_sealed),
        cmocka_unit_test(test_a_failed_mediation_tells_the_other_routes),
        cmocka_unit_test(test_the_workers_may_withdraw),
        cmocka_unit_test(test_a_time_limit_that_only_binds_the_office_passes_and_the_case_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
