/* SPDX-License-Identifier: Apache-2.0
 *
 * The routes from an agreement to its enforcement, each open, closed or open until a day. Also of a case that is
 * closed: an agreement outlives its case.
 */
#include "services/mediation/route.h"
#include "services/mediation/steps.h"

/* `only` this one; NULL: all. */
static void plan_routes(const struct enforcement_route *only, const struct enforcement_facts *facts,
                        const struct rows *rows, const struct context *now, Route__Plan *plan)
{
    size_t count = 0;

    while (ENFORCEMENT_ROUTES[count].ordinal)
        count++;
    plan->routes = arena_array(now->arena, count, sizeof *plan->routes);
    for (size_t i = 0; i < count; i++) {
        if (only && only != &ENFORCEMENT_ROUTES[i])
            continue;
        Route__Line *line = route_judge(&ENFORCEMENT_ROUTES[i], facts, rows, now);
        plan->routes[plan->n_routes++] = line;
        plan->unverified |= line->unverified;
    }
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    const Route__Facts *said = question;
    const MediationRows__Case *row = case_target(rows, now);
    const struct enforcement_route *only = NULL;
    Route__Plan *plan = answer;
    enum status status = case_seen(row, now, refusal);

    if (!status && said->route[0])
        status = route_find(said->route, &only, refusal);
    if (status)
        return status;
    plan->effect_at = row->effect_at;
    plan->on_day = now->today;
    plan_routes(only, route_facts(said, row, rows, now), rows, now, plan);
    return OK;
}

const struct question ROUTE_LIST = {
    .name = "route list",
    .message = &route__facts__descriptor,
    .answer = &route__plan__descriptor,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR,
    .reads = route_reads,
    .answer_from = list_answer,
    .target_help = "CASE",
    .help = "the routes to enforcement: open, closed or open until a day; what it asks can be answered with it",
    .example = "route list 1025 --presided peoples_committee --payment-only yes --both-apply yes",
};
