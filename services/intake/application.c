/* SPDX-License-Identifier: Apache-2.0
 *
 * Application: whose it is, and the step by its own procedure.
 */
#include "services/intake/application.h"

#include "common/base/place.h"

/* ---- whose it is ----------------------------------------------------------------------------------------------- */

bool office_exists(uint64_t office)
{
    return office != 0 && office <= INTAKE_OFFICE_MAX;
}

uint64_t office_row(uint64_t office, uint64_t partition)
{
    return office * PARTITIONS_MAX + partition;
}

enum status office_ours(uint64_t office, const struct context *now, struct refusal *refusal)
{
    if (!office_exists(office))
        return refuse(refusal, UNKNOWN, "target", N_("no office has this number"), N_("name the office"));
    if (office != now->office)
        return refuse(refusal, FORBIDDEN, "target", N_("it is another office's"),
                      N_("ask the office that it belongs to"));
    return OK;
}

static enum status application_found(const struct rows *rows, const struct context *now,
                                     const IntakeRows__Application **row, struct refusal *refusal)
{
    *row = rows_one(rows, &INTAKE_APPLICATION, now->target);
    if (!*row)
        return refuse(refusal, UNKNOWN, "target", N_("no application has this id"),
                      N_("look it up with `application list`"));
    return OK;
}

enum status application_ours(const struct rows *rows, const struct context *now, const IntakeRows__Application **row,
                             struct refusal *refusal)
{
    const enum status status = application_found(rows, now, row, refusal);

    return status ? status : office_ours((*row)->office, now, refusal);
}

enum status application_seen(const struct rows *rows, const struct context *now, const IntakeRows__Application **row,
                             struct refusal *refusal)
{
    const enum status status = application_found(rows, now, row, refusal);

    if (status || (now->roles & INTAKE_SUPERVISOR && place_contains(now->place, (*row)->place)))
        return status;
    return office_ours((*row)->office, now, refusal);
}

/* ---- steps ----------------------------------------------------------------------------------------------------- */

void application_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &INTAKE_APPLICATION, now->target);
    reads_children(reads, &INTAKE_PAPER, now->target);
    reads_children(reads, &CLOCK, now->target);
}

void application_reads_whole(const void *command, const struct context *now, struct reads *reads)
{
    application_reads(command, now, reads);
    reads_children(reads, &INTAKE_CLAIM, now->target);
    reads_children(reads, &INTAKE_PARTY, now->target);
}

struct step_facts application_facts(const IntakeRows__Application *row, const struct rows *rows)
{
    return (struct step_facts){
        .rows = rows,
        .about = row->id,
        .claims = row->claims,
        .representatives = row->representatives,
        .missing_papers = row->missing,
    };
}

enum status application_step(const IntakeRows__Application *row, const char *step, const struct step_facts *facts,
                             const struct context *now, struct events *events, Tiaojie__StepTaken **taken)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);

    if (!procedure)
        return refuse_with(&events->refusal, UNAVAILABLE, "target", N_("the application's procedure %1 is not loaded"),
                           N_("have the operator load it again"), row->procedure);
    *taken = arena_take(now->arena, sizeof **taken);
    events->rules = row->procedure;
    return procedure_step(procedure, row->state, step, facts, now, *taken, &events->refusal);
}

IntakeRows__Application *application_change(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken)
{
    IntakeRows__Application *row = rows_change(rows, &INTAKE_APPLICATION, about);

    if (taken->state[0] != '\0')
        row->state = rows_text(rows, taken->state);
    step_apply(rows, about, taken);
    return row;
}
