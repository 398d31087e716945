/* SPDX-License-Identifier: Apache-2.0
 *
 * Check: what a definition must keep to before it is used. Each refusal names what is wrong and what to write instead.
 */
#include "common/base/instant.h"
#include "common/procedure/fact.h"
#include "common/procedure/procedure.h"

#include <string.h>

enum {
    CLOCK_NUMBER_MAX = 999,
    CLOCK_DAYS_MAX = 3660,
    PLACE_MAX = 999999,
    STATES_MAX = 200, /* and steps: an analysis looks at each pair */
    STEPS_MAX = 1000,
};

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
    if (!status)
        status = check_day(check, definition->valid_until, "valid_until");
    if (!status && *definition->valid_until && strcmp(definition->valid_until, definition->valid_from) < 0)
        return refuse(check->refusal, INVALID, "valid_until", N_("the procedure ends before it begins"),
                      N_("write its last day, or nothing while it is in force"));
    return status;
}

static enum status check_states(const struct check *check)
{
    const Tiaojie__Procedure *definition = check->definition;

    if (definition->n_states > STATES_MAX || definition->n_steps > STEPS_MAX)
        return refuse(check->refusal, TOO_LARGE, "states", N_("a procedure has at most 200 states and 1000 steps"),
                      N_("split it"));
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
        if (state && state->final && !step->reopens)
            return refuse_with(
                check->refusal, INVALID, "steps.from", N_("the step '%1' starts in the final state '%2'"),
                N_("let nothing follow a final state, or write that the step reopens"), step->name, step->from[i]);
        if (step->reopens && (!state || !state->final))
            return refuse_with(check->refusal, INVALID, "steps.reopens",
                               N_("the step '%1' reopens and starts in '%2', which is no final state"),
                               N_("let it start in final states only"), step->name, step->from[i]);
        if (!*step->from[i] && !*step->to)
            return refuse_with(check->refusal, INVALID, "steps.to", N_("the first step '%1' leads to no state"),
                               N_("name the state that it leads to"), step->name);
    }
    return OK;
}

static enum status check_clock_names(const struct check *check, const Tiaojie__Procedure__Step *step, const char *field,
                                     char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!procedure_clock(check->definition, names[i]))
            return refuse_with(check->refusal, INVALID, field, N_("the step '%1' names the unknown clock '%2'"),
                               N_("define the clock or correct its name"), step->name, names[i]);
        if (names_have(names, i, names[i]))
            return refuse_with(check->refusal, INVALID, field, N_("the step '%1' names the clock '%2' twice"),
                               N_("name it once"), step->name, names[i]);
    }
    return OK;
}

static enum status check_step_clocks(const struct check *check, const Tiaojie__Procedure__Step *step)
{
    const struct {
        const char *field;
        char **names;
        size_t count;
    } LISTS[] = {
        {"steps.starts", step->starts, step->n_starts},
        {"steps.stops", step->stops, step->n_stops},
        {"steps.pauses", step->pauses, step->n_pauses},
        {"steps.resumes", step->resumes, step->n_resumes},
        {"steps.extends", step->extends, step->n_extends},
        {"steps.interrupts", step->interrupts, step->n_interrupts},
        {"steps.barred_by", step->barred_by, step->n_barred_by},
        {"steps.opened_by", step->opened_by, step->n_opened_by},
        {"steps.leaves", step->leaves, step->n_leaves},
    };
    enum status status = OK;

    for (size_t i = 0; !status && i < sizeof LISTS / sizeof *LISTS; i++)
        status = check_clock_names(check, step, LISTS[i].field, LISTS[i].names, LISTS[i].count);
    for (size_t i = 0; !status && i < step->n_extends; i++)
        if (!procedure_clock(check->definition, step->extends[i])->extension)
            status = refuse_with(check->refusal, INVALID, "steps.extends",
                                 N_("the step '%1' extends the clock '%2', which says nothing of an extension"),
                                 N_("give the clock an extension: by whom, how often, how long"), step->name,
                                 step->extends[i]);
    return status;
}

static bool is_expiry_step(const Tiaojie__Procedure *definition, const char *step)
{
    for (size_t i = 0; i < definition->n_clocks; i++)
        if (strcmp(definition->clocks[i]->expiry_step, step) == 0)
            return true;
    return false;
}

/* What is over is opened again by somebody's decision, and only what ends a procedure leaves clocks behind. */
static enum status check_ends(const struct check *check, const Tiaojie__Procedure__Step *step)
{
    const Tiaojie__Procedure__State *to = procedure_state(check->definition, step->to);

