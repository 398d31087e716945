/* SPDX-License-Identifier: Apache-2.0
 *
 * Wages: rates, overtime, the factor that is never assumed, the addition after an order.
 */
#include "common/base/instant.h"
#include "tests/unit/claims.h"

#define ITEM(text) "{'wages': {'items': [{" text "}]}}"
#define BY_21_75(text) "{'wages': {'month_days_hundredths': 2175, 'items': [{" text "}]}}"

/* ---- published cases ---- */

static void test_a_slip_of_what_was_earned_and_paid_leaves_what_is_owed(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'paid': [{'name': 'paid', 'amount_fen': 1500000}], 'wages': {'items': [{'pay': 'settled', "
                         "'rate_fen': 1809000}]}}");
    then_total(claims, 1809000);
    assert_int_equal(claims->sheet->payable_fen, 309000);
}

static void test_eight_months_at_500_less_two_payments_leave_2600(void **state)
{
    struct claims *claims = *state;
    int32_t from = 14160, until = 14402;
    char text[DAY_TEXT];

    assert_string_equal(day_format(from, text), "2008-10-08");
    assert_string_equal(day_format(until, text), "2009-06-07");
    when_counted(claims, "{'paid': [{'amount_fen': 40000}, {'amount_fen': 100000}], 'wages': {'items': [{'pay': "
                         "'normal', 'rate_fen': 50000, 'rate': 'month', 'quantity': 'month', 'from_day': 14160, "
                         "'until_day': 14402}]}}");
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 400000);
    assert_int_equal(claims->sheet->payable_fen, 260000);
    then_nothing_missing(claims);
}

static void test_days_that_are_left_over_from_months_are_asked_for(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 50000, 'rate': 'month', 'quantity': 'month', 'from_day': "
                              "14160, 'until_day': 14403"));
    then_missing(claims, "quantity_hundredths", "from 2008-10-08 to 2009-06-08 are not whole months");
    then_total(claims, 0);
}

/* ---- rates ---- */

static void test_each_rate_is_multiplied_by_its_quantity(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 17000, 'rate': 'day', 'quantity': 'day', "
                              "'quantity_hundredths': 1050"));
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 178500);
    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 35, 'rate': 'piece', 'quantity': 'piece', "
                              "'quantity_hundredths': 123400"));
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 43190);
    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 17001, 'rate': 'day', 'quantity': 'hour', "
                              "'quantity_hundredths': 100"));
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 2125); /* 21.25125 */
    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 17004, 'rate': 'day', 'quantity': 'hour', "
                              "'quantity_hundredths': 100"));
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 2126); /* 21.255, half a fen up */
    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 100, 'rate': 'piece', 'quantity': 'day', "
                              "'quantity_hundredths': 100"));
    then_refused_claim(claims, INVALID, "quantity", "cannot be applied");
}

static void test_by_how_many_days_a_month_is_divided_is_asked_for(void **state)
{
    struct claims *claims = *state;
    static const char *const PART = "'pay': 'normal', 'rate_fen': 435000, 'rate': 'month', 'quantity': 'day', "
                                    "'quantity_hundredths': 1000";

    when_counted(claims, text_print(claims->arena, ITEM("%s"), PART));
    then_missing(claims, "month_days_hundredths", "by how many days");
    then_total(claims, 0);
    when_counted(claims, text_print(claims->arena, BY_21_75("%s"), PART));
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 200000);
    when_counted(claims,
                 text_print(claims->arena, "{'wages': {'month_days_hundredths': 3000, 'items': [{%s}]}}", PART));
    then_amount(claims, CLAIM__ITEM__ITEM_WAGES, 145000);
    when_counted(claims,
                 text_print(claims->arena, "{'wages': {'month_days_hundredths': 2092, 'items': [{%s}]}}", PART));
    then_refused_claim(claims, INVALID, "month_days_hundredths", "21.75 or by 30");
}

/* ---- overtime ---- */

static void overtime(struct claims *claims, const char *pay, int64_t fen)
{
    when_counted(claims, text_print(claims->arena,
                                    BY_21_75("'pay': '%s', 'rate_fen': 435000, 'rate': 'month', 'quantity': 'hour', "
                                             "'quantity_hundredths': 800"),
                                    pay));
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, fen);
}

static void test_overtime_is_paid_at_150_200_and_300_percent(void **state)
{
    struct claims *claims = *state;

    overtime(claims, "longer_day", 30000);
    overtime(claims, "rest_day", 40000);
    overtime(claims, "holiday", 60000);
    when_counted(claims, ITEM("'pay': 'longer_day', 'rate_fen': 33, 'rate': 'piece', 'quantity': 'piece', "
                              "'quantity_hundredths': 100"));
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 50); /* 0.495 */
}

