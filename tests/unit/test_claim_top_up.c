/* SPDX-License-Identifier: Apache-2.0
 *
 * An under-declared wage: the fund pays by what was declared, the employer makes good the rest.
 *
 * Day numbers: 18529 is 2020-09-24, 19543 is 2023-07-05, 19800 is 2024-03-18.
 */
#include "tests/unit/claims.h"

#include <string.h>

/* Guangzhou in 2022: 10,000 a month, above the province's 9,000; own wages are bounded by 6,000 and 30,000. */
static void given_guangzhou(struct claims *claims)
{
    given_law_bases(claims);
    given_series(claims, "average wage, Guangdong province", 440000, "month", "{'year': 2022, 'fen': 900000}");
    given_series(claims, "average wage, urban non-private units", 440100, "month", "{'year': 2022, 'fen': 1000000}");
}

static const Claim__Line *top_up_of(struct claims *claims, Claim__Item item)
{
    assert_int_equal(claims->status, OK);
    for (size_t i = 0; i < claims->sheet->n_lines; i++)
        if (claims->sheet->lines[i]->item == CLAIM__ITEM__ITEM_TOP_UP && claims->sheet->lines[i]->of == item)
            return claims->sheet->lines[i];
    return NULL;
}

static void then_top_up(struct claims *claims, Claim__Item item, int64_t fund, int64_t employer)
{
    then_amount(claims, item, fund);
    assert_int_equal(then_line(claims, item)->payer, CLAIM__PAYER__PAYER_FUND);
    const Claim__Line *line = top_up_of(claims, item);
    assert_non_null(line);
    assert_int_equal(line->amount_fen, employer);
    assert_int_equal(line->payer, CLAIM__PAYER__PAYER_EMPLOYER);
}

#define WORKER(more)                                                                                                   \
    "{'place': 440100, 'injury': {'injury_day': 19543, 'grade': 9, 'own_wage_fen': 800000, 'insured': 'yes', "         \
    "'recognised': 'yes'" more "}}"

static void test_the_employer_owes_what_an_under_declared_wage_takes_off_the_benefit(void **state)
{
    struct claims *claims = *state;

    given_guangzhou(claims);
    /* 5,000 is lifted to 6,000: the fund pays 9 x 6,000, the employer 9 x 2,000. */
    when_counted(claims, WORKER(", 'declared_wage_fen': 500000"));
    then_top_up(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 5400000, 1800000);
    then_total(claims, 7200000);
    const Claim__Line *line = then_line(claims, CLAIM__ITEM__ITEM_TOP_UP);
    assert_string_equal(line->article, "Guangdong Work-Injury Insurance Regulation 56");
    assert_string_equal(formula_text(claims, line),
                        "72,000.00 by the own wage less 54,000.00 by the wage that was declared");
    assert_string_equal(formula_text(claims, then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT)),
                        "own wage lifted to 6,000.00 (60 percent of 10,000.00) x 9 months");
    then_nothing_missing(claims);
}

static void test_a_wage_that_was_declared_in_full_leaves_nothing_to_make_good(void **state)
{
    struct claims *claims = *state;

    given_guangzhou(claims);
    when_counted(claims, WORKER(", 'declared_wage_fen': 800000"));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 7200000);
    then_no_line(claims, CLAIM__ITEM__ITEM_TOP_UP);
    when_counted(claims, WORKER(", 'declared_wage_fen': 900000"));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 7200000);
    then_no_line(claims, CLAIM__ITEM__ITEM_TOP_UP);
}

#define ENDED ", 'declared_wage_fen': 500000, 'ending': 'worker', 'ending_day': 19800, 'retired': 'no', "

static void test_the_medical_subsidy_is_topped_up_and_the_employment_subsidy_is_the_employer_s_anyway(void **state)
{
    struct claims *claims = *state;

    given_guangzhou(claims);
    when_counted(claims, WORKER(ENDED "'wage_before_ending_fen': 700000"));
    then_missing(claims, "declared_before_ending_fen", "before the end of the contract");
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY)->payer, CLAIM__PAYER__PAYER_NONE);
    when_counted(claims, WORKER(ENDED "'wage_before_ending_fen': 700000, 'declared_before_ending_fen': 500000"));
    then_top_up(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 2 * 600000, 2 * 200000);
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 8 * 800000);
    assert_null(top_up_of(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY));
    then_total(claims, 19 * 800000);
}

