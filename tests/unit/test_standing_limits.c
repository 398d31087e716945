/* SPDX-License-Identifier: Apache-2.0
 *
 * No open limit goes stale: its day follows from its rule, its start, what was agreed, its ledger and the calendar, and
 * from nothing else. Whatever changes one of these counts it again at once, so a change of state never leaves a day
 * behind. Shown by random steps through every shipped procedure, with pauses, extensions, ends and reopenings: after
 * each of them each open row is what a recount gives.
 */
#include "common/base/instant.h"
#include "common/procedure/procedure.h"
#include "common/procedure/walk_facts.h"
#include "common/store/rows.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_ID = 257, WALKS = 40, ATTEMPTS = 400, SEED = 7, DAYS_AT_ONCE = 6, SUBJECTS = 3 };

struct tally {
    size_t compared;
    size_t moved;
    size_t paused;
    size_t reopened;
    size_t fired;
};

struct walker {
    const struct procedure *procedure;
    struct arena *arena;
    struct rows *rows;
    struct context now;
    const char *state;
    uint64_t seed;
    struct tally *tally;
};

static uint32_t dice(struct walker *walker, uint32_t sides)
{
    walker->seed = walker->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(walker->seed >> 33) % sides;
}

static void set_day(struct walker *walker, int32_t day)
{
    walker->now.today = day;
    walker->now.now = day_start(day) + INSTANT_DAY / 2;
}

/* ---- what must hold ---- */

static bool is_open(const Store__Clock *row)
{
    return row->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING ||
           row->state == STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
}

static void compare(struct walker *walker, const char *step)
{
    size_t count;
    const void *const *rows = rows_children(walker->rows, &CLOCK, CASE_ID, &count);

    for (size_t i = 0; i < count; i++) {
        const Store__Clock *row = rows[i];
        if (!is_open(row))
            continue;
        const Tiaojie__ClockExplained *again = law_explain(walker->now.law, row, walker->arena);
        assert_non_null(again);
        if (again->last_day != row->last_day || row->due_at != day_start(row->last_day + 1))
            fail_msg("%s: after '%s' the clock '%s' says %d, a recount %d",
                     procedure_definition(walker->procedure)->name, step, row->name, row->last_day, again->last_day);
        walker->tally->compared++;
        walker->tally->paused += row->state == STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
    }
}

static void follow(struct walker *walker, const Tiaojie__StepTaken *taken, const char *step)
{
    if (*taken->state)
        walker->state = taken->state;
    walker->tally->moved += taken->n_moves;
    step_apply(walker->rows, CASE_ID, taken);
    compare(walker, step);
}

/* ---- acts ---- */

static const char *any_clock(struct walker *walker, const Tiaojie__Procedure__Step *step)
{
    const size_t count = step->n_pauses + step->n_resumes + step->n_extends;
    size_t pick = count ? dice(walker, (uint32_t)count) : 0;

    if (!count)
        return "";
    if (pick < step->n_pauses)
        return step->pauses[pick];
    pick -= step->n_pauses;
    return pick < step->n_resumes ? step->resumes[pick] : step->extends[pick - step->n_resumes];
}

static struct step_facts any_facts(struct walker *walker, const Tiaojie__Procedure__Step *step)
{
    struct step_facts facts = walk_facts(dice(walker, WALK_FACTS_ALL + 1));

    facts.form_only = false;
    facts.rows = walker->rows;
    facts.about = CASE_ID;
    facts.papers = (const char *const *)step->papers;
    facts.paper_count = step->n_papers;
    facts.clock = any_clock(walker, step);
    facts.reason = "a reason";
    facts.evidence = "a paper";
    facts.subject = dice(walker, SUBJECTS);
    facts.agreed_last_day = walker->now.today + (int32_t)dice(walker, 60);
    facts.extend_day = walker->now.today + 30 + (int32_t)dice(walker, 300);
    for (size_t i = 0; i < STEP_MOMENTS; i++)
        if (dice(walker, 5))
            facts.moments[i] = day_start(walker->now.today - (int32_t)dice(walker, 20));
    return facts;
}

