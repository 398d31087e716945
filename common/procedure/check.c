/* SPDX-License-Identifier: Apache-2.0
 *
 * Check: what a definition must keep to before it is used. Each refusal names what is wrong and what to write instead.
 */
#include "common/base/instant.h"
#include "common/procedure/procedure.h"

#include <string.h>

enum { CLOCK_NUMBER_MAX = 999, CLOCK_DAYS_MAX = 3660, PLACE_MAX = 999999 };

struct check {
    const Tiaojie__Procedure *definition;
    struct arena *arena;
    struct refusal *refusal;
};

static enum status check_day(const struct check *check, const char *text, const char *field)
{
    int32_t day;
    return *text ? day_parse(text, field, &day, check->refusal) : OK;
}

static enum status check_head(const struct check *check)
{
    const Tiaojie__Procedure *definition = check->definition;

    if (!*definition->name)
        return refuse(check->refusal, INVALID, "name", N_("the procedure has no name"), N_("name it"));
    if (!*definition->kind)
        return refuse(check->refusal, INVALID, "kind", N_("the procedure does not say which kind it is for"),
                      N_("write its kind, such as labour-wages"));
    if (definition->place > PLACE_MAX)
        return refuse(check->refusal, INVALID, "place", N_("a place is a division code of six digits"),
                      N_("write the code, or 0 for the whole country"));
    enum status status = check_day(check, definition->valid_from, "valid_from");
    return status ? status : check_day(check, definition->valid_until, "valid_until");
}

static enum status check_states(const struct check *check)
{
    const Tiaojie__Procedure *definition = check->definition;

    for (size_t i = 0; i < definition->n_states; i++) {
        const Tiaojie__Procedure__State *state = definition->states[i];
        if (!*state->name)
            return refuse(check->refusal, INVALID, "states.name", N_("a state has no name"), N_("name it"));
        if (procedure_state(definition, state->name) != state)
            return refuse_with(check->refusal, INVALID, "states.name", N_("two states are called '%1'"),
                               N_("rename one of them"), state->name);
    }
    return OK;
}

/* ---- steps ---- */

static enum status check_from(const struct check *check, const Tiaojie__Procedure__Step *step)
{
    if (!step->n_from)
        return refuse_with(check->refusal, INVALID, "steps.from", N_("the step '%1' starts in no state"),
                           N_("name its states, or \"\" where nothing stands yet"), step->name);
    for (size_t i = 0; i < step->n_from; i++) {
        const Tiaojie__Procedure__State *state = procedure_state(check->definition, step->from[i]);
        if (*step->from[i] && !state)
            return refuse_with(check->refusal, INVALID, "steps.from",
                               N_("the step '%1' starts in the unknown state '%2'"),
                               N_("define the state or correct its name"), step->name, step->from[i]);
        if (state && state->final)
            return refuse_with(check->refusal, INVALID, "steps.from",
                               N_("the step '%1' starts in the final state '%2'"),
                               N_("let nothing follow a final state"), step->name, step->from[i]);
        if (!*step->from[i] && !*step->to)
            return refuse_with(check->refusal, INVALID, "steps.to", N_("the first step '%1' leads to no state"),
                               N_("name the state that it leads to"), step->name);
    }
    return OK;
}

static enum status check_step_clocks(const struct check *check, const Tiaojie__Procedure__Step *step, const char *field,
                                     char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!procedure_clock(check->definition, names[i]))
            return refuse_with(check->refusal, INVALID, field, N_("the step '%1' names the unknown clock '%2'"),
                               N_("define the clock or correct its name"), step->name, names[i]);
    return OK;
}

static enum status check_step(const struct check *check, const Tiaojie__Procedure__Step *step)
{
    if (!*step->name)
        return refuse(check->refusal, INVALID, "steps.name", N_("a step has no name"), N_("name it"));
    if (*step->to && !procedure_state(check->definition, step->to))
        return refuse_with(check->refusal, INVALID, "steps.to", N_("the step '%1' leads to the unknown state '%2'"),
                           N_("define the state or correct its name"), step->name, step->to);
    for (size_t i = 0; i < step->n_guards; i++)
        if (!guard_find(step->guards[i]))
            return refuse_with(check->refusal, INVALID, "steps.guards",
                               N_("the step '%1' names the unknown guard '%2'"), N_("use one of: %3"), step->name,
                               step->guards[i], guard_names(check->arena));
    for (size_t i = 0; i < step->n_may; i++)
        if (!protobuf_c_enum_descriptor_get_value(&tiaojie__role__descriptor, (int)step->may[i]) || !step->may[i])
            return refuse_with(check->refusal, INVALID, "steps.may", N_("the step '%1' names an unknown role"),
                               N_("use a role of the contracts, such as ROLE_CLERK"), step->name);
    enum status status = check_from(check, step);
    if (!status)
        status = check_step_clocks(check, step, "steps.starts", step->starts, step->n_starts);
    return status ? status : check_step_clocks(check, step, "steps.stops", step->stops, step->n_stops);
}

static enum status check_steps(const struct check *check)
{
    enum status status = OK;
    bool first = false;

