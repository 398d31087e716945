/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits beside a labour mediation: when people are warned of them, and when legal aid goes before its papers (Legal
 * Aid Law 44: fewer than seven days are left). A right known to be infringed on 10 June 2025 is claimed by 10 June
 * 2026, a Wednesday; people are warned from 11 April 2026 on, sixty days before.
 */
#include "common/base/instant.h"
#include "common/procedure/watch.h"
#include "common/store/rows.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

enum { CASE_ID = 257, LIMITATION = 6000, CLERK = 1 << TIAOJIE__ROLE__ROLE_CLERK };

struct setting {
    struct arena *arena;
    struct law *law;
    const struct procedure *procedure;
    struct layouts *layouts;
    struct rows *rows;
    struct context now;
    struct step_facts facts;
    struct refusal refusal;
};

static int set_up(void **state)
{
    static const struct table *const TABLES[] = {&CLOCK, NULL};
    static struct setting setting;
    setting = (struct setting){.arena = arena_new(SIZE_MAX), .law = law_new()};
    law_file_add_calendars(setting.law, setting.arena, 2018, 2026);
    law_file_add_procedure(setting.law, setting.arena, "law/procedures/mediation-labour.txtpb");
    law_file_add_procedure(setting.law, setting.arena, "law/procedures/arbitration.txtpb");
    law_file_add_procedure(setting.law, setting.arena, "law/procedures/arbitration-simple-zhejiang.txtpb");
    setting.procedure = law_choose(setting.law, "labour-wages", 440305, day("2026-05-08"));
    setting.layouts = layouts_new(TABLES);
    setting.rows = rows_make(setting.layouts, setting.arena);
    rows_complete(setting.rows);
    setting.now = (struct context){.law = setting.law, .arena = setting.arena, .principal = 9, .roles = CLERK};
    setting.facts =
        (struct step_facts){.rows = setting.rows, .about = CASE_ID, .clock = "", .reason = "", .evidence = ""};
    *state = &setting;
    return 0;
}

static int set_down(void **state)
{
    struct setting *setting = *state;
    rows_free(&setting->rows);
    layouts_free(&setting->layouts);
    law_free(&setting->law);
    arena_free(&setting->arena);
    return 0;
}

static enum status take(struct setting *setting, const char *today, const char *step)
{
    Tiaojie__StepTaken taken;
    setting->now.today = day(today);
    setting->now.now = day_start(setting->now.today) + INSTANT_DAY / 2;
    enum status status = procedure_step(setting->procedure, "mediating", step, &setting->facts, &setting->now, &taken,
                                        &setting->refusal);
    if (!status)
        step_apply(setting->rows, CASE_ID, &taken);
    return status;
}

static void known_since(struct setting *setting, const char *known, const char *today)
{
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_KNOWLEDGE] = day_start(day(known));
    assert_int_equal(take(setting, today, "facts record"), OK);
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_KNOWLEDGE] = 0;
}

static const Store__Clock *limitation(const struct setting *setting)
{
    return rows_child(setting->rows, &CLOCK, CASE_ID, LIMITATION);
}

static const Tiaojie__ClockWarning *warned_on(const struct setting *setting, const char *today)
{
    const struct watch watch = {.law = setting->law, .place = 440305, .today = day(today), .arena = setting->arena};
    return watch_warning(&watch, limitation(setting), "mediating");
}

/* ---- the window ---- */

static void test_nobody_is_warned_on_the_day_before_the_warning_time(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_day(limitation(setting)->last_day, "2026-06-10");
    assert_null(warned_on(setting, "2026-04-10"));
}

static void test_people_are_warned_from_the_first_day_to_the_last(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    const Tiaojie__ClockWarning *first = warned_on(setting, "2026-04-11"), *last = warned_on(setting, "2026-06-10");
    assert_non_null(first);
    assert_int_equal(first->days_left, 60);
    assert_string_equal(first->article, "LDMAL 27");
    assert_non_null(strstr(first->advice, "apply for arbitration"));
    assert_non_null(strstr(first->when_over, "limitation"));
    assert_non_null(last);
    assert_int_equal(last->days_left, 0);
}

static void test_what_is_over_is_not_warned_of(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_null(warned_on(setting, "2026-06-11"));
}

static void test_a_limit_that_was_stopped_is_not_warned_of(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    Store__Clock *row = rows_change_child(setting->rows, &CLOCK, CASE_ID, LIMITATION);
    row->state = STORE__CLOCK_STATE__CLOCK_STATE_STOPPED;
    assert_null(warned_on(setting, "2026-06-10"));
}

static void test_what_the_mediation_itself_must_keep_is_not_watched(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    Store__Clock *row = rows_change_child(setting->rows, &CLOCK, CASE_ID, LIMITATION);
    row->name = "finish";
    assert_null(warned_on(setting, "2026-06-10"));
}

/* ---- legal aid first ---- */

static void test_with_seven_days_left_the_papers_of_legal_aid_come_first_as_always(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_string_equal(warned_on(setting, "2026-06-03")->first, "");
}

