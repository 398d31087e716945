/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/instant.h"
#include "tests/unit/days.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t moment(const char *text)
{
    struct refusal refusal;
    int64_t result = 0;
    assert_int_equal(instant_parse(text, "moment", &result, &refusal), OK);
    return result;
}

static void test_a_day_counts_from_1970(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("1969-12-31"), -1);
    assert_int_equal(day("2000-03-01"), 11017);
    assert_int_equal(day("2026-05-09"), 20582);
}

static void test_every_day_of_four_centuries_follows_the_one_before(void **state)
{
    (void)state;
    int32_t last = day("2399-12-31");
    struct date before = day_date(day("1999-12-31"));
    for (int32_t now = day("2000-01-01"); now <= last; now++) {
        struct date date = day_date(now);
        assert_int_equal(day_from_date(date), now);
        bool next_day = date.day == before.day + 1 && date.month == before.month && date.year == before.year;
        bool next_month = date.day == 1 && !date_exists((struct date){before.year, before.month, before.day + 1});
        assert_true(next_day || next_month);
        before = date;
    }
}

static void test_the_30th_of_april_exists_and_the_31st_is_refused_by_name(void **state)
{
    (void)state;
    struct refusal refusal;
    int32_t result = 7;

    assert_int_equal(day_parse("2024-04-31", "due", &result, &refusal), INVALID);
    assert_string_equal(refusal.field, "due");
    assert_string_equal(refusal.values[0], "2024-04-31");
    assert_string_equal(refusal.reason, "the calendar has no day %1");
    assert_int_equal(result, 7);
    assert_day(day("2024-04-30"), "2024-04-30");
}

static void test_the_leap_day_exists_in_2000_and_2024_but_not_in_1900_or_2023(void **state)
{
    (void)state;
    struct refusal refusal;
    int32_t result;

    assert_int_equal(day("2000-03-01") - day("2000-02-29"), 1);
    assert_int_equal(day("2024-03-01") - day("2024-02-29"), 1);
    assert_int_equal(day_parse("1900-02-29", "birth", &result, &refusal), INVALID);
    assert_int_equal(day_parse("2023-02-29", "birth", &result, &refusal), INVALID);
}

static void test_what_is_not_written_as_a_date_is_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"",           "2024-4-30",   "2024/04/30", "20240430",   "2024-04-30 ",
                                        "2024-00-10", "2024-13-01",  "2024-01-00", "0000-01-01", "2024-04-3x",
                                        "24-04-30",   "2024-04-300", "+024-04-30"};
    struct refusal refusal;
    int32_t result;

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_int_equal(day_parse(TEXTS[i], "day", &result, &refusal), INVALID);
}

static void test_a_day_begins_at_midnight_in_china_wherever_the_server_stands(void **state)
{
    (void)state;
    /* 22:00:08 UTC on the 6th is the 7th, 06:00:08, in China. */
    assert_day(day_of(moment("2024-05-06T22:00:08Z")), "2024-05-07");
    assert_day(day_of(moment("2024-05-06T15:59:59.999999Z")), "2024-05-06");
    assert_day(day_of(moment("2024-05-06T16:00:00Z")), "2024-05-07");
    assert_int_equal(day_start(day("2024-05-07")), moment("2024-05-07T00:00:00+08:00"));
    assert_int_equal(day_start(day("2024-05-07")), moment("2024-05-06T16:00:00Z"));
    assert_day(day_of(moment("1969-12-31T15:59:59Z")), "1969-12-31");
}

static void test_a_moment_is_read_at_its_offset_and_written_at_that_of_china(void **state)
{
    (void)state;
    char text[INSTANT_TEXT];
    assert_string_equal(instant_format(moment("2026-05-09T09:00:00+08:00"), text), "2026-05-09T09:00:00+08:00");
    assert_string_equal(instant_format(moment("2026-05-08T18:30:00.25-06:30"), text),
                        "2026-05-09T09:00:00.250000+08:00");
    assert_int_equal(moment("1970-01-01T08:00:00.000001+08:00"), 1);
}

static void test_a_moment_without_offset_or_with_an_impossible_part_is_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "2026-05-09T09:00:00",       "2026-05-09 09:00:00+08:00",  "2026-05-09T24:00:00+08:00",
        "2026-05-09T09:60:00+08:00", "2026-05-09T09:00:00.+08:00", "2026-05-09T09:00:00+0800",
        "2026-02-30T09:00:00+08:00", "2026-05-09T09:00:00+15:00",  "2026-05-09T09:00:00.1234567+08:00"};
    struct refusal refusal;
    int64_t result;

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_int_equal(instant_parse(TEXTS[i], "moment", &result, &refusal), INVALID);
}

