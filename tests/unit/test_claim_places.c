/* SPDX-License-Identifier: Apache-2.0
 *
 * What places decided for work injuries, with the figures of law/bases.
 *
 * Day numbers: 19358 is 2023-01-01, 19543 is 2023-07-05, 19800 is 2024-03-18.
 */
#include "tests/unit/claims.h"

#include <string.h>

#define CITY "average wage, urban non-private units"

static void test_the_day_numbers_of_this_file_are_those_days(void **state)
{
    (void)state;
    assert_int_equal(claims_day("2023-01-01"), 19358);
    assert_int_equal(claims_day("2023-07-05"), 19543);
    assert_int_equal(claims_day("2024-03-18"), 19800);
}

/* ---- Guangdong ---- */

/* A month's average of the province in 2022. A later call takes the place of an earlier one. */
static void given_guangdong_average(struct claims *claims, const char *fen)
{
    given_series(claims, "average wage, Guangdong province", 440000, "month",
                 text_print(claims->arena, "{'year': 2022, 'fen': %s}", fen));
}

#define GUANGDONG_INJURY(wage)                                                                                         \
    "{'place': 440305, 'injury': {'injury_day': 19543, 'grade': 9, 'own_wage_fen': " wage "}}"

static void test_guangdong_has_four_levels_of_nursing(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    given_guangdong_average(claims, "2000000");
    when_counted(claims, "{'place': 440305, 'injury': {'graded_day': 19543, 'nursing_level': 4, 'grade': 3}}");
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE, 600000);
    when_counted(claims, "{'place': 440305, 'injury': {'graded_day': 19543, 'nursing_level': 1, 'grade': 3}}");
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE, 1200000);
}

/* Shenzhen 2022: 162,680 a year, 13,556.67 a month; 60 percent of it 8,134.00, of 13,000 a month 7,800. */
static void test_in_guangdong_the_city_s_average_counts_where_it_is_higher(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, GUANGDONG_INJURY("100000"));
    then_refused_claim(claims, UNKNOWN, "base",
                       "\"average wage, Guangdong province\" is loaded for place 440305 and 2022");
    given_guangdong_average(claims, "1300000");
    when_counted(claims, GUANGDONG_INJURY("100000"));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 9 * 813400);
    const Claim__Line *line = then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT);
    assert_int_equal(line->n_bases, 2);
    assert_int_equal(line->bases[0]->place, 440300);
    assert_int_equal(line->bases[1]->place, 440000);
    assert_string_equal(line->bases[1]->event, "compared: of the two the higher counts");
    given_guangdong_average(claims, "1400000");
    when_counted(claims, GUANGDONG_INJURY("100000"));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 9 * 840000);
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT)->bases[0]->place, 440000);
    /* Another city's average is not Shenzhen's. */
    when_counted(claims, "{'place': 440100, 'injury': {'injury_day': 19543, 'grade': 9, 'own_wage_fen': 100000}}");
    then_refused_claim(claims, UNKNOWN, "base", "\"average wage, urban non-private units\" is loaded for place 440100");
}

/* 2022 of both series is loaded; of 2023 the city's only: what is compared with the province's of 2022 may change. */
static void test_a_comparison_with_a_year_that_is_not_published_yet_is_provisional(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    given_guangdong_average(claims, "1000000");
    given_series(claims, CITY, 440300, "month", "{'year': 2023, 'fen': 1400000}");
    when_counted(claims, "{'place': 440305, 'injury': {'injury_day': 19800, 'grade': 9, 'own_wage_fen': 1500000}}");
    const Claim__Line *line = then_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT);
    assert_true(line->provisional);
    assert_false(line->bases[0]->provisional);
    assert_true(line->bases[1]->provisional);
    assert_int_equal(line->bases[1]->wanted_year, 2023);
}

#define GUANGDONG(more)                                                                                                \
    "{'place': 440305, 'injury': {'injury_day': 19543, 'grade': 9, 'own_wage_fen': 1000000, 'ending': 'worker', "      \
    "'ending_day': 19800" more "}}"

static void test_guangdong_takes_the_higher_of_two_wages_and_gives_pensioners_nothing(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    given_guangdong_average(claims, "1000000");
    given_series(claims, CITY, 440300, "month", "{'year': 2023, 'fen': 1000000}");
    when_counted(claims, GUANGDONG(""));
    then_missing(claims, "retired", "pension");
    when_counted(claims, GUANGDONG(", 'retired': 'yes'"));
    then_not_due(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, "pension");
    when_counted(claims, GUANGDONG(", 'retired': 'no'"));
    then_missing(claims, "wage_before_ending_fen", "higher of two wages");
    when_counted(claims, GUANGDONG(", 'retired': 'no', 'wage_before_ending_fen': 900000"));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 8000000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 2000000);
    when_counted(claims, GUANGDONG(", 'retired': 'no', 'wage_before_ending_fen': 1100000"));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 8800000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 2200000);
    assert_string_equal(formula_text(claims, then_line(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY)),
                        "wage before the end of the contract 11,000.00 x 2 months");
    /* 300 percent of 10,000 caps it, the year before the end: 2023. */
    when_counted(claims, GUANGDONG(", 'retired': 'no', 'wage_before_ending_fen': 3100000"));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 8 * 3000000);
}

/* ---- Zhejiang ---- */

static void test_zhejiang_leaves_nothing_in_the_last_year_before_retirement(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, "{'place': 330102, 'injury': {'injury_day': 19358, 'grade': 9, 'own_wage_fen': 800000, "
                         "'ending': 'worker', 'ending_day': 19543, 'retirement_day': 19800}}");
    then_not_due(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, "nothing is left");
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 4294167); /* 128,825 / 12 x 4 = 42,941.666... */
    assert_true(then_line(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY)->unverified);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_day_numbers_of_this_file_are_those_days),
        CASE(test_guangdong_has_four_levels_of_nursing),
        CASE(test_in_guangdong_the_city_s_average_counts_where_it_is_higher),
        CASE(test_a_comparison_with_a_year_that_is_not_published_yet_is_provisional),
        CASE(test_guangdong_takes_the_higher_of_two_wages_and_gives_pensioners_nothing),
        CASE(test_zhejiang_leaves_nothing_in_the_last_year_before_retirement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
