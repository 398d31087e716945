/* SPDX-License-Identifier: Apache-2.0
 *
 * Intake: the service's description.
 */
#include "services/intake/intake.h"

#include "proto/mediation.pb-c.h"
#include "proto/referral.pb-c.h"
#include "services/intake/application.h"

const struct table INTAKE_OFFICE = {"office", &intake_rows__office__descriptor, false};
const struct table INTAKE_COUNTER = {"counter", &intake_rows__counter__descriptor, true};
const struct table INTAKE_CHECKLIST = {"checklist", &intake_rows__checklist__descriptor, true};
const struct table INTAKE_APPLICATION = {"application", &intake_rows__application__descriptor, false};
const struct table INTAKE_CLAIM = {"claim", &intake_rows__claim__descriptor, true};
const struct table INTAKE_PARTY = {"party", &intake_rows__party__descriptor, true};
const struct table INTAKE_PAPER = {"paper", &intake_rows__paper__descriptor, true};
const struct table INTAKE_CLAIMANT = {"claimant", &intake_rows__claimant__descriptor, true};
const struct table INTAKE_ORIGIN = {"origin", &intake_rows__origin__descriptor, false};

static const struct table *const TABLES[] = {
    &INTAKE_OFFICE, &INTAKE_COUNTER, &INTAKE_CHECKLIST, &INTAKE_APPLICATION, &INTAKE_CLAIM,
    &INTAKE_PARTY,  &INTAKE_PAPER,   &INTAKE_CLAIMANT,  &INTAKE_ORIGIN,      NULL,
};

static const struct command *const COMMANDS[] = {
    &APPLICATION_REGISTER,
    &APPLICATION_RECEIVE,
    &APPLICATION_ASK,
    &APPLICATION_SUPPLEMENT,
    &APPLICATION_ACCEPT,
    &APPLICATION_REFUSE,
    &APPLICATION_OPEN,
    &APPLICATION_CLOSE,
    &APPLICATION_REOPEN,
    &CHECKLIST_SET,
    &APPLICATION_CLOCK_FIRE,
    &APPLICATION_CLOCK_RECOUNT,
    NULL,
};

static const struct event *const EVENTS[] = {
    &APPLICATION_REGISTERED, &PAPERS_ASKED,        &PAPERS_SUPPLIED,    &APPLICATION_ACCEPTED,
    &APPLICATION_REFUSED,    &APPLICATION_OPENED,  &APPLICATION_CLOSED, &APPLICATION_REOPENED,
    &CHECKLIST_CHANGED,      &APPLICATION_OVERDUE, &CLOCKS_RECOUNTED,   NULL,
};

static const struct question *const QUESTIONS[] = {&APPLICATION_SHOW, &APPLICATION_LIST, &CHECKLIST_SHOW, NULL};

static const struct follow FOLLOWS[] = {
    {"referral", "referral accepted", &referral__accepted__descriptor, register_derive},
    {"mediation", "case opened", &mediation__opened__descriptor, opened_derive},
    {"mediation", "case closed", &mediation__closed__descriptor, closed_derive},
    {"mediation", "case reopened", &mediation__reopened__descriptor, reopened_derive},
    {0},
};

const struct service INTAKE = {
    .name = "intake",
    .number = 2,
    .help = "applications, until an office accepts or refuses them",
    .tables = TABLES,
    .commands = COMMANDS,
    .events = EVENTS,
    .questions = QUESTIONS,
    .follows = FOLLOWS,
    .clock_fire = &APPLICATION_CLOCK_FIRE,
    .clock_recount = &APPLICATION_CLOCK_RECOUNT,
};
