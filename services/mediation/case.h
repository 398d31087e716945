/* SPDX-License-Identifier: Apache-2.0
 *
 * What every step of a case shares: the tables, whose case it is, the step by the case's own procedure.
 */
#pragma once
#include "common/procedure/law.h"
#include "common/service.h"
#include "proto/mediation.pb-c.h"
#include "services/mediation/rows.pb-c.h"

enum { INSTALMENTS_MAX = 120 };

/* Ordinals of Paper. */
enum { PAPER_SUMMARY = 1, PAPER_TERMS = 2 };

#define MAY_CLERK (1u << TIAOJIE__ROLE__ROLE_CLERK)
#define MAY_MEDIATOR (1u << TIAOJIE__ROLE__ROLE_MEDIATOR)
#define MAY_HEAD (1u << TIAOJIE__ROLE__ROLE_HEAD)
#define MAY_SUPERVISOR (1u << TIAOJIE__ROLE__ROLE_SUPERVISOR)

extern const struct table CASE, CLAIM, PARTY, SESSION, INSTALMENT, PAPER, ROUTE, PROCEEDING, GUEST, NUMBERING;

/* "440305-2026-000123" from place, year and number. In the arena. */
const char *case_number(const MediationRows__Case *row, struct arena *arena);

/* The case when it is of the asker's office: UNKNOWN or FORBIDDEN otherwise. A supervisor may see what his place
 * contains. */
MUST_CHECK enum status case_ours(const MediationRows__Case *row, const struct context *now, struct refusal *refusal);
MUST_CHECK enum status case_seen(const MediationRows__Case *row, const struct context *now, struct refusal *refusal);

/* case_ours, and the sender is the mediator who was assigned. */
MUST_CHECK enum status case_mediator(const MediationRows__Case *row, const struct context *now,
                                     struct refusal *refusal);

/* The target's row, NULL when there is none. */
const MediationRows__Case *case_target(const struct rows *rows, const struct context *now);

/* What guards look at, as the row says. */
struct step_facts case_facts(const struct rows *rows, const MediationRows__Case *row);

/* Judges a step by the case's own procedure; `*taken` is in the arena. */
MUST_CHECK enum status case_step(const MediationRows__Case *row, const char *step, const struct step_facts *facts,
                                 const struct context *now, struct events *events, Tiaojie__StepTaken **taken);

/* reads_more's part of a step: the clocks that it may start or stop. */
void case_step_reads(const struct rows *rows, const struct context *now, const char *step, uint32_t subject,
                     struct reads *reads);

/* A draft or the end of the case ends the session that is being held: reads_more's part, and apply's. */
void case_session_reads(const struct rows *rows, const struct context *now, struct reads *reads);
void case_session_end(MediationRows__Case *row, struct rows *rows);

/* apply's part of a step: the row to change, with its new state and its clocks. `taken` may be NULL. */
MediationRows__Case *case_change(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken);

/* Sealed values to columns and back; NULL and empty bytes stand for each other. The message is in the arena. */
ProtobufCBinaryData case_sealed(struct rows *rows, const Tiaojie__Sealed *sealed);
Tiaojie__Sealed *case_unsealed(ProtobufCBinaryData bytes, uint64_t subject, struct arena *arena);
bool sealed_empty(const Tiaojie__Sealed *sealed);

/* "claims[2]" for a refusal. In the arena. */
const char *case_path(struct arena *arena, const char *list, size_t index);
/* A number as a refusal's value. In the arena. */
const char *case_value(struct arena *arena, int64_t number);
