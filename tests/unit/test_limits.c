/* SPDX-License-Identifier: Apache-2.0
 *
 * Time limits that are paused, extended, interrupted, that bar a step or open it, and how they are explained.
 * The days were counted by hand with the State Council's lists of 2016, 2022, 2025 and 2026.
 */
#include "common/base/instant.h"
#include "common/procedure/procedure.h"
#include "common/store/rows.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

enum {
    CASE_ID = 257,
    AWARD = 1000,
    SUIT = 2000,
    LIMITATION = 3000,
    CLERK = 1 << TIAOJIE__ROLE__ROLE_CLERK,
    HEAD = 1 << TIAOJIE__ROLE__ROLE_HEAD,
};

struct setting {
    struct arena *arena;
    struct law *law;
    const struct procedure *procedure;
    struct layouts *layouts;
    struct rows *rows;
    struct context now;
    struct step_facts facts;
    const char *state;
    struct refusal refusal;
};

static int set_up(void **state)
{
    static const struct table *const TABLES[] = {&CLOCK, NULL};
    static struct setting setting;
    setting = (struct setting){.arena = arena_new(SIZE_MAX), .law = law_new(), .state = ""};
    law_file_add_calendars(setting.law, setting.arena, 2015, 2026);
    law_file_add_procedure(setting.law, setting.arena, "tests/unit/limits/award.txtpb");
    setting.procedure = law_choose(setting.law, "test-award", 440305, day("2022-01-01"));
    setting.layouts = layouts_new(TABLES);
    setting.rows = rows_make(setting.layouts, setting.arena);
    rows_complete(setting.rows);
    setting.now = (struct context){.law = setting.law, .arena = setting.arena, .principal = 9};
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

static enum status step(struct setting *setting, uint32_t roles, const char *today, const char *name)
{
    Tiaojie__StepTaken taken;
    setting->now.today = day(today);
    setting->now.now = day_start(setting->now.today) + INSTANT_DAY / 2;
    setting->now.roles = roles;
    enum status status = procedure_step(setting->procedure, setting->state, name, &setting->facts, &setting->now,
                                        &taken, &setting->refusal);
    if (status != OK)
        return status;
    if (*taken.state)
        setting->state = taken.state;
    step_apply(setting->rows, CASE_ID, &taken);
    return OK;
}

static void refused(struct setting *setting, enum status expected, const char *field, const char *reason)
{
    const struct refusal *refusal = &setting->refusal;
    const char *words = text_fill(setting->arena, refusal->reason, refusal->values, refusal->value_count);
    assert_int_equal(refusal->status, expected);
    assert_string_equal(refusal->field, field);
    if (!strstr(words, reason))
        fail_msg("%s", words);
}

static const Store__Clock *clock_of(const struct setting *setting, uint32_t ordinal)
{
    return rows_child(setting->rows, &CLOCK, CASE_ID, ordinal);
}

static void accepted(struct setting *setting, const char *on)
{
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_ACCEPTANCE] = day_start(day(on));
    assert_int_equal(step(setting, CLERK, on, "award accept"), OK);
}

static void paused(struct setting *setting, const char *from, const char *until)
{
    setting->facts.from_day = day(from);
    setting->facts.reason = "appraisal";
    setting->facts.evidence = "notice 7";
    assert_int_equal(step(setting, CLERK, from, "award suspend"), OK);
    setting->facts.from_day = day(until);
    assert_int_equal(step(setting, CLERK, until, "award resume"), OK);
    setting->facts.from_day = 0;
}

/* ---- moments ---- */

static void test_a_moment_that_the_step_counts_from_is_asked_for(void **state)
{
    struct setting *setting = *state;
    assert_int_equal(step(setting, CLERK, "2016-08-12", "award accept"), INVALID);
    refused(setting, INVALID, "acceptance_day", "acceptance_day");
}

static void test_an_unknown_start_leaves_the_limit_out(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    assert_day(clock_of(setting, AWARD)->last_day, "2016-09-26");
    assert_null(clock_of(setting, LIMITATION));
}

