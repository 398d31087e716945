/* SPDX-License-Identifier: Apache-2.0
 *
 * Matter: a case begins to want a mediator, ends, and is opened again.
 */
#include "services/assignment/matter.h"

#include "proto/mediation.pb-c.h"
#include "services/assignment/roster.h"

void matter_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &ROSTER_MATTER, now->target);
    reads_children(reads, &ROSTER_OPPONENT, now->target);
    reads_children(reads, &ROSTER_DECLINED, now->target);
}

void matter_reads_pool(const void *command, const struct context *now, const struct rows *rows, struct reads *reads)
{
    const AssignmentRows__Matter *matter = rows_one(rows, &ROSTER_MATTER, now->target);

    (void)command;
    if (matter)
        reads_children(reads, &ROSTER_CANDIDATE, matter->pool);
}

/* ---- "matter open" --------------------------------------------------------------------------------------------- */

static void open_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &ROSTER_MATTER, now->target);
}

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Assignment__OpenMatter *open = command;

    if (rows_one(rows, &ROSTER_MATTER, now->target))
        return refuse(&events->refusal, CONFLICT, "target", N_("this case waits for a mediator already"),
                      N_("go on with `assignment propose`"));
    if (open->office == 0 || open->office > ROSTER_OFFICE_MAX ||
        affinity_partition(open->office, now->partitions) != id_partition(now->target))
        return refuse(&events->refusal, INVALID, "office", N_("the case is not in its office's partition"),
                      N_("compare the number of partitions of mediation and assignment"));
    Assignment__MatterOpened *opened = event_new(events, &MATTER_OPENED);
    opened->office = open->office;
    opened->kind = open->kind;
    opened->language = open->language;
    opened->place = open->place;
    opened->n_parties = open->n_parties;
    opened->parties = open->parties;
    return OK;
}

static void opened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Assignment__MatterOpened *opened = event;
    AssignmentRows__Matter *matter = rows_new(rows, &ROSTER_MATTER, about);

    matter->pool = opened->office * PARTITIONS_MAX + id_partition(about);
    matter->office = opened->office;
    matter->kind = rows_text(rows, opened->kind);
    matter->language = rows_text(rows, opened->language);
    matter->place = opened->place;
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_OPEN;
    for (size_t i = 0; i < opened->n_parties; i++) {
        AssignmentRows__Opponent *opponent = rows_new_child(rows, &ROSTER_OPPONENT, about, (uint32_t)i + 1);
        opponent->name = rows_text(rows, opened->parties[i]->name);
        opponent->credit_code = rows_text(rows, opened->parties[i]->credit_code);
    }
}

/* Only organisations go on from here: nobody works for an individual party in a way that a roster would know. */
static Intake__Party *organisation(const Intake__Party *party, struct arena *arena)
{
    Intake__Party *copy = arena_take(arena, sizeof *copy);

    intake__party__init(copy);
    copy->role = party->role;
    copy->name = party->name;
    copy->credit_code = party->credit_code;
    return copy;
}

void matter_derive_open(const void *event, const struct origin *origin, struct derived *derived)
{
    const Mediation__Opened *opened = event;
    const Intake__Dispute *dispute = opened->dispute;
    Assignment__OpenMatter *open = arena_take(origin->arena, sizeof *open);

    assignment__open_matter__init(open);
    open->office = opened->office;
    open->kind = dispute->kind;
    open->language = dispute->language;
    open->place = dispute->place;
    open->parties = arena_array(origin->arena, dispute->n_parties + 1, sizeof *open->parties);
    for (size_t i = 0; i < dispute->n_parties; i++)
        if (dispute->parties[i]->name[0] != '\0')
            open->parties[open->n_parties++] = organisation(dispute->parties[i], origin->arena);
    *derived = (struct derived){.command = &MATTER_OPEN, .target = origin->about, .body = &open->base};
}

/* ---- "matter close" -------------------------------------------------------------------------------------------- */

static void close_reads_more(const void *command, const struct context *now, const struct rows *rows,
                             struct reads *reads)
{
    const AssignmentRows__Matter *matter = rows_one(rows, &ROSTER_MATTER, now->target);

    (void)command;
    if (matter && matter->ordinal != 0)
        reads_child(reads, &ROSTER_CANDIDATE, matter->pool, matter->ordinal);
}

static enum status close_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Assignment__CloseMatter *closing = command;
    const AssignmentRows__Matter *matter = rows_one(rows, &ROSTER_MATTER, now->target);

    if (!matter)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no case with this id waits for a mediator"),
                      N_("look it up with `case list`"));
    if (matter->state == ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_CLOSED)
        return refuse(&events->refusal, CONFLICT, "target", N_("it is closed already"), N_("nothing is left to do"));
    Assignment__MatterClosed *closed = event_new(events, &MATTER_CLOSED);
    closed->outcome = closing->outcome;
    return OK;
}