/* ---- the floor of overtime ---- */

/* Beijing's minimum wage is 2,420 from 2023-09-01 and 2,540 from 2025-09-01: 111.26 a day by 21.75, 13.91 an hour. */
static void beijing_overtime(struct claims *claims, const char *rate, const char *from, const char *until)
{
    when_counted(claims, text_print(claims->arena,
                                    "{'place': 110108, 'wages': {'month_days_hundredths': 2175, 'items': [{'pay': "
                                    "'rest_day', %s, 'quantity_hundredths': 800, 'from_day': %d, 'until_day': %d}]}}",
                                    rate, (int)claims_day(from), (int)claims_day(until)));
}

#define HOURLY(fen) "'rate_fen': " fen ", 'rate': 'hour', 'quantity': 'hour'"

static void test_overtime_in_beijing_is_not_counted_from_less_than_the_minimum_wage(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    /* 2,420 / 21.75 / 8 = 13.908...: 8 hours at 200 percent are 222.53. */
    beijing_overtime(claims, HOURLY("1390"), "2024-05-01", "2024-05-31");
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 22253);
    const Claim__Line *line = then_line(claims, CLAIM__ITEM__ITEM_OVERTIME);
    assert_string_equal(formula_text(claims, line), "2,420.00 a month / 21.75 / 8 x 8 hours x 200 percent");
    assert_string_equal(note_text(claims, line),
                        "the rate was below the minimum wage and is raised to it (Beijing Wage Payment Rules 44)");
    assert_string_equal(line->bases[0]->in_force_from, "2023-09-01");
    beijing_overtime(claims, HOURLY("1391"), "2024-05-01", "2024-05-31");
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 8 * 2 * 1391);
    assert_string_equal(then_line(claims, CLAIM__ITEM__ITEM_OVERTIME)->note, "");
    beijing_overtime(claims, "'rate_fen': 241999, 'rate': 'month', 'quantity': 'hour'", "2024-05-01", "2024-05-31");
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 22253);
    beijing_overtime(claims, "'rate_fen': 11126, 'rate': 'day', 'quantity': 'day'", "2024-05-01", "2024-05-31");
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 178023); /* 2,420 / 21.75 x 8 x 2 */
    beijing_overtime(claims, "'rate_fen': 1, 'rate': 'piece', 'quantity': 'piece'", "2024-05-01", "2024-05-31");
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 16);
}

static void test_the_floor_of_overtime_needs_its_days_and_one_minimum_wage(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(claims, "{'place': 110108, 'wages': {'month_days_hundredths': 2175, 'items': [{'pay': 'rest_day', "
                         "'quantity_hundredths': 800, " HOURLY("1390") "}]}}");
    then_missing(claims, "items.from_day", "minimum wage");
    then_no_line(claims, CLAIM__ITEM__ITEM_OVERTIME);
    beijing_overtime(claims, HOURLY("1390"), "2025-08-01", "2025-09-30");
    then_missing(claims, "items.until_day", "changed between 2025-08-01 and 2025-09-30");
    beijing_overtime(claims, HOURLY("1390"), "2011-12-01", "2011-12-31");
    then_refused_claim(claims, UNKNOWN, "base", "\"minimum wage\" is loaded for place 110108 and 2011-12-01");
    when_counted(claims, "{'place': 110108, 'wages': {'items': [{'pay': 'rest_day', 'quantity_hundredths': 800, "
                         "'from_day': 19800, 'until_day': 19800, " HOURLY("1390") "}]}}");
    then_missing(claims, "month_days_hundredths", "divided");
}

static void test_where_no_rule_is_loaded_overtime_has_no_floor(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    when_counted(
        claims,
        "{'place': 330102, 'wages': {'items': [{'pay': 'rest_day', 'quantity_hundredths': 800, " HOURLY("1") "}]}}");
    then_amount(claims, CLAIM__ITEM__ITEM_OVERTIME, 16);
}

/* ---- unused leave ---- */

static void test_unused_leave_is_threefold_with_the_normal_pay_in_it_and_without_parts_of_days(void **state)
{
    struct claims *claims = *state;
    static const char *const LEAVE = "'pay': 'unused_leave', 'rate_fen': 435000, 'rate': 'month', 'quantity': 'day', "
                                     "'quantity_hundredths': 590";

    when_counted(claims, text_print(claims->arena, ITEM("%s"), LEAVE));
    then_missing(claims, "items.normal_pay_paid", "threefold");
    when_counted(claims, text_print(claims->arena, ITEM("%s, 'normal_pay_paid': 'no'"), LEAVE));
    then_amount(claims, CLAIM__ITEM__ITEM_UNUSED_LEAVE, 300000);
    when_counted(claims, text_print(claims->arena, ITEM("%s, 'normal_pay_paid': 'yes'"), LEAVE));
    then_amount(claims, CLAIM__ITEM__ITEM_UNUSED_LEAVE, 200000);
}

