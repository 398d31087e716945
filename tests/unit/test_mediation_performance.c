/* SPDX-License-Identifier: Apache-2.0
 *
 * Performance: instalments paid, late, cured; what was received in time is no default; the case's end and its page.
 */
#include "common/base/instant.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>

enum { FIRST = 366666, LAST = 366668 };

static int64_t at(const char *instant)
{
    struct refusal refusal = {0};
    int64_t result = 0;

    assert_int_equal(instant_parse(instant, "instant", &result, &refusal), OK);
    return result;
}

static enum status pay(struct stage *stage, uint64_t id, uint32_t ordinal, int64_t amount_fen, const char *received_at)
{
    return when(stage, "instalment paid", id,
                body(stage, "{'ordinal': %u, 'amount_fen': %lld, 'received_at': %lld}", ordinal, (long long)amount_fen,
                     received_at ? (long long)at(received_at) : 0LL));
}

static void test_an_instalment_paid_in_time_stops_its_clock(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    stage_at(stage, "2026-05-30T10:00:00+08:00");
    pay(stage, id, 1, FIRST, NULL);

    then_event_count(stage, 1);
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 4001);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(the_case(stage, id)->paid_fen, FIRST);
    pay(stage, id, 1, 1, NULL);
    then_refused(stage, CONFLICT, "ordinal", "paid already");
    stage_free(&stage);
}

static void test_a_part_payment_leaves_the_clock_running(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    pay(stage, id, 1, 100000, NULL);

    then_event(stage, 0, "instalment paid");
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_DUE);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 4001);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    stage_free(&stage);
}

static void test_overpayment_is_refused_with_what_is_open(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    pay(stage, id, 1, FIRST + 1, NULL);
    then_refused(stage, INVALID, "amount_fen", "3,666.67 yuan is more than the 3,666.66 that are open");
    assert_int_equal(pay(stage, id, 1, 0, NULL), INVALID);
    assert_int_equal(pay(stage, id, 1, -5, NULL), INVALID);
    assert_int_equal(when(stage, "instalment paid", id, "{'ordinal': 1, 'amount_fen': '9007199254740993'}"), INVALID);
    pay(stage, id, 4, 1, NULL);
    then_refused(stage, UNKNOWN, "ordinal", "no such instalment");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_a_payment_is_neither_of_the_future_nor_from_before_the_agreement(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    pay(stage, id, 1, FIRST, "2026-05-08T12:00:01+08:00");
    then_refused(stage, INVALID, "received_at", "still to come");
    pay(stage, id, 1, FIRST, "2026-05-07T23:59:59+08:00");
    then_refused(stage, INVALID, "received_at", "before the day of the agreement");
    pay(stage, id, 1, FIRST, "2026-05-08T00:00:00+08:00");
    then_event(stage, 0, "instalment paid");
    stage_free(&stage);
}

static void test_nothing_is_paid_before_the_agreement_has_effect(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    as_clerk(stage);
    pay(stage, id, 1, FIRST, NULL);
    then_refused(stage, CONFLICT, "target", "no agreement has effect");
    stage_free(&stage);
}

static void test_a_default_is_noticed_after_the_end_of_the_day_and_not_on_it(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 4001);

    assert_int_equal(clock->due_at, at("2026-06-01T00:00:00+08:00"));
    assert_true(clock->fire_at >= clock->due_at);
    when_clock_fires(stage, id, 4001);

    const Mediation__InstalmentDefault *missed = then_event(stage, 0, "instalment default");
    assert_int_equal(missed->open_fen, FIRST);
    assert_int_equal(missed->due_day, on("2026-05-31"));
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_OVERDUE);
    assert_string_equal(the_case(stage, id)->state, "in_default");
    assert_int_equal(the_case(stage, id)->overdue, 1);
    stage_free(&stage);
}

static void test_the_jointly_liable_contractor_cures_the_default_and_it_stays_late(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when_clock_fires(stage, id, 4001);
    stage_at(stage, "2026-06-05T09:00:00+08:00");
    when(stage, "instalment paid", id, body(stage, "{'ordinal': 1, 'amount_fen': %d, 'payer': 2}", FIRST));

    const Mediation__InstalmentPaid *paid = then_event(stage, 0, "instalment paid");
    then_event_count(stage, 1);
    assert_true(paid->by_joint_debtor);
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID_LATE);
    assert_string_equal(the_case(stage, id)->state, "agreed");
    assert_int_equal(the_case(stage, id)->overdue, 0);
    const MediationRows__Party *contractor = then_row(stage, &PARTY, id, 2);
    assert_int_equal(contractor->paid_fen, FIRST);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 4001);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);
    stage_free(&stage);
}

