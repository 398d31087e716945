/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing a route to enforcement for a case's agreement: what its rows say, what is asked for, what is refused.
 *
 * The story's agreement is sealed on 8 May 2026; its instalments are due on 31 May, 30 June and 31 July.
 */
#include "proto/route.pb-c.h"
#include "services/mediation/enforcement.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>
#include <string.h>

enum { CONFIRMATION = 1, ROUTE_CLOCKS = 5000 };

#define FAVOURABLE                                                                                                     \
    "'presided': 'peoples_committee', 'payment_only': 'yes', 'both_apply': 'yes', 'respondent_identified': 'yes'"
#define CHOOSE_CONFIRMATION "{'route': 'judicial-confirmation', " FAVOURABLE "}"

static const Route__Line *listed(struct stage *stage, uint64_t id, const char *json, const char *name)
{
    const Route__Plan *plan = when_asked(stage, "route list", id, json);

    assert_non_null(plan);
    for (size_t i = 0; i < plan->n_routes; i++)
        if (strcmp(plan->routes[i]->name, name) == 0)
            return plan->routes[i];
    fail_msg("%s is not listed", name);
    return NULL;
}

static void test_the_list_fills_from_the_case_what_its_rows_say(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    const Route__Plan *plan = when_asked(stage, "route list", id, "{}");
    assert_int_equal(plan->n_routes, 10);
    assert_int_equal(plan->on_day, on("2026-05-08"));
    assert_int_equal(plan->effect_at, the_case(stage, id)->effect_at);

    /* 7 June is a Sunday. */
    assert_int_equal(listed(stage, id, "{" FAVOURABLE "}", "judicial-confirmation")->state,
                     ROUTE__STATE__STATE_OPEN_UNTIL);
    assert_int_equal(listed(stage, id, "{" FAVOURABLE "}", "judicial-confirmation")->until_day, on("2026-06-08"));
    assert_int_equal(listed(stage, id, "{}", "payment-order")->state, ROUTE__STATE__STATE_NOT_YET);
    assert_int_equal(listed(stage, id, "{}", "payment-order")->opens_day, on("2026-06-01"));
    assert_int_equal(listed(stage, id, "{}", "enforcement")->state, ROUTE__STATE__STATE_CLOSED);
    stage_free(&stage);
}

static void test_one_route_can_be_asked_for_by_its_name(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);
    const Route__Plan *plan = when_asked(stage, "route list", id, "{'route': 'arbitration'}");

    assert_int_equal(plan->n_routes, 1);
    assert_string_equal(plan->routes[0]->name, "arbitration");
    assert_null(when_asked(stage, "route list", id, "{'route': 'prayer'}"));
    then_refused(stage, UNKNOWN, "route", "no route has this name");
    stage_free(&stage);
}

static void test_a_party_with_a_name_only_is_asked_about_and_one_without_is_not_identified(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);
    const char *said = "{'presided': 'peoples_committee', 'payment_only': 'yes', 'both_apply': 'yes'}";
    const char *party = "{'case_id': %llu, 'ordinal': 2, 'role': 'jointly_liable', 'bound': true%s}";

    assert_string_equal(listed(stage, id, said, "judicial-confirmation")->needs[0]->fact, "respondent_identified");
    given(stage, &PARTY, body(stage, party, (unsigned long long)id, ", 'credit_code': '91350100M000100Y43'"));
    assert_int_equal(listed(stage, id, said, "judicial-confirmation")->state, ROUTE__STATE__STATE_OPEN_UNTIL);
    given(stage, &PARTY, body(stage, party, (unsigned long long)id, ", 'phone': '13010000100'"));
    assert_string_equal(listed(stage, id, said, "judicial-confirmation")->reason, "the respondent is not identified");
    stage_free(&stage);
}

static void test_before_the_seal_nothing_that_is_drafted_counts(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    assert_int_equal(listed(stage, id, "{" FAVOURABLE "}", "judicial-confirmation")->state, ROUTE__STATE__STATE_CLOSED);
    assert_int_equal(listed(stage, id, "{}", "wage-payment-order")->state, ROUTE__STATE__STATE_NEEDS);
    assert_int_equal(listed(stage, id, "{'breach': 'no'}", "wage-payment-order")->state, ROUTE__STATE__STATE_CLOSED);
    as_clerk(stage);
    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    then_refused(stage, CONFLICT, "state", "route choose");
    stage_free(&stage);
}

