/* SPDX-License-Identifier: Apache-2.0
 *
 * Course: what becomes of an application afterwards: its case opens, closes, is opened again; a time limit of the
 * office runs out.
 */
#include "proto/mediation.pb-c.h"
#include "services/intake/application.h"

/* ---- "application open" ---------------------------------------------------------------------------------------- */

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Intake__Open *open = command;
    const IntakeRows__Application *row = rows_one(rows, &INTAKE_APPLICATION, now->target);

    if (!row)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no application has this id"),
                      N_("look it up with `application list`"));
    if (row->course != INTAKE_ROWS__COURSE__COURSE_ACCEPTED || row->case_id != 0)
        return refuse(&events->refusal, CONFLICT, "target", N_("no case is to be opened for it"),
                      N_("see how it stands with `application show`"));
    if (id_partition(open->case_id) != now->partition)
        return refuse(&events->refusal, INVALID, "case_id", N_("the case is not in its office's partition"),
                      N_("compare the number of partitions of intake and mediation"));
    Intake__Opened *opened = event_new(events, &APPLICATION_OPENED);
    opened->case_id = open->case_id;
    return OK;
}

static void opened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Opened *opened = event;
    IntakeRows__Application *row = rows_change(rows, &INTAKE_APPLICATION, about);
    IntakeRows__Origin *origin = rows_new(rows, &INTAKE_ORIGIN, opened->case_id);

    row->case_id = opened->case_id;
    origin->application = about;
}

static void open_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Intake__Open *open = command;

    reads_one(reads, &INTAKE_APPLICATION, now->target);
    reads_one(reads, &INTAKE_ORIGIN, open->case_id);
}

void opened_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Mediation__Opened *opened = event;
    Intake__Open *open = arena_take(origin->arena, sizeof *open);

    intake__open__init(open);
    open->case_id = origin->about;
    *derived = (struct derived){.command = &APPLICATION_OPEN, .target = opened->application, .body = &open->base};
}

/* ---- "application close": its target is the case --------------------------------------------------------------- */

static void close_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &INTAKE_ORIGIN, now->target);
}

static void close_reads_more(const void *command, const struct context *now, const struct rows *rows,
                             struct reads *reads)
{
    const IntakeRows__Origin *origin = rows_one(rows, &INTAKE_ORIGIN, now->target);

    (void)command;
    if (origin)
        reads_one(reads, &INTAKE_APPLICATION, origin->application);
}

static enum status of_case(const struct rows *rows, const struct context *now, const IntakeRows__Application **row,
                           struct refusal *refusal)
{
    const IntakeRows__Origin *origin = rows_one(rows, &INTAKE_ORIGIN, now->target);

    if (!origin)
        return refuse(refusal, UNKNOWN, "target", N_("no application led to this case"),
                      N_("look it up with `application list`"));
    *row = rows_one(rows, &INTAKE_APPLICATION, origin->application);
    return OK;
}

static enum status close_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Intake__Close *closing = command;
    const IntakeRows__Application *row;
    enum status status = of_case(rows, now, &row, &events->refusal);

    if (status)
        return status;
    if (row->course == INTAKE_ROWS__COURSE__COURSE_CLOSED)
        return refuse(&events->refusal, CONFLICT, "target", N_("it is closed already"), N_("nothing is left to do"));
    events->about = row->id;
    Intake__Closed *closed = event_new(events, &APPLICATION_CLOSED);
    closed->outcome = closing->outcome;
    return OK;
}

static void closed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Closed *closed = event;
    IntakeRows__Application *row = rows_change(rows, &INTAKE_APPLICATION, about);

    row->course = INTAKE_ROWS__COURSE__COURSE_CLOSED;
    row->outcome = rows_text(rows, closed->outcome);
}

void closed_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Mediation__Closed *closed = event;
    Intake__Close *closing = arena_take(origin->arena, sizeof *closing);

    intake__close__init(closing);
    closing->outcome = closed->outcome;
    *derived = (struct derived){.command = &APPLICATION_CLOSE, .target = origin->about, .body = &closing->base};
}

/* ---- "application reopen": its target is the case -------------------------------------------------------------- */

static enum status reopen_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const IntakeRows__Application *row;
    enum status status = of_case(rows, now, &row, &events->refusal);

    (void)command;
    if (status)
        return status;
    if (row->course != INTAKE_ROWS__COURSE__COURSE_CLOSED)
        return refuse(&events->refusal, CONFLICT, "target", N_("it is not closed"), N_("nothing is left to do"));
    events->about = row->id;
    event_new(events, &APPLICATION_REOPENED);
    return OK;
}

