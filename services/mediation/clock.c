/* SPDX-License-Identifier: Apache-2.0
 *
 * Clocks that ran out: an instalment's is a default, noticed after the end of its day; any other is a limit that
 * passed. Where the text itself says that the mediation has ended with it, the case is closed.
 */
#include "services/mediation/proceeding.h"
#include "services/mediation/steps.h"

#include <string.h>

/* As procedures name the time limit of each instalment; its subject is the instalment. */
static const char PERFORMANCE[] = "performance";

static bool is_performance(const Store__Clock *clock)
{
    return clock && clock->subject && !proceeding_of_clock(clock->ordinal) && strcmp(clock->name, PERFORMANCE) == 0;
}

static void fire_reads_first(const void *command, const struct context *now, struct reads *reads)
{
    const Store__ClockFire *fire = command;

    reads_one(reads, &CASE, now->target);
    reads_child(reads, &CLOCK, now->target, fire->ordinal);
    if (proceeding_of_clock(fire->ordinal))
        reads_child(reads, &PROCEEDING, now->target, proceeding_of_clock(fire->ordinal));
}

static void fire_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    const Store__ClockFire *fire = command;
    const MediationRows__Case *row = case_target(rows, now);
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, fire->ordinal);
    const struct procedure *procedure;
    const char *state;

    if (is_performance(clock))
        reads_child(reads, &INSTALMENT, now->target, clock->subject);
    case_session_reads(rows, now, reads);
    if (row && clock && proceeding_find(row, rows, now->law, proceeding_of_clock(fire->ordinal), &procedure, &state))
        fire_reads(reads, now->target, procedure, state, clock);
}

static enum status fire_step(const MediationRows__Case *row, const struct rows *rows, const Store__Clock *clock,
                             const struct context *now, struct events *events, Tiaojie__StepTaken **taken)
{
    const struct procedure *procedure;
    const char *state;

    if (!proceeding_find(row, rows, now->law, proceeding_of_clock(clock->ordinal), &procedure, &state))
        return refuse_with(&events->refusal, UNAVAILABLE, "target", N_("the procedure %1 of the case is not loaded"),
                           N_("have the operator load it again"), row->procedure);
    *taken = arena_take(now->arena, sizeof **taken);
    events->rules = procedure_hash(procedure);
    return procedure_fire(procedure, state, clock, rows, now, *taken, &events->refusal);
}

static void decide_default(const MediationRows__Instalment *instalment, const Store__Clock *clock,
                           Tiaojie__StepTaken *taken, const struct context *now, struct events *events)
{
    Mediation__InstalmentDefault *missed = event_new(events, &INSTALMENT_DEFAULT);

    missed->ordinal = instalment->ordinal;
    missed->due_day = instalment->due_day;
    missed->open_fen = instalment->amount_fen - instalment->paid_fen;
    missed->clock = clock->ordinal;
    missed->at = now->now;
    missed->step = taken;
}

static void decide_limit(const Store__Clock *clock, Tiaojie__StepTaken *taken, const struct context *now,
                         struct events *events)
{
    Mediation__LimitPassed *passed = event_new(events, &LIMIT_PASSED);

    passed->clock = clock->ordinal;
    passed->name = clock->name;
    passed->effect = clock->effect;
    passed->article = clock->article;
    passed->unverified = clock->unverified;
    passed->proceeding = proceeding_of_clock(clock->ordinal);
    passed->at = now->now;
    passed->step = taken;
}

static enum status fire_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Store__ClockFire *fire = command;
    const MediationRows__Case *row = case_target(rows, now);
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, fire->ordinal);
    Tiaojie__StepTaken *taken = NULL;

    enum status status = clock_fires(row ? clock : NULL, fire, now, &events->refusal);
    if (!status)
        status = fire_step(row, rows, clock, now, events, &taken);
    if (status)
        return status;
    if (is_performance(clock))
        decide_default(rows_child(rows, &INSTALMENT, now->target, clock->subject), clock, taken, now, events);
    else
        decide_limit(clock, taken, now, events);
    if (taken->closes && !proceeding_of_clock(clock->ordinal))
        case_finished(row, NULL, "failed", NULL, events);
    return OK;
}

static void default_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__InstalmentDefault *missed = event;
    MediationRows__Case *row = case_change(rows, about, missed->step);
    MediationRows__Instalment *instalment = rows_change_child(rows, &INSTALMENT, about, missed->ordinal);

    instalment->state = MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_OVERDUE;
    row->overdue++;
}

static void passed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__LimitPassed *passed = event;

    proceeding_change(rows, about, passed->proceeding, passed->step);
}

const struct event INSTALMENT_DEFAULT = {
    .name = "instalment default",
    .message = &mediation__instalment_default__descriptor,
    .apply = default_apply,
    .text = N_("an instalment was not paid by the end of its day"),
};

const struct event LIMIT_PASSED = {
    .name = "limit passed",
    .message = &mediation__limit_passed__descriptor,
    .apply = passed_apply,
    .text = N_("a time limit of the case passed"),
};

const struct command CLOCK_FIRE = {
    .name = "clock fire",
    .message = &store__clock_fire__descriptor,
    .on = &CASE,
    .internal = true,
    .reads = fire_reads_first,
    .reads_more = fire_reads_more,
    .decide = fire_decide,
    .target_help = "CASE",
    .help = "a time limit of the case ran out",
    .example = "clock fire 1025 --ordinal 4001 --generation 1",
};

const struct command CLOCK_RECOUNT = CLOCK_RECOUNT_ON(&CASE);
