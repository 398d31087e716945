/* SPDX-License-Identifier: Apache-2.0
 *
 * Referral: the service's description.
 */
#include "services/referral/referral.h"

#include "proto/exchange.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/mediation.pb-c.h"
#include "services/referral/handover.h"

const struct table REFERRAL_ROW = {"referral", &referral_rows__referral__descriptor, false};
const struct table REFERRAL_STAGE = {"stage", &referral_rows__stage__descriptor, true};

static const struct table *const TABLES[] = {&REFERRAL_ROW, &REFERRAL_STAGE, NULL};

static const struct command *const COMMANDS[] = {
    &REFERRAL_SEND,          &REFERRAL_RECEIVE,
    &REFERRAL_ACCEPT,        &REFERRAL_RETURN,
    &REFERRAL_OBJECT,        &OBJECTION_UPHOLD,
    &OBJECTION_REJECT,       &REFERRAL_ANSWER,
    &REFERRAL_LEARN,         &REFERRAL_REACH,
    &REFERRAL_DECIDE,        &REFERRAL_CLOCK_FIRE,
    &REFERRAL_CLOCK_RECOUNT, NULL,
};

static const struct event *const EVENTS[] = {
    &REFERRAL_SENT,     &REFERRAL_RECEIVED,
    &REFERRAL_ACCEPTED, &REFERRAL_RETURNED,
    &REFERRAL_OBJECTED, &OBJECTION_REJECTED,
    &OUTCOME_LEARNT,    &REFERRAL_ANSWERED,
    &STAGE_REACHED,     &REFERRAL_DECIDED,
    &REFERRAL_OVERDUE,  &REFERRAL_LIMIT_PASSED,
    &CLOCKS_RECOUNTED,  NULL,
};

static const struct question *const QUESTIONS[] = {&REFERRAL_LIST, &REFERRAL_SHOW, NULL};

static const struct follow FOLLOWS[] = {
    {"exchange", "envelope taken", &exchange__taken__descriptor, envelope_taken_derive},
    {"exchange", "receipt taken", &exchange__receipt_taken__descriptor, receipt_taken_derive},
    {"mediation", "case closed", &mediation__closed__descriptor, case_closed_derive},
    {"intake", "application refused", &intake__refused__descriptor, application_refused_derive},
    {0},
};

const struct service REFERRAL = {
    .name = "referral",
    .number = 5,
    .help = "what is handed to another department, and what comes from one",
    .tables = TABLES,
    .commands = COMMANDS,
    .events = EVENTS,
    .questions = QUESTIONS,
    .follows = FOLLOWS,
    .clock_fire = &REFERRAL_CLOCK_FIRE,
    .clock_recount = &REFERRAL_CLOCK_RECOUNT,
};
