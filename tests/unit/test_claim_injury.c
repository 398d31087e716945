/* SPDX-License-Identifier: Apache-2.0
 *
 * Work injury: awards and worked examples that were published, floors and ceilings, what is asked for.
 *
 * Day numbers: 15918 is 2013-08-01, 16217 is 2014-05-27, 18529 is 2020-09-24, 19543 is 2023-07-05.
 */
#include "tests/unit/claims.h"

#include <string.h>

#define SERIES(name, place, per, figures)                                                                              \
    "{'name': '" name "', 'place': " place ", 'per': '" per "', 'source': 'as published', 'figures': [" figures "]}"
#define USE(purpose, place, name)                                                                                      \
    "{'purpose': '" purpose "', 'place': " place ", 'series': '" name "', 'source': 'as published'}"
#define USES(place)                                                                                                    \
    USE("own_wage_bounds", place, "area")                                                                              \
    ", " USE("area_wage", place, "area") ", " USE("minimum_wage", place, "minimum") ", " USE(                          \
        "annual_area_wage", place, "area") ", " USE("disposable_income", "0", "income")
#define HEAD "'name': 'x', 'issued': '2026-01-01'"

/* Months of grade 9 only. */
#define NINTH(months, base)                                                                                            \
    "{'months': [0, 0, 0, 0, " months ", 0], " base ", 'article': 'local rule', 'unverified': true}"
#define RULES(place, medical, employment)                                                                              \
    "'injury_rules': [{'name': 'x', 'place': " place ", 'sources': ['local rule'], 'medical': " medical                \
    ", 'employment': " employment "}]"

static void test_the_day_numbers_of_this_file_are_those_days(void **state)
{
    (void)state;
    assert_int_equal(claims_day("2013-08-01"), 15918);
    assert_int_equal(claims_day("2014-05-27"), 16217);
    assert_int_equal(claims_day("2020-09-24"), 18529);
    assert_int_equal(claims_day("2023-07-05"), 19543);
}

/* ---- published awards ---- */

#define CHONGQING_AWARD                                                                                                \
    "{'place': 500000, 'paid': [{'name': 'advance', 'amount_fen': 100000}], 'injury': {'injury_day': 15918, "          \
    "'grade': 9, 'own_wage_fen': 378300, 'insured': 'no', 'recognised': 'yes', 'leave_wage_fen': 378300, "             \
    "'leave_hundredths': 400, 'nursing_days': 24, 'nursing_day_fen': 8000, 'meal_days': 24, 'meal_day_fen': 800, "     \
    "'appraisal_fen': 40000, 'travel_fen': 30000, 'ending': 'worker', 'ending_day': 16217}}"

static void test_a_steel_fixer_s_award_of_grade_9_comes_out_to_the_fen(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    given_bases(claims,
                "{" HEAD ", 'series': [" SERIES("average wage, urban non-private units", "500000", "month",
                                                "{'year': 2012, 'fen': 378300}, {'year': 2013, 'fen': 425200}") "]}");
    when_counted(claims, CHONGQING_AWARD);
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 3404700);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 1700800);
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 3826800);
    then_amount(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, 1513200);
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_IN_LEAVE, 192000);
    then_amount(claims, CLAIM__ITEM__ITEM_HOSPITAL_MEALS, 19200);
    then_amount(claims, CLAIM__ITEM__ITEM_APPRAISAL_FEE, 40000);
    then_amount(claims, CLAIM__ITEM__ITEM_TRAVEL, 30000);
    then_total(claims, 10726700);
    assert_int_equal(claims->sheet->payable_fen, 10626700);
    then_nothing_missing(claims);
    const Claim__Line *subsidy = then_line(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY);
    assert_true(subsidy->unverified);
    assert_int_equal(subsidy->bases[0]->year, 2013);
    assert_int_equal(subsidy->bases[0]->place, 500000);
    assert_string_equal(subsidy->bases[0]->series, "average wage, urban non-private units");
    assert_string_equal(subsidy->bases[0]->event, "the year before the contract ended");
    assert_string_equal(formula_text(claims, subsidy), "average wage 4,252.00 x 4 months");
}

