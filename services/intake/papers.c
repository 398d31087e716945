/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers: what an office wants to see with an application. No statute names papers for people's mediation, so a list is
 * an office's own rule and unverified, unless its procedure of intake says where it was read.
 */
#include "common/base/lines.h"
#include "services/intake/application.h"

#include <string.h>

/* ---- what is wanted -------------------------------------------------------------------------------------------- */

/* Where neither office nor procedure says anything. An oral application is recorded (Labour Dispute Mediation and
 * Arbitration Law 12); the other two are common practice. */
static char *const DEFAULT_PAPERS[] = {"application", "identity papers", "proof of the claims"};

enum { DEFAULT_COUNT = sizeof DEFAULT_PAPERS / sizeof *DEFAULT_PAPERS };

static const IntakeRows__Checklist *checklist(const struct rows *rows, uint64_t office, const char *kind)
{
    size_t count;
    const void *const *all = rows_children(rows, &INTAKE_CHECKLIST, office, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(((const IntakeRows__Checklist *)all[i])->kind, kind) == 0)
            return all[i];
    return NULL;
}

static const Tiaojie__Procedure__Step *step_with_papers(const struct procedure *procedure)
{
    const Tiaojie__Procedure *definition = procedure ? procedure_definition(procedure) : NULL;

    for (size_t i = 0; definition && i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, "application register") == 0 && definition->steps[i]->n_papers > 0)
            return definition->steps[i];
    return NULL;
}

struct papers papers_wanted(const struct rows *rows, uint64_t office, const char *kind,
                            const struct procedure *procedure, struct arena *arena)
{
    const IntakeRows__Checklist *own = checklist(rows, office, kind);
    const Tiaojie__Procedure__Step *step = step_with_papers(procedure);
    struct papers papers = {.names = DEFAULT_PAPERS, .count = DEFAULT_COUNT, .own = false, .unverified = true};

    if (own) {
        papers.names = lines_split(own->papers, &papers.count, arena);
        papers.own = true;
    } else if (step) {
        papers.names = step->papers;
        papers.count = step->n_papers;
        papers.unverified = step->unverified;
    }
    return papers;
}

static bool is_among(const char *name, char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

char **papers_missing(const struct papers *wanted, char *const *given, size_t given_count, size_t *count,
                      struct arena *arena)
{
    char **missing = arena_array(arena, wanted->count + 1, sizeof *missing);

    *count = 0;
    for (size_t i = 0; i < wanted->count; i++)
        if (!is_among(wanted->names[i], given, given_count))
            missing[(*count)++] = wanted->names[i];
    return missing;
}

enum status papers_check(char *const *papers, size_t count, const char *field, bool may_be_none, struct arena *arena,
                         struct refusal *refusal)
{
    if (count == 0 && !may_be_none)
        return refuse(refusal, INVALID, field, N_("no paper is named"), N_("name at least one"));
    if (count > PAPERS_MAX)
        return refuse(refusal, TOO_LARGE, field, N_("more than 50 papers"), N_("name fewer"));
    for (size_t i = 0; i < count; i++) {
        const char *path = text_print(arena, "%s[%zu]", field, i);
        const enum status status = line_check(papers[i], path, refusal);
        if (status)
            return status;
        if (is_among(papers[i], papers, i))
            return refuse(refusal, INVALID, path, N_("this paper is named twice"), N_("name each paper once"));
    }
    return OK;
}

/* ---- "checklist set" ------------------------------------------------------------------------------------------- */

static void set_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    if (!office_exists(now->target))
        return;
    reads_one(reads, &INTAKE_OFFICE, office_row(now->target, now->partition));
    reads_children(reads, &INTAKE_CHECKLIST, office_row(now->target, now->partition));
}

static enum status set_decide(const void *command, const struct rows *rows, const struct context *now,
                              struct events *events)
{
    const Intake__SetChecklist *set = command;
    enum status status = office_ours(now->target, now, &events->refusal);