static void test_monthly_allowances_of_dependants_are_topped_up_by_the_month(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, "{'place': 330102, 'injury': {'injury_day': 19543, 'own_wage_fen': 1000000, "
                         "'declared_wage_fen': 800000, 'insured': 'yes', 'recognised': 'yes', 'death': 'from_injury', "
                         "'death_day': 19543, 'dependants': [{'name': 'A', 'spouse': true}]}}");
    then_top_up(claims, CLAIM__ITEM__ITEM_DEPENDANTS_ALLOWANCE, 320000, 80000);
    const Claim__Line *line = top_up_of(claims, CLAIM__ITEM__ITEM_DEPENDANTS_ALLOWANCE);
    assert_true(line->monthly);
    assert_string_equal(line->name, "A");
    assert_string_equal(line->article, "Zhejiang Work-Injury Insurance Regulation 33");
    assert_int_equal(claims->sheet->monthly_fen, 400000);
}

static void test_a_place_without_such_a_rule_is_named_and_nothing_is_made_up(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520100, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 800000, "
                         "'declared_wage_fen': 500000, 'insured': 'yes', 'recognised': 'yes'}}");
    then_missing(claims, "injury_rules.top_up_article", "520100");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 9 * 500000);
    then_no_line(claims, CLAIM__ITEM__ITEM_TOP_UP);
}

static void test_who_was_not_insured_at_all_has_everything_from_the_employer_by_the_own_wage(void **state)
{
    struct claims *claims = *state;

    given_guangzhou(claims);
    when_counted(claims, "{'place': 440100, 'injury': {'injury_day': 19543, 'grade': 9, 'own_wage_fen': 800000, "
                         "'declared_wage_fen': 500000, 'insured': 'no', 'recognised': 'yes'}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 7200000);
    then_no_line(claims, CLAIM__ITEM__ITEM_TOP_UP);
}

/* Nursing goes by the place's average, so it has a line; the benefit has none, and there is nothing to take it from. */
static void test_what_is_declared_stands_for_no_wage_that_nobody_knows(void **state)
{
    struct claims *claims = *state;

    given_guangzhou(claims);
    when_counted(claims, "{'place': 440100, 'injury': {'injury_day': 19543, 'grade': 3, 'graded_day': 19543, "
                         "'nursing_level': 4, 'declared_wage_fen': 500000, 'insured': 'yes', 'recognised': 'yes'}}");
    then_missing(claims, "wages_fen", "the own wage is not known");
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE, 300000);
    then_no_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT);
    then_no_line(claims, CLAIM__ITEM__ITEM_TOP_UP);
    when_counted(claims, WORKER(ENDED "'declared_before_ending_fen': 500000"));
    then_missing(claims, "wage_before_ending_fen", "the higher of two wages counts");
    then_top_up(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 5400000, 1800000);
    then_no_line(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY);
}

static void test_rules_of_a_place_that_nobody_has_read_mark_what_is_counted_by_them(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    given_bases(claims, "{'name': 'marked', 'issued': '2026-02-01', 'injury_rules': [{'name': 'marked', "
                        "'place': 520000, 'sources': ['example'], 'unverified': true, 'top_up_article': 'example', "
                        "'nursing_percent': [60], 'nursing_article': 'example', 'lump_sum': {'years': [4, 3, 2, 1], "
                        "'series': 'area', 'article': 'example', 'dependants_article': 'example'}}]}");
    when_counted(claims, "{'place': 520100, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 800000, "
                         "'graded_day': 18529, 'nursing_level': 1, 'declared_wage_fen': 500000, 'insured': 'yes', "
                         "'recognised': 'yes'}}");
    assert_false(then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT)->unverified);
    assert_true(then_line(claims, CLAIM__ITEM__ITEM_TOP_UP)->unverified);
    assert_true(then_line(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE)->unverified);
    assert_true(claims->sheet->unverified);
    when_counted(claims, "{'place': 520100, 'injury': {'injury_day': 18529, 'grade': 4, 'own_wage_fen': 800000, "
                         "'graded_day': 18529, 'lump_sum': true, 'insured': 'no', 'recognised': 'yes'}}");
    assert_true(then_line(claims, CLAIM__ITEM__ITEM_LUMP_SUM)->unverified);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_employer_owes_what_an_under_declared_wage_takes_off_the_benefit),
        CASE(test_a_wage_that_was_declared_in_full_leaves_nothing_to_make_good),
        CASE(test_the_medical_subsidy_is_topped_up_and_the_employment_subsidy_is_the_employer_s_anyway),
        CASE(test_monthly_allowances_of_dependants_are_topped_up_by_the_month),
        CASE(test_a_place_without_such_a_rule_is_named_and_nothing_is_made_up),
        CASE(test_who_was_not_insured_at_all_has_everything_from_the_employer_by_the_own_wage),
        CASE(test_what_is_declared_stands_for_no_wage_that_nobody_knows),
        CASE(test_rules_of_a_place_that_nobody_has_read_mark_what_is_counted_by_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
