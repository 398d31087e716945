/* SPDX-License-Identifier: Apache-2.0
 *
 * What a move to another version of a procedure would change for something that runs. The clocks began on Friday 8 May
 * 2026; the days were counted by hand with the State Council's list of 2026.
 */
#include "common/base/instant.h"
#include "common/procedure/migrate.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

struct setting {
    struct arena *arena;
    struct law *law;
    const struct procedure *from, *to;
    const Store__Clock *rows[2];
    size_t count;
};

static const struct procedure *added(struct setting *setting, void (*mutate)(Tiaojie__Procedure *definition))
{
    Tiaojie__Procedure *definition = law_file_procedure(setting->arena, "law/procedures/mediation.txtpb");
    char hash[PROCEDURE_HASH_TEXT];
    struct refusal refusal = {0};

    if (mutate)
        mutate(definition);
    size_t size = tiaojie__procedure__get_packed_size(definition);
    uint8_t *bytes = arena_take(setting->arena, size);
    tiaojie__procedure__pack(definition, bytes);
    if (law_add_procedure(setting->law, bytes, size, &refusal))
        fail_msg("%s %s", refusal.field, refusal.reason);
    procedure_content_hash(bytes, size, hash);
    return law_procedure(setting->law, hash);
}

static Store__Clock *clock_row(struct setting *setting, const char *name, uint32_t ordinal, const char *last_day)
{
    Store__Clock *row = arena_take(setting->arena, sizeof *row);

    store__clock__init(row);
    row->name = arena_text(setting->arena, name);
    row->ordinal = ordinal;
    row->state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    row->started_at = day_start(day("2026-05-08"));
    row->last_day = day(last_day);
    setting->rows[setting->count++] = row;
    return row;
}

static struct setting moving(void (*mutate)(Tiaojie__Procedure *definition))
{
    struct setting setting = {.arena = arena_new(SIZE_MAX), .law = law_new()};

    law_file_add_calendars(setting.law, setting.arena, 2026, 2026);
    setting.from = added(&setting, NULL);
    setting.to = added(&setting, mutate);
    return setting;
}

static struct migration judged(struct setting *setting, const char *state)
{
    return migration_judge(setting->law, setting->from, setting->to, state, setting->rows, setting->count,
                           setting->arena);
}

static void done(struct setting *setting)
{
    law_free(&setting->law);
    arena_free(&setting->arena);
}

static Tiaojie__Procedure__Clock *rule(Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_clocks; i++)
        if (strcmp(definition->clocks[i]->name, name) == 0)
            return definition->clocks[i];
    fail_msg("no clock %s", name);
    return NULL;
}

/* ---- days ---- */

static void another_name(Tiaojie__Procedure *definition)
{
    definition->name = "the same, corrected";
}

static void test_where_nothing_that_counts_is_different_nothing_changes(void **state)
{
    struct setting setting = moving(another_name);

    (void)state;
    clock_row(&setting, "finish", 1000, "2026-06-08");
    const struct migration migration = judged(&setting, "mediating");
    assert_int_equal(migration.verdict, MIGRATION_SAME);
    assert_int_equal(migration.clocks[0].last_day, day("2026-06-08"));
    assert_string_equal(migration.lost, "");
    assert_string_equal(migration.gained, "");
    done(&setting);
}

static void fifteen_days(Tiaojie__Procedure *definition)
{
    rule(definition, "finish")->unit = TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS;
    rule(definition, "finish")->amount = 15;
}

static void test_an_open_limit_is_counted_by_the_other_rule_from_its_own_start(void **state)
{
    struct setting setting = moving(fifteen_days);

    (void)state;
    clock_row(&setting, "finish", 1000, "2026-06-08");
    const struct migration migration = judged(&setting, "mediating");
    assert_int_equal(migration.verdict, MIGRATION_MOVED);
    /* Saturday the 23rd, so Monday. */
    assert_int_equal(migration.clocks[0].last_day, day("2026-05-25"));
    done(&setting);
}

static void keep_ledger(struct setting *setting, Store__Clock *row, const char *until)
{
    Tiaojie__ClockLedger ledger = TIAOJIE__CLOCK_LEDGER__INIT;
    Tiaojie__ClockLedger__Pause pause = TIAOJIE__CLOCK_LEDGER__PAUSE__INIT;
    Tiaojie__ClockLedger__Pause *pauses[] = {&pause};

    pause.from_day = day("2026-05-11");
    pause.until_day = until ? day(until) : 0;
    ledger.pauses = pauses;
    ledger.n_pauses = 1;
    row->ledger.len = tiaojie__clock_ledger__get_packed_size(&ledger);
    row->ledger.data = arena_take(setting->arena, row->ledger.len);
    tiaojie__clock_ledger__pack(&ledger, row->ledger.data);
}

static void test_its_pauses_go_with_it_and_one_that_lasts_is_not_counted_yet(void **state)
{
    struct setting setting = moving(fifteen_days);

    (void)state;
    keep_ledger(&setting, clock_row(&setting, "finish", 1000, "2026-06-17"), "2026-05-18");
    Store__Clock *paused = clock_row(&setting, "finish", 1000, "2026-06-08");
    paused->state = STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
    keep_ledger(&setting, paused, NULL);
    const struct migration migration = judged(&setting, "mediating");
    assert_int_equal(migration.clocks[0].last_day, day("2026-06-01")); /* Saturday 30 May, so Monday */
    assert_int_equal(migration.clocks[1].last_day, day("2026-05-25"));
    done(&setting);
}