static void test_choosing_starts_the_routes_own_clock_and_shows_on_the_page(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    const Route__Chosen *chosen = then_event(stage, 0, "route chosen");
    assert_string_equal(chosen->facts->route, "judicial-confirmation");
    assert_int_equal(chosen->facts->both_apply, FACT_YES);
    assert_int_equal(chosen->n_papers, 5);
    assert_int_equal(chosen->step->n_starts, 1);
    assert_string_equal(chosen->step->article, "CPL 205; PML 33");

    const Store__Clock *clock = then_row(stage, &CLOCK, id, ROUTE_CLOCKS + CONFIRMATION);
    assert_int_equal(clock->last_day, on("2026-06-08"));
    assert_string_equal(clock->article, "CPL 205; PML 33");
    assert_string_equal(clock->effect, "bar");
    assert_true(clock->unverified && clock->provisional);

    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");
    assert_int_equal(page->n_routes, 1);
    assert_string_equal(page->routes[0]->name, "judicial-confirmation");
    assert_int_equal(page->routes[0]->until_day, on("2026-06-08"));
    assert_true(page->routes[0]->unverified && page->unverified);
    assert_true(listed(stage, id, "{}", "judicial-confirmation")->chosen_at != 0);
    stage_free(&stage);
}

static void test_a_route_is_chosen_again_only_when_it_came_to_nothing(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    assert_false(((const Route__Chosen *)then_event(stage, 0, "route chosen"))->again);
    stage_at(stage, "2026-05-20T12:00:00+08:00");
    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    then_refused(stage, CONFLICT, "route", "chosen on 2026-05-08");
    then_nothing_changed(stage);
    when(stage, "route choose", id, "{'route': 'judicial-confirmation', 'title': 'no', " FAVOURABLE "}");
    assert_true(((const Route__Chosen *)then_event(stage, 0, "route chosen"))->again);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, ROUTE_CLOCKS + CONFIRMATION);
    assert_int_equal(clock->generation, 2);
    assert_int_equal(clock->last_day, on("2026-06-08"));
    assert_int_equal(((const MediationRows__Route *)then_row(stage, &ROUTE, id, CONFIRMATION))->chosen_at,
                     stage_context(stage)->now);
    stage_free(&stage);
}

static void test_what_came_of_the_first_route_is_asked_for_before_the_next(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    when(stage, "route choose", id, "{'route': 'arbitration-review', " FAVOURABLE "}");
    then_refused(stage, INVALID, "title", "a document in force");
    when(stage, "route choose", id, "{'route': 'arbitration-review', 'title': 'yes', " FAVOURABLE "}");
    then_refused(stage, CONFLICT, "route", "a document already");
    when(stage, "route choose", id, "{'route': 'arbitration-review', 'title': 'no', " FAVOURABLE "}");
    then_event(stage, 0, "route chosen");
    assert_int_equal(((const Mediation__CasePage *)when_asked(stage, "case show", id, "{}"))->n_routes, 2);
    stage_free(&stage);
}

static void test_a_complaint_to_the_inspection_leads_to_no_document_and_stops_no_other_route(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, "{'route': 'labour-inspection'}");
    const Route__Chosen *chosen = then_event(stage, 0, "route chosen");
    assert_int_equal(chosen->until_day, 0);
    assert_int_equal(chosen->step->n_starts, 0);
    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    then_event(stage, 0, "route chosen");
    stage_free(&stage);
}

