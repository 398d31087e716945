/* SPDX-License-Identifier: Apache-2.0
 *
 * Open time limits when another list of working days comes: which of them move, to where, and what of the old day is
 * kept; and the law that threads share while it is replaced.
 */
#include "common/base/instant.h"
#include "common/procedure/calendar.h"
#include "common/procedure/law.h"
#include "common/runtime/law_load.h"
#include "common/store/rows.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

enum { CASE_ID = 257, AWARD = 1000, LIMITATION = 3000 };

static const char NOTICE[] = "a notice of the test";

struct setting {
    struct arena *arena;
    struct law *law;
    Store__Clock row;
};

/* With the lists up to a year, and one notice more where `off` names a day. */
static struct law *law_until(struct arena *arena, int last, const char *off)
{
    struct law *law = law_new();
    law_file_add_calendars(law, arena, 2025, last);
    law_file_add_procedure(law, arena, "tests/unit/limits/award.txtpb");
    if (!off)
        return law;
    Tiaojie__Calendar notice = TIAOJIE__CALENDAR__INIT;
    Tiaojie__Calendar__Range range = TIAOJIE__CALENDAR__RANGE__INIT;
    Tiaojie__Calendar__Range *ranges[] = {&range};
    struct refusal refusal;
    range.from = (char *)(uintptr_t)off;
    notice.year = (uint32_t)day_date(day(off)).year;
    notice.issued = "2026-12-01";
    notice.source = (char *)(uintptr_t)NOTICE;
    notice.off = ranges;
    notice.n_off = 1;
    uint8_t bytes[200];
    assert_true(tiaojie__calendar__get_packed_size(&notice) <= sizeof bytes);
    assert_int_equal(law_add_calendar(law, bytes, tiaojie__calendar__pack(&notice, bytes), &refusal), OK);
    return law;
}

/* A clock as it stands by the lists up to 2025: 45 days from Monday 2025-11-17 are New Year's Day 2026. */
static int set_up(void **state)
{
    static struct setting setting;
    setting.arena = arena_new(SIZE_MAX);
    setting.law = law_until(setting.arena, 2025, NULL);
    setting.row = (Store__Clock)STORE__CLOCK__INIT;
    setting.row.about = CASE_ID;
    setting.row.ordinal = AWARD;
    setting.row.name = "award";
    setting.row.state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    setting.row.started_at = day_start(day("2025-11-17"));
    setting.row.last_day = day("2026-01-01");
    setting.row.warn_day = day("2025-12-17");
    setting.row.provisional = true;
    setting.row.article = "award's article";
    setting.row.rules =
        (char *)(uintptr_t)procedure_hash(law_choose(setting.law, "test-award", 440305, day("2022-01-01")));
    *state = &setting;
    return 0;
}

static int set_down(void **state)
{
    struct setting *setting = *state;
    law_free(&setting->law);
    arena_free(&setting->arena);
    return 0;
}

static Tiaojie__ClockMove *recount(struct setting *setting, int last, const char *off)
{
    struct law *law = law_until(setting->arena, last, off);
    Tiaojie__ClockMove *move = clock_recount(law, &setting->row, day_start(day("2025-12-20")), setting->arena);
    law_free(&law);
    return move;
}

static const Tiaojie__ClockLedger *ledger_of(const struct setting *setting, ProtobufCBinaryData bytes)
{
    return tiaojie__clock_ledger__unpack(arena_allocator(setting->arena), bytes.len, bytes.data);
}

/* The row as the move makes it. */
static void take(struct setting *setting, const Tiaojie__ClockMove *move)
{
    setting->row.last_day = move->last_day;
    setting->row.provisional = move->provisional;
    setting->row.warn_day = move->warn_day;
    setting->row.ledger = move->ledger;
}

/* ---- which clocks move ---- */

static void test_without_a_new_list_nothing_moves(void **state)
{
    assert_null(recount(*state, 2025, NULL));
}

