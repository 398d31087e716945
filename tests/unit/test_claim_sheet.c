/* SPDX-License-Identifier: Apache-2.0
 *
 * Sheets that somebody hands in: each line that is off is named, with how much.
 */
#include "tests/unit/claims.h"

#include <string.h>

#define SIX_LINES(leave, total)                                                                                        \
    "{'paid': [{'amount_fen': 1280000}], 'total_fen': " total ", 'lines': ["                                           \
    "{'item': 'disability_benefit', 'base_fen': 498525, 'quantity_hundredths': 900, 'amount_fen': 4486725}, "          \
    "{'item': 'medical_subsidy', 'base_fen': 498525, 'quantity_hundredths': 1000, 'amount_fen': 4985250}, "            \
    "{'item': 'employment_subsidy', 'base_fen': 498525, 'quantity_hundredths': 800, 'amount_fen': 3988200}, "          \
    "{'item': 'leave_pay', 'base_fen': 498525, 'quantity_hundredths': 2320, 'amount_fen': " leave "}, "                \
    "{'item': 'nursing_in_leave', 'base_fen': 5000, 'quantity_hundredths': 6300, 'amount_fen': 315000}, "              \
    "{'item': 'hospital_meals', 'base_fen': 1500, 'quantity_hundredths': 6300, 'amount_fen': 94500}]}"

static const Claim__Off *only_off(struct claims *claims, size_t index, size_t count)
{
    assert_int_equal(claims->status, OK);
    assert_int_equal(claims->checked->n_off, count);
    return claims->checked->off[index];
}

static void test_a_sheet_that_holds_has_no_line_off_but_the_extension_is_asked_for(void **state)
{
    struct claims *claims = *state;

    when_checked(claims, SIX_LINES("11565780", "25435455"));
    assert_int_equal(claims->status, OK);
    assert_int_equal(claims->checked->right, 6);
    assert_int_equal(claims->checked->n_off, 0);
    assert_int_equal(claims->checked->total_fen, 25435455);
    assert_int_equal(claims->checked->payable_fen, 24155455);
    assert_int_equal(claims->checked->n_missing, 1);
    assert_string_equal(claims->checked->missing[0]->field, "leave_extended");
}

static void test_a_wrong_line_and_a_wrong_total_are_named_by_how_much(void **state)
{
    struct claims *claims = *state;

    when_checked(claims, SIX_LINES("11665780", "25535455"));
    const Claim__Off *line = only_off(claims, 0, 2), *total = claims->checked->off[1];
    assert_int_equal(line->line, 4);
    assert_int_equal(line->item, CLAIM__ITEM__ITEM_LEAVE_PAY);
    assert_int_equal(line->counted_fen, 11565780);
    assert_int_equal(line->off_fen, 100000);
    assert_int_equal(total->line, 0);
    assert_int_equal(total->off_fen, 100000);
    assert_int_equal(claims->checked->right, 5);
}

/* ---- in words ---- */

static void test_amounts_in_capital_characters_are_read_in_both_lawful_forms(void **state)
{
    struct claims *claims = *state;

    when_checked(claims,
                 "{'payable_words': '叁仟叁佰陆拾元零陆角肆分', 'lines': ["
                 "{'item': 'wages', 'base_fen': 168032, 'quantity_hundredths': 100, 'amount_words': "
                 "'壹仟陆佰捌拾元零叁角贰分'}, {'item': 'wages', 'base_fen': 168032, 'quantity_hundredths': 100, "
                 "'amount_fen': 168032, 'amount_words': '壹仟陆佰捌拾元叁角贰分'}]}");
    assert_int_equal(claims->status, OK);
    assert_int_equal(claims->checked->right, 2);
    assert_int_equal(claims->checked->n_off, 0);
    assert_int_equal(claims->checked->total_fen, 336064);
}

