/* SPDX-License-Identifier: Apache-2.0
 *
 * Supplementing: missing papers are asked for once, all together, and come.
 */
#include "services/intake/application.h"

#include <string.h>

static const IntakeRows__Paper *paper_named(const struct rows *rows, uint64_t application, const char *name)
{
    size_t count;
    const void *const *papers = rows_children(rows, &INTAKE_PAPER, application, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(((const IntakeRows__Paper *)papers[i])->name, name) == 0)
            return papers[i];
    return NULL;
}

/* ---- "application ask" ----------------------------------------------------------------------------------------- */

static enum status refuse_second(const IntakeRows__Application *row, const struct context *now, struct refusal *refusal)
{
    const enum status status =
        refuse_with(refusal, CONFLICT, "papers", N_("papers were asked for once; still missing: %1"),
                    N_("go on with what is there, or refuse the application"),
                    text_print(now->arena, "%u", (unsigned)row->missing));

    refusal->article = "office rule (unverified)";
    return status;
}

static enum status ask_check(const Intake__Ask *ask, const IntakeRows__Application *row, const struct rows *rows,
                             const struct context *now, struct refusal *refusal)
{
    if (row->papers_asked)
        return refuse_second(row, now, refusal);
    const enum status status = papers_check(ask->papers, ask->n_papers, "papers", false, now->arena, refusal);
    for (size_t i = 0; !status && i < ask->n_papers; i++)
        if (paper_named(rows, row->id, ask->papers[i]))
            return refuse(refusal, CONFLICT, text_print(now->arena, "papers[%zu]", i),
                          N_("this paper was handed in already"), N_("ask for what is missing only"));
    return status;
}

static enum status ask_decide(const void *command, const struct rows *rows, const struct context *now,
                              struct events *events)
{
    const Intake__Ask *ask = command;
    const IntakeRows__Application *row;
    Tiaojie__StepTaken *taken;
    enum status status = application_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = ask_check(ask, row, rows, now, &events->refusal);
    if (status)
        return status;
    struct step_facts facts = application_facts(row, rows);
    facts.missing_papers += (uint32_t)ask->n_papers;
    status = application_step(row, "application ask", &facts, now, events, &taken);
    if (status)
        return status;
    Intake__Asked *asked = event_new(events, &PAPERS_ASKED);
    asked->n_papers = ask->n_papers;
    asked->papers = ask->papers;
    asked->at = now->now;
    asked->step = taken;
    return OK;
}

static void asked_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Asked *asked = event;
    IntakeRows__Application *row = application_change(rows, about, asked->step);

    for (size_t i = 0; i < asked->n_papers; i++) {
        IntakeRows__Paper *paper = rows_new_child(rows, &INTAKE_PAPER, about, ++row->papers);
        paper->name = rows_text(rows, asked->papers[i]);
        paper->missing = true;
        paper->since = asked->at;
    }
    row->missing += (uint32_t)asked->n_papers;
    row->papers_asked = true;
}

/* ---- "application supplement" ---------------------------------------------------------------------------------- */

static bool is_supplied(const Intake__Supplement *supplement, const char *name)
{
    for (size_t i = 0; i < supplement->n_papers; i++)
        if (strcmp(supplement->papers[i], name) == 0)
            return true;
    return false;
}

static enum status supplement_check(const Intake__Supplement *supplement, const IntakeRows__Application *row,
                                    const struct rows *rows, const struct context *now, struct refusal *refusal)
{
    const enum status status =
        papers_check(supplement->papers, supplement->n_papers, "papers", false, now->arena, refusal);

    if (!status && row->papers + supplement->n_papers > 4 * PAPERS_MAX)
        return refuse(refusal, TOO_LARGE, "papers", N_("the application has 200 papers already"),
                      N_("put several sheets under one name"));
    for (size_t i = 0; !status && i < supplement->n_papers; i++) {
        const IntakeRows__Paper *paper = paper_named(rows, row->id, supplement->papers[i]);
        if (paper && !paper->missing)
            return refuse(refusal, CONFLICT, text_print(now->arena, "papers[%zu]", i),
                          N_("this paper was handed in already"), N_("name what is new only"));
    }
    return status;
}

static void list_still_missing(const Intake__Supplement *supplement, const struct rows *rows, const struct context *now,
                               Intake__Supplied *supplied)
{
    size_t count;
    const void *const *papers = rows_children(rows, &INTAKE_PAPER, now->target, &count);

    supplied->still_missing = arena_array(now->arena, count + 1, sizeof *supplied->still_missing);
    for (size_t i = 0; i < count; i++) {
        const IntakeRows__Paper *paper = papers[i];
        if (paper->missing && !is_supplied(supplement, paper->name))
            supplied->still_missing[supplied->n_still_missing++] = arena_text(now->arena, paper->name);
    }
}

static enum status supplement_decide(const void *command, const struct rows *rows, const struct context *now,
                                     struct events *events)
{
    const Intake__Supplement *supplement = command;
    const IntakeRows__Application *row;
    Intake__Supplied judged = INTAKE__SUPPLIED__INIT;
    enum status status = application_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = supplement_check(supplement, row, rows, now, &events->refusal);
    if (status)
        return status;
    list_still_missing(supplement, rows, now, &judged);
    struct step_facts facts = application_facts(row, rows);
    facts.missing_papers = (uint32_t)judged.n_still_missing;
    status = application_step(row, "application supplement", &facts, now, events, &judged.step);
    if (status)
        return status;
    judged.n_papers = supplement->n_papers;
    judged.papers = supplement->papers;
    judged.at = now->now;
    Intake__Supplied *supplied = event_new(events, &PAPERS_SUPPLIED);
    *supplied = judged;
    return OK;
}

static void supplied_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Supplied *supplied = event;
    IntakeRows__Application *row = application_change(rows, about, supplied->step);

    for (size_t i = 0; i < supplied->n_papers; i++) {
        const IntakeRows__Paper *known = paper_named(rows, about, supplied->papers[i]);
        IntakeRows__Paper *paper = known ? rows_change_child(rows, &INTAKE_PAPER, about, known->ordinal)
                                         : rows_new_child(rows, &INTAKE_PAPER, about, ++row->papers);
        paper->name = rows_text(rows, supplied->papers[i]);
        paper->missing = false;
        paper->since = supplied->at;
    }
    row->missing = (uint32_t)supplied->n_still_missing;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event PAPERS_ASKED = {
    .name = "papers asked",
    .message = &intake__asked__descriptor,
    .apply = asked_apply,
    .text = N_("the applicant is told at once which papers are missing"),
};

const struct event PAPERS_SUPPLIED = {
    .name = "papers supplied",
    .message = &intake__supplied__descriptor,
    .apply = supplied_apply,
    .text = N_("papers came"),
};

const struct command APPLICATION_ASK = {
    .name = "application ask",
    .message = &intake__ask__descriptor,
    .on = &INTAKE_APPLICATION,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD,
    .reads = application_reads,
    .decide = ask_decide,
    .target_help = "APPLICATION",
    .help =
        "ask for papers that the checklist does not name; only once, and not where papers were missing from the start",
    .example = "application ask 1025 --papers 'wage records'",
};

const struct command APPLICATION_SUPPLEMENT = {
    .name = "application supplement",
    .message = &intake__supplement__descriptor,
    .on = &INTAKE_APPLICATION,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD,
    .reads = application_reads,
    .decide = supplement_decide,
    .target_help = "APPLICATION",
    .help = "note papers that came",
    .example = "application supplement 1025 --papers 'wage records'",
};