static void test_a_list_moves_what_ended_on_a_day_that_is_off_now(void **state)
{
    struct setting *setting = *state;
    Tiaojie__ClockMove *move = recount(setting, 2026, NULL);
    assert_non_null(move);
    assert_day(move->old_last_day, "2026-01-01");
    assert_day(move->last_day, "2026-01-04"); /* a Sunday that is worked */
    assert_int_equal(move->due_at, day_start(day("2026-01-05")));
    assert_true(move->fire_at > move->due_at);
    assert_false(move->provisional);
    assert_string_equal(move->change, "counted again");
}

static void test_the_old_day_and_the_notice_stay_in_the_ledger(void **state)
{
    struct setting *setting = *state;
    Tiaojie__ClockMove *move = recount(setting, 2026, "2026-01-04");
    const Tiaojie__ClockLedger *ledger = ledger_of(setting, move->ledger);
    assert_day(move->last_day, "2026-01-05");
    assert_int_equal(ledger->n_recounts, 1);
    assert_day(ledger->recounts[0]->old_last_day, "2026-01-01");
    assert_string_equal(ledger->recounts[0]->reason, NOTICE);
    assert_int_equal(ledger->recounts[0]->at, day_start(day("2025-12-20")));
    assert_string_equal(move->reason, NOTICE);
}

static void test_a_second_list_adds_to_the_ledger(void **state)
{
    struct setting *setting = *state;
    Tiaojie__ClockMove *move = recount(setting, 2026, NULL);
    take(setting, move);
    move = recount(setting, 2026, "2026-01-04");
    const Tiaojie__ClockLedger *ledger = ledger_of(setting, move->ledger);
    assert_int_equal(ledger->n_recounts, 2);
    assert_day(ledger->recounts[0]->old_last_day, "2026-01-01");
    assert_day(ledger->recounts[1]->old_last_day, "2026-01-04");
}

static void test_a_list_that_only_confirms_the_day_ends_its_being_provisional(void **state)
{
    struct setting *setting = *state;
    setting->row.started_at = day_start(day("2025-11-21"));
    setting->row.last_day = day("2026-01-05");
    setting->row.warn_day = day("2025-12-21");
    assert_null(recount(setting, 2025, NULL));
    Tiaojie__ClockMove *move = recount(setting, 2026, NULL);
    assert_non_null(move);
    assert_int_equal(move->last_day, move->old_last_day);
    assert_false(move->provisional);
}

static void test_what_is_over_does_not_move(void **state)
{
    struct setting *setting = *state;
    static const Store__ClockState OVER[] = {STORE__CLOCK_STATE__CLOCK_STATE_STOPPED,
                                             STORE__CLOCK_STATE__CLOCK_STATE_FIRED,
                                             STORE__CLOCK_STATE__CLOCK_STATE_CLOSED};
    for (size_t i = 0; i < sizeof OVER / sizeof *OVER; i++) {
        setting->row.state = OVER[i];
        assert_null(recount(setting, 2026, NULL));
    }
}

static void test_a_paused_clock_moves_and_stays_paused(void **state)
{
    struct setting *setting = *state;
    setting->row.state = STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
    setting->row.warn_day = 0;
    Tiaojie__ClockMove *move = recount(setting, 2026, NULL);
    assert_non_null(move);
    assert_int_equal(move->state, STORE__CLOCK_STATE__CLOCK_STATE_PAUSED);
    assert_day(move->last_day, "2026-01-04");
    assert_int_equal(move->fire_at, 0);
    assert_int_equal(move->warn_day, 0);
}

static void test_a_clock_of_a_procedure_that_is_not_loaded_is_left_as_it_is(void **state)
{
    struct setting *setting = *state;
    setting->row.rules = "0123456789abcdef";
    assert_null(recount(setting, 2026, NULL));
}

/* ---- telling people ---- */