static void test_a_day_that_was_agreed_stays(void **state)
{
    struct setting setting = moving(fifteen_days);

    (void)state;
    clock_row(&setting, "performance", 3001, "2026-05-31")->subject = 1;
    const struct migration migration = judged(&setting, "agreed");
    assert_int_equal(migration.verdict, MIGRATION_SAME);
    assert_int_equal(migration.clocks[0].last_day, day("2026-05-31"));
    done(&setting);
}

static void by_another_article(Tiaojie__Procedure *definition)
{
    rule(definition, "finish")->article = "Order 75 Art. 34";
}

static void test_the_same_day_by_another_article_is_a_change_too(void **state)
{
    struct setting setting = moving(by_another_article);

    (void)state;
    clock_row(&setting, "finish", 1000, "2026-06-08");
    const struct migration migration = judged(&setting, "mediating");
    assert_int_equal(migration.verdict, MIGRATION_MOVED);
    assert_true(migration.clocks[0].differs);
    done(&setting);
}

/* ---- what is not there any more ---- */

static void finish_is_called_end(Tiaojie__Procedure *definition)
{
    for (size_t s = 0; s < definition->n_steps; s++) {
        for (size_t i = 0; i < definition->steps[s]->n_starts; i++)
            if (strcmp(definition->steps[s]->starts[i], "finish") == 0)
                definition->steps[s]->starts[i] = "end";
        for (size_t i = 0; i < definition->steps[s]->n_stops; i++)
            if (strcmp(definition->steps[s]->stops[i], "finish") == 0)
                definition->steps[s]->stops[i] = "end";
    }
    rule(definition, "finish")->name = "end";
}

static void test_a_limit_that_the_other_version_does_not_have_holds_it_up(void **state)
{
    struct setting setting = moving(finish_is_called_end);

    (void)state;
    clock_row(&setting, "finish", 1000, "2026-06-08");
    const struct migration migration = judged(&setting, "mediating");
    assert_int_equal(migration.verdict, MIGRATION_STUCK);
    assert_true(migration.goes_on);
    assert_false(migration.clocks[0].known);
    done(&setting);
}

static void adjourned_is_called_between(Tiaojie__Procedure *definition)
{
    for (size_t i = 0; i < definition->n_states; i++)
        if (strcmp(definition->states[i]->name, "adjourned") == 0)
            definition->states[i]->name = "between";
    for (size_t s = 0; s < definition->n_steps; s++) {
        for (size_t i = 0; i < definition->steps[s]->n_from; i++)
            if (strcmp(definition->steps[s]->from[i], "adjourned") == 0)
                definition->steps[s]->from[i] = "between";
        if (strcmp(definition->steps[s]->to, "adjourned") == 0)
            definition->steps[s]->to = "between";
    }
}

static void test_a_state_that_the_other_version_does_not_have_holds_it_up(void **state)
{
    struct setting setting = moving(adjourned_is_called_between);

    (void)state;
    assert_int_equal(judged(&setting, "adjourned").verdict, MIGRATION_STUCK);
    assert_false(judged(&setting, "adjourned").goes_on);
    assert_int_equal(judged(&setting, "mediating").verdict, MIGRATION_SAME);
    done(&setting);
}

static void test_what_is_over_does_not_run(void **state)
{
    struct setting setting = moving(another_name);

    (void)state;
    assert_true(procedure_runs(setting.from, "in_default"));
    assert_false(procedure_runs(setting.from, "failed"));
    assert_false(procedure_runs(setting.from, "nowhere"));
    done(&setting);
}

/* ---- steps ---- */

static void nobody_reports_a_risk_and_all_follow_up(Tiaojie__Procedure *definition)
{
    for (size_t s = 0; s < definition->n_steps; s++) {
        if (strcmp(definition->steps[s]->name, "risk report") == 0)
            definition->steps[s]->from[0] = "in_default";
        if (strcmp(definition->steps[s]->name, "case follow") == 0)
            definition->steps[s]->from[0] = "registered";
    }
}

static void test_steps_that_are_possible_by_one_version_only_are_named(void **state)
{
    struct setting setting = moving(nobody_reports_a_risk_and_all_follow_up);

    (void)state;
    const struct migration migration = judged(&setting, "registered");
    assert_int_equal(migration.verdict, MIGRATION_MOVED);
    assert_string_equal(migration.lost, "risk report");
    assert_string_equal(migration.gained, "case follow");
    assert_int_equal(judged(&setting, "mediating").verdict, MIGRATION_SAME);
    done(&setting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_nothing_that_counts_is_different_nothing_changes),
        cmocka_unit_test(test_an_open_limit_is_counted_by_the_other_rule_from_its_own_start),
        cmocka_unit_test(test_its_pauses_go_with_it_and_one_that_lasts_is_not_counted_yet),
        cmocka_unit_test(test_a_day_that_was_agreed_stays),
        cmocka_unit_test(test_the_same_day_by_another_article_is_a_change_too),
        cmocka_unit_test(test_a_limit_that_the_other_version_does_not_have_holds_it_up),
        cmocka_unit_test(test_a_state_that_the_other_version_does_not_have_holds_it_up),
        cmocka_unit_test(test_what_is_over_does_not_run),
        cmocka_unit_test(test_steps_that_are_possible_by_one_version_only_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