static void test_the_earlier_text_is_when_people_are_warned(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    assert_day(clock_of(setting, AWARD)->warn_day, "2016-09-11");
    const Tiaojie__ClockExplained *explained = law_explain(setting->law, clock_of(setting, AWARD), setting->arena);
    assert_string_equal(explained->earlier_article, "another text");
    assert_true(explained->earlier_unverified);
}

/* ---- pause ---- */

static void test_a_pause_moves_the_last_day_by_its_days_and_then_past_days_off(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    paused(setting, "2016-09-01", "2016-09-11");
    /* 45 days and 10 end on 6 October; the holiday goes to the 7th, Saturday the 8th is worked. */
    assert_day(clock_of(setting, AWARD)->last_day, "2016-10-08");
    assert_int_equal(clock_of(setting, AWARD)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
}

static void test_a_paused_limit_does_not_fire(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    setting->facts.from_day = day("2016-09-01");
    setting->facts.reason = "appraisal";
    setting->facts.evidence = "notice 7";
    assert_int_equal(step(setting, CLERK, "2016-09-02", "award suspend"), OK);
    assert_int_equal(clock_of(setting, AWARD)->state, STORE__CLOCK_STATE__CLOCK_STATE_PAUSED);
    assert_int_equal(clock_of(setting, AWARD)->fire_at, 0);
    assert_int_equal(step(setting, CLERK, "2016-09-02", "award suspend"), CONFLICT);
    refused(setting, CONFLICT, "clock", "does not run");
}

static void test_a_pause_needs_a_reason_its_evidence_and_a_day_within_the_limit(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    assert_int_equal(step(setting, CLERK, "2016-09-01", "award suspend"), INVALID);
    refused(setting, INVALID, "reason", "reason");
    setting->facts.reason = "appraisal";
    assert_int_equal(step(setting, CLERK, "2016-09-01", "award suspend"), INVALID);
    refused(setting, INVALID, "evidence", "evidence");
    setting->facts.evidence = "notice 7";
    setting->facts.from_day = day("2016-08-12");
    assert_int_equal(step(setting, CLERK, "2016-09-01", "award suspend"), INVALID);
    refused(setting, INVALID, "from_day", "2016-08-12");
    setting->facts.from_day = day("2016-09-02");
    assert_int_equal(step(setting, CLERK, "2016-09-01", "award suspend"), INVALID);
    refused(setting, INVALID, "from_day", "not in the future");
}

/* ---- extension ---- */

static void test_an_extension_is_counted_from_the_raw_day_and_once_only(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    paused(setting, "2016-09-01", "2016-09-11");
    assert_int_equal(step(setting, HEAD, "2016-10-08", "award extend"), OK);
    assert_day(clock_of(setting, AWARD)->last_day, "2016-10-21");
    assert_int_equal(step(setting, HEAD, "2016-10-10", "award extend"), CONFLICT);
    refused(setting, CONFLICT, "clock", "as often as is allowed: 1");
    assert_string_equal(setting->refusal.article, "extension's article");
}

static void test_what_has_ended_or_is_too_much_is_not_extended(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    setting->facts.reason = "complex";
    setting->facts.evidence = "approval 3";
    setting->facts.extend_amount = 16;
    assert_int_equal(step(setting, HEAD, "2016-09-20", "award extend"), INVALID);
    refused(setting, INVALID, "extend_amount", "at most 15");
    setting->facts.extend_amount = 5;
    assert_int_equal(step(setting, HEAD, "2016-09-27", "award extend"), BARRED);
    assert_int_equal(step(setting, CLERK, "2016-09-20", "award extend"), FORBIDDEN);
    assert_int_equal(step(setting, HEAD, "2016-09-26", "award extend"), OK);
    /* 1 October and the holiday behind it. */
    assert_day(clock_of(setting, AWARD)->last_day, "2016-10-08");
}

/* The command of a clock that was found due may stand behind an extension that was received in time. */
static void test_what_was_extended_in_time_does_not_run_out_by_the_day_before(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    setting->facts.reason = "complex";
    setting->facts.evidence = "approval 3";
    const int64_t due = clock_of(setting, AWARD)->fire_at;
    assert_int_equal(step(setting, HEAD, "2016-09-26", "award extend"), OK);
    Store__ClockFire fire = STORE__CLOCK_FIRE__INIT;
    fire.generation = clock_of(setting, AWARD)->generation;
    setting->now.now = due;
    assert_int_equal(clock_fires(clock_of(setting, AWARD), &fire, &setting->now, &setting->refusal), CONFLICT);
    refused(setting, CONFLICT, "ordinal", "was moved");
    setting->now.now = clock_of(setting, AWARD)->fire_at;
    assert_int_equal(clock_fires(clock_of(setting, AWARD), &fire, &setting->now, &setting->refusal), OK);
    fire.generation++;
    assert_int_equal(clock_fires(clock_of(setting, AWARD), &fire, &setting->now, &setting->refusal), CONFLICT);
    refused(setting, CONFLICT, "ordinal", "does not run");
    assert_int_equal(clock_fires(NULL, &fire, &setting->now, &setting->refusal), CONFLICT);
}

/* ---- a day that somebody sets ---- */

/* The award's day is set by somebody, and put off by fifteen days at a time. */
static void set_by_somebody(struct setting *setting)
{
    Tiaojie__Procedure *definition = law_file_procedure(setting->arena, "tests/unit/limits/award.txtpb");
    Tiaojie__Procedure__Clock *clock = definition->clocks[0];
    definition->kind = "test-agreed";
    clock->amount = 0;
    clock->unit = TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED;
    clock->earlier = NULL;
    clock->extension->times = 2;
    uint8_t *bytes = arena_take(setting->arena, tiaojie__procedure__get_packed_size(definition));
    size_t size = tiaojie__procedure__pack(definition, bytes);
    assert_int_equal(law_add_procedure(setting->law, bytes, size, &setting->refusal), OK);
    setting->procedure = law_choose(setting->law, "test-agreed", 440305, day("2022-01-01"));
}

static void test_a_limit_whose_last_day_somebody_sets_does_not_start_without_it(void **state)
{
    struct setting *setting = *state;
    set_by_somebody(setting);
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_ACCEPTANCE] = day_start(day("2016-08-12"));
    assert_int_equal(step(setting, CLERK, "2016-08-12", "award accept"), INVALID);
    refused(setting, INVALID, "until_day", "'award'");
    setting->facts.agreed_last_day = day("2016-08-31");
    assert_int_equal(step(setting, CLERK, "2016-08-12", "award accept"), OK);
    assert_day(clock_of(setting, AWARD)->last_day, "2016-08-31");
}

