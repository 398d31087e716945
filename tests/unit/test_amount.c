/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts: bounds, parts that sum to the fen, figures and words.
 */
#include "common/base/amount.h"
#include "common/base/arena.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static int arena_up(void **state)
{
    *state = arena_new(SIZE_MAX);
    return 0;
}

static int arena_down(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

static void check_refused(int64_t fen, const char *reason)
{
    struct refusal refusal;
    assert_int_equal(amount_check(fen, "claims[3].amount_fen", &refusal), INVALID);
    assert_string_equal(refusal.field, "claims[3].amount_fen");
    assert_non_null(strstr(refusal.reason, reason));
    assert_true(strlen(refusal.remedy) > 0);
}

static void test_amounts_from_one_fen_to_two_to_the_53_are_accepted(void **state)
{
    (void)state;
    struct refusal refusal;
    assert_int_equal(amount_check(1, "fen", &refusal), OK);
    assert_int_equal(amount_check(INT64_C(9007199254740992), "fen", &refusal), OK);
}

static void test_negative_zero_and_too_large_amounts_are_refused_each_with_its_reason(void **state)
{
    (void)state;
    check_refused(-1, "negative");
    check_refused(INT64_MIN, "negative");
    check_refused(0, "zero");
    check_refused(INT64_C(9007199254740993), "over 90,071,992,547,409.92");
    check_refused(INT64_MAX, "over 90,071,992,547,409.92");
}

static void test_a_sum_over_the_bound_is_refused_and_leaves_the_sum_alone(void **state)
{
    (void)state;
    struct refusal refusal;
    int64_t sum = 7;
    assert_int_equal(amount_add(AMOUNT_MAX - 1, 1, "total", &sum, &refusal), OK);
    assert_int_equal(sum, AMOUNT_MAX);
    assert_int_equal(amount_add(sum, 1, "total", &sum, &refusal), INVALID);
    assert_int_equal(amount_add(INT64_MAX, INT64_MAX, "total", &sum, &refusal), INVALID);
    assert_int_equal(amount_add(1, -1, "total", &sum, &refusal), INVALID);
    assert_string_equal(refusal.reason, "the amount is negative");
    assert_int_equal(sum, AMOUNT_MAX);
}

static void test_a_product_is_rounded_once_and_half_a_fen_goes_up(void **state)
{
    (void)state;
    struct refusal refusal;
    int64_t result = 0;
    assert_int_equal(amount_times(498525, 2320, 100, "fen", &result, &refusal), OK);
    assert_int_equal(result, 11565780);
    assert_int_equal(amount_times(1, 1, 2, "fen", &result, &refusal), OK);
    assert_int_equal(result, 1);
    assert_int_equal(amount_times(100, 1, 3, "fen", &result, &refusal), OK);
    assert_int_equal(result, 33);
    assert_int_equal(amount_times(200, 1, 3, "fen", &result, &refusal), OK);
    assert_int_equal(result, 67);
    assert_int_equal(amount_times(AMOUNT_MAX, 3, 3, "fen", &result, &refusal), OK);
    assert_int_equal(result, AMOUNT_MAX);
    assert_int_equal(amount_times(0, 5, 3, "fen", &result, &refusal), OK);
    assert_int_equal(result, 0);
    assert_int_equal(amount_times(AMOUNT_MAX, 2, 1, "fen", &result, &refusal), INVALID);
    assert_int_equal(amount_times(AMOUNT_MAX, INT64_C(1) << 31, 1, "fen", &result, &refusal), INVALID);
    assert_int_equal(amount_times(AMOUNT_MAX, 3, 2, "fen", &result, &refusal), INVALID);
    assert_int_equal(amount_times(-1, 1, 1, "fen", &result, &refusal), INVALID);
    assert_int_equal(result, 0);
}

static void test_figures_are_grouped_for_people_and_plain_for_files(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(amount_text(arena, 309000), "3,090.00");
    assert_string_equal(amount_text(arena, 6895000), "68,950.00");
    assert_string_equal(amount_text(arena, 99999), "999.99");
    assert_string_equal(amount_text(arena, 5), "0.05");
    assert_string_equal(amount_text(arena, -123456789), "-1,234,567.89");
    assert_string_equal(amount_text(arena, AMOUNT_MAX), "90,071,992,547,409.92");
    assert_string_equal(amount_plain(arena, 6895000), "68950.00");
    assert_string_equal(amount_plain(arena, 0), "0.00");
    assert_string_equal(amount_plain(arena, INT64_MIN), "-92233720368547758.08");
}

static void split_is(int64_t fen, size_t count, int64_t part, int64_t last)
{
    int64_t parts[16], sum = 0;
    struct refusal refusal;
    assert_int_equal(amount_split(fen, count, parts, "plan", &refusal), OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(parts[i], i + 1 < count ? part : last);
        sum += parts[i];
    }
    assert_int_equal(sum, fen);
}

static void test_equal_parts_sum_to_the_fen_and_the_last_takes_the_difference(void **state)
{
    (void)state;
    split_is(3000000, 3, 1000000, 1000000);
    split_is(1000000, 3, 333333, 333334);
    split_is(1000000, 7, 142857, 142858);
    split_is(7499, 4, 1874, 1877);
    split_is(5, 5, 1, 1);
    split_is(AMOUNT_MAX, 1, 0, AMOUNT_MAX);
}

static void test_a_quarter_first_and_the_rest_in_four_parts_sums_to_the_fen(void **state)
{
    (void)state;
    const uint32_t shares[] = {2500, 7500};
    int64_t parts[2], rest[4];
    struct refusal refusal;
    assert_int_equal(amount_shares(9999, shares, 2, parts, "plan", &refusal), OK);
    assert_int_equal(amount_split(parts[1], 4, rest, "plan", &refusal), OK);
    assert_int_equal(parts[0], 2499);
    assert_int_equal(parts[0] + rest[0] + rest[1] + rest[2] + rest[3], 9999);
}

static void test_shares_of_the_largest_amount_do_not_overflow(void **state)
{
    (void)state;
    const uint32_t shares[] = {3333, 3333, 3334};
    int64_t parts[3];
    struct refusal refusal;
    assert_int_equal(amount_shares(AMOUNT_MAX, shares, 3, parts, "plan", &refusal), OK);
    assert_int_equal(parts[0], INT64_C(3002099511605172));
    assert_int_equal(parts[0] + parts[1] + parts[2], AMOUNT_MAX);
}

static void test_parts_that_cannot_be_made_are_refused(void **state)
{
    (void)state;
    const uint32_t less[] = {5000, 4999}, nothing[] = {10000, 0}, halves[] = {5000, 5000}, sliver[] = {9999, 1};
    int64_t parts[2];
    struct refusal refusal;
    assert_int_equal(amount_split(100, 0, parts, "plan", &refusal), INVALID);
    assert_int_equal(amount_split(100000, AMOUNT_PARTS_MAX + 1, parts, "plan", &refusal), INVALID);
    assert_int_equal(amount_split(1, 2, parts, "plan", &refusal), INVALID);
    assert_string_equal(refusal.reason, "a part would be less than a fen");
    assert_int_equal(amount_split(-100, 2, parts, "plan", &refusal), INVALID);
    assert_int_equal(amount_shares(100, less, 2, parts, "plan", &refusal), INVALID);
    assert_non_null(strstr(refusal.reason, "100 percent"));
    assert_int_equal(amount_shares(100, nothing, 2, parts, "plan", &refusal), INVALID);
    assert_int_equal(amount_shares(1, halves, 2, parts, "plan", &refusal), INVALID);
    assert_int_equal(amount_shares(1, sliver, 2, parts, "plan", &refusal), INVALID);
}

static const struct {
    int64_t fen;
    const char *words;
} CAPITALS[] = {
    {140950, "壹仟肆佰零玖元伍角"},
    {600714, "陆仟零柒元壹角肆分"},
    {1640902, "壹万陆仟肆佰零玖元零贰分"},
    {32504, "叁佰贰拾伍元零肆分"},
    {168032, "壹仟陆佰捌拾元叁角贰分"},
    {1200001, "壹万贰仟元零壹分"},
    {10000000, "壹拾万元整"},
    {6734818, "陆万柒仟叁佰肆拾捌元壹角捌分"},
    {10700053, "壹拾万零柒仟元伍角叁分"},
    {0, "零元整"},
    {1, "壹分"},
    {10, "壹角"},
    {32, "叁角贰分"},
    {1000, "壹拾元整"},
    {100010000, "壹佰万零壹佰元整"},
    {1000000000000, "壹佰亿元整"},
    {10000000000 + 50000, "壹亿零伍佰元整"},
    {INT64_C(9000000000000000), "玖拾万亿元整"},
    {INT64_C(9007199254740992), "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角贰分"},
};

static void test_amounts_are_written_in_capital_characters(void **state)
{
    for (size_t i = 0; i < sizeof CAPITALS / sizeof *CAPITALS; i++)
        assert_string_equal(amount_capitals(*state, CAPITALS[i].fen), CAPITALS[i].words);
}

static void reads(const char *words, int64_t fen)
{
    int64_t read;
    struct refusal refusal;
    assert_int_equal(amount_capitals_read(words, "words", &read, &refusal), OK);
    assert_int_equal(read, fen);
}

static void test_each_published_form_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CAPITALS / sizeof *CAPITALS; i++)
        reads(CAPITALS[i].words, CAPITALS[i].fen);
}

