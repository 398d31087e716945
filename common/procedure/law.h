/* SPDX-License-Identifier: Apache-2.0
 *
 * Law: the procedures, calendars and base figures that a node has loaded, and what the procedures allow.
 *
 * Owns      the definitions, unpacked once and never changed while they are in use.
 * Refuses   I/O: bytes come from the database through whoever loads them. It knows no service.
 */
#pragma once
#include "common/service.h"
#include "common/store/rows.pb-c.h"
#include "proto/procedure.pb-c.h"

struct procedure; /* one definition, indexed */
struct calendar;
struct bases;

struct law *law_new(void);
void law_free(struct law **law);

enum { PROCEDURE_HASH_TEXT = 17 };

/* What a definition is known by: the lower-case hex of the first 8 bytes of SHA-256 of its packed bytes. */
void procedure_content_hash(const uint8_t *bytes, size_t size, char text[PROCEDURE_HASH_TEXT]);

/* Adds a definition (packed Tiaojie__Procedure). */
MUST_CHECK enum status law_add_procedure(struct law *law, const uint8_t *bytes, size_t size, struct refusal *refusal);
/* Adds a year's list of days off and make-up working days (packed Tiaojie__Calendar). A later notice wins. */
MUST_CHECK enum status law_add_calendar(struct law *law, const uint8_t *bytes, size_t size, struct refusal *refusal);

/* Adds a file of base figures (packed Claim__Bases). Of two figures for the same the one issued later wins. */
MUST_CHECK enum status law_add_bases(struct law *law, const uint8_t *bytes, size_t size, struct refusal *refusal);

/* What the lists of working days that were added are known by: two laws with the same mark count every day alike. */
const char *law_calendars_mark(const struct law *law);

/* The working days that were added: common/procedure/calendar.h. */
const struct calendar *law_calendar(const struct law *law);
/* Those of another body, such as "bank"; where no list of this name is loaded they are the State Council's. */
const struct calendar *law_calendar_of(const struct law *law, const char *name);
/* The base figures that were added: common/claim/bases.h. */
const struct bases *law_bases(const struct law *law);

/* The definition for a kind of dispute that is in force in a place (division code, longest prefix) on a day; NULL:
 * none. */
const struct procedure *law_choose(const struct law *law, const char *kind, uint32_t place, int32_t day);
/* The kinds for which a definition is loaded, with commas. In the arena. */
const char *law_kinds(const struct law *law, struct arena *arena);
/* The one with this hash: running cases keep theirs. NULL: not loaded. */
const struct procedure *law_procedure(const struct law *law, const char *hash);
const char *procedure_hash(const struct procedure *procedure);
const Tiaojie__Procedure *procedure_definition(const struct procedure *procedure);

/* The last day that the parties agreed for one subject, such as an instalment. */
struct agreed_day {
    uint32_t subject;
    int32_t last_day;
};

/* Ordinals of clock rows: CLOCK_BASE * procedure beside + 1000 * clock + subject. */
enum { CLOCK_BASE = 1000000 };

enum { STEP_MOMENTS = TIAOJIE__PROCEDURE__START__START_ACT + 1 };

/* Facts that guards (named predicates in C) look at; the caller fills what it knows. */
struct step_facts {
    uint32_t claims;          /* workers in the case */
    uint32_t representatives; /* named among them */
    uint32_t missing_papers;  /* of the office's checklist */
    bool respondent_consents; /* Mediation Law 17 */
    bool mediator_set;
    bool all_sums_fixed;  /* an amount for each worker who agrees */
    bool instalments_sum; /* instalments sum to the agreed amount */
    bool parties_signed;
    bool mediator_signed;
    bool sealed;
    bool performed;        /* all instalments paid */
    bool invited_consents; /* the parties consent to the person who is invited: Mediation Law 20 */
    uint32_t subject; /* the instalment or session that the step is about: clocks started or stopped are this one's */
    int32_t agreed_last_day; /* for clocks whose last day the parties agreed (an instalment's due day) */
    /* Instead of these two where one step starts a clock for several subjects, as the seal does for the instalments. */
    const struct agreed_day *agreed;
    size_t agreed_count;
    uint32_t established; /* bits of common/procedure/fact.h */
    bool not_due_told;    /* the parties know that nothing of a work injury is due yet */
    uint32_t overdue;     /* instalments still overdue and unpaid after this step */
    int64_t event_at;     /* moment of the start event, microseconds UTC; 0: now */

    /* Moments that the command gives, by TIAOJIE__PROCEDURE__START__...; 0: not known. They go before event_at. */
    int64_t moments[STEP_MOMENTS];
    /* Papers that were handed in, by the names that definitions use. */
    const char *const *papers;
    size_t paper_count;
    /* The aggregate's clock rows, for steps that a limit bars or opens, or that move one. NULL: nothing stands yet. */
    const struct rows *rows;
    uint64_t about;
    uint32_t
        base; /* of the clocks' ordinals: CLOCK_BASE * number of a procedure that runs beside the aggregate's own */
    /* For steps that pause, resume or extend: which clock ("": the step's only one), since or until when (0: today),
     * why, by which evidence; how long, or until which day. */
    const char *clock;
    int32_t from_day;
    const char *reason;
    const char *evidence;
    /* Only states, roles and guards are judged: for walks over a definition, which know no papers, moments or rows. */
    bool form_only;
    /* Of a step of a procedure that is followed beside a case: the case's own, whose watched clocks it may end. NULL:
     * none. */
    const struct procedure *own;
    const char *own_state;
    uint32_t extend_amount;
    int32_t extend_day;
};