static void test_each_extension_of_a_day_that_was_set_counts_once(void **state)
{
    struct setting *setting = *state;
    set_by_somebody(setting);
    setting->facts.agreed_last_day = day("2016-08-31");
    accepted(setting, "2016-08-12");
    setting->facts.reason = "complex";
    setting->facts.evidence = "approval 3";
    assert_int_equal(step(setting, HEAD, "2016-08-20", "award extend"), OK);
    assert_day(clock_of(setting, AWARD)->last_day, "2016-09-18"); /* the 15th begins three days off */
    assert_int_equal(step(setting, HEAD, "2016-09-10", "award extend"), OK);
    assert_day(clock_of(setting, AWARD)->last_day, "2016-09-30");
    const Tiaojie__ClockExplained *explained = law_explain(setting->law, clock_of(setting, AWARD), setting->arena);
    assert_day(explained->last_day, "2016-09-30");
}

/* ---- definitions ---- */

static Tiaojie__Procedure__Step *step_called(Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, name) == 0)
            return definition->steps[i];
    fail_msg("no step %s", name);
    return NULL;
}

static void twice(Tiaojie__Procedure *definition)
{
    Tiaojie__Procedure__Step *first = step_called(definition, "award accept");
    first->starts[1] = first->starts[0];
}

static void paused_by_itself(Tiaojie__Procedure *definition)
{
    definition->clocks[0]->expiry_step = "limitation suspend";
}