static void test_people_are_told_from_the_day_they_know_to_the_one_that_holds(void **state)
{
    struct setting *setting = *state;
    assert_null(clock_untold(&setting->row, setting->arena));
    take(setting, recount(setting, 2026, NULL));
    take(setting, recount(setting, 2026, "2026-01-04"));
    const Tiaojie__ClockUntold *untold = clock_untold(&setting->row, setting->arena);
    assert_non_null(untold);
    assert_day(untold->old_last_day, "2026-01-01");
    assert_day(untold->last_day, "2026-01-05");
    assert_string_equal(untold->reason, NOTICE);
    Tiaojie__ClockMove *told = clock_tell(&setting->row, day_start(day("2025-12-21")), setting->arena);
    assert_int_equal(told->last_day, setting->row.last_day);
    take(setting, told);
    assert_null(clock_untold(&setting->row, setting->arena));
    assert_null(clock_tell(&setting->row, day_start(day("2025-12-22")), setting->arena));
}

static void test_of_a_day_that_was_only_confirmed_nobody_needs_to_be_told(void **state)
{
    struct setting *setting = *state;
    setting->row.started_at = day_start(day("2025-11-21"));
    setting->row.last_day = day("2026-01-05");
    setting->row.warn_day = day("2025-12-21");
    take(setting, recount(setting, 2026, NULL));
    assert_null(clock_untold(&setting->row, setting->arena));
}

static void test_a_list_that_is_taken_back_leaves_nothing_to_be_told(void **state)
{
    struct setting *setting = *state;
    take(setting, recount(setting, 2026, NULL));
    assert_non_null(clock_untold(&setting->row, setting->arena));
    take(setting, recount(setting, 2025, NULL));
    assert_day(setting->row.last_day, "2026-01-01");
    assert_null(clock_untold(&setting->row, setting->arena));
    take(setting, recount(setting, 2026, "2026-01-04"));
    const Tiaojie__ClockUntold *untold = clock_untold(&setting->row, setting->arena);
    assert_day(untold->old_last_day, "2026-01-01");
    assert_day(untold->last_day, "2026-01-05");
}

/* Whoever extends a limit tells of it. */
static void test_an_extension_behind_a_day_that_was_confirmed_is_no_move_by_a_list(void **state)
{
    struct setting *setting = *state;
    setting->row.started_at = day_start(day("2025-11-21"));
    setting->row.last_day = day("2026-01-05");
    setting->row.warn_day = day("2025-12-21");
    take(setting, recount(setting, 2026, NULL));
    setting->row.last_day = day("2026-01-20");
    assert_null(clock_untold(&setting->row, setting->arena));
}

/* ---- the command ---- */

static void test_one_command_moves_all_clocks_of_its_aggregate(void **state)
{
    static const struct table *const TABLES[] = {&CLOCK, NULL};
    struct setting *setting = *state;
    struct law *law = law_until(setting->arena, 2026, NULL);
    struct layouts *layouts = layouts_new(TABLES);
    struct rows *rows = rows_make(layouts, setting->arena);
    Store__Clock stands = setting->row;
    stands.ordinal = LIMITATION;
    stands.state = STORE__CLOCK_STATE__CLOCK_STATE_STOPPED;
    rows_complete(rows);
    rows_put(rows, 0, &setting->row);
    rows_put(rows, 0, &stands);
    struct events events = {.arena = setting->arena};
    struct context now = {.law = law, .arena = setting->arena, .target = CASE_ID, .now = day_start(day("2025-12-20"))};
    Store__ClockRecount command = STORE__CLOCK_RECOUNT__INIT;
    assert_int_equal(recount_decide(&command, rows, &now, &events), OK);
    assert_int_equal(events.count, 1);
    const Tiaojie__ClocksRecounted *recounted = (const Tiaojie__ClocksRecounted *)events.list[0].message;
    assert_int_equal(recounted->n_moves, 1);
    CLOCKS_RECOUNTED.apply(recounted, CASE_ID, rows);
    assert_day(setting->row.last_day, "2026-01-04");
    assert_day(stands.last_day, "2026-01-01");
    events.count = 0;
    assert_int_equal(recount_decide(&command, rows, &now, &events), CONFLICT); /* however often it comes */
    rows_free(&rows);
    layouts_free(&layouts);
    law_free(&law);
}