#define OWN_WAGE_EXAMPLE(extension)                                                                                    \
    "{'place': 230000, 'paid': [{'amount_fen': 1280000}], 'injury': {'injury_day': 18529, 'grade': 9, "                \
    "'own_wage_fen': 498525, 'insured': 'no', 'recognised': 'yes', 'leave_wage_fen': 498525, "                         \
    "'leave_hundredths': 2320" extension ", 'nursing_days': 63, 'nursing_day_fen': 5000, 'meal_days': 63, "            \
    "'meal_day_fen': 1500, 'ending': 'worker', 'ending_day': 19543}}"

static void given_own_wage_subsidies(struct claims *claims)
{
    given_bases(claims, "{" HEAD ", 'uses': [" USES("230000") "], 'series': [" SERIES(
                            "area", "230000", "month",
                            "{'year': 2019, 'fen': 500000}") "], " RULES("230000", NINTH("10", "'own_wage': true"),
                                                                         NINTH("8", "'own_wage': true")) "}");
}

static void test_a_claim_with_parts_of_months_comes_out_to_the_fen_with_the_extension_decision(void **state)
{
    struct claims *claims = *state;

    given_own_wage_subsidies(claims);
    when_counted(claims, OWN_WAGE_EXAMPLE(", 'leave_extended': 'yes'"));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 4486725);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 4985250);
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 3988200);
    then_amount(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, 11565780);
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_IN_LEAVE, 315000);
    then_amount(claims, CLAIM__ITEM__ITEM_HOSPITAL_MEALS, 94500);
    then_total(claims, 25435455);
    assert_int_equal(claims->sheet->payable_fen, 24155455);
    then_nothing_missing(claims);
}

static void test_leave_beyond_twelve_months_waits_for_the_extension_decision(void **state)
{
    struct claims *claims = *state;

    given_own_wage_subsidies(claims);
    when_counted(claims, OWN_WAGE_EXAMPLE(""));
    then_amount(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, 12 * 498525);
    then_missing(claims, "leave_extended", "23.2 months");
    when_counted(claims, OWN_WAGE_EXAMPLE(", 'leave_extended': 'no'"));
    then_amount(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, 12 * 498525);
    then_not_due(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, "ends after 12 months");
}

static void test_leave_ends_after_twenty_four_months(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'injury': {'leave_wage_fen': 100000, 'leave_hundredths': 2401, 'leave_extended': 'yes'}}");
    then_amount(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, 2400000);
    then_not_due(claims, CLAIM__ITEM__ITEM_LEAVE_PAY, "ends after 24 months");
}

/* ---- floors and ceilings of the own wage ---- */

static void own_wage_gives(struct claims *claims, const char *wage, int64_t fen, const char *formula)
{
    const char *json = text_print(claims->arena,
                                  "{'place': 520100, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': %s, "
                                  "'insured': 'yes', 'recognised': 'yes'}}",
                                  wage);
    when_counted(claims, json);
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, fen);
    assert_string_equal(formula_text(claims, then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT)), formula);
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT)->payer, CLAIM__PAYER__PAYER_FUND);
    then_not_due(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, "when the contract ends");
}

static void test_the_own_wage_is_lifted_to_60_and_capped_at_300_percent(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    own_wage_gives(claims, "400000", 3600000, "own wage 4,000.00 x 9 months");
    own_wage_gives(claims, "1800000", 13500000, "own wage capped at 15,000.00 (300 percent of 5,000.00) x 9 months");
    own_wage_gives(claims, "250000", 2700000, "own wage lifted to 3,000.00 (60 percent of 5,000.00) x 9 months");
    own_wage_gives(claims, "300000", 2700000, "own wage 3,000.00 x 9 months");
    own_wage_gives(claims, "1500000", 13500000, "own wage 15,000.00 x 9 months");
}

static void test_three_sums_may_have_three_bases(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 700000, "
                         "'insured': 'yes', 'recognised': 'yes', 'ending': 'expiry', 'ending_day': 19543}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 6300000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 3000000);
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 5000000);
    then_total(claims, 14300000);
}

