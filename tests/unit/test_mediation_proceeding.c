/* SPDX-License-Identifier: Apache-2.0
 *
 * Procedures of other bodies that are followed beside a case, and steps that have no command of their own.
 * The story's today is 8 May 2026.
 */
#include "proto/proceeding.pb-c.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>
#include <string.h>

enum { ANSWER_CLOCK = 1001000 };

/* An office that is asked and answers within ten days, or is not competent at once. */
static const char ENQUIRY[] =
    "{'name': 'Enquiry', 'kind': 'enquiry', 'valid_from': '2011-01-01',"
    " 'states': [{'name': 'asked', 'text': 'asked'}, {'name': 'answered', 'text': 'answered', 'final': true},"
    "            {'name': 'misdirected', 'text': 'not competent', 'final': true}],"
    " 'steps': [{'name': 'office ask', 'from': [''], 'to': 'asked', 'may': ['clerk'], 'starts': ['answer'],"
    "            'papers': ['letter'], 'needs': ['receipt'], 'article': 'rule 1'},"
    "           {'name': 'office misdirect', 'from': [''], 'to': 'misdirected', 'may': ['clerk'], 'article': 'rule 2'},"
    "           {'name': 'office answer', 'from': ['asked'], 'to': 'answered', 'may': ['clerk'], 'stops': ['answer'],"
    "            'article': 'rule 3'}],"
    " 'clocks': [{'name': 'answer', 'number': 1, 'amount': 10, 'unit': 'days', 'start': 'receipt', 'event': 'receipt',"
    "             'effect': 'duty', 'expiry_text': 'the office is late', 'article': 'rule 4'}]}";

/* Whoever is silent for ten days is taken to refuse, and the year of the claim begins anew. */
static const char SILENCE[] =
    "{'name': 'Request', 'kind': 'request', 'valid_from': '2011-01-01',"
    " 'states': [{'name': 'asked', 'text': 'asked'}, {'name': 'refused', 'text': 'refused', 'final': true}],"
    " 'steps': [{'name': 'ask', 'from': [''], 'to': 'asked', 'may': ['clerk'], 'starts': ['answer', 'year'],"
    "            'needs': ['receipt', 'knowledge'], 'article': 'rule 1'},"
    "           {'name': 'silence', 'from': ['asked'], 'to': 'refused', 'interrupts': ['year'], 'leaves': ['year'],"
    "            'article': 'rule 2'}],"
    " 'clocks': [{'name': 'answer', 'number': 1, 'amount': 10, 'unit': 'days', 'start': 'receipt', 'event': 'receipt',"
    "             'effect': 'deem', 'expiry_step': 'silence', 'expiry_text': 'refused', 'article': 'rule 3'},"
    "            {'name': 'year', 'number': 2, 'amount': 1, 'unit': 'years', 'start': 'knowledge', 'event': "
    "'knowledge',"
    "             'effect': 'bar', 'expiry_text': 'barred', 'article': 'rule 4'}]}";

/* A court names the day by which something is to be brought; who brings nothing has withdrawn. */
static const char ORDER[] =
    "{'name': 'Order', 'kind': 'order', 'valid_from': '2011-01-01',"
    " 'states': [{'name': 'ordered', 'text': 'ordered'}, {'name': 'withdrawn', 'text': 'withdrawn', 'final': true}],"
    " 'steps': [{'name': 'order', 'from': [''], 'to': 'ordered', 'may': ['clerk'], 'starts': ['bring'],"
    "            'article': 'rule 1'},"
    "           {'name': 'lapse', 'from': ['ordered'], 'to': 'withdrawn', 'article': 'rule 2'}],"
    " 'clocks': [{'name': 'bring', 'number': 1, 'unit': 'agreed', 'start': 'the day of the order', 'effect': 'deem',"
    "             'expiry_step': 'lapse', 'expiry_text': 'withdrawn', 'article': 'rule 3'}]}";