static void test_without_a_contract_at_most_eleven_months_are_paid_twice(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, ITEM("'pay': 'no_contract', 'rate_fen': 500000, 'rate': 'month', 'quantity': 'month', "
                              "'quantity_hundredths': 1400"));
    then_amount(claims, CLAIM__ITEM__ITEM_NO_CONTRACT, 5500000);
    then_not_due(claims, CLAIM__ITEM__ITEM_NO_CONTRACT, "at most 11");
}

/* ---- addition ---- */

#define ARREARS(more)                                                                                                  \
    "{'paid': [{'amount_fen': 100000}], 'wages': {'items': [{'pay': 'settled', 'rate_fen': 1100000}]" more "}}"

static void test_the_addition_needs_an_order_that_was_not_followed(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, ARREARS(", 'addition_percent': 50"));
    then_not_due(claims, CLAIM__ITEM__ITEM_ADDITION, "only where the labour department ordered");
    when_counted(claims, ARREARS(", 'addition_percent': 50, 'ordered': 'yes', 'order_unpaid': 'no'"));
    then_no_line(claims, CLAIM__ITEM__ITEM_ADDITION);
    when_counted(claims, ARREARS(", 'ordered': 'yes', 'order_unpaid': 'yes'"));
    then_missing(claims, "addition_percent", "how much");
    when_counted(claims, ARREARS(", 'addition_percent': 50, 'ordered': 'yes', 'order_unpaid': 'yes'"));
    then_amount(claims, CLAIM__ITEM__ITEM_ADDITION, 500000);
    when_counted(claims, ARREARS(", 'addition_percent': 101, 'ordered': 'yes', 'order_unpaid': 'yes'"));
    then_refused_claim(claims, INVALID, "addition_percent", "50 to 100");
    when_counted(claims, ARREARS(", 'addition_percent': 49, 'ordered': 'yes', 'order_unpaid': 'yes'"));
    then_refused_claim(claims, INVALID, "addition_percent", "50 to 100");
}

static void test_an_empty_list_and_items_that_say_nothing_are_asked_for(void **state)
{
    struct claims *claims = *state;

    when_counted(claims, "{'wages': {}}");
    then_missing(claims, "items", "nothing is listed");
    when_counted(claims, ITEM(""));
    then_missing(claims, "items.pay", "what kind of pay");
    when_counted(claims, ITEM("'pay': 'normal', 'quantity': 'day', 'quantity_hundredths': 100"));
    then_missing(claims, "rate_fen", "lacks its rate");
    when_counted(claims, ITEM("'pay': 'normal', 'rate_fen': 5, 'rate': 'day', 'quantity': 'day'"));
    then_missing(claims, "quantity_hundredths", "how much was worked");
    when_counted(claims, ITEM("'pay': 'settled'"));
    then_missing(claims, "rate_fen", "lacks its rate");
}

static void listed(struct claims *claims, size_t count)
{
    const char *items = "{'pay': 'settled', 'rate_fen': 1}";

    for (size_t i = 1; i < count; i++)
        items = text_print(claims->arena, "%s, {'pay': 'settled', 'rate_fen': 1}", items);
    when_counted(claims, text_print(claims->arena, "{'wages': {'items': [%s]}}", items));
}

static void test_a_list_has_at_most_400_items(void **state)
{
    struct claims *claims = *state;

    listed(claims, 400);
    then_total(claims, 400);
    listed(claims, 401);
    then_refused_claim(claims, INVALID, "items", "more than 400");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_slip_of_what_was_earned_and_paid_leaves_what_is_owed),
        CASE(test_eight_months_at_500_less_two_payments_leave_2600),
        CASE(test_days_that_are_left_over_from_months_are_asked_for),
        CASE(test_each_rate_is_multiplied_by_its_quantity),
        CASE(test_by_how_many_days_a_month_is_divided_is_asked_for),
        CASE(test_overtime_is_paid_at_150_200_and_300_percent),
        CASE(test_overtime_in_beijing_is_not_counted_from_less_than_the_minimum_wage),
        CASE(test_the_floor_of_overtime_needs_its_days_and_one_minimum_wage),
        CASE(test_where_no_rule_is_loaded_overtime_has_no_floor),
        CASE(test_unused_leave_is_threefold_with_the_normal_pay_in_it_and_without_parts_of_days),
        CASE(test_without_a_contract_at_most_eleven_months_are_paid_twice),
        CASE(test_the_addition_needs_an_order_that_was_not_followed),
        CASE(test_a_list_has_at_most_400_items),
        CASE(test_an_empty_list_and_items_that_say_nothing_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