    if (!status)
        status = line_check(set->kind, "kind", &events->refusal);
    if (!status)
        status = papers_check(set->papers, set->n_papers, "papers", true, now->arena, &events->refusal);
    if (status)
        return status;
    const uint64_t id = office_row(now->target, now->partition);
    const IntakeRows__Office *office = rows_one(rows, &INTAKE_OFFICE, id);
    const IntakeRows__Checklist *row = checklist(rows, id, set->kind);
    const uint32_t last = office ? office->checklists : 0;
    if (!row && last >= CHECKLISTS_MAX)
        return refuse(&events->refusal, TOO_LARGE, "kind", N_("the office has 50 checklists already"),
                      N_("change one of them"));
    events->about = id;
    Intake__ChecklistChanged *changed = event_new(events, &CHECKLIST_CHANGED);
    changed->office = now->target;
    changed->ordinal = row ? row->ordinal : last + 1;
    changed->kind = set->kind;
    changed->n_papers = set->n_papers;
    changed->papers = set->papers;
    return OK;
}

static void changed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__ChecklistChanged *changed = event;
    const bool exists = rows_one(rows, &INTAKE_OFFICE, about) != NULL;
    IntakeRows__Office *office =
        exists ? rows_change(rows, &INTAKE_OFFICE, about) : rows_new(rows, &INTAKE_OFFICE, about);
    const bool is_new = changed->ordinal > office->checklists;
    IntakeRows__Checklist *row = is_new ? rows_new_child(rows, &INTAKE_CHECKLIST, about, changed->ordinal)
                                        : rows_change_child(rows, &INTAKE_CHECKLIST, about, changed->ordinal);
    struct arena *texts = arena_new(SIZE_MAX);

    office->office = changed->office;
    if (is_new)
        office->checklists = changed->ordinal;
    row->kind = rows_text(rows, changed->kind);
    row->papers = rows_text(rows, lines_join(changed->papers, changed->n_papers, texts));
    arena_free(&texts);
}

/* ---- "checklist show" ------------------------------------------------------------------------------------------ */

static void show_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    if (office_exists(now->target))
        reads_children(reads, &INTAKE_CHECKLIST, affinity_id(now->target, now->partitions));
}

static enum status show_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    const Intake__ShowChecklist *show = question;
    Intake__Checklist *told = answer;
    const enum status status = office_ours(now->target, now, refusal);

    if (status)
        return status;
    const struct papers wanted = papers_wanted(rows, affinity_id(now->target, now->partitions), show->kind,
                                               law_choose(now->law, "intake", now->place, now->today), now->arena);
    told->kind = show->kind;
    told->n_papers = wanted.count;
    told->papers = (char **)wanted.names;
    told->own = wanted.own;
    told->unverified = wanted.unverified;
    return OK;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event CHECKLIST_CHANGED = {
    .name = "checklist changed",
    .message = &intake__checklist_changed__descriptor,
    .apply = changed_apply,
    .text = N_("the office wants other papers from now on"),
};

const struct command CHECKLIST_SET = {
    .name = "checklist set",
    .message = &intake__set_checklist__descriptor,
    .on = &INTAKE_OFFICE,
    .creates = true,
    .may = INTAKE_HEAD,
    .reads = set_reads,
    .decide = set_decide,
    .target_help = "OFFICE",
    .help = "set the papers that the office wants for a kind of dispute",
    .example = "checklist set 7 --kind labour-wages --papers application --papers 'wage records'",
};

const struct question CHECKLIST_SHOW = {
    .name = "checklist show",
    .message = &intake__show_checklist__descriptor,
    .answer = &intake__checklist__descriptor,
    .creates = true,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD,
    .reads = show_reads,
    .answer_from = show_answer,
    .target_help = "OFFICE",
    .help = "show the papers that the office wants for a kind of dispute",
    .example = "checklist show 7 --kind labour-wages",
};
