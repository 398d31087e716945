/* SPDX-License-Identifier: Apache-2.0
 *
 * What the subjects of assignment share: tables, descriptions, whose a matter is, the judgement of a pool.
 */
#pragma once
#include "common/service.h"
#include "proto/assignment.pb-c.h"
#include "services/assignment/rows.pb-c.h"

#define ROSTER_CLERK (1u << TIAOJIE__ROLE__ROLE_CLERK)
#define ROSTER_MEDIATOR (1u << TIAOJIE__ROLE__ROLE_MEDIATOR)
#define ROSTER_HEAD (1u << TIAOJIE__ROLE__ROLE_HEAD)
#define ROSTER_SUPERVISOR (1u << TIAOJIE__ROLE__ROLE_SUPERVISOR)
#define ROSTER_OPERATOR (1u << TIAOJIE__ROLE__ROLE_OPERATOR)

/* The greatest affinity that has an id. */
#define ROSTER_OFFICE_MAX ((UINT64_C(1) << 45) - 1)

enum { ROSTER_MEMBERS_MAX = 200, ROSTER_LIST_MAX = 50, ROSTER_LIMIT_MAX = 1000 };

extern const struct table ROSTER_POOL, ROSTER_MEDIATOR_PLACE, ROSTER_CANDIDATE, ROSTER_MATTER, ROSTER_OPPONENT,
    ROSTER_DECLINED;

extern const struct command MEDIATOR_ADD, MEDIATOR_LEAVE, MATTER_OPEN, MATTER_CLOSE, MATTER_REOPEN, ASSIGNMENT_PROPOSE,
    ASSIGNMENT_ACCEPT, ASSIGNMENT_DECLINE;
extern const struct event MEDIATOR_ADDED, MEDIATOR_ON_LEAVE, MATTER_OPENED, MATTER_CLOSED, MATTER_REOPENED,
    ASSIGNMENT_PROPOSED, ASSIGNMENT_ACCEPTED, ASSIGNMENT_DECLINED;
extern const struct question ASSIGNMENT_EXPLAIN, MEDIATOR_LIST;

/* ---- whose it is ----------------------------------------------------------------------------------------------- */

/* OK when an office is the sender's own; an operator may work on any. */
MUST_CHECK enum status roster_ours(uint64_t office, const struct context *now, struct refusal *refusal);

/* ... or lies in the place that a supervisor's office has. */
MUST_CHECK enum status roster_seen(uint64_t office, uint32_t place, const struct context *now, struct refusal *refusal);

/* The target's matter, when it is of the sender's office. */
MUST_CHECK enum status matter_ours(const struct rows *rows, const struct context *now,
                                   const AssignmentRows__Matter **matter, struct refusal *refusal);

/* ---- reads of every decision about a matter: first the matter, then its pool ----------------------------------- */

void matter_reads(const void *command, const struct context *now, struct reads *reads);
void matter_reads_pool(const void *command, const struct context *now, const struct rows *rows, struct reads *reads);

/* ---- proposing ------------------------------------------------------------------------------------------------- */

/* What a choice is made from besides the rows. */
struct proposal {
    uint64_t wish;    /* the parties' own choice, 0: the lightest load */
    uint32_t refuses; /* place in the pool of the one who declines with this command, 0: nobody */
};

/* Judges the whole pool and chooses; the matter was found. `*proposed` is in the arena, complete but for being an
 * event: its mediator is 0 when nobody can be chosen. */
void propose_judge(const AssignmentRows__Matter *matter, const struct proposal *proposal, const struct rows *rows,
                   const struct context *now, Assignment__Proposed *proposed);

/* apply's part of what ends a proposal: whoever was asked no longer is. Nothing when nobody was. */
void matter_release(struct rows *rows, uint64_t about);
