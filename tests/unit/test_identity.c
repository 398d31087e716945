/* SPDX-License-Identifier: Apache-2.0
 *
 * Identity numbers: GB 11643. The numbers are published samples of libraries and encyclopaedias, not persons.
 */
#include "common/base/identity.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { TODAY = 20148 }; /* 2025-03-01 in days since 1970-01-01 */

static struct identity accepted(const char *text)
{
    struct identity identity;
    struct refusal refusal;
    assert_int_equal(identity_read(text, TODAY, "identity_number", &identity, &refusal), OK);
    return identity;
}

static void refused(const char *text, const char *reason)
{
    struct identity identity;
    struct refusal refusal;
    assert_int_equal(identity_read(text, TODAY, "person.identity_number", &identity, &refusal), INVALID);
    assert_string_equal(refusal.field, "person.identity_number");
    assert_non_null(strstr(refusal.reason, reason));
    assert_true(strlen(refusal.remedy) > 0);
    assert_string_equal(identity.text, "");
}

static void test_published_numbers_are_valid(void **state)
{
    (void)state;
    static const char *const NUMBERS[] = {
        "11010519491231002X", "440308199901101512", "500154199301135886", "321083197812162119",
        "360426199101010071", "44011320141005001X", "110101200002290018", "110101199010010017",
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        assert_string_equal(accepted(NUMBERS[i]).text, NUMBERS[i]);
}

static void test_birth_date_and_sex_are_read(void **state)
{
    (void)state;
    struct identity man = accepted("440308199901101512"), woman = accepted("11010519491231002X");
    assert_int_equal(man.year, 1999);
    assert_int_equal(man.month, 1);
    assert_int_equal(man.day, 10);
    assert_int_equal(man.birth_day, 10601);
    assert_int_equal(man.sex, IDENTITY_MALE);
    assert_int_equal(man.kind, IDENTITY_RESIDENT);
    assert_int_equal(woman.birth_day, -7306);
    assert_int_equal(woman.sex, IDENTITY_FEMALE);
}

static void test_a_lower_case_x_is_accepted_and_kept_in_upper_case(void **state)
{
    (void)state;
    assert_string_equal(accepted("11010119900307803x").text, "11010119900307803X");
}

static void test_a_number_of_the_first_generation_is_kept_as_eighteen_characters(void **state)
{
    (void)state;
    assert_string_equal(accepted("610104620927690").text, "610104196209276908");
    assert_string_equal(accepted("150102880730303").text, "150102198807303035");
    refused("610104621327690", "birth date does not exist");
}

static void test_residence_permits_are_valid_and_known_by_kind(void **state)
{
    (void)state;
    assert_int_equal(accepted("830000199201300022").kind, IDENTITY_TAIWAN_PERMIT);
    assert_int_equal(accepted("810000199408230021").kind, IDENTITY_HONG_KONG_PERMIT);
    assert_int_equal(accepted("820000198706170028").kind, IDENTITY_MACAO_PERMIT);
}

static void test_numbers_with_abolished_division_codes_are_valid(void **state)
{
    (void)state;
    accepted("412723199010050012");
    accepted("370284198801010013");
}

static void test_every_month_can_be_a_month_of_birth(void **state)
{
    (void)state;
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; month++) {
        char text[64];
        snprintf(text, sizeof text, "11010190%02d%02d001", month, DAYS[month - 1]);
        assert_int_equal(accepted(text).month, month);
        snprintf(text, sizeof text, "11010190%02d%02d001", month, DAYS[month - 1] + 1);
        refused(text, "birth date does not exist");
    }
}

static void test_a_wrong_check_digit_is_refused_without_telling_the_right_one(void **state)
{
    (void)state;
    static const char *const NUMBERS[] = {"440308199901101513", "36042619910102009X"};
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        struct identity identity;
        struct refusal refusal;
        assert_int_equal(identity_read(NUMBERS[i], TODAY, "n", &identity, &refusal), INVALID);
        assert_string_equal(refusal.reason, "its check digit does not fit");
        assert_int_equal(refusal.value_count, 0);
        assert_null(strpbrk(refusal.remedy, "0123456789"));
    }
}

static void test_no_other_check_character_fits_a_valid_number(void **state)
{
    (void)state;
    char text[] = "440308199901101512";
    for (const char *c = "013456789Xx"; *c; c++) {
        text[17] = *c;
        refused(text, "check digit");
    }
}

static void test_a_birth_date_that_does_not_exist_is_refused_though_the_check_digit_fits(void **state)
{
    (void)state;
    refused("360426199113010079", "birth date does not exist");
    refused("110101199002300014", "birth date does not exist");
    refused("110101190002290011", "birth date does not exist");
}

static void test_eighteen_ones_are_refused(void **state)
{
    (void)state;
    refused("111111111111111111", "before 1800");
}

static void test_a_birth_is_possible_today_and_not_tomorrow(void **state)
{
    (void)state;
    struct identity identity;
    struct refusal refusal;
    const char *number = "440308199901101512"; /* born on day 10601 */
    assert_int_equal(identity_read(number, 10601, "n", &identity, &refusal), OK);
    assert_int_equal(identity_read(number, 10600, "n", &identity, &refusal), INVALID);
    assert_string_equal(refusal.reason, "its birth date is in the future");
    refused("110101203012310012", "in the future");
}

static void test_other_forms_are_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",
        "4403081999011015",
        "44030819990110151",
        "4403081999011015122",
        "44030819990110151 ",
        "4403081999X1101512",
        "44030819990110151Y",
        "61010462092769X",
        "440308-19990110-1512",
        "4403081999011015\xef\xbc\x91",
        "123456789012345678901234567890123456789012345678901234567890",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        refused(TEXTS[i], "18 characters");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_numbers_are_valid),
        cmocka_unit_test(test_birth_date_and_sex_are_read),
        cmocka_unit_test(test_a_lower_case_x_is_accepted_and_kept_in_upper_case),
        cmocka_unit_test(test_a_number_of_the_first_generation_is_kept_as_eighteen_characters),
        cmocka_unit_test(test_residence_permits_are_valid_and_known_by_kind),
        cmocka_unit_test(test_numbers_with_abolished_division_codes_are_valid),
        cmocka_unit_test(test_every_month_can_be_a_month_of_birth),
        cmocka_unit_test(test_a_wrong_check_digit_is_refused_without_telling_the_right_one),
        cmocka_unit_test(test_no_other_check_character_fits_a_valid_number),
        cmocka_unit_test(test_a_birth_date_that_does_not_exist_is_refused_though_the_check_digit_fits),
        cmocka_unit_test(test_eighteen_ones_are_refused),
        cmocka_unit_test(test_a_birth_is_possible_today_and_not_tomorrow),
        cmocka_unit_test(test_other_forms_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
