/* SPDX-License-Identifier: Apache-2.0
 *
 * Enforcement: judging a route by its conditions and limits.
 */
#include "services/mediation/enforcement.h"

#include "common/base/instant.h"
#include "common/base/text.h"
#include "common/procedure/deadline.h"
#include "services/mediation/condition.h"

#include <string.h>

/* What one judgement looks at. */
struct judgement {
    const struct enforcement_route *route;
    const struct enforcement_facts *facts;
    const struct calendar *calendar;
    struct arena *arena;
    Route__Line *line;
};

const struct enforcement_route *enforcement_route(const char *name)
{
    for (const struct enforcement_route *route = ENFORCEMENT_ROUTES; route->ordinal; route++)
        if (strcmp(route->name, name) == 0)
            return route;
    return NULL;
}

const struct enforcement_due *enforcement_open(const struct enforcement_facts *facts)
{
    const struct enforcement_due *first = NULL;

    for (size_t i = 0; i < facts->due_count; i++)
        if (!facts->dues[i].paid && (!first || facts->dues[i].day < first->day))
            first = &facts->dues[i];
    return first;
}

/* ---- time limits ---- */

static bool is_sooner(const Route__Limit *limit, int32_t until_day)
{
    return limit->effect != ROUTE__EFFECT__EFFECT_WARNING && (!until_day || limit->last_day < until_day);
}

/* Whether a day off that is no statutory holiday moves the last day too is practice, not text (CPL 85). */
static void add_limit(struct judgement *judgement, const struct enforcement_limit *rule, int32_t start,
                      uint32_t instalment)
{
    Route__Line *line = judgement->line;
    Route__Limit *limit = arena_take(judgement->arena, sizeof *limit);
    Tiaojie__Procedure__Clock clock = TIAOJIE__PROCEDURE__CLOCK__INIT;
    const struct deadline_start from = {.day = start};

    clock.amount = rule->amount;
    clock.unit = rule->unit;
    clock.roll = TIAOJIE__PROCEDURE__ROLL__ROLL_STATUTORY;
    const struct deadline by_text = deadline_count(judgement->calendar, &clock, &from, NULL);
    clock.roll = TIAOJIE__PROCEDURE__ROLL__ROLL_DAY_OFF;
    const struct deadline by_practice = deadline_count(judgement->calendar, &clock, &from, NULL);

    route__limit__init(limit);
    limit->instalment = instalment;
    limit->last_day = by_practice.last_day;
    limit->effect = rule->effect;
    limit->article = (char *)rule->article;
    limit->unverified = by_practice.last_day != by_text.last_day;
    limit->provisional = by_practice.provisional;
    line->limits[line->n_limits++] = limit;
    line->unverified |= limit->unverified;
    if (is_sooner(limit, line->until_day))
        line->until_day = limit->last_day;
}

static int32_t last_due_day(const struct enforcement_facts *facts)
{
    int32_t last = 0;

    for (size_t i = 0; i < facts->due_count; i++)
        if (facts->dues[i].day > last)
            last = facts->dues[i].day;
    return last;
}

static int32_t breach_day(const struct enforcement_facts *facts)
{
    const struct enforcement_due *due = enforcement_open(facts);

    return due && due->day < facts->today ? due->day + 1 : 0;
}

/* The one day that a limit is counted from; 0: there is none yet. */
static int32_t start_day(const struct enforcement_facts *facts, enum enforcement_start start)
{
    switch (start) {
    case FROM_EFFECT:
        return facts->effect_day;
    case FROM_LAST_DUE:
        return last_due_day(facts);
    case FROM_BREACH:
        return breach_day(facts);
    default:
        return 0;
    }
}

static void add_limits(struct judgement *judgement)
{
    const struct enforcement_facts *facts = judgement->facts;

    judgement->line->limits =
        arena_array(judgement->arena, ROUTE_LIMITS_MAX + facts->due_count, sizeof(Route__Limit *));
    for (const struct enforcement_limit *rule = judgement->route->limits; rule->amount; rule++) {
        const int32_t start = start_day(facts, rule->start);
        if (start)
            add_limit(judgement, rule, start, 0);
        for (size_t i = 0; rule->start == FROM_EACH_DUE && i < facts->due_count; i++)
            if (!facts->dues[i].paid)
                add_limit(judgement, rule, facts->dues[i].day, facts->dues[i].instalment);
    }
}

/* ---- the outcome ---- */

static void say(struct judgement *judgement, Route__State state, const char *reason, const char *remedy,
                const char *grounds)
{
    Route__Line *line = judgement->line;

    line->state = state;
    if (state == ROUTE__STATE__STATE_CLOSED || state == ROUTE__STATE__STATE_LATE) {
        line->n_needs = 0;
        line->opens_day = 0;
    }
    if (state == ROUTE__STATE__STATE_CLOSED)
        line->until_day = 0;
    line->reason = (char *)reason;
    line->remedy = (char *)remedy;
    line->grounds = (char *)(grounds ? grounds : judgement->route->article);
}

