/* SPDX-License-Identifier: Apache-2.0
 *
 * Route: the facts of a case's agreement, from what was said and from its rows.
 */
#include "services/mediation/route.h"

#include "common/base/instant.h"

#include <string.h>

void route_reads(const void *facts, const struct context *now, struct reads *reads)
{
    (void)facts;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &PARTY, now->target);
    reads_children(reads, &INSTALMENT, now->target);
    reads_children(reads, &ROUTE, now->target);
}

/* ---- blanks ---- */

/* Kinds of dispute as the procedures name them. */
static const char LABOUR_KINDS[] = "labour-";

static const struct {
    const char *kind;
    Route__Claim claim;
} CLAIM_OF_KIND[] = {
    {"labour-wages", ROUTE__CLAIM__CLAIM_ARREARS},
};

enum { CLAIM_KIND_COUNT = sizeof CLAIM_OF_KIND / sizeof *CLAIM_OF_KIND };

static Route__Claim claim_of(const char *kind)
{
    for (size_t i = 0; i < CLAIM_KIND_COUNT; i++)
        if (strcmp(CLAIM_OF_KIND[i].kind, kind) == 0)
            return CLAIM_OF_KIND[i].claim;
    return ROUTE__CLAIM__CLAIM_NONE;
}

/* A name alone may be a nickname or a shop sign: then people say whether it is enough. */
static Mediation__Answered party_identified(const MediationRows__Party *party)
{
    if (party->credit_code[0] || party->person_identity_number.len)
        return FACT_YES;
    return party->name[0] || party->person_name.len ? FACT_UNSAID : FACT_NO;
}

/* Everybody whom the agreement binds. */
static Mediation__Answered identified(const struct rows *rows, const struct context *now)
{
    size_t count;
    const void *const *list = rows_children(rows, &PARTY, now->target, &count);
    Mediation__Answered all = count ? FACT_YES : FACT_NO;

    for (size_t i = 0; i < count; i++) {
        const MediationRows__Party *party = list[i];
        const Mediation__Answered one = party->bound ? party_identified(party) : FACT_YES;
        if (one == FACT_NO)
            return FACT_NO;
        if (one == FACT_UNSAID)
            all = FACT_UNSAID;
    }
    return all;
}

/* Nothing has come of a route that nobody took. */
static Mediation__Answered title(const struct rows *rows, const struct context *now)
{
    size_t count;
    const void *const *list = rows_children(rows, &ROUTE, now->target, &count);

    for (size_t i = 0; i < count; i++) {
        const MediationRows__Route *chosen = list[i];
        const struct enforcement_route *route = enforcement_route(chosen->name);
        if (!route || route->gives_title)
            return FACT_UNSAID;
    }
    return FACT_NO;
}

static const struct enforcement_due *dues(const MediationRows__Case *row, const struct rows *rows,
                                          const struct context *now, size_t *count)
{
    size_t all;
    const void *const *list = rows_children(rows, &INSTALMENT, now->target, &all);
    struct enforcement_due *dues = arena_array(now->arena, all, sizeof *dues);

    *count = 0;
    for (size_t i = 0; i < all; i++) {
        const MediationRows__Instalment *instalment = list[i];
        if (instalment->ordinal <= row->instalments)
            dues[(*count)++] = (struct enforcement_due){instalment->ordinal, instalment->due_day,
                                                        instalment->paid_fen == instalment->amount_fen};
    }
    return dues;
}

const struct enforcement_facts *route_facts(const Route__Facts *said, const MediationRows__Case *row,
                                            const struct rows *rows, const struct context *now)
{
    struct enforcement_facts *facts = arena_take(now->arena, sizeof *facts);

    *facts = (struct enforcement_facts){
        .said = *said,
        .labour = strncmp(row->kind, LABOUR_KINDS, sizeof LABOUR_KINDS - 1) == 0,
        .today = now->today,
        .effect_day = row->effect_at ? day_of(row->effect_at) : 0,
    };
    if (facts->said.claim == ROUTE__CLAIM__CLAIM_NONE)
        facts->said.claim = claim_of(row->kind);
    if (facts->said.respondent_identified == FACT_UNSAID)
        facts->said.respondent_identified = identified(rows, now);
    if (facts->said.title == FACT_UNSAID)
        facts->said.title = title(rows, now);
    /* What is only drafted is not owed yet. */
    if (row->effect_at)
        facts->dues = dues(row, rows, now, &facts->due_count);
    return facts;
}

/* ---- routes ---- */

Route__Line *route_judge(const struct enforcement_route *route, const struct enforcement_facts *facts,
                         const struct rows *rows, const struct context *now)
{
    Route__Line *line = enforcement_judge(route, facts, law_calendar(now->law), now->arena);
    size_t count;
    const void *const *list = rows_children(rows, &ROUTE, now->target, &count);

    for (size_t i = 0; i < count; i++) {
        const MediationRows__Route *chosen = list[i];
        if (chosen->ordinal == route->ordinal)
            line->chosen_at = chosen->chosen_at;
    }
    return line;
}

enum status route_find(const char *name, const struct enforcement_route **route, struct refusal *refusal)
{
    *route = enforcement_route(name);
    return *route
               ? OK
               : refuse(refusal, UNKNOWN, "route", N_("no route has this name"), N_("take a name from `route list`"));
}
