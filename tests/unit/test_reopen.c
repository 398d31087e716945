/* SPDX-License-Identifier: Apache-2.0
 *
 * What is over and opened again, by any procedure: what a definition may say of it, what review and walks make of it,
 * and what becomes of each kind of clock. The proceeding begins on Friday 8 May 2026.
 */
#include "common/base/instant.h"
#include "common/procedure/procedure.h"
#include "common/procedure/walk.h"
#include "proto/proceeding.pb-c.h"
#include "tests/unit/law_files.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>
#include <string.h>

/* A state, `again`, and what follows in it by itself can be reached only after a reopening. */
static const char ENQUIRY[] =
    "{'name': 'Enquiry', 'kind': 'enquiry', 'valid_from': '2011-01-01',"
    " 'states': [{'name': 'asked'}, {'name': 'again'}, {'name': 'shut', 'final': true}, {'name': 'gone', 'final': "
    "true}],"
    " 'steps': [{'name': 'office ask', 'from': [''], 'to': 'asked', 'may': ['clerk'], 'starts': ['counts', 'waits',"
    "            'ends', 'held', 'outlives', 'anew'], 'article': 'rule 1'},"
    "           {'name': 'office hold', 'from': ['asked'], 'may': ['clerk'], 'pauses': ['held'], 'article': 'rule 2'},"
    "           {'name': 'office go on', 'from': ['asked', 'again'], 'may': ['clerk'], 'resumes': ['held'],"
    "            'article': 'rule 3'},"
    "           {'name': 'office shut', 'from': ['asked', 'again'], 'to': 'shut', 'may': ['clerk'],"
    "            'leaves': ['outlives'], 'article': 'rule 4'},"
    "           {'name': 'office reopen', 'from': ['shut'], 'to': 'again', 'may': ['clerk'], 'reopens': true,"
    "            'starts': ['anew'], 'article': 'rule 5'},"
    "           {'name': 'office lose', 'from': ['again'], 'to': 'gone', 'article': 'rule 6'}],"
    " 'clocks': [{'name': 'counts', 'number': 1, 'amount': 10, 'unit': 'days', 'start': 'asking', 'effect': 'deem',"
    "             'expiry_step': 'office lose', 'expiry_text': 'lost', 'article': 'rule 7', 'reopening': 'counts'},"
    "            {'name': 'waits', 'number': 2, 'amount': 10, 'unit': 'days', 'start': 'asking', 'effect': 'duty',"
    "             'expiry_text': 'late', 'article': 'rule 8', 'reopening': 'paused'},"
    "            {'name': 'ends', 'number': 3, 'amount': 10, 'unit': 'days', 'start': 'asking', 'effect': 'duty',"
    "             'expiry_text': 'late', 'article': 'rule 9'},"
    "            {'name': 'held', 'number': 4, 'amount': 10, 'unit': 'days', 'start': 'asking', 'effect': 'duty',"
    "             'expiry_text': 'late', 'article': 'rule 10', 'reopening': 'paused'},"
    "            {'name': 'outlives', 'number': 5, 'amount': 30, 'unit': 'days', 'start': 'asking', 'effect': 'open',"
    "             'expiry_text': 'open', 'article': 'rule 11'},"
    "            {'name': 'anew', 'number': 6, 'amount': 10, 'unit': 'days', 'start': 'asking', 'effect': 'duty',"
    "             'expiry_text': 'late', 'article': 'rule 12', 'reopening': 'counts'}]}";

enum { BESIDE = CLOCK_BASE, WALKS = 1000, SEED = 20260801 };

static struct stage *asked(uint64_t *id)
{
    struct stage *stage = story_new();

    given_procedure(stage, ENQUIRY);
    *id = story_mediating(stage);
    as_clerk(stage);
    assert_int_equal(when(stage, "proceeding open", *id, "{'kind': 'enquiry', 'step': 'office ask'}"), OK);
    return stage;
}

static void taken(struct stage *stage, uint64_t id, const char *day, const char *step)
{
    stage_at(stage, body(stage, "%sT10:00:00+08:00", day));
    assert_int_equal(
        when(stage, "case step", id,
             body(stage, "{'proceeding': 1, 'step': '%s', 'reason': 'new facts', 'evidence': 'letter 3'}", step)),
        OK);
}