static void test_monthly_instalments_from_the_31st_fall_on_each_months_last_day(void **state)
{
    (void)state;
    int32_t first = day("2025-12-31");
    assert_day(day_add_months(first, 1), "2026-01-31");
    assert_day(day_add_months(first, 2), "2026-02-28");
    assert_day(day_add_months(first, 3), "2026-03-31");
    assert_day(day_add_months(first, 4), "2026-04-30");
    assert_day(day_add_months(day("2024-01-31"), 1), "2024-02-29");
    assert_day(day_add_months(day("2024-03-31"), -1), "2024-02-29");
    assert_day(day_add_months(day("2024-02-29"), 12), "2025-02-28");
    assert_day(day_add_months(day("2024-01-15"), -13), "2022-12-15");
}

static void test_weekdays(void **state)
{
    (void)state;
    assert_int_equal(day_weekday(day("2026-05-11")), 0); /* a Monday */
    assert_int_equal(day_weekday(day("2024-09-14")), 5); /* a Saturday */
    assert_int_equal(day_weekday(day("1969-12-28")), 6); /* a Sunday */
}

/* ---- business time ---- */

struct time_file {
    char path[32];
};

static void write_time(const struct time_file *file, const char *text)
{
    FILE *stream = fopen(file->path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static int with_time_file(void **state)
{
    struct time_file *file = malloc(sizeof *file);
    strcpy(file->path, "/tmp/tiaojie-time-XXXXXX");
    close(mkstemp(file->path));
    *state = file;
    return 0;
}

static int without_time_file(void **state)
{
    struct time_file *file = *state;
    struct refusal refusal;
    enum status status = instant_use_file(NULL, &refusal);
    unlink(file->path);
    free(file);
    return (int)status;
}

static void use(const struct time_file *file)
{
    struct refusal refusal;
    assert_int_equal(instant_use_file(file->path, &refusal), OK);
}

static void test_simulated_time_stands_still_and_moves_when_the_file_says_so(void **state)
{
    write_time(*state, "2026-05-09T09:00:00+08:00\n");
    use(*state);
    assert_int_equal(instant_now(), moment("2026-05-09T09:00:00+08:00"));
    assert_int_equal(instant_now(), moment("2026-05-09T09:00:00+08:00"));
    write_time(*state, "2026-05-10T00:01:00+08:00\n");
    assert_int_equal(instant_now(), moment("2026-05-10T00:01:00+08:00"));
}

static void test_an_offset_shifts_the_clock_and_live_is_the_clock(void **state)
{
    write_time(*state, "-86400");
    use(*state);
    int64_t shifted = instant_now();
    write_time(*state, "live");
    int64_t live = instant_now();
    assert_true(live - shifted >= INSTANT_DAY);
    assert_true(live - shifted < INSTANT_DAY + 3600 * INSTANT_SECOND);
}

static void test_a_time_file_that_breaks_leaves_the_last_good_time(void **state)
{
    struct refusal refusal;

    write_time(*state, "2026-05-09T09:00:00+08:00");
    use(*state);
    write_time(*state, "2026-05-");
    assert_int_equal(instant_now(), moment("2026-05-09T09:00:00+08:00"));
    write_time(*state, "tomorrow");
    assert_int_equal(instant_use_file(((struct time_file *)*state)->path, &refusal), INVALID);
    assert_string_equal(refusal.field, "time.file");
}

static void test_a_time_file_that_is_not_there_is_refused(void **state)
{
    struct refusal refusal;
    unlink(((struct time_file *)*state)->path);
    assert_int_equal(instant_use_file(((struct time_file *)*state)->path, &refusal), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_counts_from_1970),
        cmocka_unit_test(test_every_day_of_four_centuries_follows_the_one_before),
        cmocka_unit_test(test_the_30th_of_april_exists_and_the_31st_is_refused_by_name),
        cmocka_unit_test(test_the_leap_day_exists_in_2000_and_2024_but_not_in_1900_or_2023),
        cmocka_unit_test(test_what_is_not_written_as_a_date_is_refused),
        cmocka_unit_test(test_a_day_begins_at_midnight_in_china_wherever_the_server_stands),
        cmocka_unit_test(test_a_moment_is_read_at_its_offset_and_written_at_that_of_china),
        cmocka_unit_test(test_a_moment_without_offset_or_with_an_impossible_part_is_refused),
        cmocka_unit_test(test_monthly_instalments_from_the_31st_fall_on_each_months_last_day),
        cmocka_unit_test(test_weekdays),
        cmocka_unit_test_setup_teardown(test_simulated_time_stands_still_and_moves_when_the_file_says_so,
                                        with_time_file, without_time_file),
        cmocka_unit_test_setup_teardown(test_an_offset_shifts_the_clock_and_live_is_the_clock, with_time_file,
                                        without_time_file),
        cmocka_unit_test_setup_teardown(test_a_time_file_that_breaks_leaves_the_last_good_time, with_time_file,
                                        without_time_file),
        cmocka_unit_test_setup_teardown(test_a_time_file_that_is_not_there_is_refused, with_time_file,
                                        without_time_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