static void test_with_fewer_than_seven_days_left_legal_aid_goes_first(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    const Tiaojie__ClockWarning *warning = warned_on(setting, "2026-06-04");
    assert_int_equal(warning->days_left, 6);
    assert_non_null(strstr(warning->first, "legal aid first"));
    assert_string_equal(warning->first_article, "Legal Aid Law 44");
    assert_false(warning->first_unverified);
}

static void test_before_the_legal_aid_law_nothing_goes_first(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2020-12-31", "2021-03-01");
    assert_day(limitation(setting)->last_day, "2021-12-31");
    assert_string_equal(warned_on(setting, "2021-12-31")->first, "");
    known_since(setting, "2021-01-04", "2021-03-01");
    assert_day(limitation(setting)->last_day, "2022-01-04");
    assert_string_equal(warned_on(setting, "2021-12-31")->first, "");
    assert_non_null(strstr(warned_on(setting, "2022-01-01")->first, "legal aid first"));
}

/* ---- what to do ---- */

static bool lists(char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static void test_a_warning_names_the_steps_that_end_it_or_let_it_begin_anew(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    const Tiaojie__ClockWarning *warning = warned_on(setting, "2026-05-08");
    assert_true(lists(warning->stopped_by, warning->n_stopped_by, "arbitration: arbitration apply"));
    assert_true(lists(warning->anew_by, warning->n_anew_by, "interruption record"));
}

static void test_another_provinces_procedure_is_not_offered(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    const Tiaojie__ClockWarning *warning = warned_on(setting, "2026-05-08");
    assert_false(lists(warning->stopped_by, warning->n_stopped_by, "arbitration-simple: arbitration apply"));
    const struct watch hangzhou = {
        .law = setting->law, .place = 330106, .today = day("2026-05-08"), .arena = setting->arena};
    warning = watch_warning(&hangzhou, limitation(setting), "mediating");
    assert_true(lists(warning->stopped_by, warning->n_stopped_by, "arbitration-simple: arbitration apply"));
}

/* ---- days that nobody named ---- */

static size_t unknown(const struct setting *setting, const char *clock)
{
    const struct watch watch = {
        .law = setting->law, .place = 440305, .today = day("2026-05-08"), .arena = setting->arena};
    const Store__Clock *row = limitation(setting);
    const void *const rows[] = {row};
    size_t count, found = 0;
    Tiaojie__ClockUnknown **list = watch_unknown(&watch, setting->procedure, "mediating", rows, row ? 1 : 0, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(list[i]->name, clock) == 0 && lists(list[i]->started_by, list[i]->n_started_by, "facts record");
    return found;
}

static void test_a_watched_limit_whose_day_nobody_named_is_asked_for(void **state)
{
    struct setting *setting = *state;
    assert_int_equal(unknown(setting, "limitation"), 1);
    assert_int_equal(unknown(setting, "inspection look-back"), 1);
    assert_int_equal(unknown(setting, "finish"), 0);
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_int_equal(unknown(setting, "limitation"), 0);
    assert_int_equal(unknown(setting, "inspection look-back"), 1);
}

static void test_recording_no_day_at_all_is_refused(void **state)
{
    struct setting *setting = *state;
    assert_int_equal(take(setting, "2026-01-05", "facts record"), CONFLICT);
    assert_string_equal(setting->refusal.field, "moments");
}

/* ---- beginning anew ---- */

static const char *const PROOF = "proof of interruption";

static enum status interrupted(struct setting *setting, const char *done, const char *entered)
{
    setting->facts.papers = &PROOF;
    setting->facts.paper_count = 1;
    setting->facts.event_at = day_start(day(done));
    enum status status = take(setting, entered, "interruption record");
    setting->facts.event_at = 0;
    return status;
}

static void test_an_interrupted_year_begins_anew_and_says_what_it_was(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_int_equal(interrupted(setting, "2026-05-20", "2026-05-25"), OK);
    assert_day(limitation(setting)->last_day, "2027-05-20");
    assert_null(warned_on(setting, "2026-06-10"));
    const Tiaojie__ClockExplained *explained = law_explain(setting->law, limitation(setting), setting->arena);
    assert_int_equal(explained->ledger->n_interruptions, 1);
    assert_day(explained->ledger->interruptions[0]->on_day, "2026-05-20");
    assert_day(explained->ledger->interruptions[0]->old_last_day, "2026-06-10");
    assert_string_equal(explained->ledger->interruptions[0]->evidence, PROOF);
    assert_string_equal(explained->ledger->interruptions[0]->article, "LDMAL 27");

    assert_int_equal(interrupted(setting, "2026-09-01", "2026-09-01"), OK);
    explained = law_explain(setting->law, limitation(setting), setting->arena);
    assert_int_equal(explained->ledger->n_interruptions, 2);
    assert_day(explained->ledger->interruptions[1]->old_last_day, "2027-05-20");
}

static void test_a_day_that_is_recorded_again_undoes_no_interruption(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    uint32_t generation = limitation(setting)->generation;
    known_since(setting, "2025-06-10", "2026-01-06");
    assert_int_equal(limitation(setting)->generation, generation);
    assert_int_equal(interrupted(setting, "2026-05-20", "2026-05-25"), OK);
    known_since(setting, "2025-06-10", "2026-05-26");
    assert_day(limitation(setting)->last_day, "2027-05-20");
    known_since(setting, "2025-06-01", "2026-05-27"); /* it was some days before; that changes nothing */
    assert_day(limitation(setting)->last_day, "2027-05-20");
    assert_int_equal(law_explain(setting->law, limitation(setting), setting->arena)->ledger->n_interruptions, 1);
    known_since(setting, "2026-05-25", "2026-05-28"); /* the interruption was before the year began */
    assert_day(limitation(setting)->last_day, "2027-05-25");
}

static void ran_out(struct setting *setting)
{
    ((Store__Clock *)rows_change_child(setting->rows, &CLOCK, CASE_ID, LIMITATION))->state =
        STORE__CLOCK_STATE__CLOCK_STATE_FIRED;
}

static void test_a_day_that_is_recorded_again_revives_no_limit_that_ran_out(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    ran_out(setting);
    known_since(setting, "2025-06-10", "2026-06-12");
    assert_int_equal(limitation(setting)->state, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);
    known_since(setting, "2025-07-10", "2026-06-13"); /* another day is another matter */
    assert_int_equal(limitation(setting)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
}

static void test_an_interruption_without_proof_is_refused(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_int_equal(take(setting, "2026-05-20", "interruption record"), CONFLICT);
    assert_string_equal(setting->refusal.field, "papers");
    assert_string_equal(setting->refusal.article, "LDMAL 27");
}

static void test_an_act_from_before_the_count_moves_nothing_back(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    assert_int_equal(interrupted(setting, "2025-06-09", "2026-05-20"), CONFLICT);
    assert_string_equal(setting->refusal.field, "event_day");
    assert_string_equal(setting->refusal.article, "LDMAL 27");
    assert_day(limitation(setting)->last_day, "2026-06-10");
}

/* Entered first it would be lost: the year, once its day is named, would be counted without it. */
static void test_an_interruption_of_a_year_whose_day_nobody_named_is_refused(void **state)
{
    struct setting *setting = *state;
    assert_int_equal(interrupted(setting, "2026-05-20", "2026-05-25"), CONFLICT);
    assert_string_equal(setting->refusal.field, "event_day");
    known_since(setting, "2025-06-10", "2026-05-25");
    assert_int_equal(interrupted(setting, "2026-05-20", "2026-05-25"), OK);
}

static void test_an_act_of_the_last_day_still_interrupts_when_it_is_entered_after_the_limit_ran_out(void **state)
{
    struct setting *setting = *state;
    known_since(setting, "2025-06-10", "2026-01-05");
    ran_out(setting);
    assert_int_equal(interrupted(setting, "2026-06-11", "2026-06-15"), CONFLICT);
    assert_int_equal(limitation(setting)->state, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);
    assert_int_equal(interrupted(setting, "2026-06-10", "2026-06-15"), OK);
    assert_int_equal(limitation(setting)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    assert_day(limitation(setting)->last_day, "2027-06-10");
}

#define test_of_watch(test) cmocka_unit_test_setup_teardown(test, set_up, set_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_watch(test_nobody_is_warned_on_the_day_before_the_warning_time),
        test_of_watch(test_people_are_warned_from_the_first_day_to_the_last),
        test_of_watch(test_what_is_over_is_not_warned_of),
        test_of_watch(test_a_limit_that_was_stopped_is_not_warned_of),
        test_of_watch(test_what_the_mediation_itself_must_keep_is_not_watched),
        test_of_watch(test_with_seven_days_left_the_papers_of_legal_aid_come_first_as_always),
        test_of_watch(test_with_fewer_than_seven_days_left_legal_aid_goes_first),
        test_of_watch(test_before_the_legal_aid_law_nothing_goes_first),
        test_of_watch(test_a_warning_names_the_steps_that_end_it_or_let_it_begin_anew),
        test_of_watch(test_another_provinces_procedure_is_not_offered),
        test_of_watch(test_a_watched_limit_whose_day_nobody_named_is_asked_for),
        test_of_watch(test_recording_no_day_at_all_is_refused),
        test_of_watch(test_an_interrupted_year_begins_anew_and_says_what_it_was),
        test_of_watch(test_a_day_that_is_recorded_again_undoes_no_interruption),
        test_of_watch(test_a_day_that_is_recorded_again_revives_no_limit_that_ran_out),
        test_of_watch(test_an_interruption_without_proof_is_refused),
        test_of_watch(test_an_act_from_before_the_count_moves_nothing_back),
        test_of_watch(test_an_interruption_of_a_year_whose_day_nobody_named_is_refused),
        test_of_watch(test_an_act_of_the_last_day_still_interrupts_when_it_is_entered_after_the_limit_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
