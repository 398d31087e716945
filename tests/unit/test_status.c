/* SPDX-License-Identifier: Apache-2.0
 *
 * The expectations are written out here, not read from the table: names, numbers and exit codes are a contract.
 */
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/base/status.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void test_numbers_and_names_on_the_wire_never_change(void **state)
{
    (void)state;
    const char *const names[] = {"ok",      "invalid",     "unknown",   "conflict",   "forbidden",
                                 "barred",  "busy",        "moved",     "too_old",    "reused",
                                 "expired", "unavailable", "too_large", "unverified", "broken"};
    assert_int_equal(STATUS_COUNT, 15);
    for (size_t i = 0; i < STATUS_COUNT; i++)
        assert_string_equal(status_name((enum status)i), names[i]);
}

static void test_only_what_may_pass_by_itself_is_worth_a_retry(void **state)
{
    (void)state;
    for (int i = 0; i < STATUS_COUNT; i++) {
        bool passing = i == BUSY || i == MOVED || i == UNAVAILABLE;
        assert_int_equal(status_retry((enum status)i), passing);
    }
}

static void test_exit_codes_leave_those_of_shell_and_usage_errors_free(void **state)
{
    (void)state;
    assert_int_equal(status_exit(OK), 0);
    assert_int_equal(status_exit(INVALID), 11);
    assert_int_equal(status_exit(CONFLICT), 13);
    assert_int_equal(status_exit(BROKEN), 24);
}

static void test_a_number_from_a_newer_peer_reads_as_broken(void **state)
{
    (void)state;
    assert_string_equal(status_name((enum status)STATUS_COUNT), "broken");
    assert_string_equal(status_name((enum status)UINT32_MAX), "broken");
    assert_int_equal(status_exit((enum status)999), 24);
    assert_false(status_retry((enum status)999));
}

static void test_each_status_has_its_own_text_for_people(void **state)
{
    (void)state;
    for (int i = 0; i < STATUS_COUNT; i++) {
        assert_true(strlen(status_text((enum status)i)) > 0);
        for (int other = 0; other < i; other++)
            assert_string_not_equal(status_text((enum status)i), status_text((enum status)other));
    }
}

static void test_a_refusal_carries_field_reason_remedy_and_values(void **state)
{
    (void)state;
    struct refusal refusal;
    enum status status = refuse_with(&refusal, BARRED, "due", "due on %1", "apply for %2", "2025-03-01", "more time");
    assert_int_equal(status, BARRED);
    assert_int_equal(refusal.status, BARRED);
    assert_string_equal(refusal.field, "due");
    assert_string_equal(refusal.reason, "due on %1");
    assert_string_equal(refusal.remedy, "apply for %2");
    assert_string_equal(refusal.article, "");
    assert_int_equal(refusal.value_count, 2);
    assert_string_equal(refusal.values[1], "more time");
}

static void test_a_refusal_keeps_at_most_nine_values(void **state)
{
    (void)state;
    struct refusal refusal;
    assert_int_equal(refuse(&refusal, INVALID, "sum", "does not sum", "count again"), INVALID);
    assert_int_equal(refusal.value_count, 0);
    enum status status =
        refuse_with(&refusal, INVALID, "sum", "%1", "%2", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assert_int_equal(status, INVALID);
    assert_int_equal(refusal.value_count, 9);
    assert_string_equal(refusal.values[8], "9");
}

static void test_a_kept_refusal_outlives_what_it_was_about(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX);
    char field[] = "clocks", value[] = "finish";
    struct refusal refusal;

    (void)state;
    assert_int_equal(refuse_with(&refusal, INVALID, field, "the clock %1", "mend it", value), INVALID);
    refusal_keep(&refusal, arena);
    memset(field, 'x', sizeof field - 1);
    memset(value, 'x', sizeof value - 1);
    assert_string_equal(refusal.field, "clocks");
    assert_string_equal(refusal.values[0], "finish");
    assert_string_equal(refusal.article, "");
    struct refusal none = {0};
    refusal_keep(&none, arena);
    assert_null(none.reason);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_and_names_on_the_wire_never_change),
        cmocka_unit_test(test_only_what_may_pass_by_itself_is_worth_a_retry),
        cmocka_unit_test(test_exit_codes_leave_those_of_shell_and_usage_errors_free),
        cmocka_unit_test(test_a_number_from_a_newer_peer_reads_as_broken),
        cmocka_unit_test(test_each_status_has_its_own_text_for_people),
        cmocka_unit_test(test_a_refusal_carries_field_reason_remedy_and_values),
        cmocka_unit_test(test_a_refusal_keeps_at_most_nine_values),
        cmocka_unit_test(test_a_kept_refusal_outlives_what_it_was_about),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
