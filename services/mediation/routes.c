/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told and what is followed up: other routes where mediation ends without agreement (People's Mediation Law
 * 26), and performance, which the committee supervises (31).
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

#include <string.h>

static char *const ROUTES[] = {"arbitration", "administration", "court"};

enum { ROUTE_COUNT = sizeof ROUTES / sizeof *ROUTES };

static bool is_route(const char *name)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        if (strcmp(ROUTES[i], name) == 0)
            return true;
    return false;
}

enum status routes_tell(char **routes, size_t route_count, uint32_t *claims, size_t claim_count, struct events *events)
{
    for (size_t i = 0; i < route_count; i++)
        if (!is_route(routes[i]))
            return refuse(&events->refusal, INVALID, case_path(events->arena, "routes", i),
                          N_("no route of the law has this name"), N_("name arbitration, administration or court"));

    Mediation__RoutesTold *told = event_new(events, &ROUTES_TOLD);
    told->routes = route_count ? routes : (char **)ROUTES;
    told->n_routes = route_count ? route_count : ROUTE_COUNT;
    told->claims = claims;
    told->n_claims = claim_count;
    return OK;
}

/* ---- telling
 * --------------------------------------------------------------------------------------------------------- */

static void routes_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLAIM, now->target);
}

static void routes_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "case routes", 0, reads);
}

static enum status outside_check(const Mediation__Routes *routes, const struct rows *rows, const struct context *now,
                                 struct refusal *refusal)
{
    size_t all;
    const void *const *claims = rows_children(rows, &CLAIM, now->target, &all);

    for (size_t i = 0; i < routes->n_claims; i++) {
        const uint32_t ordinal = routes->claims[i];
        const MediationRows__Claim *claim = ordinal && ordinal <= all ? claims[ordinal - 1] : NULL;
        if (!claim || !claim->outside)
            return refuse(refusal, UNKNOWN, case_path(now->arena, "claims", i),
                          N_("no such worker stays outside the agreement"), N_("see `case show`"));
    }
    return OK;
}

/* The workers to be told: as named, or all who stay outside. */
static uint32_t *outsiders(const struct rows *rows, const struct context *now, size_t *count)
{
    size_t all;
    const void *const *claims = rows_children(rows, &CLAIM, now->target, &all);
    uint32_t *list = arena_array(now->arena, all, sizeof *list);

    *count = 0;
    for (size_t i = 0; i < all; i++) {
        const MediationRows__Claim *claim = claims[i];
        if (claim->outside)
            list[(*count)++] = claim->ordinal;
    }
    return list;
}

static enum status routes_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__Routes *routes = command;
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;
    enum status status = case_ours(row, now, &events->refusal);

    if (!status)
        status = outside_check(routes, rows, now, &events->refusal);
    if (status)
        return status;
    size_t count = routes->n_claims;
    uint32_t *claims = count ? routes->claims : outsiders(rows, now, &count);
    if (!count)
        return refuse(&events->refusal, CONFLICT, "claims", N_("no worker stays outside the agreement"),
                      N_("nobody needs to be told"));
    struct step_facts facts = case_facts(rows, row);
    status = case_step(row, "case routes", &facts, now, events, &taken);
    if (!status)
        status = routes_tell(routes->routes, routes->n_routes, claims, count, events);
    if (!status)
        ((Mediation__RoutesTold *)events->list[0].message)->step = taken;
    return status;
}

static void told_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__RoutesTold *told = event;
    MediationRows__Case *row = case_change(rows, about, told->step);

    for (size_t i = 0; i < told->n_claims; i++) {
        MediationRows__Claim *claim = rows_change_child(rows, &CLAIM, about, told->claims[i]);
        row->outside_told += claim->outside && !claim->routes_told;
        claim->routes_told = true;
    }
}

const struct event ROUTES_TOLD = {
    .name = "routes told",
    .message = &mediation__routes_told__descriptor,
    .apply = told_apply,
    .text = N_("those without an agreement were told their other routes"),
};

const struct command CASE_ROUTES = {
    .name = "case routes",
    .message = &mediation__routes__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = routes_reads,
    .reads_more = routes_reads_more,
    .decide = routes_decide,
    .target_help = "CASE",
    .help = "record that workers outside the agreement were told their other routes",
    .example = "case routes 1025 --claims 7",
};

/* ---- following up
 * ---------------------------------------------------------------------------------------------------- */

static void follow_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
}

static void follow_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "case follow", 0, reads);
}

static enum status follow_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__FollowUp *follow = command;
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;
    enum status status = case_ours(row, now, &events->refusal);

    if (status)
        return status;
    if (sealed_empty(follow->note))
        return refuse(&events->refusal, INVALID, "note", N_("the note is empty"), N_("write what was found"));
    struct step_facts facts = case_facts(rows, row);
    status = case_step(row, "case follow", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__FollowedUp *followed = event_new(events, &FOLLOWED_UP);
    followed->note = follow->note;
    followed->step = taken;
    return OK;
}

static void followed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__FollowedUp *followed = event;

    case_change(rows, about, followed->step);
}

const struct event FOLLOWED_UP = {
    .name = "performance followed up",
    .message = &mediation__followed_up__descriptor,
    .apply = followed_apply,
    .text = N_("the committee followed up the performance"),
};

const struct command CASE_FOLLOW = {
    .name = "case follow",
    .message = &mediation__follow_up__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = follow_reads,
    .reads_more = follow_reads_more,
    .decide = follow_decide,
    .target_help = "CASE",
    .help = "record that performance was followed up; the note is sealed",
    .example = "case follow 1025 --note 'the debtor asked for a week'",
};