/* Judges one step: is there such a step in this state, may this role, do the guards hold. OK fills `taken` (arrays and
 * texts in now->arena, or borrowed from the definition): the new state, the clocks that start and stop, the article. A
 * refusal names the step, the state, what is allowed now, and the article. */
MUST_CHECK enum status procedure_step(const struct procedure *procedure, const char *state, const char *step,
                                      const struct step_facts *facts, const struct context *now,
                                      Tiaojie__StepTaken *taken, struct refusal *refusal);

/* What happens when a clock runs out: the step that the definition names for it where this state has it, or none. Fills
 * `taken` (state "" = unchanged; the clock among the stops, as for subject 0). */
MUST_CHECK enum status procedure_expiry(const struct procedure *procedure, const char *state, const char *clock,
                                        const struct context *now, Tiaojie__StepTaken *taken, struct refusal *refusal);

/* The same for the clock row that fires: `taken` also says that this row ran out. For a service's clock_fire. `rows`
 * are those that fire_reads() declared; NULL where no step that follows moves another clock. */
MUST_CHECK enum status procedure_fire(const struct procedure *procedure, const char *state, const Store__Clock *clock,
                                      const struct rows *rows, const struct context *now, Tiaojie__StepTaken *taken,
                                      struct refusal *refusal);

/* Number of a clock's row: its number in the definition * 1000 + subject (< 1000). 0: no such clock. */
uint32_t procedure_clock_ordinal(const struct procedure *procedure, const char *clock, uint32_t subject);

/* Runs, or is paused. NULL does neither. */
bool clock_is_open(const Store__Clock *row);

/* Whether the row, NULL for none, is still what was found due: something in front of it in its batch may have stopped,
 * begun or moved it. For a service's clock_fire, before procedure_fire(). */
MUST_CHECK enum status clock_fires(const Store__Clock *row, const Store__ClockFire *fire, const struct context *now,
                                   struct refusal *refusal);

/* How a clock row was counted, from its rule, the calendar and its ledger. In the arena; NULL: its procedure is not
 * loaded, or has no such clock. */
Tiaojie__ClockExplained *law_explain(const struct law *law, const Store__Clock *row, struct arena *arena);

/* What the state of a clock row is called in answers: running, stopped, fired, closed, paused. */
const char *clock_state_name(Store__ClockState state);

/* apply's part of it: clock rows of `about` as `taken` says. The rows that stop must have been read (reads_child of
 * CLOCK). */
void step_apply(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken);

/* reads' part: the clock rows that the step may start again or stop. `subject` 0 where there is none or all are meant:
 * then a clock that has one row a subject is read with all of them, as are all clocks by a step that closes the case or
 * opens it again. */
void step_reads(struct reads *reads, uint64_t about, const struct procedure *procedure, const char *state,
                const char *step, uint32_t subject, uint32_t base);

/* The same for a clock that fires: its own row, and those of the step that follows. */
void fire_reads(struct reads *reads, uint64_t about, const struct procedure *procedure, const char *state,
                const Store__Clock *clock);

/* The next thing that the facts still lack before a step of the procedure is possible, and that an article of its own
 * wants; `*at` is 0 before the first one. False: nothing more. */
bool procedure_lacks(const struct procedure *procedure, const struct step_facts *facts, size_t *at,
                     struct refusal *lack);

/* ---- counting again: another list of working days is in force ---- */

/* An open clock row as the law counts it now; NULL: as it stands, or its procedure is not loaded. `at` is the moment of
 * it, microseconds UTC. In the arena. */
Tiaojie__ClockMove *clock_recount(const struct law *law, const Store__Clock *row, int64_t at, struct arena *arena);

/* Whether it would be counted to another day, or no longer be provisional. */
bool clock_is_moved(const struct law *law, const Store__Clock *row, struct arena *arena);

/* What a service's clock_recount is made of: only the table that the clocks are about differs. */
void recount_reads(const void *command, const struct context *now, struct reads *reads);
MUST_CHECK enum status recount_decide(const void *command, const struct rows *rows, const struct context *now,
                                      struct events *events);
extern const struct event CLOCKS_RECOUNTED;

/* What people were not told yet of a clock's moves, NULL: nothing. In the arena. */
Tiaojie__ClockUntold *clock_untold(const Store__Clock *row, struct arena *arena);
/* That they were told: the clock stays where it is, and its ledger says since when it is known. NULL: nothing was
 * untold. */
Tiaojie__ClockMove *clock_tell(const Store__Clock *row, int64_t at, struct arena *arena);
/* apply's part of it. */
void moves_apply(struct rows *rows, uint64_t about, Tiaojie__ClockMove *const *moves, size_t count);

#define CLOCK_RECOUNT_ON(table)                                                                                        \
    {                                                                                                                  \
        .name = "clock recount", .message = &store__clock_recount__descriptor, .on = (table), .internal = true,        \
        .reads = recount_reads, .decide = recount_decide, .target_help = "ID",                                         \
        .help = N_("count time limits again by another list of working days"), .example = "clock recount 1025",        \
    }

/* Whether there is a step of this name in this state, for whomever. */
bool procedure_has(const struct procedure *procedure, const char *state, const char *step);

/* The names of the steps that people may take in a state, with commas, or PROCEDURE_NOTHING. In the arena. */
#define PROCEDURE_NOTHING N_("nothing")
const char *procedure_allowed(const struct procedure *procedure, const char *state, struct arena *arena);
