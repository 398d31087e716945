/* SPDX-License-Identifier: Apache-2.0
 *
 * Showing: one application whole, or an office's by pages.
 */
#include "services/intake/application.h"

static Intake__Application *line_from(const IntakeRows__Application *row, struct arena *arena)
{
    Intake__Application *line = arena_take(arena, sizeof *line);

    intake__application__init(line);
    line->id = row->id;
    line->version = row->version;
    line->office = row->office;
    line->year = row->year;
    line->number = row->number;
    line->state = row->state;
    line->kind = row->kind;
    line->place = row->place;
    line->claims = row->claims;
    line->representatives = row->representatives;
    line->claimed_fen = row->claimed_fen;
    line->referral = row->referral;
    line->case_id = row->case_id;
    line->outcome = row->outcome;
    line->registered_at = row->registered_at;
    line->procedure = row->procedure;
    return line;
}

/* ---- "application show" ---------------------------------------------------------------------------------------- */

static Intake__Paper **papers_from(const struct rows *rows, uint64_t application, size_t *count, struct arena *arena)
{
    const void *const *all = rows_children(rows, &INTAKE_PAPER, application, count);
    Intake__Paper **papers = arena_array(arena, *count + 1, sizeof *papers);

    for (size_t i = 0; i < *count; i++) {
        const IntakeRows__Paper *row = all[i];
        papers[i] = arena_take(arena, sizeof *papers[i]);
        intake__paper__init(papers[i]);
        papers[i]->name = row->name;
        papers[i]->missing = row->missing;
        papers[i]->since = row->since;
    }
    return papers;
}

static enum status show_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Intake__Shown *shown = answer;
    const IntakeRows__Application *row;
    const enum status status = application_seen(rows, now, &row, refusal);

    (void)question;
    if (status)
        return status;
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    shown->application = line_from(row, now->arena);
    shown->dispute = dispute_from(row, rows, now->arena);
    shown->papers = papers_from(rows, row->id, &shown->n_papers, now->arena);
    shown->papers_unverified = row->papers_unverified;
    shown->ground = row->ground;
    shown->explanation = sealed_from(row->explanation, row->explanation_subject, now->arena);
    if (procedure)
        shown->allowed = (char *)procedure_allowed(procedure, row->state, now->arena);
    return OK;
}

/* ---- "application list" ---------------------------------------------------------------------------------------- */

static void list_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Intake__List *list = question;

    if (office_exists(now->target))
        reads_page(reads, &INTAKE_APPLICATION, "office", now->target, affinity_partition(now->target, now->partitions),
                   list->after, page_rows(list->limit));
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    const Intake__List *list = question;
    Intake__Listed *listed = answer;
    const enum status status = office_ours(now->target, now, refusal);

    if (status)
        return status;
    const void *const *page = rows_page(rows, &INTAKE_APPLICATION, &listed->n_applications);
    listed->applications = arena_array(now->arena, listed->n_applications + 1, sizeof *listed->applications);
    for (size_t i = 0; i < listed->n_applications; i++)
        listed->applications[i] = line_from(page[i], now->arena);
    if (listed->n_applications == page_rows(list->limit))
        listed->after = listed->applications[listed->n_applications - 1]->id;
    return OK;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct question APPLICATION_SHOW = {
    .name = "application show",
    .message = &intake__show__descriptor,
    .answer = &intake__shown__descriptor,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD | INTAKE_SUPERVISOR,
    .reads = application_reads_whole,
    .answer_from = show_answer,
    .target_help = "APPLICATION",
    .help = "show an application, its papers and what may be done",
    .example = "application show 1025",
};

const struct question APPLICATION_LIST = {
    .name = "application list",
    .message = &intake__list__descriptor,
    .answer = &intake__listed__descriptor,
    .creates = true,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD,
    .reads = list_reads,
    .answer_from = list_answer,
    .target_help = "OFFICE",
    .help = "list an office's applications, oldest first",
    .example = "application list 7 --limit 20",
};
