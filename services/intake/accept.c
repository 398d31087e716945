/* SPDX-License-Identifier: Apache-2.0
 *
 * Accepting and refusing: the office decides on an application. Accepted, it carries the whole dispute to mediation;
 * refused, the applicant is told in writing why.
 */
#include "services/intake/application.h"

#include <string.h>

/* ---- "application accept" -------------------------------------------------------------------------------------- */

static const char *missing_names(const struct rows *rows, uint64_t application, struct arena *arena)
{
    size_t count;
    const void *const *papers = rows_children(rows, &INTAKE_PAPER, application, &count);
    const char *names = "";

    for (size_t i = 0; i < count; i++) {
        const IntakeRows__Paper *paper = papers[i];
        if (paper->missing)
            names = text_print(arena, "%s%s%s", names, names[0] ? ", " : "", paper->name);
    }
    return names;
}

static enum status accept_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const IntakeRows__Application *row;
    Tiaojie__StepTaken *taken;
    enum status status = application_ours(rows, now, &row, &events->refusal);

    (void)command;
    if (status)
        return status;
    if (row->missing > 0 && row->course == INTAKE_ROWS__COURSE__COURSE_REGISTERED) {
        status = refuse_with(&events->refusal, CONFLICT, "papers", N_("papers are missing: %1"),
                             N_("note them with `application supplement` when they come, or refuse the application"),
                             missing_names(rows, row->id, now->arena));
        events->refusal.article = "office rule (unverified)";
        return status;
    }
    const struct step_facts facts = application_facts(row, rows);
    status = application_step(row, "application accept", &facts, now, events, &taken);
    if (status)
        return status;
    Intake__Accepted *accepted = event_new(events, &APPLICATION_ACCEPTED);
    accepted->office = row->office;
    accepted->year = row->year;
    accepted->number = row->number;
    accepted->dispute = dispute_from(row, rows, now->arena);
    accepted->referral = row->referral;
    accepted->received_at = row->registered_at;
    accepted->step = taken;
    return OK;
}

static void accepted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Accepted *accepted = event;
    IntakeRows__Application *row = application_change(rows, about, accepted->step);

    row->course = INTAKE_ROWS__COURSE__COURSE_ACCEPTED;
}

/* ---- "application refuse" -------------------------------------------------------------------------------------- */

/* The first two: Order 75 of 2002, seen in excerpts only. */
static const char *const GROUNDS[] = {"reserved", "handled-elsewhere", "not-competent", "papers-missing", "no-dispute"};

enum { GROUND_COUNT = sizeof GROUNDS / sizeof *GROUNDS };

static const char GROUNDS_TEXT[] = "reserved, handled-elsewhere, not-competent, papers-missing, no-dispute";

static bool is_ground(const char *ground)
{
    for (size_t i = 0; i < GROUND_COUNT; i++)
        if (strcmp(GROUNDS[i], ground) == 0)
            return true;
    return false;
}

static enum status refuse_check(const Intake__Refuse *refusing, struct refusal *refusal)
{
    if (!is_ground(refusing->ground))
        return refuse_with(refusal, INVALID, "ground", N_("no ground that an office may refuse for"),
                           N_("give one of: %1"), GROUNDS_TEXT);
    if (!refusing->in_writing)
        return refuse(refusal, INVALID, "in_writing", N_("a refusal is told in writing, with its reason"),
                      N_("tell the applicant in writing, then note it"));
    return OK;
}

static enum status refuse_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Intake__Refuse *refusing = command;
    const IntakeRows__Application *row;
    Tiaojie__StepTaken *taken;
    enum status status = application_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = refuse_check(refusing, &events->refusal);
    if (status)
        return status;
    const struct step_facts facts = application_facts(row, rows);
    status = application_step(row, "application refuse", &facts, now, events, &taken);
    if (status)
        return status;
    Intake__Refused *refused = event_new(events, &APPLICATION_REFUSED);
    refused->ground = refusing->ground;
    refused->explanation = refusing->explanation;
    refused->in_writing = true;
    refused->referral = row->referral;
    refused->step = taken;
    return OK;
}

static void refused_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Refused *refused = event;
    IntakeRows__Application *row = application_change(rows, about, refused->step);

    row->course = INTAKE_ROWS__COURSE__COURSE_REFUSED;
    row->ground = rows_text(rows, refused->ground);
    row->explanation = sealed_column(rows, refused->explanation);
    row->explanation_subject = is_sealed(refused->explanation) ? refused->explanation->subject : 0;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event APPLICATION_ACCEPTED = {
    .name = "application accepted",
    .message = &intake__accepted__descriptor,
    .apply = accepted_apply,
    .text = N_("the office accepts the application"),
};

const struct event APPLICATION_REFUSED = {
    .name = "application refused",
    .message = &intake__refused__descriptor,
    .apply = refused_apply,
    .text = N_("the office refuses the application and says why in writing"),
};

const struct command APPLICATION_ACCEPT = {
    .name = "application accept",
    .message = &intake__accept__descriptor,
    .on = &INTAKE_APPLICATION,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD,
    .reads = application_reads_whole,
    .decide = accept_decide,
    .target_help = "APPLICATION",
    .help = "accept an application; its case is opened",
    .example = "application accept 1025",
};

const struct command APPLICATION_REFUSE = {
    .name = "application refuse",
    .message = &intake__refuse__descriptor,
    .on = &INTAKE_APPLICATION,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD,
    .reads = application_reads,
    .decide = refuse_decide,
    .target_help = "APPLICATION",
    .help = "refuse an application, told in writing",
    .example = "application refuse 1025 --ground not-competent --in_writing true",
};
