/* SPDX-License-Identifier: Apache-2.0
 *
 * Economic compensation and the costs of a court: half months, ceiling and floor, fees by steps.
 */
#include "tests/unit/claims.h"

#include <string.h>

/* Beijing: average 188,413 a year in 2023, 15,701.08 a month; minimum wage 2,420 from 2023-09-01. */
static void given_beijing(struct claims *claims)
{
    given_law_bases(claims);
}

static void ended(struct claims *claims, const char *from, const char *until, const char *more)
{
    when_counted(claims,
                 text_print(claims->arena, "{'place': 110108, 'compensation': {'from_day': %d, 'until_day': %d, %s}}",
                            (int)claims_day(from), (int)claims_day(until), more));
}

static void months(struct claims *claims, const char *from, const char *until, int64_t halves)
{
    ended(claims, from, until, "'ground': 5, 'average_fen': 1000000");
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, halves * 500000);
}

static void test_under_six_months_count_half_and_six_months_a_whole_year(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    months(claims, "2024-01-01", "2024-05-31", 1); /* 5 months: half */
    months(claims, "2024-01-01", "2024-06-29", 1);
    months(claims, "2024-01-01", "2024-06-30", 2);  /* 6 months: one */
    months(claims, "2024-01-01", "2024-07-31", 2);  /* 7 months: one */
    months(claims, "2023-07-01", "2024-06-30", 2);  /* a full year */
    months(claims, "2023-07-01", "2024-07-01", 3);  /* and a day: half more */
    months(claims, "2012-01-01", "2024-06-30", 26); /* 12 years 6 months: 13 */
}

static void test_only_wages_over_three_times_the_average_have_a_ceiling_of_pay_and_years(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    /* 3 x 188,413 / 12 = 47,103.25 */
    ended(claims, "2009-01-01", "2024-12-31", "'ground': 5, 'average_fen': 4710325");
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, INT64_C(16) * 4710325);
    ended(claims, "2009-01-01", "2024-12-31", "'ground': 5, 'average_fen': 4710326");
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, INT64_C(12) * 4710325);
    const Claim__Line *line = then_line(claims, CLAIM__ITEM__ITEM_COMPENSATION);
    assert_int_equal(line->n_bases, 2);
    assert_int_equal(line->bases[0]->year, 2023);
    assert_int_equal(line->bases[0]->amount_fen, 18841300);
    assert_true(line->unverified);
}

static void test_wages_below_the_minimum_are_lifted_to_it(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, "2023-01-01", "2024-12-31", "'ground': 5, 'wages_fen': [100000, 200000]");
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, 484000);
    assert_non_null(strstr(formula_text(claims, then_line(claims, CLAIM__ITEM__ITEM_COMPENSATION)), "minimum wage"));
}

static void test_an_unlawful_ending_costs_twice_and_not_both(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, "2023-01-01", "2024-12-31", "'unlawful': 'yes', 'ground': 5, 'average_fen': 1000000");
    then_amount(claims, CLAIM__ITEM__ITEM_UNLAWFUL_ENDING, 4000000);
    then_no_line(claims, CLAIM__ITEM__ITEM_COMPENSATION);
}

static void test_a_month_instead_of_notice_is_the_last_month_s_pay(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, "2023-01-01", "2024-12-31", "'no_notice': 'yes', 'ground': 3, 'average_fen': 1000000");
    then_missing(claims, "last_month_fen", "last month");
    ended(claims, "2023-01-01", "2024-12-31",
          "'no_notice': 'yes', 'last_month_fen': 900000, 'ground': 3, 'average_fen': 1000000");
    then_amount(claims, CLAIM__ITEM__ITEM_NOTICE_PAY, 900000);
    then_total(claims, 2900000);
}

#define SINCE_2000(more) "2000-01-01", "2024-12-31", "'ground': 5, 'average_fen': 1000000" more

/* 17 years from 2008 on. */
static void test_what_the_rules_before_2008_gave_is_asked_for_and_not_assumed(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, SINCE_2000(""));
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, 17000000);
    then_missing(claims, "before_owed", "Labour Contract Law 97");
    ended(claims, SINCE_2000(", 'before_owed': 'no'"));
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, 17000000);
    then_not_due(claims, CLAIM__ITEM__ITEM_COMPENSATION, "before 2008-01-01");
    then_nothing_missing(claims);
    ended(claims, SINCE_2000(", 'before_owed': 'yes', 'before_months_hundredths': 800, 'before_wage_fen': 300000"));
    then_amount(claims, CLAIM__ITEM__ITEM_COMPENSATION, 17000000);
    then_missing(claims, "before_months_hundredths", "what the rules before 2008-01-01 gave");
}

static void test_what_the_rules_before_2008_gave_stands_in_a_line_of_its_own_with_its_rule(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, SINCE_2000(", 'before_owed': 'yes', 'before_months_hundredths': 850, 'before_wage_fen': 300000, "
                             "'before_rule': 'local rule 5'"));
    then_total(claims, 17000000 + 2550000);
    assert_int_equal(claims->sheet->n_lines, 2);
    const Claim__Line *before = claims->sheet->lines[0];
    assert_int_equal(before->amount_fen, 2550000);
    assert_string_equal(before->article, "Labour Contract Law 97");
    assert_string_equal(formula_text(claims, before),
                        "before 2008-01-01: 3,000.00 a month x 8.5 months, by local rule 5");
    assert_true(before->unverified);
    then_nothing_missing(claims);
}

