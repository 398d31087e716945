/* SPDX-License-Identifier: Apache-2.0
 *
 * Review: states, steps and what the People's Mediation Law demands; clocks are in review_clock.c.
 */
#include "common/procedure/review.h"

#include "common/procedure/number.h"
#include "common/procedure/review_clock.h"

#include <string.h>

void finding_add(struct findings *findings, const struct finding *finding)
{
    findings->list = arena_more(findings->arena, findings->list, findings->count, sizeof *findings->list);
    findings->list[findings->count++] = *finding;
}

/* ---- states ---- */

static void review_state(struct findings *findings, const struct graph *graph, size_t state)
{
    const Tiaojie__Procedure__State *definition = graph->procedure->definition->states[state - 1];
    struct finding finding = {.about = definition, .state = definition->name, .step = ""};
    struct refusal *refusal = &finding.refusal;

    if (!graph->reached[state]) {
        finding.kind = FINDING_UNREACHED;
        refusal_fill(refusal, INVALID, "states", N_("no steps lead to the state '%1'"),
                     N_("let a step lead to it, or leave it out"), (const char *[]){definition->name, NULL});
        finding_add(findings, &finding);
    } else if (!graph->leavable[state]) {
        finding.kind = FINDING_STUCK;
        refusal_fill(refusal, INVALID, "states", N_("no steps lead from the state '%1' to a final one"),
                     N_("add a step that leaves it, or mark the state as final"),
                     (const char *[]){definition->name, NULL});
        finding_add(findings, &finding);
    }
}

/* ---- steps ---- */

static bool is_expiry_step(const struct graph *graph, const char *step)
{
    for (size_t i = 0; i < graph->clocks; i++)
        if (strcmp(graph->procedure->definition->clocks[i]->expiry_step, step) == 0)
            return true;
    return false;
}

static void fill_untaken(struct refusal *refusal, const struct graph *graph, struct edge edge, const char *const *names)
{
    const struct step *step = &graph->procedure->steps[edge.step];

    if (!step->may && !is_expiry_step(graph, step->definition->name))
        refusal_fill(refusal, INVALID, "steps.may", N_("nobody may take the step '%1' and no clock leads to it"),
                     N_("give it a role, or make it the expiry_step of a clock"), names);
    else if (!step->may)
        refusal_fill(refusal, INVALID, "steps.from",
                     N_("no clock that leads to the step '%1' can run in the state '%2'"),
                     N_("start the clock before this state, or take the state out of the step"), names);
    else if (!graph_offered(graph, edge.step, edge.from))
        refusal_fill(refusal, INVALID, "steps.guards",
                     N_("in the state '%2' an earlier step called '%1' is always taken before this one"),
                     N_("put the step with more guards first"), names);
    else
        refusal_fill(refusal, INVALID, "steps.opened_by",
                     N_("a clock that opens the step '%1' is never started before the state '%2'"),
                     N_("start the clock in a step before it"), names);
}

static void review_edge(struct findings *findings, const struct graph *graph, struct edge edge)
{
    const Tiaojie__Procedure__Step *step = graph->procedure->definition->steps[edge.step];
    struct finding finding = {.kind = FINDING_UNTAKEN,
                              .about = step,
                              .state = state_name(graph->procedure->definition, edge.from),
                              .step = step->name};

    if (!graph->reached[edge.from] || graph_possible(graph, edge))
        return;
    fill_untaken(&finding.refusal, graph, edge, (const char *[]){step->name, finding.state, NULL});
    finding_add(findings, &finding);
}

static void review_papers(struct findings *findings, const Tiaojie__Procedure__Step *step)
{
    struct finding finding = {.kind = FINDING_READ, .about = step, .state = "", .step = step->name};

    for (size_t i = 0; i < step->n_papers; i++) {
        bool twice = false;
        for (size_t k = 0; k < i; k++)
            twice = twice || strcmp(step->papers[k], step->papers[i]) == 0;
        if (!twice && *step->papers[i])
            continue;
        refusal_fill(&finding.refusal, INVALID, "steps.papers",
                     N_("a paper of the step '%1' has no name, or stands there twice"),
                     N_("name each paper once, as people call it"), (const char *[]){step->name, NULL});
        finding_add(findings, &finding);
    }
}

/* ---- mediation ---- */

/* A party's word is enough: no guard, no clock and no earlier step of the same name holds the party in. */
static bool lets_go(const struct graph *graph, struct edge edge)
{
    const struct step *step = &graph->procedure->steps[edge.step];
    const Tiaojie__Procedure__Step *definition = step->definition;
    const struct transition *first =
        procedure_transition(graph->procedure, state_name(graph->procedure->definition, edge.from), definition->name);

    return definition->by_party && step->may && first->step == step &&
           state_is_final(graph->procedure->definition, edge.to) && !definition->n_guards && !definition->n_barred_by &&
           !definition->n_opened_by && !definition->n_needs;
}

