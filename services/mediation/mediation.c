/* SPDX-License-Identifier: Apache-2.0
 *
 * Mediation: the tables of its tables, commands, events, questions and follows.
 */
#include "services/mediation/mediation.h"

#include "proto/assignment.pb-c.h"
#include "proto/intake.pb-c.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static const struct table *const TABLES[] = {
    &CASE, &CLAIM, &PARTY, &SESSION, &INSTALMENT, &PAPER, &ROUTE, &PROCEEDING, &GUEST, &NUMBERING, &CLOCK, NULL,
};

static const struct command *const COMMANDS[] = {
    &CASE_OPEN,      &CASE_ASSIGN,     &CASE_CONSENT,      &SESSION_OPEN,   &SESSION_ADJOURN,
    &SESSION_RECORD, &AGREEMENT_DRAFT, &AGREEMENT_CONSENT, &AGREEMENT_SIGN, &AGREEMENT_SEAL,
    &INSTALMENT_PAY, &CASE_ROUTES,     &CASE_FOLLOW,       &ROUTE_CHOOSE,   &PROCEEDING_OPEN,
    &CASE_STEP,      &CASE_CLOSE,      &CASE_END,          &CASE_WITHDRAW,  &CASE_REOPEN,
    &GUEST_INVITE,   &LIMITS_TELL,     &CLOCK_FIRE,        &CLOCK_RECOUNT,  NULL,
};

static const struct event *const EVENTS[] = {
    &CASE_OPENED,      &MEDIATOR_ASSIGNED, &CONSENT_RECORDED,  &SESSION_OPENED,       &SESSION_ADJOURNED,
    &SESSION_RECORDED, &AGREEMENT_DRAFTED, &WORKERS_CONSENTED, &WORKER_OUTSIDE,       &AGREEMENT_SIGNED,
    &AGREEMENT_SEALED, &INSTALMENT_PAID,   &DEFAULT_WITHDRAWN, &INSTALMENT_DEFAULT,   &LIMIT_PASSED,
    &ROUTES_TOLD,      &FOLLOWED_UP,       &ROUTE_CHOSEN,      &PROCEDURE_STEP_TAKEN, &GUEST_INVITED,
    &LIMITS_TOLD,      &CASE_CLOSED,       &CASE_REOPENED,     &CLOCKS_RECOUNTED,     NULL,
};

static const struct question *const QUESTIONS[] = {
    &CASE_SHOW, &CASE_LIST, &CASE_CLOCKS, &CASE_WARNINGS, &WARNING_LIST, &ROUTE_LIST, &CLAIM_COUNT, &CLAIM_CHECK, NULL};

static const struct follow FOLLOWS[] = {
    {"intake", "application accepted", &intake__accepted__descriptor, open_derive},
    {"assignment", "assignment accepted", &assignment__accepted__descriptor, assign_derive},
    {0},
};

const struct service MEDIATION = {
    .name = "mediation",
    .number = 3,
    .help = "cases: consent, sessions, agreement, performance",
    .tables = TABLES,
    .commands = COMMANDS,
    .events = EVENTS,
    .questions = QUESTIONS,
    .follows = FOLLOWS,
    .clock_fire = &CLOCK_FIRE,
    .clock_recount = &CLOCK_RECOUNT,
};
