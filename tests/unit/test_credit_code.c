/* SPDX-License-Identifier: Apache-2.0
 *
 * Unified social credit codes: GB 32100 with the inner check of GB 11714.
 */
#include "common/base/credit_code.h"
#include "common/base/identity.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static void accepted(const char *text, const char *normal)
{
    struct credit_code code;
    struct refusal refusal;
    assert_int_equal(credit_code_read(text, "employer.code", &code, &refusal), OK);
    assert_string_equal(code.text, normal);
}

static void refused(const char *text, const char *reason)
{
    struct credit_code code;
    struct refusal refusal;
    assert_int_equal(credit_code_read(text, "employer.code", &code, &refusal), INVALID);
    assert_string_equal(refusal.field, "employer.code");
    assert_non_null(strstr(refusal.reason, reason));
    assert_true(strlen(refusal.remedy) > 0);
    assert_string_equal(code.text, "");
}

static void test_published_codes_are_valid(void **state)
{
    (void)state;
    static const char *const CODES[] = {
        "91350100M000100Y43", "91110000600037341L", "91110108551385082Q", "121200004013590816", "91340602MA2UJYD90G",
    };
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        accepted(CODES[i], CODES[i]);
}

static void test_a_sum_that_31_divides_has_the_check_character_0(void **state)
{
    (void)state;
    accepted("91340600MA2PBP2120", "91340600MA2PBP2120");
    accepted("91620105L015101280", "91620105L015101280");
}

static void test_lower_case_is_accepted_and_kept_in_upper_case(void **state)
{
    (void)state;
    accepted("91340602ma2ujyd90g", "91340602MA2UJYD90G");
}

static void test_a_wrong_last_character_is_refused(void **state)
{
    (void)state;
    refused("91350100M000100Y4A", "last check character");
    refused("91110000600037341N", "last check character");
}

static void test_letters_outside_the_alphabet_are_refused(void **state)
{
    (void)state;
    for (const char *c = "IOSVZiosvz*- "; *c; c++) {
        char text[] = "91350100M000100Y43";
        text[8] = *c;
        refused(text, "no I, O, S, V, Z");
    }
}

static void test_other_lengths_and_letters_in_the_division_are_refused(void **state)
{
    (void)state;
    refused("", "18 digits and letters");
    refused("91350100M000100Y4", "18 digits and letters");
    refused("91350100M000100Y433", "18 digits and letters");
    refused("9135A100M000100Y43", "third to eighth being digits");
}

static void test_an_identity_number_that_passes_the_sum_fails_the_inner_check(void **state)
{
    (void)state;
    refused("110101199003070396", "organisation code");
}

/* Of one division's numbers of ten years, a few pass both sums by chance. */
static void test_no_identity_number_passes_as_a_credit_code(void **state)
{
    (void)state;
    size_t tried = 0, told = 0;
    for (int number = 0; number < 120 * 100; number++) {
        char text[64];
        struct identity identity;
        struct credit_code code;
        struct refusal refusal;
        /* 15 digits, so that the reader adds the check character. */
        snprintf(text, sizeof text, "110101%02d%02d%02d%03d", 80 + number / 1200, 1 + number / 100 % 12,
                 1 + number % 28, number % 1000);
        assert_int_equal(identity_read(text, 20148, "", &identity, &refusal), OK);
        assert_int_equal(credit_code_read(identity.text, "code", &code, &refusal), INVALID);
        told += strcmp(refusal.reason, "this is a person's identity number") == 0;
        tried++;
    }
    assert_int_equal(tried, 12000);
    assert_true(told > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_codes_are_valid),
        cmocka_unit_test(test_a_sum_that_31_divides_has_the_check_character_0),
        cmocka_unit_test(test_lower_case_is_accepted_and_kept_in_upper_case),
        cmocka_unit_test(test_a_wrong_last_character_is_refused),
        cmocka_unit_test(test_letters_outside_the_alphabet_are_refused),
        cmocka_unit_test(test_other_lengths_and_letters_in_the_division_are_refused),
        cmocka_unit_test(test_an_identity_number_that_passes_the_sum_fails_the_inner_check),
        cmocka_unit_test(test_no_identity_number_passes_as_a_credit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
