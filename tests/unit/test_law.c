/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

#define LABOUR "law/procedures/mediation-labour.txtpb"

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
    definition->steps[0]->n_establishes = 1;
    definition->steps[0]->establishes = (char *[]){"guilt"};
    refused_definition(setting, definition, "steps.establishes", "unknown fact 'guilt'");
    assert_non_null(strstr(setting->refusal.values[2], "injury recognised"));
    definition = labour(setting);
    definition->clocks[3]->expiry_step = "instalment forgotten";
    refused_definition(setting, definition, "clocks.expiry_step", "unknown step 'instalment forgotten'");
}

static void test_what_goes_before_near_the_end_of_a_limit_has_its_days_text_and_article(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = labour(setting);
    Tiaojie__Procedure__Urgent urgent = TIAOJIE__PROCEDURE__URGENT__INIT;

    definition->clocks[3]->urgent = &urgent;
    refused_definition(setting, definition, "clocks.urgent.days", "how near to the end");
    urgent.days = 7;
    refused_definition(setting, definition, "clocks.urgent.text", "lacks its text or its article");
    urgent.text = "legal aid first";
    refused_definition(setting, definition, "clocks.urgent.article", "lacks its text or its article");
    urgent.article = "Legal Aid Law 44";
    urgent.valid_from = "2022-02-30";
    refused_definition(setting, definition, "clocks.urgent.valid_from", "");
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

static Tiaojie__Procedure *notarisation(struct setting *setting)
{
    return law_file_procedure(setting->arena, "law/procedures/notarisation.txtpb");
}

static Tiaojie__Procedure__Step *step_of(const Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, name) == 0)
            return definition->steps[i];
    fail_msg("no step %s", name);
    return NULL;
}

static void test_every_list_of_clocks_refuses_a_name_that_nothing_defines(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = notarisation(setting);

    step_of(definition, "verification begin")->pauses[0] = "patience";
    refused_definition(setting, definition, "steps.pauses", "'verification begin' names the unknown clock 'patience'");
    definition = notarisation(setting);
    step_of(definition, "verification end")->resumes[0] = "patience";
    refused_definition(setting, definition, "steps.resumes", "'patience'");
    definition = notarisation(setting);
    step_of(definition, "certificate ask")->interrupts[0] = "patience";
    refused_definition(setting, definition, "steps.interrupts", "'patience'");
    definition = notarisation(setting);
    step_of(definition, "reconsideration ask")->barred_by[0] = "patience";
    refused_definition(setting, definition, "steps.barred_by", "'patience'");
    definition = law_file_procedure(setting->arena, "law/procedures/inspection.txtpb");
    step_of(definition, "enforcement ask")->opened_by[0] = "patience";
    refused_definition(setting, definition, "steps.opened_by", "'patience'");
    definition = law_file_procedure(setting->arena, "law/procedures/inspection.txtpb");
    step_of(definition, "investigation extend")->extends[0] = "patience";
    refused_definition(setting, definition, "steps.extends", "'patience'");
}

static void test_pauses_and_extensions_that_are_half_said_are_refused(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = notarisation(setting);

    step_of(definition, "verification end")->n_resumes = 0;
    refused_definition(setting, definition, "steps.pauses", "'issue' is paused and no step lets it go on");
    definition = notarisation(setting);
    step_of(definition, "verification begin")->n_pauses = 0;
    refused_definition(setting, definition, "steps.resumes", "'issue' goes on without a pause");
    definition = law_file_procedure(setting->arena, "law/procedures/inspection.txtpb");
    step_of(definition, "investigation extend")->extends[0] = "accept";
    refused_definition(setting, definition, "steps.extends", "says nothing of an extension");
    definition = law_file_procedure(setting->arena, "law/procedures/inspection.txtpb");
    definition->clocks[2]->extension->amount = 10000;
    refused_definition(setting, definition, "clocks.extension.amount", "more than 3660 days");
    definition->clocks[2]->extension->amount = 30;
    definition->clocks[2]->extension->by = "";
    refused_definition(setting, definition, "clocks.extension.by", "who may extend the clock 'investigate'");
    definition = law_file_procedure(setting->arena, "law/procedures/judicial-confirmation.txtpb");
    definition->clocks[2]->earlier->amount = 0;
    refused_definition(setting, definition, "clocks.earlier.amount", "'decide' runs for nothing");
}

static void test_moments_units_and_days_that_do_not_exist_are_refused(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = notarisation(setting);

    definition->clocks[0]->event = (Tiaojie__Procedure__Start)99;
    refused_definition(setting, definition, "clocks[0].event", "not one of the field's names");
    definition = notarisation(setting);
    step_of(definition, "instrument accept")->needs[0] = (Tiaojie__Procedure__Start)99;
    refused_definition(setting, definition, "steps[1].needs[0]", "not one of the field's names");
    definition = notarisation(setting);
    definition->clocks[0]->unit = (Tiaojie__Procedure__Unit)99;
    refused_definition(setting, definition, "clocks[0].unit", "not one of the field's names");
    definition = notarisation(setting);
    definition->valid_until = "2018-09-30";
    refused_definition(setting, definition, "valid_until", "ends before it begins");
}

static void test_bytes_that_are_no_procedure_are_refused(void **state)
{
    struct setting *setting = *state;
    size_t size;
    Tiaojie__Procedure *definition = labour(setting);
    definition->mediation = false; /* the last field: without it the bytes are one still */
    const uint8_t *bytes = pack(setting, definition, &size);

    for (size_t cut = 1; cut < 40; cut++)
        assert_int_not_equal(law_add_procedure(setting->law, bytes, size - cut, &setting->refusal), OK);
    assert_int_equal(law_add_calendar(setting->law, (const uint8_t *)"\x0a\x02\xf0\x80", 4, &setting->refusal),
                     INVALID);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, with_law, without_law)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_nearest_place_and_the_day_choose_the_procedure),
        CASE(test_running_cases_find_their_procedure_by_hash_after_a_new_one_came),
        CASE(test_names_that_nothing_defines_are_refused),
        CASE(test_what_goes_before_near_the_end_of_a_limit_has_its_days_text_and_article),
        CASE(test_clocks_that_run_for_nothing_or_too_long_or_say_nothing_are_refused),
        CASE(test_numbers_and_names_that_stand_twice_are_refused),
        CASE(test_shapes_that_cannot_work_are_refused),
        CASE(test_every_list_of_clocks_refuses_a_name_that_nothing_defines),
        CASE(test_pauses_and_extensions_that_are_half_said_are_refused),
        CASE(test_moments_units_and_days_that_do_not_exist_are_refused),
        CASE(test_bytes_that_are_no_procedure_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
