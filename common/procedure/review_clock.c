/* SPDX-License-Identifier: Apache-2.0
 *
 * Review of clocks: started, used, warned of, and what running out leads to.
 */
#include "common/procedure/review_clock.h"

#include "common/procedure/number.h"

#include <string.h>

/* ---- what steps do with clocks ---- */

/* A step's list of clocks, and what must hold of them where the step is taken. */
struct use {
    const char *field;
    char **names;
    size_t count;
    bool after; /* it is enough that the clock was started before; else it must be able to run */
    const char *reason;
    const char *remedy;
};

static bool can_be_used(const struct graph *graph, const Tiaojie__Procedure__Step *step, const bool *table,
                        size_t clock)
{
    for (size_t i = 0; i < step->n_from; i++)
        if (table[state_number(graph->procedure->definition, step->from[i]) * graph->clocks + clock])
            return true;
    return false;
}

static bool is_reached(const struct graph *graph, const Tiaojie__Procedure__Step *step)
{
    for (size_t i = 0; i < step->n_from; i++)
        if (graph->reached[state_number(graph->procedure->definition, step->from[i])])
            return true;
    return false;
}

static void review_use(struct findings *findings, const struct graph *graph, const Tiaojie__Procedure__Step *step,
                       const struct use *use)
{
    struct finding finding = {.kind = FINDING_READ, .about = step, .state = "", .step = step->name};

    for (size_t i = 0; i < use->count; i++) {
        size_t clock = clock_number(graph->procedure->definition, use->names[i]);
        if (can_be_used(graph, step, use->after ? graph->started : graph->runs, clock))
            continue;
        refusal_fill(&finding.refusal, INVALID, use->field, use->reason, use->remedy,
                     (const char *[]){step->name, use->names[i], NULL});
        finding_add(findings, &finding);
    }
}

/* ---- pauses ---- */

/* Marks the states that can follow `seen`; true: one of their steps lets the clock go on. */
static bool goes_on(const struct graph *graph, bool *seen, const char *clock)
{
    bool changed = true, found = false;

    while (changed && !found) {
        changed = false;
        for (size_t s = 0; s < graph->procedure->definition->n_steps && !found; s++)
            for (size_t i = 0; i < graph->procedure->definition->steps[s]->n_from; i++) {
                struct edge edge = graph_edge(graph, s, i);
                if (!seen[edge.from] || !graph_possible(graph, edge))
                    continue;
                const Tiaojie__Procedure__Step *step = graph->procedure->definition->steps[s];
                found = found || names_have(step->resumes, step->n_resumes, clock);
                changed = changed || !seen[edge.to];
                seen[edge.to] = true;
            }
    }
    return found;
}

static void review_pauses(struct findings *findings, const struct graph *graph, size_t s)
{
    const Tiaojie__Procedure__Step *step = graph->procedure->definition->steps[s];

    for (size_t p = 0; p < step->n_pauses; p++)
        for (size_t i = 0; i < step->n_from; i++) {
            struct edge edge = graph_edge(graph, s, i);
            struct finding finding = {.kind = FINDING_READ,
                                      .about = step,
                                      .state = state_name(graph->procedure->definition, edge.to),
                                      .step = step->name};
            bool *seen = arena_array(graph->arena, graph->states, sizeof *seen);
            seen[edge.to] = true;
            if (!graph_possible(graph, edge) || goes_on(graph, seen, step->pauses[p]))
                continue;
            refusal_fill(&finding.refusal, INVALID, "steps.pauses",
                         N_("after the step '%1' no step lets the clock '%2' go on"),
                         N_("add a step that resumes it in a state that can follow"),
                         (const char *[]){step->name, step->pauses[p], NULL});
            finding_add(findings, &finding);
        }
}

void review_step_clocks(struct findings *findings, const struct graph *graph, size_t s)
{
    const Tiaojie__Procedure__Step *step = graph->procedure->definition->steps[s];
    const char *idle = N_("where the step '%1' is taken, the clock '%2' cannot run");
    const char *never = N_("the clock '%2' is never started before the step '%1'");
    const char *correct = N_("start the clock before it, or leave it out here");
    const struct use USES[] = {
        {"steps.stops", step->stops, step->n_stops, false, idle, correct},
        {"steps.pauses", step->pauses, step->n_pauses, false, idle, correct},
        {"steps.resumes", step->resumes, step->n_resumes, false, idle, correct},
        {"steps.extends", step->extends, step->n_extends, false, idle, correct},
        {"steps.interrupts", step->interrupts, step->n_interrupts, false, idle, correct},
        {"steps.barred_by", step->barred_by, step->n_barred_by, true, never, correct},
        {"steps.leaves", step->leaves, step->n_leaves, false, idle, correct},
    };

    if (!is_reached(graph, step))
        return;
    for (size_t i = 0; i < sizeof USES / sizeof *USES; i++)
        review_use(findings, graph, step, &USES[i]);
    review_pauses(findings, graph, s);
}

