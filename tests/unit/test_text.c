/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/arena.h"
#include "common/base/text.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

static int with_arena(void **state)
{
    *state = arena_new(SIZE_MAX);
    return 0;
}

static int without_arena(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

static void test_values_stand_where_the_template_names_them(void **state)
{
    const char *values[] = {"closed", "show"};
    assert_string_equal(text_fill(*state, "the case is %1; allowed now: %2", values, 2),
                        "the case is closed; allowed now: show");
}

static void test_a_translation_may_turn_the_order_and_repeat_a_value(void **state)
{
    const char *values[] = {"first", "second"};
    assert_string_equal(text_fill(*state, "%2, %1, %2", values, 2), "second, first, second");
}

static void test_a_value_that_is_missing_leaves_its_place_as_it_stands(void **state)
{
    const char *values[] = {"one"};
    assert_string_equal(text_fill(*state, "%1 and %2", values, 1), "one and %2");
    assert_string_equal(text_fill(*state, "%1", NULL, 0), "%1");
}

static void test_a_value_is_not_read_as_a_template(void **state)
{
    const char *values[] = {"%2", "%1%s"};
    assert_string_equal(text_fill(*state, "%1|%2", values, 2), "%2|%1%s");
}

static void test_percent_signs_that_name_no_value_stay(void **state)
{
    const char *values[] = {"7"};
    assert_string_equal(text_fill(*state, "%1% of 100%", values, 1), "7% of 100%");
    assert_string_equal(text_fill(*state, "%0 %s %", values, 1), "%0 %s %");
}

static void test_an_empty_value_and_an_empty_template_are_filled(void **state)
{
    const char *values[] = {""};
    assert_string_equal(text_fill(*state, "<%1>", values, 1), "<>");
    assert_string_equal(text_fill(*state, "", values, 1), "");
}

static void test_all_nine_values_are_reached(void **state)
{
    const char *values[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    assert_string_equal(text_fill(*state, "%9%8%7%6%5%4%3%2%1", values, TEXT_VALUES_MAX), "ihgfedcba");
}

static void test_print_gives_a_text_of_any_length(void **state)
{
    const char *text = text_print(*state, "%0*d", 20000, 7);
    assert_int_equal(text[0], '0');
    assert_int_equal(text[19999], '7');
    assert_int_equal(text[20000], '\0');
}

static void test_without_a_language_a_text_is_its_english_source(void **state)
{
    (void)state;
    assert_string_equal(text_translate("not found"), "not found");
    assert_string_equal(text_translate(""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_stand_where_the_template_names_them),
        cmocka_unit_test(test_a_translation_may_turn_the_order_and_repeat_a_value),
        cmocka_unit_test(test_a_value_that_is_missing_leaves_its_place_as_it_stands),
        cmocka_unit_test(test_a_value_is_not_read_as_a_template),
        cmocka_unit_test(test_percent_signs_that_name_no_value_stay),
        cmocka_unit_test(test_an_empty_value_and_an_empty_template_are_filled),
        cmocka_unit_test(test_all_nine_values_are_reached),
        cmocka_unit_test(test_print_gives_a_text_of_any_length),
        cmocka_unit_test(test_without_a_language_a_text_is_its_english_source),
    };
    return cmocka_run_group_tests_name("text", tests, with_arena, without_arena);
}
