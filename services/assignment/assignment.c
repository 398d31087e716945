/* SPDX-License-Identifier: Apache-2.0
 *
 * Assignment: the service's description, and what its subjects share.
 */
#include "services/assignment/assignment.h"

#include "common/base/place.h"
#include "proto/mediation.pb-c.h"
#include "services/assignment/matter.h"
#include "services/assignment/roster.h"

const struct table ROSTER_POOL = {"pool", &assignment_rows__pool__descriptor, false};
const struct table ROSTER_MEDIATOR_PLACE = {"mediator", &assignment_rows__mediator__descriptor, false};
const struct table ROSTER_CANDIDATE = {"candidate", &assignment_rows__candidate__descriptor, true};
const struct table ROSTER_MATTER = {"matter", &assignment_rows__matter__descriptor, false};
const struct table ROSTER_OPPONENT = {"opponent", &assignment_rows__opponent__descriptor, true};
const struct table ROSTER_DECLINED = {"declined", &assignment_rows__declined__descriptor, true};

/* ---- whose it is ----------------------------------------------------------------------------------------------- */

enum status roster_ours(uint64_t office, const struct context *now, struct refusal *refusal)
{
    if (office == now->office || now->roles & ROSTER_OPERATOR)
        return OK;
    return refuse(refusal, FORBIDDEN, "target", N_("it is another office's"), N_("ask the office that it belongs to"));
}

enum status roster_seen(uint64_t office, uint32_t place, const struct context *now, struct refusal *refusal)
{
    if (now->roles & ROSTER_SUPERVISOR && place_contains(now->place, place))
        return OK;
    return roster_ours(office, now, refusal);
}

enum status matter_ours(const struct rows *rows, const struct context *now, const AssignmentRows__Matter **matter,
                        struct refusal *refusal)
{
    *matter = rows_one(rows, &ROSTER_MATTER, now->target);
    if (!*matter)
        return refuse(refusal, UNKNOWN, "target", N_("no case with this id waits for a mediator"),
                      N_("look it up with `case list`"));
    return roster_ours((*matter)->office, now, refusal);
}

/* ---- the description ------------------------------------------------------------------------------------------- */

static const struct table *const TABLES[] = {
    &ROSTER_POOL, &ROSTER_MEDIATOR_PLACE, &ROSTER_CANDIDATE, &ROSTER_MATTER, &ROSTER_OPPONENT, &ROSTER_DECLINED, NULL};

static const struct command *const COMMANDS[] = {&MEDIATOR_ADD,       &MEDIATOR_LEAVE,    &MATTER_OPEN,
                                                 &ASSIGNMENT_PROPOSE, &ASSIGNMENT_ACCEPT, &ASSIGNMENT_DECLINE,
                                                 &MATTER_CLOSE,       &MATTER_REOPEN,     NULL};

static const struct event *const EVENTS[] = {&MEDIATOR_ADDED,      &MEDIATOR_ON_LEAVE,   &MATTER_OPENED,
                                             &ASSIGNMENT_PROPOSED, &ASSIGNMENT_ACCEPTED, &ASSIGNMENT_DECLINED,
                                             &MATTER_CLOSED,       &MATTER_REOPENED,     NULL};

static const struct question *const QUESTIONS[] = {&ASSIGNMENT_EXPLAIN, &MEDIATOR_LIST, NULL};

static const struct follow FOLLOWS[] = {
    {"mediation", "case opened", &mediation__opened__descriptor, matter_derive_open},
    {"mediation", "case closed", &mediation__closed__descriptor, matter_derive_close},
    {"mediation", "case reopened", &mediation__reopened__descriptor, matter_derive_reopen},
    {0},
};

const struct service ASSIGNMENT = {
    .name = "assignment",
    .number = 4,
    .help = "who mediates which case",
    .tables = TABLES,
    .commands = COMMANDS,
    .events = EVENTS,
    .questions = QUESTIONS,
    .follows = FOLLOWS,
};
