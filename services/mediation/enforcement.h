/* SPDX-License-Identifier: Apache-2.0
 *
 * Enforcement: which routes an agreement's facts open, close, or leave open until a day, and on what article.
 *
 * Owns      the table of routes: conditions, time limits, papers, what follows and where each leads when it fails.
 * Refuses   I/O, and to assume: a fact that nobody said is asked for where a route depends on it.
 */
#pragma once
#include "common/procedure/calendar.h"
#include "proto/route.pb-c.h"

#define FACT_UNSAID MEDIATION__ANSWERED__ANSWERED_UNKNOWN
#define FACT_YES MEDIATION__ANSWERED__ANSWERED_YES
#define FACT_NO MEDIATION__ANSWERED__ANSWERED_NO

/* One promised payment. */
struct enforcement_due {
    uint32_t instalment;
    int32_t day;
    bool paid; /* in full */
};

/* Facts of the agreement: what people said (`said`, borrowed) with the blanks filled from the rows of its case. */
struct enforcement_facts {
    Route__Facts said;
    bool labour; /* a labour dispute */
    int32_t today;
    int32_t effect_day; /* 0: no agreement has effect */
    const struct enforcement_due *dues;
    size_t due_count;
};

/* ---- the table ---- */

struct enforcement_condition;

/* The day from which a limit is counted. */
enum enforcement_start {
    FROM_EFFECT,   /* the agreement has effect */
    FROM_LAST_DUE, /* the last payment is due */
    FROM_EACH_DUE, /* each payment that is open is due: one limit each */
    FROM_BREACH,   /* the day after the first payment that is overdue */
};

struct enforcement_limit {
    enum enforcement_start start;
    uint32_t amount;
    Tiaojie__Procedure__Unit unit;
    Route__Effect effect;
    const char *article;
};

struct enforcement_paper {
    const char *text;
    const char *article;
    bool unverified;
};

enum { ROUTE_CONDITIONS_MAX = 12, ROUTE_LIMITS_MAX = 2, ROUTE_PAPERS_MAX = 6 };

struct enforcement_route {
    uint32_t ordinal; /* never reused: rows and clocks keep it */
    bool gives_title; /* succeeds with something to enforce */
    const char *name;
    const char *text;
    const char *article;
    const struct enforcement_condition *conditions[ROUTE_CONDITIONS_MAX]; /* these three end with an empty one */
    struct enforcement_limit limits[ROUTE_LIMITS_MAX + 1];
    struct enforcement_paper papers[ROUTE_PAPERS_MAX + 1];
    const char *follows;
    const char *fails;
};

/* Ends with an empty one. */
extern const struct enforcement_route ENFORCEMENT_ROUTES[];

/* NULL: no route has this name. */
const struct enforcement_route *enforcement_route(const char *name);

/* Judges one route. In the arena, or borrowed from the table and the facts. */
Route__Line *enforcement_judge(const struct enforcement_route *route, const struct enforcement_facts *facts,
                               const struct calendar *calendar, struct arena *arena);

/* The first payment that is open, by day; NULL: all are paid. */
const struct enforcement_due *enforcement_open(const struct enforcement_facts *facts);
