/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands, events and questions of mediation, each described in the file of its subject, and what one subject
 * needs of another.
 */
#pragma once
#include "common/service.h"
#include "common/store/rows.pb-c.h"
#include "proto/claim.pb-c.h"
#include "proto/mediation.pb-c.h"
#include "services/mediation/rows.pb-c.h"

extern const struct command CASE_OPEN, CASE_ASSIGN, CASE_CONSENT, SESSION_OPEN, SESSION_ADJOURN, SESSION_RECORD,
    AGREEMENT_DRAFT, AGREEMENT_CONSENT, AGREEMENT_SIGN, AGREEMENT_SEAL, INSTALMENT_PAY, CASE_ROUTES, CASE_FOLLOW,
    ROUTE_CHOOSE, PROCEEDING_OPEN, CASE_STEP, CASE_CLOSE, CASE_END, CASE_WITHDRAW, CASE_REOPEN, GUEST_INVITE,
    LIMITS_TELL, CLOCK_FIRE, CLOCK_RECOUNT;

extern const struct event CASE_OPENED, MEDIATOR_ASSIGNED, CONSENT_RECORDED, SESSION_OPENED, SESSION_ADJOURNED,
    SESSION_RECORDED, AGREEMENT_DRAFTED, WORKERS_CONSENTED, WORKER_OUTSIDE, AGREEMENT_SIGNED, AGREEMENT_SEALED,
    INSTALMENT_PAID, DEFAULT_WITHDRAWN, INSTALMENT_DEFAULT, LIMIT_PASSED, ROUTES_TOLD, FOLLOWED_UP, ROUTE_CHOSEN,
    PROCEDURE_STEP_TAKEN, GUEST_INVITED, LIMITS_TOLD, CASE_CLOSED, CASE_REOPENED;

extern const struct question CASE_SHOW, CASE_LIST, CASE_CLOCKS, CASE_WARNINGS, WARNING_LIST, ROUTE_LIST, CLAIM_COUNT,
    CLAIM_CHECK;

/* From intake's "application accepted" and assignment's "assignment accepted". */
void open_derive(const void *event, const struct origin *origin, struct derived *derived);
void assign_derive(const void *event, const struct origin *origin, struct derived *derived);

/* Ends the case by the step of this name: a "case closed" with the outcome. Its command reads the case's clocks;
 * `reason` may be NULL. */
MUST_CHECK enum status case_finish(const struct rows *rows, const MediationRows__Case *row, const char *step,
                                   const char *outcome, Tiaojie__Sealed *reason, const struct context *now,
                                   struct events *events);

/* The same where the step was taken already: by a time limit that ran out. */
void case_finished(const MediationRows__Case *row, Tiaojie__StepTaken *taken, const char *outcome,
                   Tiaojie__Sealed *reason, struct events *events);

/* Records that workers (none named: all who stay outside) were told these routes (none named: all three that the law
 * has). */
MUST_CHECK enum status routes_tell(char **routes, size_t route_count, uint32_t *claims, size_t claim_count,
                                   struct events *events);

/* The step that an event of any kind took, NULL: none. It stands in the event's field `step`. */
const Tiaojie__StepTaken *event_step(const ProtobufCMessage *message);

/* The case's clocks as people see them, `explained` with how each was counted; they were read with reads_children, and
 * the timeline says by what they ended. In the arena. */
Mediation__ClockLine **clock_lines(const struct rows *rows, const struct context *now, bool explained, size_t *count);

/* The warning of one clock, NULL: none; the case's clocks within their warning time, watched ones that nobody told a
 * day, and what its matter still lacks; clocks and proceedings were read with reads_children. In the arena. */
Tiaojie__ClockWarning *clock_warning(const MediationRows__Case *row, const struct rows *rows, const Store__Clock *clock,
                                     const struct context *now);
Tiaojie__ClockWarning **case_warnings(const MediationRows__Case *row, const struct rows *rows,
                                      const struct context *now, size_t *count);
Tiaojie__ClockUnknown **case_unknown(const MediationRows__Case *row, const struct rows *rows, const struct context *now,
                                     size_t *count);
Tiaojie__ClockUntold **case_untold(const MediationRows__Case *row, const struct rows *rows, const struct context *now,
                                   size_t *count);
Mediation__LackingLine **case_lacking(const MediationRows__Case *row, const struct context *now, size_t *count);

/* The people who were invited to the case, as its page shows them; they were read with reads_children. In the arena. */
Mediation__GuestLine **guest_lines(const struct rows *rows, const struct context *now, size_t *count);