void matter_release(struct rows *rows, uint64_t about)
{
    AssignmentRows__Matter *matter = rows_change(rows, &ROSTER_MATTER, about);

    if (matter->state != ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_PROPOSED)
        return;
    AssignmentRows__Candidate *candidate = rows_change_child(rows, &ROSTER_CANDIDATE, matter->pool, matter->ordinal);
    candidate->asked -= 1;
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_OPEN;
    matter->mediator = 0;
    matter->ordinal = 0;
}

static void closed_apply(const void *event, uint64_t about, struct rows *rows)
{
    AssignmentRows__Matter *matter = rows_change(rows, &ROSTER_MATTER, about);

    (void)event;
    matter_release(rows, about);
    if (matter->state == ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_ACCEPTED) {
        AssignmentRows__Candidate *candidate =
            rows_change_child(rows, &ROSTER_CANDIDATE, matter->pool, matter->ordinal);
        candidate->load -= 1;
    }
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_CLOSED;
}

void matter_derive_close(const void *event, const struct origin *origin, struct derived *derived)
{
    const Mediation__Closed *closed = event;
    Assignment__CloseMatter *closing = arena_take(origin->arena, sizeof *closing);

    assignment__close_matter__init(closing);
    closing->outcome = closed->outcome;
    *derived = (struct derived){.command = &MATTER_CLOSE, .target = origin->about, .body = &closing->base};
}

/* ---- "matter reopen" ------------------------------------------------------------------------------------------- */

static enum status reopen_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const AssignmentRows__Matter *matter = rows_one(rows, &ROSTER_MATTER, now->target);

    (void)command;
    if (!matter)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no case with this id waits for a mediator"),
                      N_("look it up with `case list`"));
    if (matter->state != ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_CLOSED)
        return refuse(&events->refusal, CONFLICT, "target", N_("it is not closed"), N_("nothing is left to do"));
    event_new(events, &MATTER_REOPENED);
    return OK;
}

/* Whoever had the case when it was closed has it again. */
static void reopened_apply(const void *event, uint64_t about, struct rows *rows)
{
    AssignmentRows__Matter *matter = rows_change(rows, &ROSTER_MATTER, about);

    (void)event;
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_OPEN;
    if (matter->ordinal == 0)
        return;
    AssignmentRows__Candidate *candidate = rows_change_child(rows, &ROSTER_CANDIDATE, matter->pool, matter->ordinal);
    candidate->load += 1;
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_ACCEPTED;
}

void matter_derive_reopen(const void *event, const struct origin *origin, struct derived *derived)
{
    Assignment__ReopenMatter *reopen = arena_take(origin->arena, sizeof *reopen);

    (void)event;
    assignment__reopen_matter__init(reopen);
    *derived = (struct derived){.command = &MATTER_REOPEN, .target = origin->about, .body = &reopen->base};
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event MATTER_OPENED = {
    .name = "matter opened",
    .message = &assignment__matter_opened__descriptor,
    .apply = opened_apply,
    .text = N_("the case waits for a mediator"),
};

const struct event MATTER_CLOSED = {
    .name = "matter closed",
    .message = &assignment__matter_closed__descriptor,
    .apply = closed_apply,
    .text = N_("the case ended; its mediator has one case less"),
};

const struct event MATTER_REOPENED = {
    .name = "matter reopened",
    .message = &assignment__matter_reopened__descriptor,
    .apply = reopened_apply,
    .text = N_("the case was opened again; its mediator has it again, or it waits for one"),
};

const struct command MATTER_OPEN = {
    .name = "matter open",
    .message = &assignment__open_matter__descriptor,
    .on = &ROSTER_MATTER,
    .internal = true,
    .reads = open_reads,
    .decide = open_decide,
    .target_help = "CASE",
    .help = "note what a new case wants of its mediator",
    .example = "matter open 1025 --office 7 --kind labour-wages --place 440305",
};

const struct command MATTER_CLOSE = {
    .name = "matter close",
    .message = &assignment__close_matter__descriptor,
    .on = &ROSTER_MATTER,
    .internal = true,
    .reads = open_reads,
    .reads_more = close_reads_more,
    .decide = close_decide,
    .target_help = "CASE",
    .help = "take a closed case from its mediator's load",
    .example = "matter close 1025 --outcome performed",
};

const struct command MATTER_REOPEN = {
    .name = "matter reopen",
    .message = &assignment__reopen_matter__descriptor,
    .on = &ROSTER_MATTER,
    .internal = true,
    .reads = open_reads,
    .reads_more = close_reads_more,
    .decide = reopen_decide,
    .target_help = "CASE",
    .help = "give a case that was opened again back to its mediator",
    .example = "matter reopen 1025",
};