static void say_with_day(struct judgement *judgement, Route__State state, const char *reason, const char *remedy,
                         int32_t day)
{
    char text[DAY_TEXT];

    say(judgement, state, reason, remedy, NULL);
    judgement->line->values = arena_array(judgement->arena, 1, sizeof(char *));
    judgement->line->values[0] = arena_text(judgement->arena, day_format(day, text));
    judgement->line->n_values = 1;
}

static void add_need(struct judgement *judgement, const struct enforcement_condition *condition)
{
    Route__Line *line = judgement->line;
    Route__Need *need = arena_take(judgement->arena, sizeof *need);

    route__need__init(need);
    need->fact = (char *)condition->fact;
    need->question = (char *)condition->question;
    line->needs[line->n_needs++] = need;
}

/* The first condition that does not hold and will not come true decides; what nobody said is gathered. */
static void judge_conditions(struct judgement *judgement)
{
    const struct enforcement_due *open = enforcement_open(judgement->facts);

    judgement->line->needs = arena_array(judgement->arena, ROUTE_CONDITIONS_MAX, sizeof(Route__Need *));
    for (const struct enforcement_condition *const *at = judgement->route->conditions; *at; at++) {
        const struct enforcement_condition *condition = *at;
        const Mediation__Answered holds = condition->holds(judgement->facts);
        const bool waits = condition->opens && open;

        if (holds == FACT_UNSAID)
            add_need(judgement, condition);
        if (holds != FACT_NO)
            continue;
        if (waits && judgement->line->state == ROUTE__STATE__STATE_NOT_YET)
            continue;
        say(judgement, waits ? ROUTE__STATE__STATE_NOT_YET : ROUTE__STATE__STATE_CLOSED, condition->reason,
            condition->remedy, condition->article);
        if (!waits)
            return;
        judgement->line->opens_day = open->day + 1;
    }
}

static bool is_barred(const Route__Line *line, int32_t today)
{
    for (size_t i = 0; i < line->n_limits; i++)
        if (line->limits[i]->effect == ROUTE__EFFECT__EFFECT_BAR && line->limits[i]->last_day < today)
            return true;
    return false;
}

static void judge_open(struct judgement *judgement)
{
    Route__Line *line = judgement->line;
    const int32_t today = judgement->facts->today;

    if (is_barred(line, today))
        say_with_day(judgement, ROUTE__STATE__STATE_LATE, N_("the last day to ask for it was %1"),
                     N_("take another route that is open"), line->until_day);
    else if (line->state == ROUTE__STATE__STATE_NOT_YET)
        return;
    else if (line->n_needs)
        say(judgement, ROUTE__STATE__STATE_NEEDS, N_("it depends on what nobody has said"),
            N_("answer the questions that it asks"), NULL);
    else if (line->until_day && line->until_day < today)
        say_with_day(judgement, ROUTE__STATE__STATE_OPEN, N_("its time ended on %1: the other side may object"),
                     N_("look for what interrupted or suspended it"), line->until_day);
    else
        line->state = line->until_day ? ROUTE__STATE__STATE_OPEN_UNTIL : ROUTE__STATE__STATE_OPEN;
}

static void add_papers(struct judgement *judgement)
{
    Route__Line *line = judgement->line;

    line->papers = arena_array(judgement->arena, ROUTE_PAPERS_MAX, sizeof(Route__Paper *));
    for (const struct enforcement_paper *from = judgement->route->papers; from->text; from++) {
        Route__Paper *paper = arena_take(judgement->arena, sizeof *paper);
        route__paper__init(paper);
        paper->text = (char *)from->text;
        paper->article = (char *)from->article;
        paper->unverified = from->unverified;
        line->papers[line->n_papers++] = paper;
        line->unverified |= from->unverified;
    }
}

Route__Line *enforcement_judge(const struct enforcement_route *route, const struct enforcement_facts *facts,
                               const struct calendar *calendar, struct arena *arena)
{
    Route__Line *line = arena_take(arena, sizeof *line);
    struct judgement judgement = {route, facts, calendar, arena, line};

    route__line__init(line);
    line->name = (char *)route->name;
    line->text = (char *)route->text;
    line->article = (char *)route->article;
    line->follows = (char *)route->follows;
    line->fails = (char *)route->fails;
    add_limits(&judgement);
    add_papers(&judgement);
    judge_conditions(&judgement);
    if (line->state != ROUTE__STATE__STATE_CLOSED)
        judge_open(&judgement);
    return line;
}