static const Store__Clock *beside(struct stage *stage, uint64_t id, uint32_t number)
{
    return then_row(stage, &CLOCK, id, BESIDE + 1000 * number);
}

static void clock_is(struct stage *stage, uint64_t id, uint32_t number, Store__ClockState state, const char *last_day)
{
    const Store__Clock *clock = beside(stage, id, number);

    assert_int_equal(clock->state, state);
    assert_int_equal(clock->last_day, on(last_day));
}

/* ---- clocks ---- */

static void test_each_clock_goes_on_as_it_says_of_itself(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    taken(stage, id, "2026-05-10", "office hold");
    taken(stage, id, "2026-05-11", "office shut");
    clock_is(stage, id, 5, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, "2026-06-07");
    clock_is(stage, id, 3, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED, "2026-05-18");
    taken(stage, id, "2026-05-14", "office reopen");
    clock_is(stage, id, 1, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, "2026-05-18");
    clock_is(stage, id, 2, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, "2026-05-20");
    clock_is(stage, id, 3, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED, "2026-05-18");
    clock_is(stage, id, 4, STORE__CLOCK_STATE__CLOCK_STATE_PAUSED, "2026-05-18");
    clock_is(stage, id, 5, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, "2026-06-07");
    clock_is(stage, id, 6, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, "2026-05-24");
    assert_int_equal(beside(stage, id, 6)->generation, 2);
    stage_free(&stage);
}

static void test_a_pause_that_lasted_when_it_was_closed_lasts_until_it_is_ended(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    taken(stage, id, "2026-05-10", "office hold");
    taken(stage, id, "2026-05-11", "office shut");
    taken(stage, id, "2026-05-14", "office reopen");
    assert_int_equal(beside(stage, id, 4)->fire_at, 0);
    taken(stage, id, "2026-05-15", "office go on");
    /* 10 to 14 May do not count. */
    clock_is(stage, id, 4, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, "2026-05-23");
    stage_free(&stage);
}

static void test_the_proceeding_is_no_longer_over_and_the_case_is_as_it_was(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);
    const MediationRows__Proceeding *row;

    taken(stage, id, "2026-05-11", "office shut");
    row = then_row(stage, &PROCEEDING, id, 1);
    assert_true(row->over);
    assert_int_equal(when_clock_fires(stage, id, BESIDE + 5000), OK);
    row = then_row(stage, &PROCEEDING, id, 1);
    assert_true(row->over);
    assert_string_equal(row->state, "shut");
    taken(stage, id, "2026-06-14", "office reopen");
    row = then_row(stage, &PROCEEDING, id, 1);
    assert_false(row->over);
    assert_string_equal(row->state, "again");
    assert_string_equal(the_case(stage, id)->state, "mediating");
    assert_int_equal(when_clock_fires(stage, id, BESIDE + 1000), OK);
    row = then_row(stage, &PROCEEDING, id, 1);
    assert_string_equal(row->state, "gone");
    stage_free(&stage);
}

static void test_a_reason_is_asked_for(void **state)
{
    (void)state;
    uint64_t id;
    struct stage *stage = asked(&id);

    taken(stage, id, "2026-05-11", "office shut");
    when(stage, "case step", id, "{'proceeding': 1, 'step': 'office reopen'}");
    then_refused(stage, INVALID, "reason", "a reason");
    then_nothing_changed(stage);
    stage_free(&stage);
}

/* ---- review and walks ---- */

static void test_what_only_a_reopening_leads_to_is_reached_and_a_final_state_still_ends_a_walk(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    struct arena *arena = stage_arena(stage);

    given_procedure(stage, ENQUIRY);
    const struct law *law = stage_context(stage)->law;
    const struct procedure *procedure = law_choose(law, "enquiry", 0, on("2026-05-08"));
    struct findings findings = procedure_review(procedure, arena);
    struct walked walked = procedure_walk(procedure, law, &findings, SEED, WALKS, arena);
    for (size_t i = 0; i < findings.count; i++)
        fail_msg("%s: %s", findings.list[i].refusal.field, findings.list[i].refusal.reason);
    assert_int_equal(walked.disagreements.count, 0);
    assert_int_equal(walked.states, 4);
    assert_int_equal(walked.expiries, 1);
    assert_int_equal(walked.ended, WALKS);
    assert_int_equal(walked.strayed + walked.stuck, 0);
    stage_free(&stage);
}

