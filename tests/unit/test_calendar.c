/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/law.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

enum { FIRST_YEAR = 2013, LAST_YEAR = 2026 };

struct setting {
    struct arena *arena;
    struct law *law; /* with the lists of law/calendars */
};

static int with_law(void **state)
{
    static struct setting setting;
    setting.arena = arena_new(SIZE_MAX);
    setting.law = law_new();
    law_file_add_calendars(setting.law, setting.arena, FIRST_YEAR, LAST_YEAR);
    *state = &setting;
    return 0;
}

static int without_law(void **state)
{
    struct setting *setting = *state;
    law_free(&setting->law);
    arena_free(&setting->arena);
    return 0;
}

static const struct calendar *calendar_of(void **state)
{
    const struct setting *setting = *state;
    return law_calendar(setting->law);
}

static struct arena *arena_of(void **state)
{
    const struct setting *setting = *state;
    return setting->arena;
}

static void assert_worked(const struct calendar *calendar, const char *text)
{
    if (!calendar_is_worked(calendar, day(text)))
        fail_msg("%s is not worked", text);
}

static void assert_off(const struct calendar *calendar, const char *text)
{
    if (calendar_is_worked(calendar, day(text)))
        fail_msg("%s is worked", text);
}

/* ---- the published years ---- */

static void test_each_year_has_the_working_days_that_its_notices_give(void **state)
{
    static const int DAYS[] = {250, 250, 249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248};

    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        int count = calendar_worked_days(calendar_of(state), day_from_date((struct date){year, 1, 1}),
                                         day_from_date((struct date){year, 12, 31}));
        if (count != DAYS[year - FIRST_YEAR])
            fail_msg("%d has %d working days instead of %d", year, count, DAYS[year - FIRST_YEAR]);
    }
}

static void test_make_up_sundays_are_worked(void **state)
{
    assert_worked(calendar_of(state), "2019-04-28");
    assert_worked(calendar_of(state), "2019-05-05");
    assert_worked(calendar_of(state), "2020-09-27");
    assert_worked(calendar_of(state), "2022-12-30");
    assert_worked(calendar_of(state), "2018-12-29");
    assert_off(calendar_of(state), "2018-12-30");
    assert_off(calendar_of(state), "2022-12-31");
    assert_int_equal(calendar_kind(calendar_of(state), day("2019-04-28")), DAY_MAKE_UP);
}

static void test_the_three_days_before_february_2020_are_all_off(void **state)
{
    assert_off(calendar_of(state), "2020-01-31");
    assert_off(calendar_of(state), "2020-02-01");
    assert_off(calendar_of(state), "2020-02-02");
    assert_worked(calendar_of(state), "2020-02-03");
}

static void test_of_a_long_holiday_only_some_days_are_statutory(void **state)
{
    const struct calendar *calendar = calendar_of(state);
    assert_int_equal(calendar_kind(calendar, day("2026-10-01")), DAY_STATUTORY);
    assert_int_equal(calendar_kind(calendar, day("2026-10-03")), DAY_STATUTORY);
    assert_int_equal(calendar_kind(calendar, day("2026-10-04")), DAY_OFF);
    assert_int_equal(calendar_kind(calendar, day("2026-10-07")), DAY_OFF);
    assert_int_equal(calendar_kind(calendar, day("2026-10-08")), DAY_WORKING);
    assert_int_equal(calendar_kind(calendar, day("2012-06-23")), DAY_WEEKEND); /* no list for 2012 here */
}

static void test_a_year_without_a_list_has_weekends_only(void **state)
{
    const struct calendar *calendar = calendar_of(state);
    assert_false(calendar_is_published(calendar, day("2027-01-01")));
    assert_true(calendar_is_published(calendar, day("2026-12-31")));
    assert_worked(calendar, "2027-01-01"); /* a Friday */
    assert_off(calendar, "2027-01-02");
    assert_off(calendar, "2199-12-28"); /* a Saturday beyond all lists */
}