static void test_what_is_written_is_read_back(void **state)
{
    /* Steps of a prime run through zeros in every place. */
    for (int64_t fen = 1; fen <= AMOUNT_MAX; fen += fen / 7 + 1)
        reads(amount_capitals(*state, fen), fen);
    for (int64_t fen = 0; fen < 2000000; fen += 97)
        reads(amount_capitals(*state, fen), fen);
}

static void test_both_lawful_forms_are_read(void **state)
{
    (void)state;
    reads("壹仟陆佰捌拾元零叁角贰分", 168032);
    reads("壹仟陆佰捌拾元叁角贰分", 168032);
    reads("壹拾万柒仟元零伍角叁分", 10700053);
    reads("壹拾万零柒仟元伍角叁分", 10700053);
    reads("壹万贰仟元零壹分", 1200001);
    reads("壹万贰仟元零角壹分", 1200001);
    reads("壹万陆仟肆佰零玖元零角贰分", 1640902);
    reads("叁佰贰拾伍元零角肆分", 32504);
    reads("陆仟零柒圆壹角肆分", 600714);
    reads("壹仟肆佰零玖元伍角整", 140950);
    reads("壹拾万圆整", 10000000);
    reads("壹拾萬圓正", 10000000);
    reads("人民币壹拾万元正", 10000000);
}