/* 7 May 2026. */
#define ASK "{'kind': 'enquiry', 'step': 'office ask', 'papers': ['letter'], 'receipt_day': 20580}"

static struct stage *asked(uint64_t *id)
{
    struct stage *stage = story_new();
    given_procedure(stage, ENQUIRY);
    *id = story_mediating(stage);
    as_clerk(stage);
    assert_int_equal(when(stage, "proceeding open", *id, ASK), OK);
    return stage;
}

static const MediationRows__Proceeding *the_first(struct stage *stage, uint64_t id)
{
    return then_row(stage, &PROCEEDING, id, 1);
}

static void test_it_runs_beside_the_case_with_a_time_limit_of_its_own(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, ANSWER_CLOCK);

    assert_string_equal(the_first(stage, id)->state, "asked");
    assert_string_equal(the_case(stage, id)->state, "mediating");
    assert_int_equal(clock->last_day, on("2026-05-17"));
    assert_int_equal(when(stage, "case step", id, "{'proceeding': 1, 'step': 'office answer'}"), OK);
    assert_string_equal(the_first(stage, id)->state, "answered");
    assert_true(the_first(stage, id)->over);
    clock = then_row(stage, &CLOCK, id, ANSWER_CLOCK);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    stage_free(&stage);
}

static void test_its_end_leaves_the_cases_own_limits_running(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    when(stage, "case step", id, "{'proceeding': 1, 'step': 'office answer'}");
    const Mediation__ClockList *list = when_asked(stage, "case clocks", id, "{}");
    size_t running = 0;
    for (size_t i = 0; i < list->n_clocks; i++)
        running += list->clocks[i]->proceeding == 0 && strcmp(list->clocks[i]->state, "running") == 0;
    assert_true(running > 0);
    stage_free(&stage);
}

static void test_a_limit_of_it_that_runs_out_changes_nothing_of_the_case(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    stage_at(stage, "2026-05-18T00:01:00+08:00");
    assert_int_equal(when_clock_fires(stage, id, ANSWER_CLOCK), OK);
    const Mediation__LimitPassed *passed = then_event(stage, 0, "limit passed");
    assert_int_equal(passed->proceeding, 1);
    assert_string_equal(the_case(stage, id)->state, "mediating");
    assert_string_equal(the_first(stage, id)->state, "asked");
    stage_free(&stage);
}

static void test_what_a_limit_that_runs_out_lets_begin_anew_is_counted_from_then(void **state)
{
    (void)state;
    enum { YEAR_CLOCK = 1002000 };
    struct stage *stage = story_new();
    given_procedure(stage, SILENCE);
    uint64_t id = story_mediating(stage);
    as_clerk(stage);
    assert_int_equal(when(stage, "proceeding open", id,
                          "{'kind': 'request', 'step': 'ask', 'receipt_day': 20580, 'knowledge_day': 20500}"),
                     OK);
    assert_int_equal(((const Store__Clock *)then_row(stage, &CLOCK, id, YEAR_CLOCK))->last_day, on("2027-02-16"));
    stage_at(stage, "2026-05-18T00:01:00+08:00");
    assert_int_equal(when_clock_fires(stage, id, ANSWER_CLOCK), OK);
    const Store__Clock *year = then_row(stage, &CLOCK, id, YEAR_CLOCK);
    assert_int_equal(year->last_day, on("2027-05-18"));
    assert_int_equal(year->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    stage_free(&stage);
}

static void test_a_day_that_somebody_sets_is_asked_for_and_holds(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    given_procedure(stage, ORDER);
    uint64_t id = story_mediating(stage);
    as_clerk(stage);
    when(stage, "proceeding open", id, "{'kind': 'order', 'step': 'order'}");
    then_refused(stage, INVALID, "until_day", "'bring'");
    then_nothing_changed(stage);
    assert_int_equal(when(stage, "proceeding open", id,
                          body(stage, "{'kind': 'order', 'step': 'order', 'until_day': %d}", on("2026-05-20"))),
                     OK);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, ANSWER_CLOCK);
    assert_int_equal(clock->last_day, on("2026-05-20"));
    assert_true(clock->fire_at > clock->due_at);
    stage_free(&stage);
}