static void test_handling_time_counts_both_ends_and_skips_what_is_off(void **state)
{
    /* Received on a Friday, signed on the Tuesday after it. */
    assert_int_equal(calendar_worked_days(calendar_of(state), day("2024-03-08"), day("2024-03-12")), 3);
    assert_int_equal(calendar_worked_days(calendar_of(state), day("2024-03-09"), day("2024-03-10")), 0);
    assert_int_equal(calendar_worked_days(calendar_of(state), day("2024-03-12"), day("2024-03-08")), 0);
    assert_int_equal(calendar_worked_days(calendar_of(state), day("2024-09-13"), day("2024-09-18")), 3);
}

/* ---- notices ---- */

/* A notice of `year` with one holiday and one make-up day; "" leaves either out. */
static Tiaojie__Calendar *notice(struct arena *arena, uint32_t year, const char *issued, const char *off,
                                 const char *to, const char *working)
{
    Tiaojie__Calendar *calendar = arena_take(arena, sizeof *calendar);
    tiaojie__calendar__init(calendar);
    calendar->year = year;
    calendar->issued = (char *)issued;
    if (*off) {
        calendar->n_off = 1;
        calendar->off = arena_array(arena, 1, sizeof *calendar->off);
        calendar->off[0] = arena_take(arena, sizeof **calendar->off);
        tiaojie__calendar__range__init(calendar->off[0]);
        calendar->off[0]->from = (char *)off;
        calendar->off[0]->to = (char *)to;
    }
    if (*working) {
        calendar->n_working = 1;
        calendar->working = arena_array(arena, 1, sizeof *calendar->working);
        calendar->working[0] = (char *)working;
    }
    return calendar;
}

static enum status add(struct calendar *calendar, const Tiaojie__Calendar *list, struct refusal *refusal)
{
    return calendar_add(calendar, list, refusal);
}

static void test_of_two_notices_about_a_day_the_later_one_wins_in_either_order(void **state)
{
    struct arena *arena = arena_of(state);
    const Tiaojie__Calendar *first = notice(arena, 2020, "2019-11-21", "2020-01-24", "2020-01-30", "2020-02-01");
    const Tiaojie__Calendar *second = notice(arena, 2020, "2020-01-26", "2020-01-31", "2020-02-02", "");
    struct refusal refusal;

    for (int turn = 0; turn < 2; turn++) {
        struct calendar *calendar = calendar_new(arena, NULL);
        assert_int_equal(add(calendar, turn ? second : first, &refusal), OK);
        assert_int_equal(add(calendar, turn ? first : second, &refusal), OK);
        assert_off(calendar, "2020-01-24");
        assert_off(calendar, "2020-01-31");
        assert_off(calendar, "2020-02-01");
        assert_off(calendar, "2020-02-02");
        assert_worked(calendar, "2020-02-03");
    }
}

static void test_a_make_up_day_that_is_a_weekday_is_refused_and_nothing_of_its_list_counts(void **state)
{
    struct arena *arena = arena_of(state);
    struct calendar *calendar = calendar_new(arena, NULL);
    struct refusal refusal;

    /* 09-17 typed for 09-27: a Thursday. */
    assert_int_equal(
        add(calendar, notice(arena, 2020, "2019-11-21", "2020-10-01", "2020-10-08", "2020-09-17"), &refusal), INVALID);
    assert_string_equal(refusal.field, "working");
    assert_string_equal(refusal.values[0], "2020-09-17");
    assert_worked(calendar, "2020-10-08");
    assert_false(calendar_is_published(calendar, day("2020-10-08")));
}