static void try_step(struct walker *walker)
{
    const Tiaojie__Procedure *definition = procedure_definition(walker->procedure);
    const Tiaojie__Procedure__Step *step = definition->steps[dice(walker, (uint32_t)definition->n_steps)];
    struct step_facts facts = any_facts(walker, step);
    Tiaojie__StepTaken taken;
    struct refusal refusal = {0};

    if (!step->n_may || !procedure_has(walker->procedure, walker->state, step->name))
        return;
    walker->now.roles = UINT32_C(1) << step->may[dice(walker, (uint32_t)step->n_may)];
    if (procedure_step(walker->procedure, walker->state, step->name, &facts, &walker->now, &taken, &refusal))
        return;
    walker->tally->reopened += step->reopens ? 1 : 0;
    follow(walker, &taken, step->name);
}

static void fire_due(struct walker *walker)
{
    size_t count;
    const void *const *rows = rows_children(walker->rows, &CLOCK, CASE_ID, &count);

    for (size_t i = 0; i < count; i++) {
        const Store__Clock *row = rows[i];
        Tiaojie__StepTaken taken;
        struct refusal refusal = {0};
        if (row->state != STORE__CLOCK_STATE__CLOCK_STATE_RUNNING || row->fire_at > walker->now.now)
            continue;
        walker->now.roles = 0;
        assert_int_equal(
            procedure_fire(walker->procedure, walker->state, row, walker->rows, &walker->now, &taken, &refusal), OK);
        walker->tally->fired++;
        follow(walker, &taken, row->name);
    }
}

static void walk(const struct law *law, const struct procedure *procedure, const struct layouts *layouts, uint64_t seed,
                 struct tally *tally)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct walker walker = {.procedure = procedure,
                            .arena = arena,
                            .rows = rows_make(layouts, arena),
                            .now = {.law = law, .arena = arena},
                            .state = "",
                            .seed = seed,
                            .tally = tally};
    struct refusal refusal;
    int32_t first = 0;

    assert_int_equal(day_parse("2025-11-03", "day", &first, &refusal), OK);
    rows_complete(walker.rows);
    for (int i = 0; i < ATTEMPTS; i++) {
        set_day(&walker, first + (int32_t)(i * DAYS_AT_ONCE / 10));
        fire_due(&walker);
        try_step(&walker);
    }
    rows_free(&walker.rows);
    arena_free(&arena);
}

static void test_after_any_step_of_any_procedure_every_open_limit_is_what_a_recount_gives(void **state)
{
    static const struct table *const TABLES[] = {&CLOCK, NULL};
    struct arena *arena = arena_new(SIZE_MAX);
    struct law *law = law_new();
    struct layouts *layouts = layouts_new(TABLES);
    struct tally tally = {0};
    glob_t files;

    (void)state;
    law_file_add_calendars(law, arena, 2025, 2026);
    assert_int_equal(glob("law/procedures/*.txtpb", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        law_file_add_procedure(law, arena, files.gl_pathv[i]);
    globfree(&files);
    for (size_t i = 0; i < law->procedure_count; i++)
        for (uint64_t k = 0; k < WALKS; k++)
            walk(law, law->procedures[i], layouts, SEED + k, &tally);
    print_message("compared %zu, moved %zu, paused %zu, reopened %zu, fired %zu\n", tally.compared, tally.moved,
                  tally.paused, tally.reopened, tally.fired);
    assert_true(tally.compared > 1000 && tally.moved > 100 && tally.paused > 10 && tally.reopened > 10 &&
                tally.fired > 100);
    layouts_free(&layouts);
    law_free(&law);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_after_any_step_of_any_procedure_every_open_limit_is_what_a_recount_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