/* ---- what is refused ---- */

static Tiaojie__Procedure__Step *last_step(Tiaojie__Procedure *definition, const char *name)
{
    Tiaojie__Procedure__Step *found = NULL;

    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, name) == 0)
            found = definition->steps[i];
    assert_non_null(found);
    return found;
}

static void without_the_mark(Tiaojie__Procedure *definition)
{
    last_step(definition, "case reopen")->reopens = false;
}

static void from_an_open_state(Tiaojie__Procedure *definition)
{
    last_step(definition, "case reopen")->from[0] = "mediating";
}

static void to_another_end(Tiaojie__Procedure *definition)
{
    last_step(definition, "case reopen")->to = "withdrawn";
}

static void to_where_it_stands(Tiaojie__Procedure *definition)
{
    last_step(definition, "case reopen")->to = "";
}

static void by_nobody(Tiaojie__Procedure *definition)
{
    last_step(definition, "case reopen")->n_may = 0;
}

static void by_a_clock(Tiaojie__Procedure *definition)
{
    definition->clocks[0]->expiry_step = "case reopen";
    for (size_t i = 0; i < definition->n_steps; i++)
        if (definition->steps[i]->reopens)
            definition->steps[i]->n_guards = 0;
}

static void left_by_a_step_that_ends_nothing(Tiaojie__Procedure *definition)
{
    last_step(definition, "case end")->to = "mediating";
}

static void left_without_being_there(Tiaojie__Procedure *definition)
{
    last_step(definition, "case end")->leaves[0] = "sundown";
}

static void an_agreed_day_that_waits(Tiaojie__Procedure *definition)
{
    for (size_t i = 0; i < definition->n_clocks; i++)
        if (definition->clocks[i]->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED)
            definition->clocks[i]->reopening = TIAOJIE__PROCEDURE__REOPENING__REOPENING_PAUSED;
}

static void a_way_that_nobody_knows(Tiaojie__Procedure *definition)
{
    definition->clocks[0]->reopening = 7;
}

static const struct {
    void (*mutate)(Tiaojie__Procedure *definition);
    const char *field;
    const char *says;
} MISTAKES[] = {
    {without_the_mark, "steps.from", "starts in the final state"},
    {from_an_open_state, "steps.reopens", "which is no final state"},
    {to_another_end, "steps.to", "leads to no open state"},
    {to_where_it_stands, "steps.to", "leads to no open state"},
    {by_nobody, "steps.may", "without somebody who decides it"},
    {by_a_clock, "steps.may", "without somebody who decides it"},
    {left_by_a_step_that_ends_nothing, "steps.leaves", "leads to no final state"},
    {left_without_being_there, "steps.leaves", "unknown clock"},
    {an_agreed_day_that_waits, "clocks.reopening", "is agreed"},
    {a_way_that_nobody_knows, "clocks.reopening", "does not say"},
};

static void test_a_definition_that_reopens_wrongly_is_refused_by_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        struct arena *arena = arena_new(SIZE_MAX);
        Tiaojie__Procedure *definition = law_file_procedure(arena, "law/procedures/mediation.txtpb");
        struct refusal refusal = {0};
        MISTAKES[i].mutate(definition);
        if (procedure_check(definition, arena, &refusal) != INVALID)
            fail_msg("mistake %zu is not refused", i);
        assert_string_equal(refusal.field, MISTAKES[i].field);
        if (!strstr(refusal.reason, MISTAKES[i].says))
            fail_msg("mistake %zu: %s", i, refusal.reason);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_clock_goes_on_as_it_says_of_itself),
        cmocka_unit_test(test_a_pause_that_lasted_when_it_was_closed_lasts_until_it_is_ended),
        cmocka_unit_test(test_the_proceeding_is_no_longer_over_and_the_case_is_as_it_was),
        cmocka_unit_test(test_a_reason_is_asked_for),
        cmocka_unit_test(test_what_only_a_reopening_leads_to_is_reached_and_a_final_state_still_ends_a_walk),
        cmocka_unit_test(test_a_definition_that_reopens_wrongly_is_refused_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