static void test_the_own_wage_is_the_average_of_the_months_handed_in(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 10, 'insured': 'yes', "
                         "'wages_fen': [400000, 400001, 400001], 'own_wage_fen': 999999}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 7 * 400001);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 10, 'insured': 'yes', "
                         "'wages_fen': [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}}");
    then_refused_claim(claims, INVALID, "wages_fen", "more than twelve months");
}

/* ---- grades ---- */

static void grade_gives(struct claims *claims, unsigned grade, int64_t months)
{
    when_counted(claims, text_print(claims->arena,
                                    "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': %u, "
                                    "'own_wage_fen': 400000, 'insured': 'yes', 'suitable_work': 'yes'}}",
                                    grade));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, months * 400000);
}

static void test_each_grade_has_its_months(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    grade_gives(claims, 1, 27);
    grade_gives(claims, 2, 25);
    grade_gives(claims, 3, 23);
    grade_gives(claims, 4, 21);
    grade_gives(claims, 5, 18);
    grade_gives(claims, 6, 16);
    grade_gives(claims, 7, 13);
    grade_gives(claims, 8, 11);
    grade_gives(claims, 9, 9);
    grade_gives(claims, 10, 7);
    when_counted(claims, "{'place': 520000, 'injury': {'grade': 11}}");
    then_refused_claim(claims, INVALID, "grade", "1 to 10");
}

static void given_minimum_1500(struct claims *claims)
{
    given_example_area(claims);
    given_bases(claims, "{'name': 'minimum', 'issued': '2026-01-01', 'series': [" SERIES(
                            "minimum", "520000", "month", "{'from': '2019-01-01', 'fen': 190000}") "]}");
}

static void test_grades_1_to_6_have_an_allowance_not_below_the_minimum_wage(void **state)
{
    struct claims *claims = *state;

    given_minimum_1500(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 1, 'own_wage_fen': 400000, "
                         "'insured': 'yes', 'recognised': 'yes', 'graded_day': 19543}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE, 360000);
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE)->payer, CLAIM__PAYER__PAYER_FUND);
    assert_int_equal(claims->sheet->monthly_fen, 360000);
    then_total(claims, 27 * 400000);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 6, 'own_wage_fen': 300000, "
                         "'insured': 'yes', 'recognised': 'yes', 'graded_day': 19543, 'suitable_work': 'no'}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE, 190000);
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE)->payer, CLAIM__PAYER__PAYER_EMPLOYER);
}

static void test_grades_5_and_6_have_an_allowance_only_without_suitable_work(void **state)
{
    struct claims *claims = *state;

    given_minimum_1500(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 5, 'own_wage_fen': 400000, "
                         "'graded_day': 19543}}");
    then_no_line(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE);
    then_missing(claims, "suitable_work", "no suitable work");
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 7, 'own_wage_fen': 400000, "
                         "'graded_day': 19543, 'suitable_work': 'no'}}");
    then_no_line(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE);
}

static void test_nursing_is_a_part_of_the_area_s_average(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 7, 'own_wage_fen': 400000, "
                         "'graded_day': 19543, 'nursing_level': 2}}");
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE, 200000);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 7, 'own_wage_fen': 400000, "
                         "'graded_day': 19543, 'nursing_level': 4}}");
    then_refused_claim(claims, INVALID, "nursing_level", "not so many levels");
}

/* ---- subsidies ---- */