static void test_an_unlawful_ending_counts_from_the_first_day_of_work(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, SINCE_2000(", 'unlawful': 'yes'"));
    then_amount(claims, CLAIM__ITEM__ITEM_UNLAWFUL_ENDING, 2 * 25 * 1000000);
    then_nothing_missing(claims);
}

/* All of it lay before 2008. */
static void test_a_relation_that_ended_before_2008_has_no_line_of_the_law(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    ended(claims, "2000-01-01", "2007-12-31", "'ground': 5, 'average_fen': 1000000");
    then_no_line(claims, CLAIM__ITEM__ITEM_COMPENSATION);
    then_missing(claims, "before_owed", "before 2008-01-01");
    ended(claims, "2000-01-01", "2007-12-31", "'unlawful': 'yes', 'average_fen': 1000000");
    then_no_line(claims, CLAIM__ITEM__ITEM_UNLAWFUL_ENDING);
    then_missing(claims, "before_owed", "before 2008-01-01");
}

static void test_what_compensation_needs_is_asked_for(void **state)
{
    struct claims *claims = *state;

    given_beijing(claims);
    when_counted(claims, "{'place': 110108, 'compensation': {}}");
    then_missing(claims, "from_day", "how long");
    ended(claims, "2023-01-01", "2024-12-31", "'average_fen': 1000000");
    then_missing(claims, "ground", "seven grounds");
    ended(claims, "2023-01-01", "2024-12-31", "'ground': 5");
    then_missing(claims, "wages_fen", "last twelve months");
    ended(claims, "2023-01-01", "2024-12-31", "'ground': 8, 'average_fen': 1000000");
    then_refused_claim(claims, INVALID, "ground", "seven items");
    ended(claims, "2025-01-01", "2024-12-31", "'ground': 5, 'average_fen': 1000000");
    then_refused_claim(claims, INVALID, "until_day", "before it began");
}

/* ---- costs ---- */

static void test_court_fees_go_by_steps_and_are_halved_in_the_simple_procedure(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'costs': {'claim_fen': 2600000, 'simple': true}}");
    then_amount(claims, CLAIM__ITEM__ITEM_COURT_FEE, 22500);
    when_counted(claims, "{'costs': {'claim_fen': 530000, 'simple': true}}");
    then_amount(claims, CLAIM__ITEM__ITEM_COURT_FEE, 2500);
    when_counted(claims, "{'costs': {'claim_fen': 1000000}}");
    then_amount(claims, CLAIM__ITEM__ITEM_COURT_FEE, 5000);
    when_counted(claims, "{'costs': {'claim_fen': 100000000}}");
    then_amount(claims, CLAIM__ITEM__ITEM_COURT_FEE, 1380000);
    assert_false(then_line(claims, CLAIM__ITEM__ITEM_COURT_FEE)->unverified);
    when_counted(claims, "{'costs': {'claim_fen': 100000100}}");
    assert_true(then_line(claims, CLAIM__ITEM__ITEM_COURT_FEE)->unverified);
    when_counted(claims, "{'costs': {'labour': true}}");
    then_amount(claims, CLAIM__ITEM__ITEM_COURT_FEE, 1000);
}

static void test_a_payment_order_costs_a_third_and_enforcement_goes_by_its_own_steps(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'costs': {'claim_fen': 3000000, 'payment_order': true, 'enforced_fen': 3000000}}");
    then_amount(claims, CLAIM__ITEM__ITEM_PAYMENT_ORDER_FEE, 18333);
    then_amount(claims, CLAIM__ITEM__ITEM_ENFORCEMENT_FEE, 35000);
}

static void test_late_performance_costs_0_0175_percent_a_day(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'costs': {'unpaid_fen': 3000000, 'late_days': 100}}");
    then_amount(claims, CLAIM__ITEM__ITEM_LATE_INTEREST, 52500);
    when_counted(claims, "{'costs': {'unpaid_fen': 3000000}}");
    then_missing(claims, "late_days", "how many days");
    when_counted(claims, "{'costs': {}}");
    then_missing(claims, "claim_fen", "no amount");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_under_six_months_count_half_and_six_months_a_whole_year),
        CASE(test_only_wages_over_three_times_the_average_have_a_ceiling_of_pay_and_years),
        CASE(test_wages_below_the_minimum_are_lifted_to_it),
        CASE(test_an_unlawful_ending_costs_twice_and_not_both),
        CASE(test_a_month_instead_of_notice_is_the_last_month_s_pay),
        CASE(test_what_the_rules_before_2008_gave_is_asked_for_and_not_assumed),
        CASE(test_what_the_rules_before_2008_gave_stands_in_a_line_of_its_own_with_its_rule),
        CASE(test_an_unlawful_ending_counts_from_the_first_day_of_work),
        CASE(test_a_relation_that_ended_before_2008_has_no_line_of_the_law),
        CASE(test_what_compensation_needs_is_asked_for),
        CASE(test_court_fees_go_by_steps_and_are_halved_in_the_simple_procedure),
        CASE(test_a_payment_order_costs_a_third_and_enforcement_goes_by_its_own_steps),
        CASE(test_late_performance_costs_0_0175_percent_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