static void resumed_by_itself(Tiaojie__Procedure *definition)
{
    definition->clocks[0]->expiry_step = "limitation resume";
}

static void extended_by_itself(Tiaojie__Procedure *definition)
{
    definition->clocks[0]->expiry_step = "limitation extend";
}

static void set_by_nobody(Tiaojie__Procedure *definition)
{
    definition->clocks[1]->amount = 0;
    definition->clocks[1]->unit = TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED;
    definition->clocks[0]->expiry_step = "award serve";
}

static const struct {
    void (*mutate)(Tiaojie__Procedure *definition);
    const char *field;
    const char *says;
} MISTAKES[] = {
    {twice, "steps.starts", "twice"},
    {paused_by_itself, "steps.pauses", "takes it by itself"},
    {resumed_by_itself, "steps.resumes", "takes it by itself"},
    {extended_by_itself, "steps.extends", "takes it by itself"},
    {set_by_nobody, "steps.starts", "takes it by itself"},
};

static void test_a_definition_that_could_never_go_on_is_refused_by_field(void **state)
{
    struct setting *setting = *state;
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        Tiaojie__Procedure *definition = law_file_procedure(setting->arena, "tests/unit/limits/award.txtpb");
        MISTAKES[i].mutate(definition);
        if (procedure_check(definition, setting->arena, &setting->refusal) != INVALID)
            fail_msg("mistake %zu is not refused", i);
        refused(setting, INVALID, MISTAKES[i].field, MISTAKES[i].says);
    }
}

/* ---- interruption ---- */

static void test_an_interrupted_limit_begins_anew_from_the_interruption(void **state)
{
    struct setting *setting = *state;
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_KNOWLEDGE] = day_start(day("2025-03-10"));
    accepted(setting, "2025-04-01");
    assert_day(clock_of(setting, LIMITATION)->last_day, "2026-03-10");
    setting->facts.event_at = day_start(day("2025-11-05"));
    assert_int_equal(step(setting, CLERK, "2025-11-20", "claim raise"), OK);
    assert_day(clock_of(setting, LIMITATION)->last_day, "2026-11-05");
    assert_int_equal(clock_of(setting, LIMITATION)->generation, 2);
}

/* ---- barred and opened ---- */

static void test_an_act_of_the_last_day_counts_when_it_is_entered_later(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2022-06-01");
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_SERVICE] = day_start(day("2022-07-01"));
    assert_int_equal(step(setting, CLERK, "2022-07-01", "award serve"), OK);
    assert_day(clock_of(setting, SUIT)->last_day, "2022-07-18"); /* the 16th is a Saturday */
    setting->facts.event_at = day_start(day("2022-07-19"));
    assert_int_equal(step(setting, CLERK, "2022-07-25", "suit file"), BARRED);
    refused(setting, BARRED, "at", "2022-07-18");
    assert_string_equal(setting->refusal.article, "suit's article");
    setting->facts.event_at = day_start(day("2022-07-18"));
    assert_int_equal(step(setting, CLERK, "2022-07-25", "suit file"), OK);
}

static void test_a_right_opens_only_when_the_limit_has_run_out(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    assert_int_equal(step(setting, CLERK, "2016-09-26", "suit silence"), CONFLICT);
    refused(setting, CONFLICT, "at", "2016-09-26");
    assert_int_equal(step(setting, CLERK, "2016-09-27", "suit silence"), OK);
}

/* ---- explanation ---- */

