/* SPDX-License-Identifier: Apache-2.0
 *
 * Intake: papers, the office's decision and what can be seen, as rules.
 */
#include "proto/referral.pb-c.h"
#include "tests/unit/intake_office.h"

#include <cmocka.h>
#include <string.h>

/* ---- papers ---------------------------------------------------------------------------------------------------- */

static uint64_t with_papers(struct stage *stage, size_t count)
{
    Intake__Register *body = intake_application(stage, 100, 2);

    body->dispute->n_papers = count;
    return intake_registered(stage, body);
}

static const Store__Clock *clock_of(struct stage *stage, uint64_t about, uint32_t ordinal)
{
    return then_row(stage, &CLOCK, about, ordinal);
}

static void test_missing_papers_are_said_at_once_and_once(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = with_papers(stage, 1);

    (void)state;
    const Intake__Registered *event = then_event(stage, 0, "application registered");
    assert_int_equal(event->n_missing, 2);
    assert_string_equal(event->missing[0], "identity papers");
    assert_string_equal(event->missing[1], "proof of the claims");
    assert_true(event->missing_unverified);
    then_event(stage, 1, "papers asked");
    assert_string_equal(intake_row(stage, id)->state, "supplementing");
    when(stage, "application ask", id, "{'papers': ['photographs']}");
    then_refused(stage, CONFLICT, "papers", "asked for once");
    then_refused(stage, CONFLICT, "papers", "(unverified)");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_the_clock_of_the_office_stops_while_papers_are_missing_and_runs_anew_when_they_came(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = with_papers(stage, 1);

    (void)state;
    assert_int_equal(clock_of(stage, id, ACCEPT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(clock_of(stage, id, SUPPLEMENT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    when(stage, "application supplement", id, "{'papers': ['identity papers']}");
    const Intake__Supplied *some = then_event(stage, 0, "papers supplied");
    assert_int_equal(some->n_still_missing, 1);
    assert_int_equal(clock_of(stage, id, SUPPLEMENT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    when(stage, "application supplement", id, "{'papers': ['proof of the claims']}");
    assert_int_equal(clock_of(stage, id, SUPPLEMENT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(clock_of(stage, id, ACCEPT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    assert_int_equal(clock_of(stage, id, ACCEPT_CLOCK)->generation, 2);
    stage_free(&stage);
}

static void test_an_application_is_not_accepted_while_papers_are_missing(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = with_papers(stage, 1);

    (void)state;
    when(stage, "application accept", id, "{}");
    then_refused(stage, CONFLICT, "papers", "identity papers, proof of the claims");
    when(stage, "application supplement", id, "{'papers': ['identity papers']}");
    when(stage, "application accept", id, "{}");
    then_refused(stage, CONFLICT, "papers", "missing: proof of the claims");
    when(stage, "application supplement", id, "{'papers': ['identity papers']}");
    then_refused(stage, CONFLICT, "papers[0]", "handed in already");
    stage_free(&stage);
}

static void test_an_office_may_want_other_papers_or_none(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    stage_sender(stage, OFFICE, INTAKE_HEAD);
    when(stage, "checklist set", OFFICE, "{'kind': 'labour-wages', 'papers': ['application', 'wage records']}");
    then_event(stage, 0, "checklist changed");
    stage_sender(stage, OFFICE, INTAKE_CLERK);
    with_papers(stage, 3);
    const Intake__Registered *event = then_event(stage, 0, "application registered");
    assert_int_equal(event->n_missing, 1);
    assert_string_equal(event->missing[0], "wage records");

    stage_sender(stage, OFFICE, INTAKE_HEAD);
    when(stage, "checklist set", OFFICE, "{'kind': 'labour-wages'}");
    const Intake__Checklist *told = when_asked(stage, "checklist show", OFFICE, "{'kind': 'labour-wages'}");
    assert_int_equal(told->n_papers, 0);
    assert_true(told->own);
    told = when_asked(stage, "checklist show", OFFICE, "{'kind': 'family'}");
    assert_int_equal(told->n_papers, 3);
    assert_true(told->unverified);
    stage_sender(stage, OFFICE, INTAKE_CLERK);
    intake_registered(stage, intake_application(stage, 700, 1));
    then_event_count(stage, 1);
    stage_free(&stage);
}

static void test_a_clerk_may_ask_once_for_a_paper_that_no_list_names(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = with_papers(stage, 3);

    (void)state;
    when(stage, "application ask", id, "{'papers': ['application']}");
    then_refused(stage, CONFLICT, "papers[0]", "handed in already");
    when(stage, "application ask", id, "{'papers': ['photographs', 'photographs']}");
    then_refused(stage, INVALID, "papers[1]", "twice");
    when(stage, "application ask", id, "{'papers': ['photographs']}");
    then_event(stage, 0, "papers asked");
    assert_int_equal(intake_row(stage, id)->missing, 1);
    when(stage, "application ask", id, "{'papers': ['a map']}");
    then_refused(stage, CONFLICT, "papers", "asked for once");
    stage_free(&stage);
}

/* ---- the office decides ---------------------------------------------------------------------------------------- */

static void test_what_is_accepted_carries_the_whole_dispute(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_represented(stage, 12, 2);

    (void)state;
    body->dispute->parties[body->dispute->n_parties++] =
        intake_party(stage, INTAKE__PARTY_ROLE__PARTY_ROLE_JOINTLY_LIABLE, "Shennan Builders");
    const uint64_t id = intake_registered(stage, body);
    when(stage, "application accept", id, "{}");
    const Intake__Accepted *accepted = then_event(stage, 0, "application accepted");
    const Intake__Dispute *dispute = accepted->dispute;
    assert_int_equal(accepted->office, OFFICE);
    assert_int_equal(accepted->number, 1);
    assert_int_equal(dispute->n_claims, 12);
    assert_int_equal(dispute->claims[11]->amount_fen, 1000011);
    assert_int_equal(dispute->claims[11]->worker->person, 111);
    assert_memory_equal(dispute->claims[11]->worker->name->sealed.data, "sealed name", 11);
    assert_true(dispute->claims[1]->representative);
    assert_false(dispute->claims[2]->representative);
    assert_string_equal(dispute->parties[1]->name, "Shennan Builders");
    assert_memory_equal(dispute->summary->sealed.data, "sealed summary", 14);
    assert_int_equal(dispute->summary->subject, 12);
    assert_string_equal(dispute->language, "sichuan");
    assert_int_equal(dispute->n_papers, 3);
    assert_int_equal(clock_of(stage, id, ACCEPT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    when(stage, "application accept", id, "{}");
    then_refused(stage, CONFLICT, "state", "accepted");
    stage_free(&stage);
}

static void test_a_refusal_has_a_known_ground_and_is_told_in_writing(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = with_papers(stage, 1);

    (void)state;
    when(stage, "application refuse", id, "{'ground': 'no time', 'in_writing': true}");
    then_refused(stage, INVALID, "ground", "not-competent");
    when(stage, "application refuse", id, "{'ground': 'papers-missing'}");
    then_refused(stage, INVALID, "in_writing", "in writing");
    when(stage, "application refuse", id, "{'ground': 'papers-missing', 'in_writing': true}");
    assert_string_equal(intake_row(stage, id)->state, "refused");
    assert_string_equal(intake_row(stage, id)->ground, "papers-missing");
    assert_int_equal(clock_of(stage, id, SUPPLEMENT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    when(stage, "application accept", id, "{}");
    then_refused(stage, CONFLICT, "state", "refused");
    stage_free(&stage);
}

static void test_another_offices_application_stays_closed_to_us(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = intake_registered(stage, intake_application(stage, 100, 1));

    (void)state;
    stage_sender(stage, OTHER_OFFICE, INTAKE_CLERK);
    when(stage, "application accept", id, "{}");
    then_refused(stage, FORBIDDEN, "target", "another office");
    assert_null(when_asked(stage, "application show", id, "{}"));
    then_refused(stage, FORBIDDEN, "target", "another office");
    stage_sender(stage, OTHER_OFFICE, INTAKE_SUPERVISOR);
    stage_context(stage)->place = 440300;
    assert_non_null(when_asked(stage, "application show", id, "{}"));
    stage_context(stage)->place = 110100;
    assert_null(when_asked(stage, "application show", id, "{}"));
    stage_sender(stage, OFFICE, INTAKE_CLERK);
    when(stage, "application accept", id + PARTITIONS_MAX, "{}");
    then_refused(stage, UNKNOWN, "target", "application list");
    stage_free(&stage);
}

static void test_an_accepted_referral_becomes_an_application(void **state)
{
    struct stage *stage = office_stage();
    Referral__Accepted accepted = REFERRAL__ACCEPTED__INIT;

    (void)state;
    accepted.office = OFFICE;
    accepted.dispute = intake_application(stage, 100, 12)->dispute;
    when_follows(stage, "referral", "referral accepted", 3333, &accepted);
    const Intake__Registered *event = then_event(stage, 0, "application registered");
    assert_int_equal(event->referral, 3333);
    const uint64_t id = then_about(stage);
    when(stage, "application accept", id, "{}");
    const Intake__Accepted *next = then_event(stage, 0, "application accepted");
    assert_int_equal(next->referral, 3333);
    stage_free(&stage);
}

static void test_the_office_being_late_changes_nothing_but_is_noted(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = intake_registered(stage, intake_application(stage, 100, 1));

    (void)state;
    when_clock_fires(stage, id, ACCEPT_CLOCK);
    then_event(stage, 0, "application overdue");
    assert_int_equal(clock_of(stage, id, ACCEPT_CLOCK)->state, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);
    assert_string_equal(intake_row(stage, id)->state, "registered");
    when_clock_fires(stage, id, ACCEPT_CLOCK);
    then_refused(stage, CONFLICT, "ordinal", "does not run");
    when(stage, "application accept", id, "{}");
    then_event(stage, 0, "application accepted");
    stage_free(&stage);
}

/* ---- questions ------------------------------------------------------------------------------------------------- */

static void test_show_tells_state_papers_and_what_may_be_done(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t id = with_papers(stage, 2);

    (void)state;
    const Intake__Shown *shown = when_asked(stage, "application show", id, "{}");
    assert_non_null(shown);
    assert_string_equal(shown->application->state, "supplementing");
    assert_int_equal(shown->application->claimed_fen, 2000001);
    assert_int_equal(shown->n_papers, 3);
    assert_false(shown->papers[1]->missing);
    assert_true(shown->papers[2]->missing);
    assert_int_equal(shown->dispute->n_papers, 2);
    assert_non_null(strstr(shown->allowed, "application supplement"));
    stage_free(&stage);
}

static void test_the_list_goes_by_pages_and_shows_one_office(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    for (uint64_t i = 0; i < 3; i++)
        intake_registered(stage, intake_application(stage, 100 + i, 1));
    const Intake__Listed *first = when_asked(stage, "application list", OFFICE, "{'limit': 2}");
    assert_int_equal(first->n_applications, 2);
    const char *next = text_print(stage_arena(stage), "{'limit': 2, 'after': %llu}", (unsigned long long)first->after);
    const Intake__Listed *second = when_asked(stage, "application list", OFFICE, next);
    assert_int_equal(second->n_applications, 1);
    assert_int_equal(second->applications[0]->number, 3);
    assert_int_equal(second->after, 0);
    assert_null(when_asked(stage, "application list", OTHER_OFFICE, "{}"));
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_missing_papers_are_said_at_once_and_once),
        cmocka_unit_test(test_the_clock_of_the_office_stops_while_papers_are_missing_and_runs_anew_when_they_came),
        cmocka_unit_test(test_an_application_is_not_accepted_while_papers_are_missing),
        cmocka_unit_test(test_an_office_may_want_other_papers_or_none),
        cmocka_unit_test(test_a_clerk_may_ask_once_for_a_paper_that_no_list_names),
        cmocka_unit_test(test_what_is_accepted_carries_the_whole_dispute),
        cmocka_unit_test(test_a_refusal_has_a_known_ground_and_is_told_in_writing),
        cmocka_unit_test(test_another_offices_application_stays_closed_to_us),
        cmocka_unit_test(test_an_accepted_referral_becomes_an_application),
        cmocka_unit_test(test_the_office_being_late_changes_nothing_but_is_noted),
        cmocka_unit_test(test_show_tells_state_papers_and_what_may_be_done),
        cmocka_unit_test(test_the_list_goes_by_pages_and_shows_one_office),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