    if (step->n_leaves && (!to || !to->final))
        return refuse_with(check->refusal, INVALID, "steps.leaves",
                           N_("the step '%1' leaves clocks running although it leads to no final state"),
                           N_("leave them out: they run on anyway"), step->name);
    if (step->reopens && (!to || to->final))
        return refuse_with(check->refusal, INVALID, "steps.to", N_("the step '%1' reopens and leads to no open state"),
                           N_("name the state in which it goes on"), step->name);
    if (step->reopens && (!step->n_may || is_expiry_step(check->definition, step->name)))
        return refuse_with(check->refusal, INVALID, "steps.may",
                           N_("the step '%1' reopens without somebody who decides it"),
                           N_("give it a role, and let no clock lead to it"), step->name);
    return OK;
}

static enum status check_facts(const struct check *check, const Tiaojie__Procedure__Step *step, const char *field,
                               char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!fact_bit(names[i]))
            return refuse_with(check->refusal, INVALID, field, N_("the step '%1' names the unknown fact '%2'"),
                               N_("use one of: %3"), step->name, names[i], fact_names(check->arena));
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
    enum status status = check_facts(check, step, "steps.establishes", step->establishes, step->n_establishes);
    if (!status)
        status = check_facts(check, step, "steps.refutes", step->refutes, step->n_refutes);
    if (!status)
        status = check_from(check, step);
    return status ? status : check_ends(check, step);
}

static enum status check_steps(const struct check *check)
{
    enum status status = OK;
    bool first = false;

    for (size_t i = 0; !status && i < check->definition->n_steps; i++) {
        const Tiaojie__Procedure__Step *step = check->definition->steps[i];
        status = check_step(check, step);
        if (!status)
            status = check_step_clocks(check, step);
        for (size_t k = 0; !status && k < step->n_from; k++)
            first = first || !*step->from[k];
    }
    if (!status && !first)
        return refuse(check->refusal, INVALID, "steps", N_("no step starts where nothing stands yet"),
                      N_("give one step the state \"\" as from"));
    return status;
}

/* ---- clocks ---- */

/* 0: the unit is none, or one that the parties agree on. */
static uint32_t days_of(Tiaojie__Procedure__Unit unit)
{
    static const uint32_t DAYS[] = {
        [TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS] = 1,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS] = 1,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS] = 30,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS] = 366,
    };
    return (unsigned)unit < sizeof DAYS / sizeof *DAYS ? DAYS[unit] : 0;
}

/* A clock's own length, its extension's, its earlier limit's. */
struct length {
    const char *unit_field;
    const char *amount_field;
    uint32_t amount;
    Tiaojie__Procedure__Unit unit;
    bool may_be_agreed;
};

static enum status check_length(const struct check *check, const Tiaojie__Procedure__Clock *clock,
                                const struct length *length)
{
    uint32_t days = days_of(length->unit);

    if (length->may_be_agreed && length->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED)
        return !length->amount ? OK
                               : refuse_with(check->refusal, INVALID, length->amount_field,
                                             N_("the clock '%1' has an amount although its last day is agreed"),
                                             N_("leave the amount out"), clock->name);
    if (!days)
        return refuse_with(check->refusal, INVALID, length->unit_field, N_("the clock '%1' has no unit"),
                           N_("write UNIT_DAYS, UNIT_WORKING_DAYS, UNIT_MONTHS, UNIT_YEARS or UNIT_AGREED"),
                           clock->name);
    if (!length->amount || length->amount > CLOCK_DAYS_MAX / days)
        return refuse_with(check->refusal, INVALID, length->amount_field,
                           N_("the clock '%1' runs for nothing or for more than 3660 days"), N_("correct its amount"),
                           clock->name);
    return OK;
}

static enum status check_lengths(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    const Tiaojie__Procedure__Extension *extension = clock->extension;
    const Tiaojie__Procedure__Earlier *earlier = clock->earlier;
    enum status status =
        check_length(check, clock, &(struct length){"clocks.unit", "clocks.amount", clock->amount, clock->unit, true});

    if (!status && extension)
        status = check_length(check, clock,
                              &(struct length){"clocks.extension.unit", "clocks.extension.amount", extension->amount,
                                               extension->unit, true});
    if (!status && extension && !*extension->by)
        status = refuse_with(check->refusal, INVALID, "clocks.extension.by",
                             N_("it is not said who may extend the clock '%1'"),
                             N_("write it as people should read it"), clock->name);
    if (!status && earlier)
        status = check_length(
            check, clock,
            &(struct length){"clocks.earlier.unit", "clocks.earlier.amount", earlier->amount, earlier->unit, false});
    return status;
}