/* ---- clocks by themselves ---- */

/* Days that an amount has at least. */
static uint32_t shortest(uint32_t amount, Tiaojie__Procedure__Unit unit)
{
    static const uint32_t DAYS[] = {
        [TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS] = 1,    [TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS] = 1,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS] = 28, [TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS] = 365,
        [TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED] = 0,
    };
    return amount * DAYS[unit];
}

static bool is_extended(const struct graph *graph, const char *clock)
{
    const Tiaojie__Procedure *definition = graph->procedure->definition;

    for (size_t s = 0; s < definition->n_steps; s++)
        for (size_t i = 0; i < definition->steps[s]->n_extends; i++)
            if (strcmp(definition->steps[s]->extends[i], clock) == 0)
                return true;
    return false;
}

static bool is_reopened(const struct graph *graph)
{
    const Tiaojie__Procedure *definition = graph->procedure->definition;

    for (size_t s = 0; s < definition->n_steps; s++)
        if (definition->steps[s]->reopens)
            return true;
    return false;
}

/* What is lost when its time is over must be announced, unless there is no day for it. */
static bool is_lost_without_warning(const Tiaojie__Procedure__Clock *clock)
{
    bool loses = clock->effect == TIAOJIE__PROCEDURE__EFFECT__EFFECT_BAR ||
                 clock->effect == TIAOJIE__PROCEDURE__EFFECT__EFFECT_VOID;

    return loses && !clock->warn_days && (!clock->amount || shortest(clock->amount, clock->unit) > 1);
}

static bool warns_before_it_runs(const Tiaojie__Procedure__Clock *clock)
{
    return clock->amount && !clock->backwards && clock->warn_days >= shortest(clock->amount, clock->unit) &&
           clock->warn_days;
}

static bool is_later(const Tiaojie__Procedure__Clock *clock)
{
    return clock->earlier && clock->amount &&
           shortest(clock->earlier->amount, clock->earlier->unit) >= shortest(clock->amount, clock->unit);
}

void review_clock(struct findings *findings, const struct graph *graph, size_t at)
{
    const Tiaojie__Procedure__Clock *clock = graph->procedure->definition->clocks[at];
    bool runs = graph->ever_runs[at];
    const struct {
        bool wrong;
        enum finding_kind kind;
        const char *field;
        const char *reason;
        const char *remedy;
    } TESTS[] = {
        {!runs, FINDING_UNSTARTED, "clocks", N_("no step starts the clock '%1'"),
         N_("name it under starts of a step, or leave it out")},
        {runs && *clock->expiry_step && !graph->expires[at], FINDING_UNHANDLED, "clocks.expiry_step",
         N_("the clock '%1' leads to the step '%2', which no state has in which it may run"),
         N_("add these states to the step, or leave expiry_step out")},
        {is_lost_without_warning(clock), FINDING_READ, "clocks.warn_days",
         N_("something is lost when the clock '%1' runs out, and nobody is warned"), N_("write warn_days")},
        {clock->parallel && !*clock->advice, FINDING_READ, "clocks.advice",
         N_("the clock '%1' is watched, and nobody is told what to do in time"),
         N_("write advice, or leave parallel out")},
        {warns_before_it_runs(clock), FINDING_READ, "clocks.warn_days",
         N_("the clock '%1' would warn before it begins"), N_("write fewer warn_days than it has days")},
        {clock->extension && !is_extended(graph, clock->name), FINDING_READ, "clocks.extension",
         N_("the clock '%1' may be extended, but no step extends it"), N_("name it under extends of a step")},
        {clock->reopening && !is_reopened(graph), FINDING_READ, "clocks.reopening",
         N_("the clock '%1' says what reopening does to it, but no step reopens"),
         N_("write reopens in a step that leads from a final state, or leave it out")},
        {is_later(clock), FINDING_READ, "clocks.earlier",
         N_("what the clock '%1' names as the earlier limit is not earlier"),
         N_("write the shorter limit under earlier and the longer one in the clock")},
    };

    for (size_t i = 0; i < sizeof TESTS / sizeof *TESTS; i++) {
        struct finding finding = {.kind = TESTS[i].kind, .about = clock, .state = "", .step = ""};
        if (!TESTS[i].wrong)
            continue;
        refusal_fill(&finding.refusal, INVALID, TESTS[i].field, TESTS[i].reason, TESTS[i].remedy,
                     (const char *[]){clock->name, clock->expiry_step, NULL});
        finding_add(findings, &finding);
    }
}