static void reopened_apply(const void *event, uint64_t about, struct rows *rows)
{
    IntakeRows__Application *row = rows_change(rows, &INTAKE_APPLICATION, about);

    (void)event;
    row->course = INTAKE_ROWS__COURSE__COURSE_ACCEPTED;
    row->outcome = rows_text(rows, "");
}

void reopened_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    Intake__Reopen *reopen = arena_take(origin->arena, sizeof *reopen);

    (void)event;
    intake__reopen__init(reopen);
    *derived = (struct derived){.command = &APPLICATION_REOPEN, .target = origin->about, .body = &reopen->base};
}

/* ---- a clock runs out ------------------------------------------------------------------------------------------ */

static enum status fire_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Store__ClockFire *fire = command;
    const IntakeRows__Application *row = rows_one(rows, &INTAKE_APPLICATION, now->target);
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, fire->ordinal);

    enum status status = clock_fires(row ? clock : NULL, fire, now, &events->refusal);
    if (status)
        return status;
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    if (!procedure)
        return refuse_with(&events->refusal, UNAVAILABLE, "target", N_("the application's procedure %1 is not loaded"),
                           N_("have the operator load it again"), row->procedure);
    Tiaojie__StepTaken *taken = arena_take(now->arena, sizeof *taken);
    status = procedure_fire(procedure, row->state, clock, rows, now, taken, &events->refusal);
    if (status)
        return status;
    events->rules = row->procedure;
    Intake__Overdue *overdue = event_new(events, &APPLICATION_OVERDUE);
    overdue->step = taken;
    return OK;
}

static void overdue_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Overdue *overdue = event;

    application_change(rows, about, overdue->step);
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event APPLICATION_OPENED = {
    .name = "application opened",
    .message = &intake__opened__descriptor,
    .apply = opened_apply,
    .text = N_("mediation opened its case"),
};

const struct event APPLICATION_CLOSED = {
    .name = "application closed",
    .message = &intake__closed__descriptor,
    .apply = closed_apply,
    .text = N_("its case was closed"),
};

const struct event APPLICATION_REOPENED = {
    .name = "application reopened",
    .message = &intake__reopened__descriptor,
    .apply = reopened_apply,
    .text = N_("its case was opened again"),
};

const struct event APPLICATION_OVERDUE = {
    .name = "application overdue",
    .message = &intake__overdue__descriptor,
    .apply = overdue_apply,
    .text = N_("a time limit of the application ran out"),
};

const struct command APPLICATION_OPEN = {
    .name = "application open",
    .message = &intake__open__descriptor,
    .on = &INTAKE_APPLICATION,
    .internal = true,
    .reads = open_reads,
    .decide = open_decide,
    .target_help = "APPLICATION",
    .help = "note the case that mediation opened",
    .example = "application open 1025 --case_id 2049",
};

const struct command APPLICATION_CLOSE = {
    .name = "application close",
    .message = &intake__close__descriptor,
    .on = &INTAKE_APPLICATION,
    .internal = true,
    .reads = close_reads,
    .reads_more = close_reads_more,
    .decide = close_decide,
    .target_help = "CASE",
    .help = "note that the case was closed",
    .example = "application close 2049 --outcome performed",
};

const struct command APPLICATION_REOPEN = {
    .name = "application reopen",
    .message = &intake__reopen__descriptor,
    .on = &INTAKE_APPLICATION,
    .internal = true,
    .reads = close_reads,
    .reads_more = close_reads_more,
    .decide = reopen_decide,
    .target_help = "CASE",
    .help = "note that the case was opened again",
    .example = "application reopen 2049",
};

const struct command APPLICATION_CLOCK_FIRE = {
    .name = "clock fire",
    .message = &store__clock_fire__descriptor,
    .on = &INTAKE_APPLICATION,
    .internal = true,
    .reads = application_reads,
    .decide = fire_decide,
    .target_help = "APPLICATION",
    .help = "a time limit of the application ran out",
    .example = "clock fire 1025 --ordinal 1000 --generation 1",
};

const struct command APPLICATION_CLOCK_RECOUNT = CLOCK_RECOUNT_ON(&INTAKE_APPLICATION);