static void test_what_is_closed_late_unsaid_or_not_yet_is_refused_with_article_and_remedy(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, "{'route': 'judicial-confirmation', 'presided': 'enterprise_committee'}");
    then_refused(stage, CONFLICT, "route", "Labour Interpretation (I) 52");
    when(stage, "route choose", id, "{'route': 'judicial-confirmation', 'presided': 'peoples_committee'}");
    then_refused(stage, INVALID, "respondent_identified", "answer it with --respondent_identified");
    when(stage, "route choose", id, "{'route': 'payment-order', 'deliverable': 'yes'}");
    then_refused(stage, CONFLICT, "route", "at the earliest on 2026-06-01");
    when(stage, "route choose", id, "{}");
    then_refused(stage, UNKNOWN, "route", "route list");
    stage_at(stage, "2026-06-09T00:00:00+08:00");
    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    then_refused(stage, BARRED, "route", "the last day to ask for it was 2026-06-08");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_the_last_minute_of_the_last_day_is_in_time(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    stage_at(stage, "2026-06-08T23:59:59+08:00");
    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    then_event(stage, 0, "route chosen");
    stage_free(&stage);
}

static void test_a_default_opens_the_payment_order_and_it_is_chosen_in_default(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    stage_at(stage, "2026-06-01T00:01:00+08:00");
    when_clock_fires(stage, id, 4001);
    then_event(stage, 0, "instalment default");
    as_clerk(stage);
    when(stage, "route choose", id,
         "{'route': 'payment-order', 'deliverable': 'yes', 'counter_duty': 'no', 'preservation': 'no'}");
    const Route__Chosen *chosen = then_event(stage, 0, "route chosen");
    assert_non_null(strstr(chosen->fails, "Labour Interpretation (I) 13"));
    stage_free(&stage);
}

static void test_a_routes_clock_that_runs_out_is_a_limit_that_passed(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    stage_at(stage, "2026-06-09T00:01:00+08:00");
    when_clock_fires(stage, id, ROUTE_CLOCKS + CONFIRMATION);
    const Mediation__LimitPassed *passed = then_event(stage, 0, "limit passed");
    assert_string_equal(passed->article, "CPL 205; PML 33");
    stage_free(&stage);
}

static void test_of_a_case_that_has_ended_nothing_is_chosen_and_its_routes_can_still_be_read(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    stage_at(stage, "2026-06-01T00:01:00+08:00");
    when_clock_fires(stage, id, 4001);
    as_clerk(stage);
    when(stage, "case end", id, "{}");
    then_event(stage, 1, "case closed");
    when(stage, "route choose", id, "{'route': 'labour-inspection'}");
    then_refused(stage, CONFLICT, "state", "ended");
    assert_int_equal(listed(stage, id, "{}", "labour-inspection")->state, ROUTE__STATE__STATE_OPEN);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, ROUTE_CLOCKS + CONFIRMATION);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    stage_free(&stage);
}

static void test_another_offices_clerk_neither_reads_nor_chooses(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    stage_sender(stage, OFFICE + 1, CLERK);
    when(stage, "route choose", id, CHOOSE_CONFIRMATION);
    then_refused(stage, FORBIDDEN, "target", "another office's case");
    assert_null(when_asked(stage, "route list", id, "{}"));
    then_refused(stage, FORBIDDEN, "target", "another office's case");
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_list_fills_from_the_case_what_its_rows_say),
        cmocka_unit_test(test_one_route_can_be_asked_for_by_its_name),
        cmocka_unit_test(test_a_party_with_a_name_only_is_asked_about_and_one_without_is_not_identified),
        cmocka_unit_test(test_before_the_seal_nothing_that_is_drafted_counts),
        cmocka_unit_test(test_choosing_starts_the_routes_own_clock_and_shows_on_the_page),
        cmocka_unit_test(test_a_route_is_chosen_again_only_when_it_came_to_nothing),
        cmocka_unit_test(test_what_came_of_the_first_route_is_asked_for_before_the_next),
        cmocka_unit_test(test_a_complaint_to_the_inspection_leads_to_no_document_and_stops_no_other_route),
        cmocka_unit_test(test_what_is_closed_late_unsaid_or_not_yet_is_refused_with_article_and_remedy),
        cmocka_unit_test(test_the_last_minute_of_the_last_day_is_in_time),
        cmocka_unit_test(test_a_default_opens_the_payment_order_and_it_is_chosen_in_default),
        cmocka_unit_test(test_a_routes_clock_that_runs_out_is_a_limit_that_passed),
        cmocka_unit_test(test_of_a_case_that_has_ended_nothing_is_chosen_and_its_routes_can_still_be_read),
        cmocka_unit_test(test_another_offices_clerk_neither_reads_nor_chooses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