static void test_grades_5_and_6_have_subsidies_only_if_the_worker_ends_the_contract(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    given_bases(claims,
                "{" HEAD ", 'series': [" SERIES("average wage, urban non-private units", "410100", "month",
                                                "{'year': 2019, 'fen': 500000}, {'year': 2022, 'fen': 500000}") "]}");
    when_counted(claims, "{'place': 410102, 'injury': {'injury_day': 18529, 'grade': 6, 'own_wage_fen': 400000, "
                         "'ending': 'employer', 'ending_day': 19543}}");
    then_not_due(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, "only if the worker ends");
    when_counted(claims, "{'place': 410102, 'injury': {'injury_day': 18529, 'grade': 6, 'own_wage_fen': 400000, "
                         "'ending': 'worker', 'ending_day': 19543, 'retirement_day': 26000}}");
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 46 * 500000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 14 * 500000);
    when_counted(claims, "{'place': 410102, 'injury': {'injury_day': 18529, 'grade': 7, 'own_wage_fen': 400000, "
                         "'ending': 'employer', 'ending_day': 19543, 'retirement_day': 26000}}");
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 36 * 500000);
}

/* Henan: 20 percent off for each year under five, ten percent left under one; occupational disease 30 percent more. */
static void tapered(struct claims *claims, const char *retirement, int64_t employment)
{
    when_counted(claims, text_print(claims->arena,
                                    "{'place': 410102, 'injury': {'injury_day': 18529, 'grade': 7, "
                                    "'occupational_disease': true, 'own_wage_fen': 400000, 'ending': 'worker', "
                                    "'ending_day': 19543, 'retirement_day': %d}}",
                                    (int)claims_day(retirement)));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, employment);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 12 * 650000);
}

static void test_near_retirement_the_employment_subsidy_is_less_by_the_place_s_taper(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    given_bases(claims,
                "{" HEAD ", 'series': [" SERIES("average wage, urban non-private units", "410100", "month",
                                                "{'year': 2019, 'fen': 500000}, {'year': 2022, 'fen': 500000}") "]}");
    tapered(claims, "2028-07-05", 36 * 500000);
    tapered(claims, "2028-07-04", 36 * 400000);
    tapered(claims, "2024-07-05", 36 * 100000);
    tapered(claims, "2024-07-04", 36 * 50000);
    when_counted(claims, "{'place': 410102, 'injury': {'injury_day': 18529, 'grade': 7, 'own_wage_fen': 400000, "
                         "'ending': 'worker', 'ending_day': 19543}}");
    then_missing(claims, "retirement_day", "near retirement");
    then_no_line(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY);
}

static void test_several_injuries_have_a_benefit_each_and_the_subsidies_of_the_highest_grade(void **state)
{
    struct claims *claims = *state;
    int64_t benefits = 0;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 10, 'own_wage_fen': 400000, "
                         "'others': [{'injury_day': 19543, 'grade': 9, 'own_wage_fen': 600000}], "
                         "'ending': 'worker', 'ending_day': 19543}}");
    for (size_t i = 0; i < claims->sheet->n_lines; i++)
        if (claims->sheet->lines[i]->item == CLAIM__ITEM__ITEM_DISABILITY_BENEFIT)
            benefits += claims->sheet->lines[i]->amount_fen;
    assert_int_equal(benefits, 7 * 400000 + 9 * 600000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 6 * 500000);
}

/* ---- what is asked for, and what is refused ---- */

static void test_what_was_not_said_is_asked_for(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {}}");
    then_missing(claims, "grade", "without a grade");
    then_missing(claims, "insured", "who pays");
    then_missing(claims, "recognised", "before the injury is recognised");
    when_counted(claims, "{'place': 520000, 'injury': {'grade': 9, 'leave_hundredths': 100, 'meal_days': 3, "
                         "'ending': 'worker'}}");
    then_missing(claims, "wages_fen", "own wage");
    then_missing(claims, "injury_day", "which year");
    then_missing(claims, "leave_wage_fen", "pay before the injury");
    then_missing(claims, "meal_day_fen", "rate of a day");
    then_missing(claims, "ending_day", "which year");
    assert_int_equal(claims->sheet->n_lines, 0);
}

static void test_nothing_is_payable_before_the_injury_is_recognised(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 400000, "
                         "'insured': 'yes', 'recognised': 'no'}}");
    then_total(claims, 3600000);
    assert_int_equal(claims->sheet->payable_fen, 0);
}

