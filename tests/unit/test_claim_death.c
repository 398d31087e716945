/* SPDX-License-Identifier: Apache-2.0
 *
 * Death by work injury, and injuries at an illegal employer. Day numbers: 18529 is 2020-09-24, 18700 is 2021-03-14,
 * 19543 is 2023-07-05.
 */
#include "tests/unit/claims.h"

#include <string.h>

static void death_in(struct claims *claims, const char *date, int64_t fen, bool provisional)
{
    when_counted(claims, text_print(claims->arena,
                                    "{'place': 520000, 'chosen': [{'purpose': 'area_wage', 'series': 'urban disposable "
                                    "income per head'}], 'injury': {'death': 'from_injury', 'recognised': 'yes', "
                                    "'insured': 'yes', 'death_day': %d}}",
                                    (int)claims_day(date)));
    then_amount(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT, fen);
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT)->provisional, provisional);
    assert_int_equal(claims->sheet->provisional, provisional);
}

static void test_the_death_benefit_is_twenty_times_the_income_of_the_year_before(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    death_in(claims, "2013-06-30", 49130000, false);
    death_in(claims, "2021-01-01", 87668000, false);
    death_in(claims, "2025-12-31", 108376000, false);
    death_in(claims, "2026-01-01", 113004000, false);
    assert_int_equal(then_line(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT)->bases[0]->year, 2025);
}

static void test_a_year_not_yet_published_is_counted_by_the_year_before_and_marked(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    death_in(claims, "2027-01-05", 113004000, true);
    const Claim__BaseUsed *base = then_line(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT)->bases[0];
    assert_int_equal(base->year, 2025);
    assert_int_equal(base->wanted_year, 2026);
    when_counted(claims, "{'injury': {'death': 'from_injury', 'death_day': 21300, 'recognised': 'yes'}}");
    then_refused_claim(claims, UNKNOWN, "base", "440305 and 2027");
}

#define DEPENDANTS(list)                                                                                               \
    "{'place': 520000, 'injury': {'injury_day': 18529, 'own_wage_fen': 400000, 'death': 'after_leave', "               \
    "'death_day': 19543, 'insured': 'yes', 'recognised': 'yes', 'dependants': [" list "]}}"

static void test_dependants_together_have_not_more_than_the_own_wage(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, DEPENDANTS("{'spouse': true}, {'name': 'child'}"));
    assert_int_equal(claims->sheet->monthly_fen, 280000);
    when_counted(claims, DEPENDANTS("{'spouse': true}, {}, {}"));
    assert_int_equal(claims->sheet->monthly_fen, 400000);
    when_counted(claims, DEPENDANTS("{'spouse': true}, {}, {}, {'alone': true}"));
    assert_int_equal(claims->sheet->monthly_fen, 400000);
    assert_int_equal(claims->sheet->lines[1]->amount_fen, 400000 * 40 / 140);
    assert_non_null(strstr(formula_text(claims, claims->sheet->lines[1]), "not above the own wage"));
    then_amount(claims, CLAIM__ITEM__ITEM_FUNERAL, 3000000);
    then_not_due(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT, "only funeral");
}

static void test_of_a_missing_worker_half_of_the_death_benefit_is_paid_in_advance(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, "{'injury': {'death': 'missing', 'death_day': 18700, 'insured': 'yes', 'recognised': 'yes', "
                         "'leave_wage_fen': 500000}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT, 43834000);
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 1500000);
    then_no_line(claims, CLAIM__ITEM__ITEM_FUNERAL);
}

/* ---- illegal employers ---- */

static void test_an_illegal_employer_pays_years_of_the_area_s_average_wage(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 8, 'illegal_employer': true, "
                         "'treatment_hundredths': 250}}");
    then_amount(claims, CLAIM__ITEM__ITEM_LUMP_SUM, 3 * 6000000);
    then_amount(claims, CLAIM__ITEM__ITEM_LIVING_COSTS, 1250000);
    assert_int_equal(claims->sheet->payable_fen, 18000000 + 1250000);
    given_law_bases(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'death': 'from_injury', "
                         "'death_day': 18700, 'illegal_employer': true}}");
    then_amount(claims, CLAIM__ITEM__ITEM_DEATH_BENEFIT, 87668000);
    then_amount(claims, CLAIM__ITEM__ITEM_FUNERAL, 43834000);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_death_benefit_is_twenty_times_the_income_of_the_year_before),
        CASE(test_a_year_not_yet_published_is_counted_by_the_year_before_and_marked),
        CASE(test_dependants_together_have_not_more_than_the_own_wage),
        CASE(test_of_a_missing_worker_half_of_the_death_benefit_is_paid_in_advance),
        CASE(test_an_illegal_employer_pays_years_of_the_area_s_average_wage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
