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

#define AT_ONCE(grade, insured)                                                                                        \
    "{'place': 330102, 'injury': {'injury_day': 19543, 'grade': " grade ", 'own_wage_fen': 1000000, 'graded_day': "    \
    "19800, 'nursing_level': 1, 'lump_sum': true, 'insured': '" insured                                                \
    "', 'recognised': 'yes', 'leave_wage_fen': 1000000, 'leave_hundredths': 300}}"

/* 2022: 128,825 a year. */
static void test_zhejiang_s_uninsured_of_grades_1_to_4_may_be_paid_in_one_sum(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, AT_ONCE("1", "no"));
    then_amount(claims, CLAIM__ITEM__ITEM_LUMP_SUM, INT64_C(206120000));
    then_total(claims, INT64_C(206120000) + 3000000);
    then_no_line(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT);
    then_no_line(claims, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE);
    then_no_line(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE);
    const Claim__Line *line = then_line(claims, CLAIM__ITEM__ITEM_LUMP_SUM);
    assert_int_equal(line->payer, CLAIM__PAYER__PAYER_EMPLOYER);
    assert_string_equal(line->article, "Zhejiang Work-Injury Insurance Regulation 34");
    assert_string_equal(formula_text(claims, line), "average annual wage 128,825.00 x 16");
    when_counted(claims, AT_ONCE("4", "no"));
    then_amount(claims, CLAIM__ITEM__ITEM_LUMP_SUM, INT64_C(128825000));
}

static void test_nobody_else_is_paid_in_one_sum(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, AT_ONCE("7", "yes"));
    then_not_due(claims, CLAIM__ITEM__ITEM_LUMP_SUM, "the fund pays month by month");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 13 * 1000000);
    when_counted(claims, AT_ONCE("7", "no"));
    then_not_due(claims, CLAIM__ITEM__ITEM_LUMP_SUM, "only grades 1 to 4");
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 13 * 1000000);
    when_counted(claims, "{'place': 440305, 'injury': {'injury_day': 19543, 'grade': 1, 'lump_sum': true, "
                         "'insured': 'no'}}");
    then_refused_claim(claims, UNKNOWN, "injury_rules.lump_sum", "440305 and 2023-07-05");
}

/* Own wage 10,000, death on 2023-07-05: a spouse has 4,000 a month, a child 3,000. */
static void dependant(struct claims *claims, const char *who, const char *birth, int64_t fen)
{
    when_counted(claims,
                 text_print(claims->arena,
                            "{'place': 330102, 'injury': {'injury_day': 19543, 'own_wage_fen': 1000000, "
                            "'insured': 'no', 'recognised': 'yes', 'lump_sum': true, 'death': 'from_injury', "
                            "'death_day': 19543, 'dependants': [{'name': 'A', 'spouse': %s, 'birth_day': %d}]}}",
                            who, (int)claims_day(birth)));
    then_amount(claims, CLAIM__ITEM__ITEM_LUMP_SUM, fen);
    assert_int_equal(claims->sheet->monthly_fen, 0);
    assert_string_equal(then_line(claims, CLAIM__ITEM__ITEM_LUMP_SUM)->name, "A");
}

static void test_zhejiang_s_dependants_are_paid_to_18_or_for_20_years_and_less_with_age(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    dependant(claims, "false", "2013-07-05", 96 * 300000);      /* eight years to 18 */
    dependant(claims, "false", "2013-07-06", 97 * 300000);      /* a month that is not full counts */
    dependant(claims, "false", "2005-07-05", 20 * 12 * 300000); /* 18 that day */
    dependant(claims, "true", "1963-07-05", 20 * 12 * 400000);  /* 60 */
    dependant(claims, "true", "1962-07-05", 19 * 12 * 400000);  /* 61 */
    dependant(claims, "true", "1959-07-05", 16 * 12 * 400000);  /* 64 */
    dependant(claims, "true", "1948-07-06", 6 * 12 * 400000);   /* 74 */
    dependant(claims, "true", "1948-07-05", 5 * 12 * 400000);   /* 75 */
    dependant(claims, "true", "1930-01-01", 5 * 12 * 400000);
    dependant(claims, "true", "1970-01-01", 20 * 12 * 400000);
    when_counted(claims, "{'place': 330102, 'injury': {'injury_day': 19543, 'own_wage_fen': 1000000, 'insured': 'no', "
                         "'lump_sum': true, 'death': 'from_injury', 'death_day': 19543, 'dependants': [{'spouse': "
                         "true}]}}");
    then_missing(claims, "dependants.birth_day", "depends on his age");
    then_no_line(claims, CLAIM__ITEM__ITEM_LUMP_SUM);
}

