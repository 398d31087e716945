/* SPDX-License-Identifier: Apache-2.0
 *
 * Procedure: a definition with its names resolved, so that judging a step is a few look-ups. Private to this folder.
 */
#pragma once
#include "common/claim/bases.h"
#include "common/procedure/calendar.h"
#include "common/procedure/guard.h"
#include "common/procedure/law.h"

struct deadline; /* common/procedure/deadline.h */
struct deadline_account;

enum { CLOCK_SUBJECTS = 1000 };

/* One step of the definition. */
struct step {
    const Tiaojie__Procedure__Step *definition;
    const struct guard **guards;              /* n_guards of them */
    const Tiaojie__Procedure__Clock **starts; /* n_starts */
    const Tiaojie__Procedure__Clock **stops;  /* n_stops */
    const Tiaojie__Procedure__Clock **pauses; /* and so on, each as many as the definition names */
    const Tiaojie__Procedure__Clock **resumes;
    const Tiaojie__Procedure__Clock **extends;
    const Tiaojie__Procedure__Clock **interrupts;
    const Tiaojie__Procedure__Clock **barred_by;
    const Tiaojie__Procedure__Clock **opened_by;
    uint32_t *leaves;    /* numbers of the clocks that run on, n_leaves */
    const char *article; /* for refusals: with its mark */
    uint32_t may;        /* bits of roles; 0: only a time limit that ran out */
    bool closes;         /* leads to a final state */
};

/* A step as seen from one of its states. Those of the same state and name are a chain, in the definition's order. */
struct transition {
    const char *state;
    const struct step *step;
    struct transition *next;
};

struct procedure {
    char hash[PROCEDURE_HASH_TEXT];
    const Tiaojie__Procedure *definition;
    int32_t valid_from;
    int32_t valid_until; /* INT32_MAX: open */
    struct step *steps;
    struct transition **slots; /* by state and name, open addressing */
    size_t slot_mask;
};

struct named_calendar {
    const char *name;
    struct calendar *calendar;
    struct named_calendar *next;
};

struct law {
    struct arena *arena;
    char calendars_mark[PROCEDURE_HASH_TEXT]; /* a chain of hashes over the notices in their order */
    struct calendar *calendar;
    struct named_calendar *named; /* of other bodies */
    struct bases *bases;
    const struct procedure **procedures; /* in the order in which they were added */
    const struct procedure **by_hash;    /* the same, sorted: every step of every case looks its own up */
    size_t procedure_count;
};

/* Resolves the names of a definition that procedure_check passed. Lives in the arena, borrows the definition. */
struct procedure *procedure_new(struct arena *arena, const Tiaojie__Procedure *definition);

/* The chain of steps with this name in this state, NULL: there is none. */
const struct transition *procedure_transition(const struct procedure *procedure, const char *state, const char *step);

/* Everything that one judgement looks at. */
struct judgement {
    const struct procedure *procedure;
    const char *state;
    const char *name;
    const struct step_facts *facts;
    const struct context *now;
    struct refusal *refusal;
};

/* move.c: limits that bar the step or have not opened it yet; limits that it pauses, lets go on, extends. */
MUST_CHECK enum status limits_judge(const struct judgement *judgement, const struct step *step);
MUST_CHECK enum status moves_decide(const struct judgement *judgement, const struct step *step,
                                    Tiaojie__StepTaken *taken);

Tiaojie__ClockLedger__Pause *pause_new(const struct judgement *judgement, const char *article, int32_t from);
/* INVALID without a reason of one line. */
MUST_CHECK enum status need_reason(const struct judgement *judgement);

/* reopen.c: limits that go on because the step opens again what was closed. */
MUST_CHECK enum status reopen_decide(const struct judgement *judgement, const struct step *step,
                                     Tiaojie__StepTaken *taken);

/* step.c: whether the clock's last day is one that somebody sets, and none is given. */
bool lacks_last_day(const Tiaojie__Procedure__Clock *clock, struct agreed_day agreed);

/* step.c: "accident_day" of START_ACCIDENT: the field that tells its day. In the arena. */
char *moment_field(Tiaojie__Procedure__Start event, struct arena *arena);

/* step.c: a clock of the judged procedure that starts from a moment; one that ends in this state (store.ClockState). */
Tiaojie__ClockStart *clock_start(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                                 struct agreed_day agreed, int64_t from);
Tiaojie__ClockStop *clock_stop(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                               uint32_t subject, uint32_t state);

/* interrupt.c: limits that begin anew; limits of the case that a step of a procedure beside it ends or lets begin anew.
 * `taken` has room for them. */
void interrupts_decide(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken);
/* CONFLICT where a step that is for nothing else let no limit begin anew. */
MUST_CHECK enum status interrupts_judge(const struct judgement *judgement, const struct step *step,
                                        const Tiaojie__StepTaken *taken);
void beside_decide(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken);

/* The row of a clock as the facts give it, NULL: it never ran, or nobody gave the rows. */
const Store__Clock *clock_row(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                              uint32_t subject);
/* When the step's act was done, which may be before it is entered. */
int64_t act_moment(const struct judgement *judgement);
/* What the ledger in a row says. In the arena. */
const Tiaojie__ClockLedger *clock_ledger(const Store__Clock *row, struct arena *arena);
/* The same as a copy with room for one more of each kind. */
Tiaojie__ClockLedger *ledger_open(const Store__Clock *row, struct arena *arena);
/* Notes in a ledger that ledger_open() made that the row was counted to another last day. */
void ledger_add_recount(Tiaojie__ClockLedger *ledger, const Store__Clock *row, int32_t new_last_day, const char *reason,
                        int64_t at, struct arena *arena);
/* The rule by which a row is counted and its procedure; NULL: it is not loaded, or has no such clock. */
const Tiaojie__Procedure__Clock *row_rule(const struct law *law, const Store__Clock *row,
                                          const struct procedure **procedure);
ProtobufCBinaryData ledger_pack(const Tiaojie__ClockLedger *ledger, struct arena *arena);
/* A row counted by a rule with this ledger, but for a pause that still lasts: it has no end to count with. `account`
 * may be NULL. */
struct deadline row_deadline(const struct law *law, const Tiaojie__Procedure__Clock *rule, const Store__Clock *row,
                             const Tiaojie__ClockLedger *ledger, struct deadline_account *account);

/* What happens to an open clock: its row as it stood, in the state that it has. Texts are copied to the arena. */
Tiaojie__ClockMove *move_new(const Store__Clock *row, const char *change, const char *reason, const char *article,
                             struct arena *arena);
/* Where it is counted to. One that does not run neither reminds nor fires. */
void move_to(Tiaojie__ClockMove *move, const struct deadline *deadline, const Tiaojie__ClockLedger *ledger,
             struct arena *arena);

/* NULL: there is none. */
const Tiaojie__Procedure__Clock *procedure_clock(const Tiaojie__Procedure *definition, const char *name);
const Tiaojie__Procedure__State *procedure_state(const Tiaojie__Procedure *definition, const char *name);
bool procedure_has_step(const Tiaojie__Procedure *definition, const char *name);
/* Whether people, not only the node by itself, may take a step of this name in this state. */
bool procedure_allows(const struct procedure *procedure, const char *state, const char *name);
/* Whether a definition's list of names has this one. */
bool names_have(char *const *names, size_t count, const char *name);

/* What a definition must keep to before it is used: names that exist, numbers, amounts, what running out means. */
MUST_CHECK enum status procedure_check(const Tiaojie__Procedure *definition, struct arena *arena,
                                       struct refusal *refusal);