static void test_lists_that_contradict_themselves_or_the_calendar_are_refused(void **state)
{
    struct arena *arena = arena_of(state);
    struct calendar *calendar = calendar_new(arena, NULL);
    struct refusal refusal;
    Tiaojie__Calendar *statutory = notice(arena, 2024, "2023-10-25", "2024-05-01", "2024-05-05", "");
    char *weekday[] = {"2024-05-06"};
    statutory->n_statutory = 1;
    statutory->statutory = weekday;

    assert_int_equal(add(calendar, statutory, &refusal), INVALID);
    assert_string_equal(refusal.field, "statutory");
    assert_int_equal(
        add(calendar, notice(arena, 2024, "2023-10-25", "2024-05-01", "2024-05-05", "2024-05-04"), &refusal), INVALID);
    assert_string_equal(refusal.reason, "%1 is named twice");
    assert_int_equal(add(calendar, notice(arena, 2024, "2023-10-25", "2024-04-31", "", ""), &refusal), INVALID);
    assert_string_equal(refusal.values[0], "2024-04-31");
    assert_int_equal(add(calendar, notice(arena, 2024, "2023-10-25", "2024-05-05", "2024-05-01", ""), &refusal),
                     INVALID);
    assert_int_equal(add(calendar, notice(arena, 2024, "2023-10-25", "2022-05-01", "", ""), &refusal), INVALID);
    assert_int_equal(add(calendar, notice(arena, 2024, "", "2024-05-01", "", ""), &refusal), INVALID);
    assert_string_equal(refusal.field, "issued");
    assert_int_equal(add(calendar, notice(arena, 24, "2023-10-25", "2024-05-01", "", ""), &refusal), INVALID);
    assert_worked(calendar, "2024-05-01");
}

/* ---- deadlines ---- */

static Tiaojie__Procedure__Clock rule(uint32_t amount, Tiaojie__Procedure__Unit unit, Tiaojie__Procedure__Roll roll)
{
    Tiaojie__Procedure__Clock clock = TIAOJIE__PROCEDURE__CLOCK__INIT;
    clock.amount = amount;
    clock.unit = unit;
    clock.roll = roll;
    return clock;
}

static Tiaojie__Procedure__Clock days(uint32_t amount, Tiaojie__Procedure__Roll roll)
{
    return rule(amount, TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS, roll);
}

static Tiaojie__Procedure__Clock working_days(uint32_t amount)
{
    return rule(amount, TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS, TIAOJIE__PROCEDURE__ROLL__ROLL_NONE);
}

static Tiaojie__Procedure__Clock months(uint32_t amount)
{
    return rule(amount, TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS, TIAOJIE__PROCEDURE__ROLL__ROLL_NONE);
}

#define DAY_OFF_ROLLS TIAOJIE__PROCEDURE__ROLL__ROLL_DAY_OFF
#define HOLIDAY_ROLLS TIAOJIE__PROCEDURE__ROLL__ROLL_STATUTORY
#define NOTHING_ROLLS TIAOJIE__PROCEDURE__ROLL__ROLL_NONE

static struct deadline count(void **state, Tiaojie__Procedure__Clock clock, const char *start)
{
    struct deadline_start from = {.day = day(start)};
    return deadline_count(calendar_of(state), &clock, &from, NULL);
}

static void assert_last_day(struct deadline deadline, const char *expected)
{
    char text[DAY_TEXT];
    assert_string_equal(day_format(deadline.last_day, text), expected);
}

static void test_thirty_days_that_end_on_a_sunday_end_on_the_monday(void **state)
{
    /* Agreements of Friday 2026-02-13; agreement of 2023-07-28. */
    assert_last_day(count(state, days(30, DAY_OFF_ROLLS), "2026-02-13"), "2026-03-16");
    assert_last_day(count(state, days(30, DAY_OFF_ROLLS), "2023-07-28"), "2023-08-28");
    assert_last_day(count(state, days(30, NOTHING_ROLLS), "2023-07-28"), "2023-08-27");
}

static void test_a_holiday_inside_a_period_does_not_lengthen_it(void **state)
{
    /* Served 2018-02-12, Spring Festival 02-15 to 02-21 within the 15 days. */
    assert_last_day(count(state, days(15, DAY_OFF_ROLLS), "2018-02-12"), "2018-02-27");
}

