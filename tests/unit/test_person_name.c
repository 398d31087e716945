/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of persons: what is accepted, what is made the same, and how wide it is.
 */
#include "common/base/person_name.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static void becomes(const char *typed, const char *kept, size_t characters)
{
    struct person_name name;
    struct refusal refusal;
    assert_int_equal(person_name_read(typed, strlen(typed), "name", &name, &refusal), OK);
    assert_string_equal(name.text, kept);
    assert_int_equal(name.characters, characters);
}

static void refused_bytes(const char *bytes, size_t size, const char *reason)
{
    struct person_name name;
    struct refusal refusal;
    assert_int_equal(person_name_read(bytes, size, "claims[3].name", &name, &refusal), INVALID);
    assert_string_equal(refusal.field, "claims[3].name");
    assert_non_null(strstr(refusal.reason, reason));
    assert_true(strlen(refusal.remedy) > 0);
    assert_string_equal(name.text, "");
}

static void refused(const char *text, const char *reason)
{
    refused_bytes(text, strlen(text), reason);
}

static void test_names_of_one_two_and_fifty_characters_are_accepted(void **state)
{
    (void)state;
    char fifty[151] = "";
    for (int i = 0; i < 50; i++)
        memcpy(fifty + strlen(fifty), "王", sizeof "王");
    becomes("丁", "丁", 1);
    becomes("李四", "李四", 2);
    becomes(fifty, fifty, 50);
}

static void test_fifty_one_characters_are_refused_however_few_bytes_they_take(void **state)
{
    (void)state;
    char text[52] = "";
    memset(text, 'a', 51);
    refused(text, "at most 50 characters");
}

static void test_a_transcribed_name_with_a_middle_dot_is_accepted(void **state)
{
    (void)state;
    becomes("阿卜杜拉·买买提江", "阿卜杜拉·买买提江", 9);
}

static void test_what_is_typed_for_the_middle_dot_becomes_the_middle_dot(void **state)
{
    (void)state;
    static const char *const TYPED[] = {"古丽\u2022阿里", "古丽\u2027阿里", "古丽\u30FB阿里",
                                        "古丽.阿里",      "古丽\uFF0E阿里", "古丽。阿里"};
    for (size_t i = 0; i < sizeof TYPED / sizeof *TYPED; i++)
        becomes(TYPED[i], "古丽\u00B7阿里", 5);
}

static void test_a_full_stop_in_a_latin_name_stays(void **state)
{
    (void)state;
    becomes("J. Smith", "J. Smith", 8);
    becomes("王J.李", "王J.李", 4);
    becomes("李.J", "李.J", 3);
}

static void test_rare_characters_are_accepted_and_counted_once(void **state)
{
    (void)state;
    becomes("\U00020BB7野家", "\U00020BB7野家", 3);
    becomes("张\u4B8C", "张\u4B8C", 2);
    becomes("\U00020BB7.\U00030000", "\U00020BB7\u00B7\U00030000", 3);
}

static void test_empty_names_and_spaces_at_the_ends_are_refused(void **state)
{
    (void)state;
    refused("", "empty");
    refused(" ", "space");
    refused("\u3000", "space");
    refused(" 张三", "space");
    refused("张三 ", "space");
    refused("张三\u3000", "space");
    refused("张三\u00A0", "space");
}

static void test_dots_at_the_ends_or_in_a_row_are_refused(void **state)
{
    (void)state;
    refused("·张三", "dot");
    refused("张三·", "dot");
    refused("张三.", "dot");
    refused("\u2022张三", "dot");
    refused("·", "dot");
    refused("张··三", "two dots");
    refused("张·\u30FB三", "two dots");
}

static void test_zero_control_and_invisible_characters_are_refused(void **state)
{
    (void)state;
    refused_bytes("张\0三", 7, "zero, control or invisible");
    refused_bytes("张三\0", 7, "zero, control or invisible");
    refused("张\t三", "zero, control or invisible");
    refused("张三\n", "zero, control or invisible");
    refused("张\x7f", "zero, control or invisible");
    refused("张\xc2\x85三", "zero, control or invisible");
    refused("张\u200B三", "zero, control or invisible");
    refused("张\u202E三", "zero, control or invisible");
    refused("\uFEFF张三", "zero, control or invisible");
    refused("张\uFFFD", "zero, control or invisible");
}

static void test_bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    static const char *const BYTES[] = {
        "\xf0\x80",         /* cut */
        "\xe5\xbc",         /* cut */
        "\x80",             /* no beginning */
        "\xc0\xaf",         /* overlong */
        "\xe0\x80\xaf",     /* overlong */
        "\xf0\x82\x82\xac", /* overlong */
        "\xed\xa0\x80",     /* surrogate */
        "\xf4\x90\x80\x80", /* over U+10FFFF */
        "\xff",
        "\xd5\xc5\xc8\xfd", /* 张三 in GBK */
    };
    for (size_t i = 0; i < sizeof BYTES / sizeof *BYTES; i++)
        refused(BYTES[i], "not UTF-8");
}

static void test_chinese_characters_take_two_cells_and_latin_ones_one(void **state)
{
    (void)state;
    assert_int_equal(name_columns(""), 0);
    assert_int_equal(name_columns("Li Si"), 5);
    assert_int_equal(name_columns("李四"), 4);
    assert_int_equal(name_columns("\U00020BB7"), 2);
    assert_int_equal(name_columns("古丽·阿里"), 9);
    assert_int_equal(name_columns("\uFF21"), 2);
    assert_int_equal(name_columns("e\u0301"), 1);
    assert_int_equal(name_columns("葛\U000E0100"), 2);
    assert_int_equal(name_columns("a\xff\xe5"), 3);
}

static void test_a_cut_never_splits_a_character(void **state)
{
    (void)state;
    assert_int_equal(name_cut("李四", 4), 6);
    assert_int_equal(name_cut("李四", 3), 3);
    assert_int_equal(name_cut("李四", 1), 0);
    assert_int_equal(name_cut("a\U00020BB7b", 2), 1);
    assert_int_equal(name_cut("a\U00020BB7b", 3), 5);
    assert_int_equal(name_cut("e\u0301a", 1), 3);
    assert_int_equal(name_cut("abc", 80), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_one_two_and_fifty_characters_are_accepted),
        cmocka_unit_test(test_fifty_one_characters_are_refused_however_few_bytes_they_take),
        cmocka_unit_test(test_a_transcribed_name_with_a_middle_dot_is_accepted),
        cmocka_unit_test(test_what_is_typed_for_the_middle_dot_becomes_the_middle_dot),
        cmocka_unit_test(test_a_full_stop_in_a_latin_name_stays),
        cmocka_unit_test(test_rare_characters_are_accepted_and_counted_once),
        cmocka_unit_test(test_empty_names_and_spaces_at_the_ends_are_refused),
        cmocka_unit_test(test_dots_at_the_ends_or_in_a_row_are_refused),
        cmocka_unit_test(test_zero_control_and_invisible_characters_are_refused),
        cmocka_unit_test(test_bytes_that_are_not_utf8_are_refused),
        cmocka_unit_test(test_chinese_characters_take_two_cells_and_latin_ones_one),
        cmocka_unit_test(test_a_cut_never_splits_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