static bool party_can_end(const struct graph *graph, size_t state)
{
    for (size_t s = 0; s < graph->procedure->definition->n_steps; s++)
        for (size_t i = 0; i < graph->procedure->definition->steps[s]->n_from; i++) {
            struct edge edge = graph_edge(graph, s, i);
            if (edge.from == state && lets_go(graph, edge))
                return true;
        }
    return false;
}

static void review_freedom(struct findings *findings, const struct graph *graph, size_t state)
{
    const Tiaojie__Procedure__State *definition = graph->procedure->definition->states[state - 1];
    struct finding finding = {.kind = FINDING_HELD, .about = definition, .state = definition->name, .step = ""};

    if (definition->final || definition->settled || !graph->reached[state] || party_can_end(graph, state))
        return;
    refusal_fill(&finding.refusal, INVALID, "steps.by_party", N_("in the state '%1' a party cannot end the mediation"),
                 N_("add a step by_party without guards that leads to a final state"),
                 (const char *[]){definition->name, NULL});
    finding.refusal.article = "PML 17, 26";
    finding_add(findings, &finding);
}

static bool is_possible(const struct graph *graph, size_t step)
{
    for (size_t i = 0; i < graph->procedure->definition->steps[step]->n_from; i++)
        if (graph_possible(graph, graph_edge(graph, step, i)))
            return true;
    return false;
}

static void review_free_and_invited(struct findings *findings, const Tiaojie__Procedure__Step *step)
{
    struct finding finding = {.kind = FINDING_FEE, .about = step, .state = "", .step = step->name};

    if (*step->fee) {
        refusal_fill(&finding.refusal, INVALID, "steps.fee", N_("the step '%1' costs something; mediation is free"),
                     N_("leave the fee out"), (const char *[]){step->name, NULL});
        finding.refusal.article = "PML 4";
        finding_add(findings, &finding);
    }
    if (step->invites && !names_have(step->guards, step->n_guards, "invited_consents")) {
        finding.kind = FINDING_UNINVITED;
        refusal_fill(&finding.refusal, INVALID, "steps.guards",
                     N_("the step '%1' invites somebody without the parties' recorded consent"),
                     N_("add the guard invited_consents"), (const char *[]){step->name, NULL});
        finding.refusal.article = "PML 20";
        finding_add(findings, &finding);
    }
}

/* ---- all of it ---- */

struct findings procedure_review(const struct procedure *procedure, struct arena *arena)
{
    const Tiaojie__Procedure *definition = procedure->definition;
    const struct graph *graph = graph_new(arena, procedure);
    struct findings findings = {.arena = arena};

    for (size_t state = 1; state < graph->states; state++) {
        review_state(&findings, graph, state);
        if (definition->mediation)
            review_freedom(&findings, graph, state);
    }
    for (size_t s = 0; s < definition->n_steps; s++) {
        for (size_t i = 0; i < definition->steps[s]->n_from; i++)
            review_edge(&findings, graph, graph_edge(graph, s, i));
        review_papers(&findings, definition->steps[s]);
        review_step_clocks(&findings, graph, s);
        if (definition->mediation && is_possible(graph, s))
            review_free_and_invited(&findings, definition->steps[s]);
    }
    for (size_t clock = 0; clock < graph->clocks; clock++)
        review_clock(&findings, graph, clock);
    return findings;
}

bool procedures_overlap(const struct procedure *a, const struct procedure *b)
{
    return strcmp(a->definition->kind, b->definition->kind) == 0 && a->definition->place == b->definition->place &&
           a->valid_from <= b->valid_until && b->valid_from <= a->valid_until;
}

static bool is_in_force(const struct law *law, const struct procedure *procedure, int32_t day)
{
    const Tiaojie__Procedure *definition = procedure->definition;

    return law_choose(law, definition->kind, definition->place, day) == procedure;
}

const struct procedure *law_displaced(const struct law *law, const struct procedure *wanted, size_t *at)
{
    while (*at < law->procedure_count) {
        const struct procedure *held = law->procedures[(*at)++];
        int32_t first = held->valid_from > wanted->valid_from ? held->valid_from : wanted->valid_from;
        if (strcmp(held->hash, wanted->hash) != 0 && procedures_overlap(held, wanted) && is_in_force(law, held, first))
            return held;
    }
    return NULL;
}