/* ---- lists that are alike ---- */

static void test_laws_with_the_same_lists_have_the_same_mark(void **state)
{
    struct setting *setting = *state;
    struct law *same = law_until(setting->arena, 2025, NULL);
    struct law *more = law_until(setting->arena, 2026, NULL);
    assert_string_equal(law_calendars_mark(same), law_calendars_mark(setting->law));
    assert_string_not_equal(law_calendars_mark(more), law_calendars_mark(setting->law));
    law_free(&same);
    law_free(&more);
}

static void test_the_latest_notice_about_a_time_is_named(void **state)
{
    struct setting *setting = *state;
    struct law *law = law_until(setting->arena, 2026, "2026-01-04");
    const struct calendar *calendar = law_calendar(law);
    assert_string_equal(calendar_notice(calendar, day("2025-11-17"), day("2026-01-04")), NOTICE);
    assert_string_not_equal(calendar_notice(calendar, day("2025-01-02"), day("2025-12-30")), NOTICE);
    assert_string_equal(calendar_notice(calendar, day("2040-01-01"), day("2041-01-01")), "");
    law_free(&law);
}

/* ---- the law in use ---- */

static void test_a_law_lives_as_long_as_somebody_holds_it(void **state)
{
    struct setting *setting = *state;
    struct law_share *share = law_share_new();
    struct law *first = law_until(setting->arena, 2025, NULL), *second = law_until(setting->arena, 2026, NULL);
    char mark[PROCEDURE_HASH_TEXT];
    strcpy(mark, law_calendars_mark(first));
    law_share_put(share, first);
    const struct law *mine = law_share_hold(share, NULL), *another = law_share_hold(share, NULL);
    assert_ptr_equal(mine, first);
    assert_ptr_equal(law_share_hold(share, mine), mine);
    law_share_put(share, second);
    assert_string_equal(law_calendars_mark(mine), mark); /* freed memory would show here under the sanitizers */
    mine = law_share_hold(share, mine);
    assert_ptr_equal(mine, second);
    assert_string_equal(law_calendars_mark(another), mark);
    law_share_let_go(share, &another);
    assert_null(another);
    law_share_let_go(share, &mine);
    law_share_free(&share);
}

#define test_of_recount(test) cmocka_unit_test_setup_teardown(test, set_up, set_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_recount(test_without_a_new_list_nothing_moves),
        test_of_recount(test_a_list_moves_what_ended_on_a_day_that_is_off_now),
        test_of_recount(test_the_old_day_and_the_notice_stay_in_the_ledger),
        test_of_recount(test_a_second_list_adds_to_the_ledger),
        test_of_recount(test_a_list_that_only_confirms_the_day_ends_its_being_provisional),
        test_of_recount(test_what_is_over_does_not_move),
        test_of_recount(test_a_paused_clock_moves_and_stays_paused),
        test_of_recount(test_a_clock_of_a_procedure_that_is_not_loaded_is_left_as_it_is),
        test_of_recount(test_people_are_told_from_the_day_they_know_to_the_one_that_holds),
        test_of_recount(test_of_a_day_that_was_only_confirmed_nobody_needs_to_be_told),
        test_of_recount(test_a_list_that_is_taken_back_leaves_nothing_to_be_told),
        test_of_recount(test_an_extension_behind_a_day_that_was_confirmed_is_no_move_by_a_list),
        test_of_recount(test_one_command_moves_all_clocks_of_its_aggregate),
        test_of_recount(test_laws_with_the_same_lists_have_the_same_mark),
        test_of_recount(test_the_latest_notice_about_a_time_is_named),
        test_of_recount(test_a_law_lives_as_long_as_somebody_holds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
