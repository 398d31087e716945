/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

#define LABOUR "law/procedures/mediation-labour.txtpb"
#define INTAKE "law/procedures/intake.txtpb"
#define REFERRAL "law/procedures/referral.txtpb"

enum { NANSHAN = 440305 };

struct setting {
    struct arena *arena;
    struct law *law; /* with the procedure for labour disputes */
    struct refusal refusal;
};

static int with_law(void **state)
{
    static struct setting setting;
    setting = (struct setting){.arena = arena_new(SIZE_MAX), .law = law_new()};
    law_file_add_procedure(setting.law, setting.arena, LABOUR);
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

static int32_t day(const char *text)
{
    struct refusal refusal;
    int32_t result = 0;
    assert_int_equal(day_parse(text, "day", &result, &refusal), OK);
    return result;
}

static const char *words(struct setting *setting)
{
    return text_fill(setting->arena, setting->refusal.reason, setting->refusal.values, setting->refusal.value_count);
}

/* ---- choosing ---- */

static const uint8_t *pack(struct setting *setting, const Tiaojie__Procedure *definition, size_t *size)
{
    uint8_t *bytes = arena_take(setting->arena, tiaojie__procedure__get_packed_size(definition) + 1);
    *size = tiaojie__procedure__pack(definition, bytes);
    return bytes;
}

static enum status add(struct setting *setting, const Tiaojie__Procedure *definition)
{
    size_t size;
    const uint8_t *bytes = pack(setting, definition, &size);
    return law_add_procedure(setting->law, bytes, size, &setting->refusal);
}

static void add_for(struct setting *setting, const char *name, uint32_t place, const char *from, const char *until)
{
    Tiaojie__Procedure *definition = law_file_procedure(setting->arena, LABOUR);
    definition->name = (char *)name;
    definition->place = place;
    definition->valid_from = (char *)from;
    definition->valid_until = (char *)until;
    assert_int_equal(add(setting, definition), OK);
}

static const char *chosen(const struct setting *setting, uint32_t place, const char *date)
{
    const struct procedure *procedure = law_choose(setting->law, "labour-wages", place, day(date));
    return procedure ? procedure_definition(procedure)->name : "none";
}

static void test_the_nearest_place_and_the_day_choose_the_procedure(void **state)
{
    struct setting *setting = *state;
    const char *national = "People's mediation of labour disputes";

    add_for(setting, "Guangdong", 440000, "2012-01-01", "");
    add_for(setting, "Shenzhen", 440300, "2022-01-01", "2025-12-31");
    add_for(setting, "Nanshan", 440305, "2024-01-01", "");
    assert_string_equal(chosen(setting, 440305, "2026-05-11"), "Nanshan");
    assert_string_equal(chosen(setting, 440305, "2023-12-31"), "Shenzhen");
    assert_string_equal(chosen(setting, 440306, "2025-12-31"), "Shenzhen");
    assert_string_equal(chosen(setting, 440306, "2026-01-01"), "Guangdong");
    assert_string_equal(chosen(setting, 440103, "2026-01-01"), "Guangdong");
    assert_string_equal(chosen(setting, 110108, "2026-01-01"), national);
    assert_string_equal(chosen(setting, 440305, "2011-06-01"), national);
    assert_string_equal(chosen(setting, 440305, "2010-12-31"), "none");
    assert_null(law_choose(setting->law, "divorce", NANSHAN, day("2026-05-11")));
}

static void test_running_cases_find_their_procedure_by_hash_after_a_new_one_came(void **state)
{
    struct setting *setting = *state;
    const struct procedure *running = law_choose(setting->law, "labour-wages", NANSHAN, day("2026-05-11"));
    const char *hash = procedure_hash(running);

    assert_int_equal(strlen(hash), 16);
    add_for(setting, "a new version", 0, "2011-01-01", "");
    assert_string_equal(chosen(setting, NANSHAN, "2026-05-11"), "a new version");
    assert_ptr_equal(law_procedure(setting->law, hash), running);
    assert_null(law_procedure(setting->law, "0000000000000000"));
}

/* ---- what a definition must keep to ---- */

static Tiaojie__Procedure *labour(struct setting *setting)
{
    return law_file_procedure(setting->arena, LABOUR);
}

static void refused_definition(struct setting *setting, const Tiaojie__Procedure *definition, const char *field,
                               const char *part)
{
    assert_int_equal(add(setting, definition), INVALID);
    assert_string_equal(setting->refusal.field, field);
    if (!strstr(words(setting), part))
        fail_msg("\"%s\" does not say \"%s\"", words(setting), part);
    assert_true(*setting->refusal.remedy);
}

static void test_names_that_nothing_defines_are_refused(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = labour(setting);

    definition->steps[1]->guards[0] = "everyone_is_happy";
    refused_definition(setting, definition, "steps.guards", "unknown guard 'everyone_is_happy'");
    assert_non_null(strstr(setting->refusal.values[2], "nothing_overdue"));
    definition = labour(setting);
    definition->steps[1]->to = "paradise";
    refused_definition(setting, definition, "steps.to", "unknown state 'paradise'");
    definition = labour(setting);
    definition->steps[1]->from[0] = "limbo";
    refused_definition(setting, definition, "steps.from", "unknown state 'limbo'");
    definition = labour(setting);
    definition->steps[0]->starts[0] = "patience";
    refused_definition(setting, definition, "steps.starts", "unknown clock 'patience'");
    definition = labour(setting);
    definition->clocks[3]->expiry_step = "instalment forgotten";
    refused_definition(setting, definition, "clocks.expiry_step", "unknown step 'instalment forgotten'");
}

static void test_clocks_that_run_for_nothing_or_too_long_or_say_nothing_are_refused(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = labour(setting);

    definition->clocks[1]->amount = 0;
    refused_definition(setting, definition, "clocks.amount", "'no agreement'");
    definition->clocks[1]->amount = 3661;
    refused_definition(setting, definition, "clocks.amount", "more than 3660 days");
    definition->clocks[1]->amount = 3660;
    assert_int_equal(add(setting, definition), OK);
    definition = labour(setting);
    definition->clocks[3]->amount = 1;
    refused_definition(setting, definition, "clocks.amount", "its last day is agreed");
    definition = labour(setting);
    definition->clocks[2]->expiry_text = "";
    refused_definition(setting, definition, "clocks.expiry_text", "'confirmation'");
    definition = labour(setting);
    definition->clocks[2]->effect = TIAOJIE__PROCEDURE__EFFECT__EFFECT_NONE;
    refused_definition(setting, definition, "clocks.effect", "'confirmation'");
    definition = labour(setting);
    definition->clocks[2]->unit = TIAOJIE__PROCEDURE__UNIT__UNIT_NONE;
    refused_definition(setting, definition, "clocks.unit", "'confirmation'");
}

static void test_numbers_and_names_that_stand_twice_are_refused(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = labour(setting);

    definition->clocks[1]->number = definition->clocks[0]->number;
    refused_definition(setting, definition, "clocks.number", "'finish' and 'no agreement'");
    definition = labour(setting);
    definition->clocks[1]->name = definition->clocks[0]->name;
    refused_definition(setting, definition, "clocks.name", "two clocks are called 'finish'");
    definition = labour(setting);
    definition->states[1]->name = definition->states[0]->name;
    refused_definition(setting, definition, "states.name", "two states are called 'registered'");
    definition = labour(setting);
    definition->clocks[1]->number = 1000;
    refused_definition(setting, definition, "clocks.number", "no number from 1 to 999");
}

static void test_shapes_that_cannot_work_are_refused(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = labour(setting);

    definition->steps[1]->from[0] = "closed";
    refused_definition(setting, definition, "steps.from", "final state 'closed'");
    definition = labour(setting);
    definition->steps[0]->from[0] = "agreed";
    refused_definition(setting, definition, "steps", "where nothing stands yet");
    definition = labour(setting);
    definition->clocks[3]->expiry_step = "agreement seal";
    refused_definition(setting, definition, "steps.guards", "'agreement seal' has guards");
    definition = labour(setting);
    definition->valid_from = "2011-02-29";
    refused_definition(setting, definition, "valid_from", "no day 2011-02-29");
    definition = labour(setting);
    definition->kind = "";
    refused_definition(setting, definition, "kind", "which kind");
}

static void test_bytes_that_are_no_procedure_are_refused(void **state)
{
    struct setting *setting = *state;
    size_t size;
    const uint8_t *bytes = pack(setting, labour(setting), &size);

    for (size_t cut = 1; cut < 40; cut++)
        assert_int_not_equal(law_add_procedure(setting->law, bytes, size - cut, &setting->refusal), OK);
    assert_int_equal(law_add_calendar(setting->law, (const uint8_t *)"\x0a\x02\xf0\x80", 4, &setting->refusal),
                     INVALID);
}

/* Which states of a definition its steps can reach from nothing. */
static size_t reach(const Tiaojie__Procedure *definition, const char **reached)
{
    size_t count = 0;

    reached[count++] = "";
    for (size_t i = 0; i < count; i++)
        for (size_t s = 0; s < definition->n_steps; s++) {
            const Tiaojie__Procedure__Step *next = definition->steps[s];
            bool follows = false, known = !*next->to;
            for (size_t k = 0; k < next->n_from; k++)
                follows = follows || strcmp(next->from[k], reached[i]) == 0;
            for (size_t k = 0; k < count; k++)
                known = known || strcmp(next->to, reached[k]) == 0;
            if (follows && !known)
                reached[count++] = next->to;
        }
    return count - 1;
}

static void test_every_state_of_the_files_in_law_can_be_reached(void **state)
{
    static const char *const FILES[] = {LABOUR, INTAKE, REFERRAL};
    struct setting *setting = *state;

    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        const Tiaojie__Procedure *definition = law_file_procedure(setting->arena, FILES[i]);
        const char **reached = arena_array(setting->arena, definition->n_states + 1, sizeof *reached);
        assert_int_equal(reach(definition, reached), definition->n_states);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, with_law, without_law)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_nearest_place_and_the_day_choose_the_procedure),
        CASE(test_running_cases_find_their_procedure_by_hash_after_a_new_one_came),
        CASE(test_names_that_nothing_defines_are_refused),
        CASE(test_clocks_that_run_for_nothing_or_too_long_or_say_nothing_are_refused),
        CASE(test_numbers_and_names_that_stand_twice_are_refused),
        CASE(test_shapes_that_cannot_work_are_refused),
        CASE(test_bytes_that_are_no_procedure_are_refused),
        CASE(test_every_state_of_the_files_in_law_can_be_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