    for (size_t i = 0; !status && i < check->definition->n_steps; i++) {
        const Tiaojie__Procedure__Step *step = check->definition->steps[i];
        status = check_step(check, step);
        for (size_t k = 0; !status && k < step->n_from; k++)
            first = first || !*step->from[k];
    }
    if (!status && !first)
        return refuse(check->refusal, INVALID, "steps", N_("no step starts where nothing stands yet"),
                      N_("give one step the state \"\" as from"));
    return status;
}

/* ---- clocks ---- */

static enum status check_amount(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    static const uint32_t DAYS[] = {
        [TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS] = 1,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS] = 1,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS] = 30,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS] = 366,
    };
    enum { UNITS = sizeof DAYS / sizeof *DAYS };

    if (clock->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED)
        return !clock->amount ? OK
                              : refuse_with(check->refusal, INVALID, "clocks.amount",
                                            N_("the clock '%1' has an amount although its last day is agreed"),
                                            N_("leave the amount out"), clock->name);
    if ((unsigned)clock->unit >= UNITS || !DAYS[clock->unit])
        return refuse_with(check->refusal, INVALID, "clocks.unit", N_("the clock '%1' has no unit"),
                           N_("write UNIT_DAYS, UNIT_WORKING_DAYS, UNIT_MONTHS, UNIT_YEARS or UNIT_AGREED"),
                           clock->name);
    if (!clock->amount || clock->amount > CLOCK_DAYS_MAX / DAYS[clock->unit])
        return refuse_with(check->refusal, INVALID, "clocks.amount",
                           N_("the clock '%1' runs for nothing or for more than 3660 days"), N_("correct its amount"),
                           clock->name);
    return OK;
}

/* What follows when the clock runs out. The step is taken without facts, so it can have no guards. */
static enum status check_expiry(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    if (!protobuf_c_enum_descriptor_get_value(&tiaojie__procedure__effect__descriptor, (int)clock->effect) ||
        clock->effect == TIAOJIE__PROCEDURE__EFFECT__EFFECT_NONE)
        return refuse_with(check->refusal, INVALID, "clocks.effect",
                           N_("the clock '%1' does not say what running out does"),
                           N_("write EFFECT_BAR, EFFECT_OPEN, EFFECT_DUTY, EFFECT_DEEM or EFFECT_VOID"), clock->name);
    if (!*clock->expiry_text)
        return refuse_with(check->refusal, INVALID, "clocks.expiry_text",
                           N_("the clock '%1' does not say what running out means"),
                           N_("write it as people should read it"), clock->name);
    if (*clock->expiry_step && !procedure_has_step(check->definition, clock->expiry_step))
        return refuse_with(check->refusal, INVALID, "clocks.expiry_step",
                           N_("the clock '%1' leads to the unknown step '%2'"),
                           N_("define the step or correct its name"), clock->name, clock->expiry_step);
    for (size_t i = 0; *clock->expiry_step && i < check->definition->n_steps; i++) {
        const Tiaojie__Procedure__Step *step = check->definition->steps[i];
        if (step->n_guards && strcmp(step->name, clock->expiry_step) == 0)
            return refuse_with(check->refusal, INVALID, "steps.guards",
                               N_("the step '%1' has guards although the clock '%2' takes it by itself"),
                               N_("leave the guards out"), step->name, clock->name);
    }
    return OK;
}

static enum status check_number(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    if (!clock->number || clock->number > CLOCK_NUMBER_MAX)
        return refuse_with(check->refusal, INVALID, "clocks.number", N_("the clock '%1' has no number from 1 to 999"),
                           N_("give it a number that was never used in this procedure"), clock->name);
    for (size_t i = 0; check->definition->clocks[i] != clock; i++)
        if (check->definition->clocks[i]->number == clock->number)
            return refuse_with(check->refusal, INVALID, "clocks.number",
                               N_("the clocks '%1' and '%2' have the same number"),
                               N_("give one of them another number"), check->definition->clocks[i]->name, clock->name);
    return OK;
}

static enum status check_clock(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    if (!*clock->name)
        return refuse(check->refusal, INVALID, "clocks.name", N_("a clock has no name"), N_("name it"));
    if (procedure_clock(check->definition, clock->name) != clock)
        return refuse_with(check->refusal, INVALID, "clocks.name", N_("two clocks are called '%1'"),
                           N_("rename one of them"), clock->name);
    if (!protobuf_c_enum_descriptor_get_value(&tiaojie__procedure__roll__descriptor, (int)clock->roll))
        return refuse_with(check->refusal, INVALID, "clocks.roll", N_("the clock '%1' has an unknown roll rule"),
                           N_("write ROLL_NONE, ROLL_STATUTORY, ROLL_DAY_OFF or ROLL_BACK"), clock->name);
    enum status status = check_number(check, clock);
    if (!status)
        status = check_amount(check, clock);
    return status ? status : check_expiry(check, clock);
}

enum status procedure_check(const Tiaojie__Procedure *definition, struct arena *arena, struct refusal *refusal)
{
    struct check check = {.definition = definition, .arena = arena, .refusal = refusal};
    enum status status = check_head(&check);

    if (!status)
        status = check_states(&check);
    for (size_t i = 0; !status && i < definition->n_clocks; i++)
        status = check_clock(&check, definition->clocks[i]);
    return status ? status : check_steps(&check);
}