static void test_one_that_is_over_with_its_first_step_is_kept(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    assert_int_equal(when(stage, "proceeding open", id, "{'kind': 'enquiry', 'step': 'office misdirect'}"), OK);
    const MediationRows__Proceeding *second = then_row(stage, &PROCEEDING, id, 2);
    assert_string_equal(second->state, "misdirected");
    assert_true(second->over);
    assert_string_equal(the_first(stage, id)->state, "asked");
    stage_free(&stage);
}

static void test_papers_and_moments_are_asked_for(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    when(stage, "proceeding open", id, "{'kind': 'enquiry', 'step': 'office ask', 'receipt_day': 20580}");
    then_refused(stage, CONFLICT, "papers", "papers are missing: letter");
    when(stage, "proceeding open", id, "{'kind': 'enquiry', 'step': 'office ask', 'papers': ['letter']}");
    then_refused(stage, INVALID, "receipt_day", "receipt_day");
    then_nothing_changed(stage);
    when(stage, "proceeding open", id, "{'kind': 'prayer', 'step': 'pray'}");
    then_refused(stage, UNKNOWN, "kind", "enquiry");
    stage_free(&stage);
}

static void test_days_that_no_calendar_has_are_refused_by_name(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);
    Proceeding__Step step = PROCEEDING__STEP__INIT;

    step.kind = "enquiry";
    step.step = "office ask";
    step.receipt_day = INT32_MAX;
    when_body(stage, "proceeding open", id, &step);
    then_refused(stage, INVALID, "receipt_day", "after 2127");
    step.receipt_day = on("2026-05-09");
    when_body(stage, "proceeding open", id, &step);
    then_refused(stage, INVALID, "receipt_day", "lies not in the future");
    step.receipt_day = 0;
    step.until_day = -1;
    when_body(stage, "proceeding open", id, &step);
    then_refused(stage, INVALID, "until_day", "before 1970");
    step.until_day = 0;
    step.event_day = on("2026-05-09");
    when_body(stage, "proceeding open", id, &step);
    then_refused(stage, INVALID, "event_day", "not before");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_the_end_of_the_case_and_what_has_a_command_go_their_own_way(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    when(stage, "case step", id, "{'step': 'session open'}");
    then_refused(stage, INVALID, "step", "has a command of its own");
    when(stage, "case step", id, "{'step': 'case refuse'}");
    then_refused(stage, INVALID, "step", "ends the case");
    when(stage, "case step", id, "{'proceeding': 7, 'step': 'office answer'}");
    then_refused(stage, UNKNOWN, "proceeding", "no such proceeding");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_another_offices_clerk_takes_no_step(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    stage_sender(stage, OFFICE + 1, CLERK);
    when(stage, "case step", id, "{'proceeding': 1, 'step': 'office answer'}");
    then_refused(stage, FORBIDDEN, "target", "another office");
    then_nothing_changed(stage);
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_runs_beside_the_case_with_a_time_limit_of_its_own),
        cmocka_unit_test(test_its_end_leaves_the_cases_own_limits_running),
        cmocka_unit_test(test_a_limit_of_it_that_runs_out_changes_nothing_of_the_case),
        cmocka_unit_test(test_what_a_limit_that_runs_out_lets_begin_anew_is_counted_from_then),
        cmocka_unit_test(test_a_day_that_somebody_sets_is_asked_for_and_holds),
        cmocka_unit_test(test_one_that_is_over_with_its_first_step_is_kept),
        cmocka_unit_test(test_papers_and_moments_are_asked_for),
        cmocka_unit_test(test_days_that_no_calendar_has_are_refused_by_name),
        cmocka_unit_test(test_the_end_of_the_case_and_what_has_a_command_go_their_own_way),
        cmocka_unit_test(test_another_offices_clerk_takes_no_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