static void test_a_base_that_is_not_loaded_is_named_with_series_place_and_year(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520102, 'injury': {'injury_day': 18000, 'grade': 9, 'own_wage_fen': 400000}}");
    then_refused_claim(claims, UNKNOWN, "base", "\"area\" is loaded for place 520102 and 2018");
    when_counted(claims, "{'place': 530000, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 400000}}");
    then_missing(claims, "chosen.own_wage_bounds", "530000");
    when_counted(claims, "{'place': 530000, 'chosen': [{'purpose': 'own_wage_bounds', 'series': 'area'}], "
                         "'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 400000}}");
    then_refused_claim(claims, UNKNOWN, "base", "\"area\" is loaded for place 530000 and 2019");
    given_bases(claims, "{'name': 'y', 'issued': '2026-01-01', 'series': [" SERIES(
                            "area", "530000", "month", "{'year': 2019, 'fen': 500000}") "]}");
    when_counted(claims, "{'place': 530000, 'chosen': [{'purpose': 'own_wage_bounds', 'series': 'area'}], "
                         "'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 400000, 'ending': 'worker', "
                         "'ending_day': 19543}}");
    then_refused_claim(claims, UNKNOWN, "injury_rules", "place 530000 and 2023-07-05");
}

static void test_amounts_days_and_numbers_that_cannot_be_are_refused(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'injury': {'own_wage_fen': -1}}");
    then_refused_claim(claims, INVALID, "own_wage_fen", "negative");
    when_counted(claims, "{'injury': {'travel_fen': '9007199254740993'}}");
    then_refused_claim(claims, INVALID, "travel_fen", "2^53");
    when_counted(claims, "{'injury': {'leave_wage_fen': '9007199254740992', 'leave_hundredths': 200}}");
    then_refused_claim(claims, INVALID, "amount_fen", "2^53");
    when_counted(claims, "{'injury': {'travel_fen': '9007199254740992', 'medical_fen': 1}}");
    then_refused_claim(claims, INVALID, "total_fen", "2^53");
    when_counted(claims, "{'injury': {'injury_day': 2000000000}}");
    then_refused_claim(claims, INVALID, "injury_day", "before 1900 or after 2199");
    when_counted(claims, "{'injury': {'leave_hundredths': 4000000000}}");
    then_refused_claim(claims, INVALID, "leave_hundredths", "too large");
    when_counted(claims, "{'paid': [{'amount_fen': -5}], 'injury': {}}");
    then_refused_claim(claims, INVALID, "amount_fen", "negative");
    when_counted(claims, "{}");
    then_refused_claim(claims, INVALID, "what", "what is to be counted");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_day_numbers_of_this_file_are_those_days),
        CASE(test_a_steel_fixer_s_award_of_grade_9_comes_out_to_the_fen),
        CASE(test_a_claim_with_parts_of_months_comes_out_to_the_fen_with_the_extension_decision),
        CASE(test_leave_beyond_twelve_months_waits_for_the_extension_decision),
        CASE(test_leave_ends_after_twenty_four_months),
        CASE(test_the_own_wage_is_lifted_to_60_and_capped_at_300_percent),
        CASE(test_three_sums_may_have_three_bases),
        CASE(test_the_own_wage_is_the_average_of_the_months_handed_in),
        CASE(test_each_grade_has_its_months),
        CASE(test_grades_1_to_6_have_an_allowance_not_below_the_minimum_wage),
        CASE(test_grades_5_and_6_have_an_allowance_only_without_suitable_work),
        CASE(test_nursing_is_a_part_of_the_area_s_average),
        CASE(test_grades_5_and_6_have_subsidies_only_if_the_worker_ends_the_contract),
        CASE(test_near_retirement_the_employment_subsidy_is_less_by_the_place_s_taper),
        CASE(test_several_injuries_have_a_benefit_each_and_the_subsidies_of_the_highest_grade),
        CASE(test_what_was_not_said_is_asked_for),
        CASE(test_nothing_is_payable_before_the_injury_is_recognised),
        CASE(test_a_base_that_is_not_loaded_is_named_with_series_place_and_year),
        CASE(test_amounts_days_and_numbers_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