static void test_an_explanation_names_each_day_that_was_passed_over(void **state)
{
    struct setting *setting = *state;
    accepted(setting, "2016-08-12");
    paused(setting, "2016-09-01", "2016-09-11");
    const Tiaojie__ClockExplained *explained = law_explain(setting->law, clock_of(setting, AWARD), setting->arena);

    assert_non_null(explained);
    assert_int_equal(explained->counted, 45);
    assert_day(explained->start_day, "2016-08-12");
    assert_day(explained->raw_day, "2016-10-06");
    assert_day(explained->last_day, "2016-10-08");
    assert_int_equal(explained->n_skipped, 2);
    assert_string_equal(explained->skipped[0]->reason, "paused");
    assert_day(explained->skipped[0]->from_day, "2016-09-01");
    assert_day(explained->skipped[0]->to_day, "2016-09-10");
    assert_true(explained->skipped[1]->rolled);
    assert_day(explained->skipped[1]->from_day, "2016-10-06");
    assert_day(explained->skipped[1]->to_day, "2016-10-07");
    assert_string_equal(explained->ledger->pauses[0]->evidence, "notice 7");
    assert_int_equal(explained->ledger->pauses[0]->principal, 9);
}

static void test_a_pause_moves_a_year_by_its_days_and_an_extension_behind_it_counts_it_once(void **state)
{
    struct setting *setting = *state;
    setting->facts.moments[TIAOJIE__PROCEDURE__START__START_KNOWLEDGE] = day_start(day("2025-03-10"));
    accepted(setting, "2025-04-01");
    setting->facts.reason = "flood";
    setting->facts.evidence = "notice of the district";
    setting->facts.from_day = day("2025-06-01");
    assert_int_equal(step(setting, CLERK, "2025-06-01", "limitation suspend"), OK);
    setting->facts.from_day = day("2025-07-01");
    assert_int_equal(step(setting, CLERK, "2025-07-01", "limitation resume"), OK);
    assert_day(clock_of(setting, LIMITATION)->last_day, "2026-04-09");
    const Tiaojie__ClockExplained *explained = law_explain(setting->law, clock_of(setting, LIMITATION), setting->arena);
    assert_int_equal(explained->counted, 365);
    assert_int_equal(explained->n_skipped, 1);
    assert_string_equal(explained->skipped[0]->reason, "paused");
    assert_day(explained->skipped[0]->from_day, "2025-06-01");
    assert_day(explained->skipped[0]->to_day, "2025-06-30");
    assert_string_equal(explained->extension->by, "both parties");

    assert_int_equal(step(setting, CLERK, "2026-04-09", "limitation extend"), OK);
    /* A Saturday that is worked. */
    assert_day(clock_of(setting, LIMITATION)->last_day, "2026-05-09");
}

#define test_of_limits(test) cmocka_unit_test_setup_teardown(test, set_up, set_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_limits(test_a_moment_that_the_step_counts_from_is_asked_for),
        test_of_limits(test_an_unknown_start_leaves_the_limit_out),
        test_of_limits(test_the_earlier_text_is_when_people_are_warned),
        test_of_limits(test_a_pause_moves_the_last_day_by_its_days_and_then_past_days_off),
        test_of_limits(test_a_paused_limit_does_not_fire),
        test_of_limits(test_a_pause_needs_a_reason_its_evidence_and_a_day_within_the_limit),
        test_of_limits(test_an_extension_is_counted_from_the_raw_day_and_once_only),
        test_of_limits(test_what_has_ended_or_is_too_much_is_not_extended),
        test_of_limits(test_what_was_extended_in_time_does_not_run_out_by_the_day_before),
        test_of_limits(test_a_limit_whose_last_day_somebody_sets_does_not_start_without_it),
        test_of_limits(test_each_extension_of_a_day_that_was_set_counts_once),
        test_of_limits(test_a_definition_that_could_never_go_on_is_refused_by_field),
        test_of_limits(test_an_interrupted_limit_begins_anew_from_the_interruption),
        test_of_limits(test_an_act_of_the_last_day_counts_when_it_is_entered_later),
        test_of_limits(test_a_right_opens_only_when_the_limit_has_run_out),
        test_of_limits(test_a_pause_moves_a_year_by_its_days_and_an_extension_behind_it_counts_it_once),
        test_of_limits(test_an_explanation_names_each_day_that_was_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