static void test_words_that_say_another_amount_than_the_figures_are_named(void **state)
{
    struct claims *claims = *state;

    when_checked(claims, "{'payable_fen': 168032, 'payable_words': '壹仟陆佰捌拾元整', 'lines': [{'item': 'wages', "
                         "'amount_fen': 168032, 'amount_words': '壹仟陆佰元零叁角贰分'}]}");
    const Claim__Off *line = only_off(claims, 0, 2), *payable = claims->checked->off[1];
    assert_int_equal(line->line, 1);
    assert_int_equal(line->handed_fen, 160032);
    assert_int_equal(line->counted_fen, 168032);
    assert_non_null(strstr(line->reason, "in words"));
    assert_int_equal(payable->line, 0);
    assert_int_equal(payable->off_fen, -32);
    assert_int_equal(claims->checked->right, 1);
    when_checked(claims, "{'lines': [{'item': 'wages', 'amount_words': '壹仟陆佰捌拾'}]}");
    then_refused_claim(claims, INVALID, "lines.amount_words", "no amount in Chinese capital characters");
    when_checked(claims, "{'payable_words': '1680.32', 'lines': [{'item': 'wages', 'amount_fen': 1}]}");
    then_refused_claim(claims, INVALID, "payable_words", "no amount in Chinese capital characters");
}

static void test_what_is_payable_is_printed_in_words_in_one_form(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'wages': {'items': [{'pay': 'settled', 'rate_fen': 168032}]}}");
    assert_string_equal(claims->sheet->payable_words, "壹仟陆佰捌拾元叁角贰分");
    when_counted(claims, "{'paid': [{'amount_fen': 168032}], 'wages': {'items': [{'pay': 'settled', 'rate_fen': "
                         "168032}]}}");
    assert_string_equal(claims->sheet->payable_words, "");
}

/* ---- with the facts of the claim ---- */

#define FACTS                                                                                                          \
    "'count': {'place': 520000, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 250000, 'insured': "       \
    "'yes', 'recognised': 'yes', 'travel_fen': 30000}}"

static void given_area(struct claims *claims)
{
    given_bases(claims, "{'name': 'x', 'issued': '2026-01-01', 'uses': [{'purpose': 'own_wage_bounds', 'place': "
                        "520000, 'series': 'area', 'source': 'x'}], 'series': [{'name': 'area', 'place': 520000, "
                        "'per': 'month', 'source': 'x', 'figures': [{'year': 2019, 'fen': 500000}]}]}");
}

static void test_a_line_that_multiplies_well_may_still_be_off_by_the_law(void **state)
{
    struct claims *claims = *state;

    given_area(claims);
    when_checked(claims, "{" FACTS ", 'lines': [{'item': 'disability_benefit', 'base_fen': 250000, "
                         "'quantity_hundredths': 900, 'amount_fen': 2250000}, {'item': 'travel', 'amount_fen': "
                         "30000}]}");
    const Claim__Off *line = only_off(claims, 0, 1);
    assert_int_equal(line->counted_fen, 2700000);
    assert_int_equal(line->off_fen, -450000);
    assert_non_null(strstr(line->reason, "lifted"));
    assert_int_equal(claims->checked->total_fen, 2730000);
}

static void test_a_line_that_is_not_due_and_one_that_was_forgotten_are_named(void **state)
{
    struct claims *claims = *state;

    given_area(claims);
    when_checked(claims, "{" FACTS ", 'lines': [{'item': 'disability_benefit', 'amount_fen': 2700000}, "
                         "{'item': 'medical_subsidy', 'amount_fen': 500000}, {'item': 'funeral', 'amount_fen': 7}]}");
    const Claim__Off *subsidy = only_off(claims, 0, 3), *funeral = claims->checked->off[1],
                     *travel = claims->checked->off[2];
    assert_int_equal(subsidy->line, 2);
    assert_int_equal(subsidy->counted_fen, 0);
    assert_non_null(strstr(subsidy->reason, "when the contract ends"));
    assert_int_equal(funeral->line, 3);
    assert_non_null(strstr(funeral->reason, "no such line"));
    assert_int_equal(travel->line, 0);
    assert_int_equal(travel->item, CLAIM__ITEM__ITEM_TRAVEL);
    assert_int_equal(travel->off_fen, -30000);
    assert_int_equal(claims->checked->total_fen, 2730000);
}

