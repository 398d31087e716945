/* SPDX-License-Identifier: Apache-2.0
 *
 * Handover: what referral's rules share: tables, descriptions, whose it is, the dispute as it is kept.
 */
#pragma once
#include "common/procedure/law.h"
#include "common/service.h"
#include "proto/referral.pb-c.h"
#include "services/referral/rows.pb-c.h"

#define REFERRAL_CLERK (1u << TIAOJIE__ROLE__ROLE_CLERK)
#define REFERRAL_HEAD (1u << TIAOJIE__ROLE__ROLE_HEAD)
#define REFERRAL_SUPERVISOR (1u << TIAOJIE__ROLE__ROLE_SUPERVISOR)
#define REFERRAL_PARTNER (1u << TIAOJIE__ROLE__ROLE_PARTNER)

/* A part, and its sealed copy beside it, must fit a frame. */
enum { PART_BYTES_MAX = 384 * 1024, REQUEST_BYTES_MAX = 2000 };

extern const struct table REFERRAL_ROW, REFERRAL_STAGE;

extern const struct command REFERRAL_SEND, REFERRAL_RECEIVE, REFERRAL_ACCEPT, REFERRAL_RETURN, REFERRAL_OBJECT,
    OBJECTION_UPHOLD, OBJECTION_REJECT, REFERRAL_ANSWER, REFERRAL_LEARN, REFERRAL_REACH, REFERRAL_DECIDE,
    REFERRAL_CLOCK_FIRE, REFERRAL_CLOCK_RECOUNT;
extern const struct event REFERRAL_SENT, REFERRAL_RECEIVED, REFERRAL_ACCEPTED, REFERRAL_RETURNED, REFERRAL_OBJECTED,
    OBJECTION_REJECTED, OUTCOME_LEARNT, REFERRAL_ANSWERED, STAGE_REACHED, REFERRAL_DECIDED, REFERRAL_OVERDUE,
    REFERRAL_LIMIT_PASSED;
extern const struct question REFERRAL_LIST, REFERRAL_SHOW;

/* Steps of a referral read it and its clocks. */
void referral_reads(const void *command, const struct context *now, struct reads *reads);

/* The target when it is of the sender's office and came from another node. */
MUST_CHECK enum status referral_ours(const struct rows *rows, const struct context *now,
                                     const ReferralRows__Referral **row, struct refusal *refusal);

/* What its steps are judged by; its clocks were read. */
struct step_facts referral_facts(const ReferralRows__Referral *row, const struct rows *rows);

/* Judges a step by the referral's own procedure; `*taken` is in the arena. */
MUST_CHECK enum status referral_step(const ReferralRows__Referral *row, const char *step,
                                     const struct step_facts *facts, const struct context *now, struct events *events,
                                     Tiaojie__StepTaken **taken);

/* decide's part where the referral goes back: what the sender is told as the reason, the step that was taken, the
 * department that was named instead ("": none). */
void return_decided(const ReferralRows__Referral *row, char *reason, char *department, Tiaojie__StepTaken *taken,
                    const struct context *now, struct events *events);

/* apply's part: the row to change, with its new state and clocks. */
ReferralRows__Referral *referral_change(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken);
void stage_apply(struct rows *rows, ReferralRows__Referral *row, bool outgoing, const char *stage, const char *note,
                 int64_t at);
void outcome_apply(struct rows *rows, ReferralRows__Referral *row, const Referral__Outcome *outcome);
Referral__Outcome *outcome_from(const ReferralRows__Referral *row, struct arena *arena);

/* A text of 1 to REQUEST_BYTES_MAX bytes. */
MUST_CHECK enum status request_check(const char *text, const char *field, struct refusal *refusal);

/* ---- disputes: passed on whole */

/* A copy for one reader: with the sealed values only, or with the carried ones only. In the arena. */
enum dispute_copy { COPY_SEALED, COPY_CARRIED };
Intake__Dispute *dispute_copy(const Intake__Dispute *dispute, enum dispute_copy which, struct arena *arena);

ProtobufCBinaryData referral_pack(const ProtobufCMessage *message, struct arena *arena);

/* ---- what follows from other services' events */
void envelope_taken_derive(const void *event, const struct origin *origin, struct derived *derived);
void receipt_taken_derive(const void *event, const struct origin *origin, struct derived *derived);
void case_closed_derive(const void *event, const struct origin *origin, struct derived *derived);
void application_refused_derive(const void *event, const struct origin *origin, struct derived *derived);
