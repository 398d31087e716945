/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing a route to enforcement: only one that is open. Its own time limit starts with it.
 *
 * Several may be chosen: the law rarely excludes one by another, and who was refused on one takes the next. What a
 * chosen route came to is asked for (`title`) before another that leads to the same, and before the same again.
 */
#include "common/base/instant.h"
#include "services/mediation/route.h"
#include "services/mediation/steps.h"

static void choose_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    const Route__Facts *said = command;
    const struct enforcement_route *route = enforcement_route(said->route);

    if (route)
        case_step_reads(rows, now, "route choose", route->ordinal, reads);
}

/* ---- may it be chosen ---- */

static const char *day_value(struct arena *arena, int32_t day)
{
    char text[DAY_TEXT];

    return arena_text(arena, day_format(day, text));
}

static enum status refuse_line(const Route__Line *line, const struct context *now, struct refusal *refusal)
{
    switch (line->state) {
    case ROUTE__STATE__STATE_NEEDS:
        return refuse_with(refusal, INVALID, line->needs[0]->fact, line->needs[0]->question,
                           N_("answer it with --%1, or see `route list`"), line->needs[0]->fact);
    case ROUTE__STATE__STATE_NOT_YET:
        return refuse_with(refusal, CONFLICT, "route", line->reason, N_("at the earliest on %1"),
                           day_value(now->arena, line->opens_day));
    case ROUTE__STATE__STATE_LATE:
        return refuse_with(refusal, BARRED, "route", line->reason, line->remedy,
                           day_value(now->arena, line->until_day));
    default:
        return refuse(refusal, CONFLICT, "route", line->reason, line->remedy);
    }
}

static enum status check_line(const Route__Facts *said, const Route__Line *line, const struct context *now,
                              struct refusal *refusal)
{
    if (line->chosen_at && said->title != FACT_NO)
        return refuse_with(refusal, CONFLICT, "route", N_("this route was chosen on %1"),
                           N_("if it came to nothing, say so with --title no"),
                           day_value(now->arena, day_of(line->chosen_at)));
    if (line->state == ROUTE__STATE__STATE_OPEN || line->state == ROUTE__STATE__STATE_OPEN_UNTIL)
        return OK;
    enum status status = refuse_line(line, now, refusal);
    refusal->article = line->grounds;
    return status;
}

/* ---- what it starts ---- */

/* The limit that decides the route's last day; NULL: it has none. */
static const Route__Limit *deciding_limit(const Route__Line *line)
{
    for (size_t i = 0; i < line->n_limits; i++)
        if (line->limits[i]->effect != ROUTE__EFFECT__EFFECT_WARNING && line->limits[i]->last_day == line->until_day)
            return line->limits[i];
    return NULL;
}

/* The procedure knows one step and one clock for all routes; articles and marks are this route's own.
 * `limit`: NULL where it has none, and then no clock either. */
static void mark_step(Tiaojie__StepTaken *taken, const Route__Line *line, const Route__Limit *limit)
{
    taken->article = line->article;
    taken->unverified = line->unverified;
    for (size_t i = 0; limit && i < taken->n_starts; i++) {
        taken->starts[i]->article = limit->article;
        taken->starts[i]->unverified = limit->unverified;
        taken->starts[i]->provisional = limit->provisional;
        taken->starts[i]->rest_day = false;
    }
}

static enum status choose_step(const struct rows *rows, const MediationRows__Case *row,
                               const struct enforcement_route *route, const Route__Line *line,
                               const struct context *now, struct events *events, Tiaojie__StepTaken **taken)
{
    const Route__Limit *limit = line->until_day >= now->today ? deciding_limit(line) : NULL;
    const struct agreed_day last = {route->ordinal, line->until_day};
    struct step_facts facts = case_facts(rows, row);

    facts.subject = route->ordinal;
    facts.agreed = &last;
    facts.agreed_count = limit ? 1 : 0;
    enum status status = case_step(row, "route choose", &facts, now, events, taken);
    if (!status)
        mark_step(*taken, line, limit);
    return status;
}

static char **paper_texts(const Route__Line *line, struct arena *arena)
{
    char **texts = arena_array(arena, line->n_papers, sizeof *texts);

    for (size_t i = 0; i < line->n_papers; i++)
        texts[i] = line->papers[i]->text;
    return texts;
}

static void add_chosen(const Route__Facts *said, uint32_t ordinal, const Route__Line *line, Tiaojie__StepTaken *taken,
                       const struct context *now, struct events *events)
{
    Route__Chosen *chosen = event_new(events, &ROUTE_CHOSEN);

    chosen->ordinal = ordinal;
    chosen->facts = (Route__Facts *)said;
    chosen->chosen_at = now->now;
    chosen->until_day = line->until_day;
    chosen->again = line->chosen_at != 0;
    chosen->step = taken;
    chosen->follows = line->follows;
    chosen->fails = line->fails;
    chosen->papers = paper_texts(line, now->arena);
    chosen->n_papers = line->n_papers;
}

static enum status choose_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Route__Facts *said = command;
    const MediationRows__Case *row = case_target(rows, now);
    const struct enforcement_route *route;
    Tiaojie__StepTaken *taken;
    enum status status = case_ours(row, now, &events->refusal);

    if (!status)
        status = route_find(said->route, &route, &events->refusal);
    if (status)
        return status;
    const Route__Line *line = route_judge(route, route_facts(said, row, rows, now), rows, now);
    /* First the state: of a case that has ended nothing is chosen, whatever its routes. */
    status = choose_step(rows, row, route, line, now, events, &taken);
    if (!status)
        status = check_line(said, line, now, &events->refusal);
    if (!status)
        add_chosen(said, route->ordinal, line, taken, now, events);
    return status;
}

static void chosen_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Route__Chosen *chosen = event;
    MediationRows__Route *row = chosen->again ? rows_change_child(rows, &ROUTE, about, chosen->ordinal)
                                              : rows_new_child(rows, &ROUTE, about, chosen->ordinal);

    row->name = rows_text(rows, chosen->facts->route);
    row->chosen_at = chosen->chosen_at;
    row->until_day = chosen->until_day;
    row->article = rows_text(rows, chosen->step->article);
    row->unverified = chosen->step->unverified;
    case_change(rows, about, chosen->step);
}

const struct event ROUTE_CHOSEN = {
    .name = "route chosen",
    .message = &route__chosen__descriptor,
    .apply = chosen_apply,
    .text = N_("a route to enforcement was chosen"),
};

const struct command ROUTE_CHOOSE = {
    .name = "route choose",
    .message = &route__facts__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = route_reads,
    .reads_more = choose_reads_more,
    .decide = choose_decide,
    .target_help = "CASE",
    .help = "choose an open route to enforcement; its time limit starts",
    .example = "route choose 1025 --route judicial-confirmation --presided peoples_committee --payment-only yes "
               "--both-apply yes",
};