/* ---- provisional lines ---- */

/* 18695 is 2021-03-09: the figure of 2020 is wanted. */
#define IN_2021(more)                                                                                                  \
    "{'place': 520000, 'paid': [{'amount_fen': 100000}], 'injury': {'injury_day': 18695, 'grade': 9, 'own_wage_fen': " \
    "250000, 'insured': 'yes', 'recognised': 'yes', 'travel_fen': 30000" more "}}"

/* With the figure of 2019 the own wage is lifted to 3,000. */
static void given_provisional_sheet(struct claims *claims)
{
    assert_int_equal(claims_day("2021-03-09"), 18695);
    given_area(claims);
    when_counted(claims, IN_2021(""));
    then_amount(claims, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, 2700000);
    assert_true(claims->sheet->provisional);
}

static const Claim__Recounted *recounted(struct claims *claims, int64_t new_fen, int64_t difference)
{
    assert_int_equal(claims->status, OK);
    assert_int_equal(claims->checked->n_recounted, 1);
    const Claim__Recounted *line = claims->checked->recounted[0];
    assert_int_equal(line->line, 1);
    assert_int_equal(line->item, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT);
    assert_int_equal(line->old_fen, 2700000);
    assert_int_equal(line->new_fen, new_fen);
    assert_int_equal(line->difference_fen, difference);
    assert_int_equal(claims->checked->top_up_fen, difference);
    return line;
}

static void test_a_published_figure_says_what_is_to_be_paid_on_top_of_a_provisional_line(void **state)
{
    struct claims *claims = *state;

    given_provisional_sheet(claims);
    given_series(claims, "area", 520000, "month", "{'year': 2020, 'fen': 600000}");
    when_sheet_handed_in(claims, IN_2021(""));
    const Claim__Recounted *line = recounted(claims, 3240000, 540000); /* lifted to 3,600 */
    assert_false(line->provisional);
    assert_int_equal(line->bases[0]->year, 2020);
    assert_int_equal(line->bases[0]->amount_fen, 600000);
    assert_int_equal(claims->checked->n_off, 0);
    assert_int_equal(claims->checked->right, 1);
    assert_int_equal(claims->checked->total_fen, 3270000);
    assert_int_equal(claims->checked->payable_fen, 3170000);
}

static void test_a_lower_figure_says_what_was_counted_too_much(void **state)
{
    struct claims *claims = *state;

    given_provisional_sheet(claims);
    given_series(claims, "area", 520000, "month", "{'year': 2020, 'fen': 450000}");
    when_sheet_handed_in(claims, IN_2021(""));
    recounted(claims, 2430000, -270000);
    assert_int_equal(claims->checked->n_off, 0);
}

static void test_a_line_stays_provisional_until_the_figure_is_published(void **state)
{
    struct claims *claims = *state;

    given_provisional_sheet(claims);
    when_sheet_handed_in(claims, IN_2021(""));
    const Claim__Recounted *line = recounted(claims, 2700000, 0);
    assert_true(line->provisional);
    assert_int_equal(line->bases[0]->wanted_year, 2020);
}

static void test_a_line_that_is_not_provisional_is_still_checked_and_so_are_the_sums(void **state)
{
    struct claims *claims = *state;

    given_provisional_sheet(claims);
    given_series(claims, "area", 520000, "month", "{'year': 2020, 'fen': 600000}");
    claims->sheet->lines[1]->amount_fen += 100;
    when_sheet_handed_in(claims, IN_2021(""));
    recounted(claims, 3240000, 540000);
    const Claim__Off *travel = only_off(claims, 0, 1);
    assert_int_equal(travel->line, 2);
    assert_int_equal(travel->off_fen, 100);
    claims->sheet->lines[1]->amount_fen -= 100;
    claims->sheet->total_fen += 7;
    when_sheet_handed_in(claims, IN_2021(""));
    assert_int_equal(only_off(claims, 0, 1)->off_fen, 7);
}