static void test_received_at_2359_and_recorded_after_midnight_is_no_default(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when_clock_fires(stage, id, 4001);
    stage_at(stage, "2026-06-01T08:00:00+08:00");
    pay(stage, id, 1, FIRST, "2026-05-31T23:59:00+08:00");

    then_event(stage, 0, "instalment paid");
    const Mediation__DefaultWithdrawn *withdrawn = then_event(stage, 1, "default withdrawn");
    assert_int_equal(withdrawn->ordinal, 1);
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID);
    assert_int_equal(the_case(stage, id)->overdue, 0);
    stage_free(&stage);
}

static void test_received_at_midnight_is_late_even_before_the_default_is_noticed(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    stage_at(stage, "2026-06-01T00:00:00+08:00");
    pay(stage, id, 1, FIRST, NULL);

    then_event_count(stage, 1);
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID_LATE);
    stage_free(&stage);
}

static void test_half_in_time_and_half_late_is_late(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    pay(stage, id, 1, 66666, NULL);
    when_clock_fires(stage, id, 4001);
    const Mediation__InstalmentDefault *missed = then_event(stage, 0, "instalment default");
    assert_int_equal(missed->open_fen, 300000);
    stage_at(stage, "2026-06-02T08:00:00+08:00");
    pay(stage, id, 1, 300000, NULL);
    then_event_count(stage, 1);
    assert_int_equal(the_instalment(stage, id, 1)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID_LATE);
    stage_free(&stage);
}

static void test_one_cured_default_leaves_the_other_in_default(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when_clock_fires(stage, id, 4001);
    when_clock_fires(stage, id, 4002);
    stage_at(stage, "2026-07-02T08:00:00+08:00");
    pay(stage, id, 1, FIRST, NULL);

    assert_string_equal(the_case(stage, id)->state, "in_default");
    assert_int_equal(the_case(stage, id)->overdue, 1);
    assert_int_equal(the_instalment(stage, id, 2)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_OVERDUE);
    stage_free(&stage);
}

static uint64_t performed(struct stage *stage)
{
    const uint64_t id = story_sealed(stage);

    pay(stage, id, 1, FIRST, NULL);
    pay(stage, id, 2, FIRST, NULL);
    pay(stage, id, 3, LAST, NULL);
    then_event(stage, 0, "instalment paid");
    return id;
}

static void test_a_case_closes_only_when_all_is_paid(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "case routes", id, "{}");
    pay(stage, id, 1, FIRST, NULL);
    when(stage, "case close", id, "{}");
    then_refused(stage, CONFLICT, "instalments", "not performed");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_a_case_closes_only_when_who_stays_outside_was_told_his_routes(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = performed(stage);

    when(stage, "case close", id, "{}");
    then_refused(stage, CONFLICT, "claims", "People's Mediation Law 26");
    when(stage, "case routes", id, "{'claims': [11]}");
    then_refused(stage, UNKNOWN, "claims[0]", "no such worker stays outside");
    when(stage, "case routes", id, "{'claims': [12]}");
    const Mediation__RoutesTold *told = then_event(stage, 0, "routes told");
    assert_int_equal(told->n_routes, 3);
    when(stage, "case close", id, "{}");

    const Mediation__Closed *closed = then_event(stage, 0, "case closed");
    assert_string_equal(closed->outcome, "performed");
    assert_int_equal(closed->agreed_fen, 11 * WAGE_FEN);
    assert_int_equal(closed->paid_fen, 11 * WAGE_FEN);
    assert_int_equal(closed->workers, 12);
    assert_int_equal(closed->agreed, 11);
    assert_int_equal(closed->outside, 1);
    assert_int_equal(closed->mediator, MEDIATOR);
    stage_free(&stage);
}

static void test_closing_ends_every_clock_that_still_runs(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = performed(stage);

    when(stage, "case routes", id, "{}");
    when(stage, "case close", id, "{}");
    then_event(stage, 0, "case closed");

    const Mediation__ClockList *list = when_asked(stage, "case clocks", id, "{}");
    assert_non_null(list);
    assert_int_equal(list->n_clocks, 5);
    for (size_t i = 0; i < list->n_clocks; i++)
        assert_string_not_equal(list->clocks[i]->state, "running");
    pay(stage, id, 3, 1, NULL);
    then_refused(stage, CONFLICT, "ordinal", "paid already");
    stage_free(&stage);
}

