/* SPDX-License-Identifier: Apache-2.0
 *
 * What every step of an application shares: tables, descriptions, whose it is, the step by its own procedure.
 */
#pragma once
#include "common/procedure/law.h"
#include "common/service.h"
#include "proto/intake.pb-c.h"
#include "services/intake/rows.pb-c.h"

#define INTAKE_CLERK (1u << TIAOJIE__ROLE__ROLE_CLERK)
#define INTAKE_MEDIATOR (1u << TIAOJIE__ROLE__ROLE_MEDIATOR)
#define INTAKE_HEAD (1u << TIAOJIE__ROLE__ROLE_HEAD)
#define INTAKE_SUPERVISOR (1u << TIAOJIE__ROLE__ROLE_SUPERVISOR)
#define INTAKE_PARTNER (1u << TIAOJIE__ROLE__ROLE_PARTNER)
#define INTAKE_SERVICE (1u << TIAOJIE__ROLE__ROLE_SERVICE)

/* The greatest affinity that has an id. */
#define INTAKE_OFFICE_MAX ((UINT64_C(1) << 45) - 1)

enum { CLAIMS_MAX = 500, PARTIES_MAX = 50, PAPERS_MAX = 50, CHECKLISTS_MAX = 50 };

extern const struct table INTAKE_OFFICE, INTAKE_COUNTER, INTAKE_CHECKLIST, INTAKE_APPLICATION, INTAKE_CLAIM,
    INTAKE_PARTY, INTAKE_PAPER, INTAKE_CLAIMANT, INTAKE_ORIGIN;

extern const struct command APPLICATION_REGISTER, APPLICATION_RECEIVE, APPLICATION_ASK, APPLICATION_SUPPLEMENT,
    APPLICATION_ACCEPT, APPLICATION_REFUSE, APPLICATION_OPEN, APPLICATION_CLOSE, APPLICATION_REOPEN, CHECKLIST_SET,
    APPLICATION_CLOCK_FIRE, APPLICATION_CLOCK_RECOUNT;
extern const struct event APPLICATION_REGISTERED, PAPERS_ASKED, PAPERS_SUPPLIED, APPLICATION_ACCEPTED,
    APPLICATION_REFUSED, APPLICATION_OPENED, APPLICATION_CLOSED, APPLICATION_REOPENED, CHECKLIST_CHANGED,
    APPLICATION_OVERDUE;
extern const struct question APPLICATION_SHOW, APPLICATION_LIST, CHECKLIST_SHOW;

/* What intake makes of other services' events. */
void register_derive(const void *event, const struct origin *origin, struct derived *derived);
void opened_derive(const void *event, const struct origin *origin, struct derived *derived);
void closed_derive(const void *event, const struct origin *origin, struct derived *derived);
void reopened_derive(const void *event, const struct origin *origin, struct derived *derived);

/* ---- whose it is ----------------------------------------------------------------------------------------------- */

/* OK when the target can be an office; otherwise its rows have no id. */
bool office_exists(uint64_t office);
/* The row that an office's own things hang on. */
uint64_t office_row(uint64_t office, uint64_t partition);

MUST_CHECK enum status office_ours(uint64_t office, const struct context *now, struct refusal *refusal);

/* The target's application when it is of the sender's office, or (to see it) in the place of a supervisor. */
MUST_CHECK enum status application_ours(const struct rows *rows, const struct context *now,
                                        const IntakeRows__Application **row, struct refusal *refusal);
MUST_CHECK enum status application_seen(const struct rows *rows, const struct context *now,
                                        const IntakeRows__Application **row, struct refusal *refusal);

/* ---- steps ----------------------------------------------------------------------------------------------------- */

/* Reads of every step of an application that stands: itself, its papers and its clocks. */
void application_reads(const void *command, const struct context *now, struct reads *reads);
/* ... and its claims and parties. */
void application_reads_whole(const void *command, const struct context *now, struct reads *reads);

/* What its steps are judged by; its clocks were read. */
struct step_facts application_facts(const IntakeRows__Application *row, const struct rows *rows);

/* Judges a step by the application's own procedure; `*taken` is in the arena. */
MUST_CHECK enum status application_step(const IntakeRows__Application *row, const char *step,
                                        const struct step_facts *facts, const struct context *now,
                                        struct events *events, Tiaojie__StepTaken **taken);

/* apply's part of it: the row to change, with its new state and its clocks. */
IntakeRows__Application *application_change(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken);

/* ---- disputes -------------------------------------------------------------------------------------------------- */

/* Judges the form of a dispute: counts, amounts, persons, codes, place and kind. `*read` is a copy in the arena with
 * codes as they are compared; it borrows the rest. */
MUST_CHECK enum status dispute_read(const Intake__Dispute *dispute, const struct context *now, Intake__Dispute *read,
                                    struct refusal *refusal);
MUST_CHECK enum status claims_check(const Intake__Dispute *dispute, const struct context *now, struct refusal *refusal);
MUST_CHECK enum status parties_read(const Intake__Dispute *dispute, const struct context *now, Intake__Dispute *read,
                                    struct refusal *refusal);

/* What the respondents are known by, one a line: credit codes and names, persons, else telephone numbers. In the arena.
 */
const char *dispute_respondents(const Intake__Dispute *dispute, struct arena *arena);

uint32_t dispute_representatives(const Intake__Dispute *dispute);

/* Writes claims and parties as rows of an application, and reads all of it back; papers are those that are not missing.
 */
void dispute_apply(const Intake__Dispute *dispute, uint64_t about, struct rows *rows);
Intake__Dispute *dispute_from(const IntakeRows__Application *row, const struct rows *rows, struct arena *arena);

/* Sealed values to columns and back; NULL and no bytes stand for each other. */
bool is_sealed(const Tiaojie__Sealed *sealed);
ProtobufCBinaryData sealed_column(struct rows *rows, const Tiaojie__Sealed *sealed);
Tiaojie__Sealed *sealed_from(ProtobufCBinaryData bytes, uint64_t subject, struct arena *arena);

/* ---- papers ---------------------------------------------------------------------------------------------------- */

struct papers {
    char *const *names;
    size_t count;
    bool own;        /* the office set them */
    bool unverified; /* no law that was read names them */
};

/* What an office wants for a kind: its own checklist, else what the procedure of intake names, else the default. The
 * office's checklists were read. */
struct papers papers_wanted(const struct rows *rows, uint64_t office, const char *kind,
                            const struct procedure *procedure, struct arena *arena);

/* Which of them are not in `given`. In the arena. */
char **papers_missing(const struct papers *wanted, char *const *given, size_t given_count, size_t *count,
                      struct arena *arena);

/* INVALID unless they are 1 (or 0 where `may_be_none`) to PAPERS_MAX different lines. */
MUST_CHECK enum status papers_check(char *const *papers, size_t count, const char *field, bool may_be_none,
                                    struct arena *arena, struct refusal *refusal);