static void test_monthly_differences_stand_apart(void **state)
{
    struct claims *claims = *state;
    static const char *const NURSING = "{'place': 520000, 'injury': {'grade': 9, 'insured': 'yes', 'nursing_level': 1, "
                                       "'graded_day': 18695}}";

    given_bases(claims, "{'name': 'y', 'issued': '2026-01-01', 'uses': [{'purpose': 'area_wage', 'place': 520000, "
                        "'series': 'area', 'source': 'x'}]}");
    given_series(claims, "area", 520000, "month", "{'year': 2019, 'fen': 500000}");
    when_counted(claims, NURSING);
    then_amount(claims, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE, 250000);
    given_series(claims, "area", 520000, "month", "{'year': 2020, 'fen': 600000}");
    when_sheet_handed_in(claims, NURSING);
    assert_int_equal(claims->checked->n_recounted, 1);
    assert_int_equal(claims->checked->monthly_top_up_fen, 50000);
    assert_int_equal(claims->checked->top_up_fen, 0);
    assert_int_equal(claims->checked->total_fen, 0);
}

static void test_a_provisional_line_needs_the_facts_of_the_claim(void **state)
{
    struct claims *claims = *state;

    given_provisional_sheet(claims);
    when_sheet_handed_in(claims, NULL);
    assert_int_equal(claims->status, OK);
    assert_int_equal(claims->checked->n_recounted, 0);
    assert_int_equal(claims->checked->n_missing, 1);
    assert_string_equal(claims->checked->missing[0]->field, "count");
}

static void test_sheets_that_cannot_be_are_refused(void **state)
{
    struct claims *claims = *state;

    when_checked(claims, "{}");
    then_refused_claim(claims, INVALID, "lines", "no line");
    when_checked(claims, "{'lines': [{'item': 'other', 'amount_fen': -1}]}");
    then_refused_claim(claims, INVALID, "amount_fen", "negative");
    when_checked(claims, "{'lines': [{'item': 'other', 'base_fen': '9007199254740992', 'quantity_hundredths': 200}]}");
    then_refused_claim(claims, INVALID, "lines", "2^53");
    when_checked(claims, "{'lines': [{'item': 'other', 'amount_fen': 1}], 'sheet': {'lines': [{'item': 'other', "
                         "'amount_fen': 1}]}}");
    then_refused_claim(claims, INVALID, "lines", "both a sheet and single lines");
    when_checked(claims, "{'sheet': {}}");
    then_refused_claim(claims, INVALID, "lines", "no line");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_sheet_that_holds_has_no_line_off_but_the_extension_is_asked_for),
        CASE(test_a_wrong_line_and_a_wrong_total_are_named_by_how_much),
        CASE(test_amounts_in_capital_characters_are_read_in_both_lawful_forms),
        CASE(test_words_that_say_another_amount_than_the_figures_are_named),
        CASE(test_what_is_payable_is_printed_in_words_in_one_form),
        CASE(test_a_line_that_multiplies_well_may_still_be_off_by_the_law),
        CASE(test_a_line_that_is_not_due_and_one_that_was_forgotten_are_named),
        CASE(test_a_published_figure_says_what_is_to_be_paid_on_top_of_a_provisional_line),
        CASE(test_a_lower_figure_says_what_was_counted_too_much),
        CASE(test_a_line_stays_provisional_until_the_figure_is_published),
        CASE(test_a_line_that_is_not_provisional_is_still_checked_and_so_are_the_sums),
        CASE(test_monthly_differences_stand_apart),
        CASE(test_a_provisional_line_needs_the_facts_of_the_claim),
        CASE(test_sheets_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