static void test_a_follow_up_is_recorded_while_money_is_open(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when(stage, "case follow", id, "{}");
    then_refused(stage, INVALID, "note", "empty");
    when(stage, "case follow", id, "{'note': {'sealed': 'AAECAw=='}}");
    then_event(stage, 0, "performance followed up");
    stage_free(&stage);
}

static void test_the_page_shows_amounts_clocks_articles_and_what_is_unverified(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    when_clock_fires(stage, id, 4001);
    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");

    assert_non_null(page);
    assert_string_equal(page->number, "440305-2026-000001");
    assert_int_equal(page->n_claims, WORKERS);
    assert_int_equal(page->claims[0]->worker->name->sealed.len, 4);
    assert_int_equal(page->claims[0]->worker->name->subject, 1001);
    assert_true(page->claims[11]->outside);
    assert_int_equal(page->claims[11]->agreed_fen, 0);
    assert_int_equal(page->agreement->n_instalments, 3);
    assert_int_equal(page->agreement->instalments[0]->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_OVERDUE);
    assert_true(page->unverified);
    const Mediation__PastLine *last = page->timeline[page->n_timeline - 1];
    assert_string_equal(last->event, "instalment default");
    assert_string_equal(last->article, "PML 31");
    assert_string_equal(page->timeline[0]->event, "case opened");
    stage_free(&stage);
}

static void test_the_page_is_for_the_office_and_for_whoever_supervises_its_place(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_opened(stage);

    stage_sender(stage, OFFICE + 1, CLERK);
    assert_null(when_asked(stage, "case show", id, "{}"));
    then_refused(stage, FORBIDDEN, "target", "another office's case");
    stage_sender(stage, OFFICE + 1, 1u << TIAOJIE__ROLE__ROLE_SUPERVISOR);
    stage_context(stage)->place = 440300;
    assert_non_null(when_asked(stage, "case show", id, "{}"));
    stage_context(stage)->place = 440400;
    assert_null(when_asked(stage, "case show", id, "{}"));
    stage_free(&stage);
}

static void test_an_office_lists_its_cases_by_pages_and_finds_one_by_its_application(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t first = story_opened(stage);
    const uint64_t second = story_opened(stage);

    const Mediation__CaseList *page = when_asked(stage, "case list", OFFICE, "{'limit': 1}");
    assert_int_equal(page->n_cases, 1);
    assert_int_equal(page->cases[0]->id, first);
    page = when_asked(stage, "case list", OFFICE, body(stage, "{'after': %llu}", (unsigned long long)page->next));
    assert_int_equal(page->n_cases, 1);
    assert_int_equal(page->cases[0]->id, second);
    assert_int_equal(page->next, 0);
    page = when_asked(stage, "case list", OFFICE, "{'application': 2051}");
    assert_int_equal(page->n_cases, 2);
    page = when_asked(stage, "case list", OFFICE, "{'application': 2052}");
    assert_int_equal(page->n_cases, 0);
    assert_null(when_asked(stage, "case list", OFFICE + 8, "{}"));
    then_refused(stage, FORBIDDEN, "target", "another office's cases");
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_instalment_paid_in_time_stops_its_clock),
        cmocka_unit_test(test_a_part_payment_leaves_the_clock_running),
        cmocka_unit_test(test_overpayment_is_refused_with_what_is_open),
        cmocka_unit_test(test_a_payment_is_neither_of_the_future_nor_from_before_the_agreement),
        cmocka_unit_test(test_nothing_is_paid_before_the_agreement_has_effect),
        cmocka_unit_test(test_a_default_is_noticed_after_the_end_of_the_day_and_not_on_it),
        cmocka_unit_test(test_the_jointly_liable_contractor_cures_the_default_and_it_stays_late),
        cmocka_unit_test(test_received_at_2359_and_recorded_after_midnight_is_no_default),
        cmocka_unit_test(test_received_at_midnight_is_late_even_before_the_default_is_noticed),
        cmocka_unit_test(test_half_in_time_and_half_late_is_late),
        cmocka_unit_test(test_one_cured_default_leaves_the_other_in_default),
        cmocka_unit_test(test_a_case_closes_only_when_all_is_paid),
        cmocka_unit_test(test_a_case_closes_only_when_who_stays_outside_was_told_his_routes),
        cmocka_unit_test(test_closing_ends_every_clock_that_still_runs),
        cmocka_unit_test(test_a_follow_up_is_recorded_while_money_is_open),
        cmocka_unit_test(test_the_page_shows_amounts_clocks_articles_and_what_is_unverified),
        cmocka_unit_test(test_the_page_is_for_the_office_and_for_whoever_supervises_its_place),
        cmocka_unit_test(test_an_office_lists_its_cases_by_pages_and_finds_one_by_its_application),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