/* ---- Chongqing ---- */

#define CHONGQING(grade, more)                                                                                         \
    "{'place': 500103, 'injury': {'injury_day': 14471, 'grade': " grade ", 'own_wage_fen': 300000, 'suitable_work': "  \
    "'yes', 'ending': 'worker', 'ending_day': 14756, 'retirement_day': " more "}}"

static void given_chongqing(struct claims *claims)
{
    assert_int_equal(claims_day("2009-08-15"), 14471);
    assert_int_equal(claims_day("2010-05-27"), 14756);
    assert_int_equal(claims_day("2019-05-27"), 18043);
    given_law_bases(claims);
    given_series(claims, CITY, 500000, "month", "{'year': 2008, 'fen': 300000}, {'year': 2009, 'fen': 350000}");
}

static void test_chongqing_s_grades_5_and_6_had_15_years_of_the_allowance_less_what_was_drawn(void **state)
{
    struct claims *claims = *state;

    given_chongqing(claims);
    when_counted(claims, CHONGQING("5", "20000"));
    then_missing(claims, "allowance_fen", "monthly allowance");
    then_missing(claims, "allowance_months", "taken off");
    then_no_line(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY);
    when_counted(claims, CHONGQING("5", "20000, 'allowance_fen': 200000, 'allowance_drawn': 'no'"));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 180 * 200000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 12 * 350000);
    when_counted(claims, CHONGQING("6", "20000, 'allowance_fen': 200000, 'allowance_drawn': 'yes'"));
    then_missing(claims, "allowance_months", "taken off");
    when_counted(claims,
                 CHONGQING("6", "20000, 'allowance_fen': 200000, 'allowance_drawn': 'yes', 'allowance_months': 30"));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 150 * 200000);
    assert_string_equal(formula_text(claims, then_line(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY)),
                        "allowance 2,000.00 x 150 months");
    /* 180 less 130 is under five years. */
    when_counted(claims,
                 CHONGQING("6", "20000, 'allowance_fen': 200000, 'allowance_drawn': 'yes', 'allowance_months': 130"));
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 60 * 200000);
}

static void test_chongqing_tapers_both_subsidies_under_ten_years_to_retirement(void **state)
{
    struct claims *claims = *state;

    given_chongqing(claims);
    when_counted(claims, CHONGQING("5", "18043, 'allowance_fen': 200000, 'allowance_drawn': 'no'")); /* nine years */
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 162 * 200000);
    then_amount(claims, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, 12 * 315000);
    assert_true(then_line(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY)->unverified);
    when_counted(claims, CHONGQING("7", "14800")); /* under a year: ten percent are left */
    then_amount(claims, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, 15 * 35000);
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
        CASE(test_zhejiang_s_uninsured_of_grades_1_to_4_may_be_paid_in_one_sum),
        CASE(test_nobody_else_is_paid_in_one_sum),
        CASE(test_zhejiang_s_dependants_are_paid_to_18_or_for_20_years_and_less_with_age),
        CASE(test_chongqing_s_grades_5_and_6_had_15_years_of_the_allowance_less_what_was_drawn),
        CASE(test_chongqing_tapers_both_subsidies_under_ten_years_to_retirement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