/* A pause without an end, or an end without a pause, is a word that was forgotten. */
static enum status check_pauses(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    bool pauses = false, resumes = false;

    for (size_t s = 0; s < check->definition->n_steps; s++) {
        const Tiaojie__Procedure__Step *step = check->definition->steps[s];
        pauses = pauses || names_have(step->pauses, step->n_pauses, clock->name);
        resumes = resumes || names_have(step->resumes, step->n_resumes, clock->name);
    }
    if (pauses && !resumes)
        return refuse_with(check->refusal, INVALID, "steps.pauses",
                           N_("the clock '%1' is paused and no step lets it go on"),
                           N_("name it under resumes of a step"), clock->name);
    if (resumes && !pauses)
        return refuse_with(check->refusal, INVALID, "steps.resumes", N_("the clock '%1' goes on without a pause"),
                           N_("name it under pauses of a step"), clock->name);
    return OK;
}

/* The step is taken without facts, so it can have no guards, and nobody gives the reason that moves a clock. */
static enum status check_taken_by_itself(const struct check *check, const Tiaojie__Procedure__Clock *clock,
                                         const Tiaojie__Procedure__Step *step)
{
    if (step->n_guards)
        return refuse_with(check->refusal, INVALID, "steps.guards",
                           N_("the step '%1' has guards although the clock '%2' takes it by itself"),
                           N_("leave the guards out"), step->name, clock->name);
    if (step->n_pauses || step->n_resumes || step->n_extends)
        return refuse_with(check->refusal, INVALID,
                           step->n_pauses    ? "steps.pauses"
                           : step->n_resumes ? "steps.resumes"
                                             : "steps.extends",
                           N_("the step '%1' moves a clock although the clock '%2' takes it by itself"),
                           N_("let somebody take a step of his own for it"), step->name, clock->name);
    for (size_t i = 0; i < step->n_starts; i++) {
        const Tiaojie__Procedure__Clock *started = procedure_clock(check->definition, step->starts[i]);
        if (started && started->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED && !started->per_subject)
            return refuse_with(check->refusal, INVALID, "steps.starts",
                               N_("the step '%1' starts '%3', whose last day somebody sets, although the clock '%2' "
                                  "takes it by itself"),
                               N_("start it by a step that somebody takes"), step->name, clock->name, started->name);
    }
    return OK;
}

/* What follows when the clock runs out. */
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
    enum status status = OK;
    for (size_t i = 0; !status && *clock->expiry_step && i < check->definition->n_steps; i++)
        if (strcmp(check->definition->steps[i]->name, clock->expiry_step) == 0)
            status = check_taken_by_itself(check, clock, check->definition->steps[i]);
    return status;
}

/* What goes before, so near to the end: from when, what, and by which rule. */
static enum status check_urgent(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    const Tiaojie__Procedure__Urgent *urgent = clock->urgent;

    if (!urgent)
        return OK;
    if (!urgent->days || urgent->days > CLOCK_DAYS_MAX)
        return refuse_with(check->refusal, INVALID, "clocks.urgent.days",
                           N_("it is not said how near to the end of the clock '%1' something goes before"),
                           N_("write 1 to 3660 days"), clock->name);
    if (!*urgent->text || !*urgent->article)
        return refuse_with(check->refusal, INVALID, *urgent->text ? "clocks.urgent.article" : "clocks.urgent.text",
                           N_("what goes before near to the end of the clock '%1' lacks its text or its article"),
                           N_("write both"), clock->name);
    return check_day(check, urgent->valid_from, "clocks.urgent.valid_from");
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

static enum status check_reopening(const struct check *check, const Tiaojie__Procedure__Clock *clock)
{
    if (!protobuf_c_enum_descriptor_get_value(&tiaojie__procedure__reopening__descriptor, (int)clock->reopening))
        return refuse_with(check->refusal, INVALID, "clocks.reopening",
                           N_("the clock '%1' does not say what reopening does to it"),
                           N_("write REOPENING_ENDED, REOPENING_COUNTS or REOPENING_PAUSED"), clock->name);
    if (clock->reopening == TIAOJIE__PROCEDURE__REOPENING__REOPENING_PAUSED &&
        clock->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED)
        return refuse_with(check->refusal, INVALID, "clocks.reopening",
                           N_("the last day of the clock '%1' is agreed: time that does not count cannot move it"),
                           N_("write REOPENING_COUNTS"), clock->name);
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
        status = check_reopening(check, clock);
    if (!status)
        status = check_lengths(check, clock);
    if (!status)
        status = check_urgent(check, clock);
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
    if (!status)
        status = check_steps(&check);
    for (size_t i = 0; !status && i < definition->n_clocks; i++)
        status = check_pauses(&check, definition->clocks[i]);
    return status;
}