static void test_other_words_are_no_amount(void **state)
{
    (void)state;
    static const char *const WORDS[] = {
        "",
        "人民币",
        "壹仟玖元整",           /* the zero must be there */
        "壹仟零零玖元整",       /* once */
        "拾万元整",             /* one ten */
        "壹拾万元",             /* open at its end */
        "壹拾万元整整",         /* closed twice */
        "壹万贰仟元壹分",       /* the zero must be there */
        "叁佰贰拾伍元肆角零分", /* no fen */
        "叁佰贰拾伍元零叁角",   /* the place of yuan is not empty */
        "伍元叁分贰角",
        "一百元整",
        "100元整",
        "壹佰元整 ",
        "壹佰元整\xe5",
        "玖佰万亿元整", /* over the bound */
        "亿亿亿亿亿亿亿亿元整",
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        int64_t fen = 7;
        struct refusal refusal;
        assert_int_equal(amount_capitals_read(WORDS[i], "words", &fen, &refusal), INVALID);
        assert_string_equal(refusal.field, "words");
        assert_int_equal(fen, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_amounts_from_one_fen_to_two_to_the_53_are_accepted),
        cmocka_unit_test(test_negative_zero_and_too_large_amounts_are_refused_each_with_its_reason),
        cmocka_unit_test(test_a_sum_over_the_bound_is_refused_and_leaves_the_sum_alone),
        cmocka_unit_test(test_a_product_is_rounded_once_and_half_a_fen_goes_up),
        cmocka_unit_test(test_figures_are_grouped_for_people_and_plain_for_files),
        cmocka_unit_test(test_equal_parts_sum_to_the_fen_and_the_last_takes_the_difference),
        cmocka_unit_test(test_a_quarter_first_and_the_rest_in_four_parts_sums_to_the_fen),
        cmocka_unit_test(test_shares_of_the_largest_amount_do_not_overflow),
        cmocka_unit_test(test_parts_that_cannot_be_made_are_refused),
        cmocka_unit_test(test_amounts_are_written_in_capital_characters),
        cmocka_unit_test(test_what_is_written_is_read_back),
        cmocka_unit_test(test_each_published_form_is_read),
        cmocka_unit_test(test_both_lawful_forms_are_read),
        cmocka_unit_test(test_other_words_are_no_amount),
    };
    return cmocka_run_group_tests(tests, arena_up, arena_down);
}
