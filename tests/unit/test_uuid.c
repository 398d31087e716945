/* SPDX-License-Identifier: Apache-2.0
 *
 * UUID version 7: text, time, and ids that follow from others.
 */
#include "common/base/uuid.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* RFC 9562, appendix A.6. */
static const int64_t SAMPLE_TIME = 1645557742000;
static const char SAMPLE[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
static const uint8_t SAMPLE_RANDOM[] = {0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};

static void test_the_sample_of_the_rfc_is_made_from_its_parts(void **state)
{
    (void)state;
    char text[UUID_TEXT];
    struct uuid uuid = uuid_make(SAMPLE_TIME, SAMPLE_RANDOM);
    uuid_print(&uuid, text);
    assert_string_equal(text, SAMPLE);
}

static void test_text_is_read_in_either_case_and_printed_in_lower_case(void **state)
{
    (void)state;
    char text[UUID_TEXT];
    struct uuid uuid;
    assert_int_equal(uuid_parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", &uuid), OK);
    uuid_print(&uuid, text);
    assert_string_equal(text, SAMPLE);
    assert_int_equal(uuid_time(&uuid), SAMPLE_TIME);
}

static void test_other_text_is_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        "017f22e279b07cc398c4dc0c0c07398f",
        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e2a79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e-279b0-7cc3-98c4-dc0c0c07398f",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct uuid uuid;
        assert_int_equal(uuid_parse(TEXTS[i], &uuid), INVALID);
    }
}

static void test_only_version_7_has_a_time(void **state)
{
    (void)state;
    struct uuid uuid;
    assert_int_equal(uuid_parse("919108f7-52d1-4320-9bac-f847db4148a8", &uuid), OK);
    assert_int_equal(uuid_time(&uuid), -1);
    assert_int_equal(uuid_parse("017f22e2-79b0-7cc3-d8c4-dc0c0c07398f", &uuid), OK);
    assert_int_equal(uuid_time(&uuid), -1);
}

static void test_two_new_ids_of_one_millisecond_differ(void **state)
{
    (void)state;
    struct uuid one = uuid_new(SAMPLE_TIME), two = uuid_new(SAMPLE_TIME);
    assert_memory_not_equal(one.bytes, two.bytes, UUID_BYTES);
    assert_int_equal(uuid_time(&one), SAMPLE_TIME);
    assert_int_equal(uuid_time(&two), SAMPLE_TIME);
}

static void test_ids_sort_by_their_time(void **state)
{
    (void)state;
    struct uuid earlier = uuid_new(SAMPLE_TIME), later = uuid_new(SAMPLE_TIME + 1);
    assert_true(memcmp(earlier.bytes, later.bytes, UUID_BYTES) < 0);
}

/* The hash is that of `printf 'intake 3 17\0\0\0\0\0\0\0\2' | sha256sum`, bytes 0 to 9. */
static void test_a_derived_id_is_the_same_each_time_and_carries_the_time(void **state)
{
    (void)state;
    char text[UUID_TEXT];
    struct uuid uuid = uuid_derive("intake 3 17", 11, 2, SAMPLE_TIME);
    uuid_print(&uuid, text);
    assert_string_equal(text, "017f22e2-79b0-70b2-bd1b-3a0520481e59");
    assert_int_equal(uuid_time(&uuid), SAMPLE_TIME);
}

static void test_a_derived_id_depends_on_parent_and_ordinal(void **state)
{
    (void)state;
    struct uuid one = uuid_derive("intake 3 17", 11, 1, SAMPLE_TIME);
    struct uuid other_ordinal = uuid_derive("intake 3 17", 11, 2, SAMPLE_TIME);
    struct uuid other_parent = uuid_derive("intake 3 18", 11, 1, SAMPLE_TIME);
    assert_memory_not_equal(one.bytes, other_ordinal.bytes, UUID_BYTES);
    assert_memory_not_equal(one.bytes, other_parent.bytes, UUID_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sample_of_the_rfc_is_made_from_its_parts),
        cmocka_unit_test(test_text_is_read_in_either_case_and_printed_in_lower_case),
        cmocka_unit_test(test_other_text_is_refused),
        cmocka_unit_test(test_only_version_7_has_a_time),
        cmocka_unit_test(test_two_new_ids_of_one_millisecond_differ),
        cmocka_unit_test(test_ids_sort_by_their_time),
        cmocka_unit_test(test_a_derived_id_is_the_same_each_time_and_carries_the_time),
        cmocka_unit_test(test_a_derived_id_depends_on_parent_and_ordinal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