static void test_an_appeal_that_ends_on_a_saturday_ends_on_the_monday(void **state)
{
    assert_last_day(count(state, days(15, DAY_OFF_ROLLS), "2022-07-01"), "2022-07-18");
}

static void test_day_45_is_the_last_one_in_time(void **state)
{
    assert_last_day(count(state, days(45, DAY_OFF_ROLLS), "2016-08-12"), "2016-09-26");
}

static void test_a_make_up_sunday_counts_among_working_days(void **state)
{
    /* Served Thursday 2026-09-17; Sunday the 20th is worked. */
    assert_last_day(count(state, working_days(5), "2026-09-17"), "2026-09-23");
    Tiaojie__Procedure__Clock strict = working_days(5);
    strict.make_up_is_rest = true;
    assert_last_day(count(state, strict, "2026-09-17"), "2026-09-24");
    /* Across the worked Sundays 2019-04-28 and 2019-05-05. */
    assert_last_day(count(state, working_days(5), "2019-04-26"), "2019-05-06");
}

static void test_the_roll_rule_decides_how_far_a_holiday_moves_the_end(void **state)
{
    assert_last_day(count(state, days(15, NOTHING_ROLLS), "2026-09-16"), "2026-10-01");
    assert_last_day(count(state, days(15, HOLIDAY_ROLLS), "2026-09-16"), "2026-10-04");
    assert_last_day(count(state, days(15, DAY_OFF_ROLLS), "2026-09-16"), "2026-10-08");
    assert_last_day(count(state, days(15, TIAOJIE__PROCEDURE__ROLL__ROLL_BACK), "2026-09-16"), "2026-09-30");
    /* A Saturday that is no holiday moves only where any day off does. */
    assert_last_day(count(state, days(15, HOLIDAY_ROLLS), "2022-07-01"), "2022-07-16");
}

static void test_an_end_on_a_worked_saturday_stays(void **state)
{
    assert_last_day(count(state, days(10, DAY_OFF_ROLLS), "2024-09-04"), "2024-09-14");
    Tiaojie__Procedure__Clock strict = days(10, DAY_OFF_ROLLS);
    strict.make_up_is_rest = true;
    assert_last_day(count(state, strict, "2024-09-04"), "2024-09-18");
}

static void test_one_working_day_from_a_friday_is_the_monday(void **state)
{
    assert_last_day(count(state, working_days(1), "2024-03-08"), "2024-03-11");
    assert_last_day(count(state, working_days(1), "2024-03-09"), "2024-03-11");
}

static void test_months_and_years_end_on_the_same_number_or_the_months_last_day(void **state)
{
    assert_last_day(count(state, months(1), "2023-01-31"), "2023-02-28");
    assert_last_day(count(state, months(2), "2023-01-31"), "2023-03-31");
    assert_last_day(count(state, months(1), "2024-01-31"), "2024-02-29");
    assert_last_day(count(state, rule(1, TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS, DAY_OFF_ROLLS), "2014-12-28"),
                    "2015-12-28");
    assert_last_day(count(state, rule(1, TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS, NOTHING_ROLLS), "2024-02-29"),
                    "2025-02-28");
}

static void test_a_limit_counted_backwards_ends_before_its_event(void **state)
{
    Tiaojie__Procedure__Clock before = days(5, TIAOJIE__PROCEDURE__ROLL__ROLL_BACK);
    before.backwards = true;
    assert_last_day(count(state, before, "2024-03-14"), "2024-03-08"); /* the 9th is a Saturday */
    before = working_days(3);
    before.backwards = true;
    assert_last_day(count(state, before, "2024-03-12"), "2024-03-07");
    before = months(1);
    before.backwards = true;
    assert_last_day(count(state, before, "2024-03-31"), "2024-02-29");
}

static void test_what_is_due_today_is_not_overdue_before_the_day_ends_in_china(void **state)
{
    struct deadline deadline = count(state, days(30, DAY_OFF_ROLLS), "2023-07-28");
    int64_t last_moment;
    struct refusal refusal;

    assert_int_equal(instant_parse("2023-08-28T23:59:59.999999+08:00", "", &last_moment, &refusal), OK);
    assert_int_equal(deadline.due_at, last_moment + 1);
    assert_int_equal(deadline.fire_at, deadline.due_at + 60 * INSTANT_SECOND);
}

static void test_a_count_that_reaches_into_an_unpublished_year_is_provisional(void **state)
{
    assert_true(count(state, working_days(5), "2026-12-29").provisional);
    assert_true(count(state, days(15, DAY_OFF_ROLLS), "2026-12-29").provisional);
    assert_false(count(state, working_days(2), "2026-12-29").provisional);
    /* Pure calendar days need no list. */
    assert_false(count(state, days(15, NOTHING_ROLLS), "2026-12-29").provisional);
}

static struct deadline agreed_on(void **state, const char *agreed_day)
{
    Tiaojie__Procedure__Clock agreed = rule(0, TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED, DAY_OFF_ROLLS);
    struct deadline_start from = {.day = day("2022-06-25"), .agreed = day(agreed_day)};
    return deadline_count(calendar_of(state), &agreed, &from, NULL);
}

static void test_a_day_that_the_parties_agreed_stays_on_its_day_off_and_is_marked(void **state)
{
    /* Saturday 2022-09-10 lies in the Mid-Autumn holiday. */
    struct deadline deadline = agreed_on(state, "2022-09-10");
    assert_last_day(deadline, "2022-09-10");
    assert_true(deadline.rest_day);
    deadline = agreed_on(state, "2022-09-13");
    assert_last_day(deadline, "2022-09-13");
    assert_false(deadline.rest_day);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_year_has_the_working_days_that_its_notices_give),
        cmocka_unit_test(test_make_up_sundays_are_worked),
        cmocka_unit_test(test_the_three_days_before_february_2020_are_all_off),
        cmocka_unit_test(test_of_a_long_holiday_only_some_days_are_statutory),
        cmocka_unit_test(test_a_year_without_a_list_has_weekends_only),
        cmocka_unit_test(test_handling_time_counts_both_ends_and_skips_what_is_off),
        cmocka_unit_test(test_of_two_notices_about_a_day_the_later_one_wins_in_either_order),
        cmocka_unit_test(test_a_make_up_day_that_is_a_weekday_is_refused_and_nothing_of_its_list_counts),
        cmocka_unit_test(test_lists_that_contradict_themselves_or_the_calendar_are_refused),
        cmocka_unit_test(test_thirty_days_that_end_on_a_sunday_end_on_the_monday),
        cmocka_unit_test(test_a_holiday_inside_a_period_does_not_lengthen_it),
        cmocka_unit_test(test_an_appeal_that_ends_on_a_saturday_ends_on_the_monday),
        cmocka_unit_test(test_day_45_is_the_last_one_in_time),
        cmocka_unit_test(test_a_make_up_sunday_counts_among_working_days),
        cmocka_unit_test(test_the_roll_rule_decides_how_far_a_holiday_moves_the_end),
        cmocka_unit_test(test_an_end_on_a_worked_saturday_stays),
        cmocka_unit_test(test_one_working_day_from_a_friday_is_the_monday),
        cmocka_unit_test(test_months_and_years_end_on_the_same_number_or_the_months_last_day),
        cmocka_unit_test(test_a_limit_counted_backwards_ends_before_its_event),
        cmocka_unit_test(test_what_is_due_today_is_not_overdue_before_the_day_ends_in_china),
        cmocka_unit_test(test_a_count_that_reaches_into_an_unpublished_year_is_provisional),
        cmocka_unit_test(test_a_day_that_the_parties_agreed_stays_on_its_day_off_and_is_marked),
    };
    return cmocka_run_group_tests(tests, with_law, without_law);
}
