/* SPDX-License-Identifier: Apache-2.0
 *
 * Roster: mediators come to an office's pool, and are absent.
 */
#include "services/assignment/roster.h"

#include "common/base/credit_code.h"
#include "common/base/instant.h"
#include "common/base/lines.h"

/* ---- "mediator add" -------------------------------------------------------------------------------------------- */

static void add_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    if (now->target <= ROSTER_OFFICE_MAX)
        reads_one(reads, &ROSTER_POOL, affinity_id(now->target, now->partitions));
}

static enum status lines_check(char *const *lines, size_t count, const char *list, const struct context *now,
                               struct refusal *refusal)
{
    if (count > ROSTER_LIST_MAX)
        return refuse(refusal, TOO_LARGE, list, N_("more than 50 entries"), N_("name fewer"));
    for (size_t i = 0; i < count; i++) {
        const enum status status = line_check(lines[i], text_print(now->arena, "%s[%zu]", list, i), refusal);
        if (status)
            return status;
    }
    return OK;
}

/* Copies an employer with its credit code as codes are compared: in upper case. */
static enum status employer_read(const Assignment__Employer *from, size_t index, const struct context *now,
                                 Assignment__Employer **to, struct refusal *refusal)
{
    struct credit_code code = {""};
    enum status status = line_check(from->name, text_print(now->arena, "employers[%zu].name", index), refusal);

    if (!status && from->credit_code[0] != '\0')
        status = credit_code_read(from->credit_code, text_print(now->arena, "employers[%zu].credit_code", index), &code,
                                  refusal);
    *to = arena_take(now->arena, sizeof **to);
    assignment__employer__init(*to);
    (*to)->name = from->name;
    (*to)->credit_code = arena_text(now->arena, code.text);
    return status;
}

static enum status limits_check(const Assignment__AddMediator *add, struct refusal *refusal)
{
    if (add->limit == 0 || add->limit > ROSTER_LIMIT_MAX)
        return refuse(refusal, INVALID, "limit", N_("not between 1 and 1000 cases"),
                      N_("say how many cases at a time"));
    if (add->load > ROSTER_LIMIT_MAX)
        return refuse(refusal, INVALID, "load", N_("more than 1000 cases"), N_("say how many cases he has now"));
    if (add->n_kinds == 0)
        return refuse(refusal, INVALID, "kinds", N_("no kind of dispute is named"),
                      N_("name those that he knows, such as labour-wages"));
    return OK;
}

static enum status add_check(const Assignment__AddMediator *add, const struct context *now, struct refusal *refusal)
{
    enum status status =
        now->target != 0 && now->target <= ROSTER_OFFICE_MAX
            ? roster_ours(now->target, now, refusal)
            : refuse(refusal, UNKNOWN, "target", N_("no office has this number"), N_("name the office"));

    if (!status)
        status = line_check(add->name, "name", refusal);
    if (!status)
        status = limits_check(add, refusal);
    if (!status)
        status = lines_check(add->kinds, add->n_kinds, "kinds", now, refusal);
    if (!status)
        status = lines_check(add->languages, add->n_languages, "languages", now, refusal);
    if (!status && add->n_employers > ROSTER_LIST_MAX)
        status = refuse(refusal, TOO_LARGE, "employers", N_("more than 50 entries"), N_("name fewer"));
    return status;
}

static enum status add_decide(const void *command, const struct rows *rows, const struct context *now,
                              struct events *events)
{
    const Assignment__AddMediator *add = command;
    enum status status = add_check(add, now, &events->refusal);

    if (status)
        return status;
    const AssignmentRows__Pool *pool = rows_one(rows, &ROSTER_POOL, affinity_id(now->target, now->partitions));
    const uint32_t ordinal = pool ? pool->members + 1 : 1;
    if (ordinal > ROSTER_MEMBERS_MAX)
        return refuse(&events->refusal, TOO_LARGE, "target", N_("the pool has 200 mediators already"),
                      N_("make an office for the others"));

    Assignment__Employer **employers = arena_array(now->arena, add->n_employers + 1, sizeof *employers);
    for (size_t i = 0; i < add->n_employers; i++) {
        status = employer_read(add->employers[i], i, now, &employers[i], &events->refusal);
        if (status)
            return status;
    }
    events->about = context_new_id(now, 0);
    Assignment__MediatorAdded *added = event_new(events, &MEDIATOR_ADDED);
    added->office = now->target;
    added->ordinal = ordinal;
    added->name = add->name;
    added->n_kinds = add->n_kinds;
    added->kinds = add->kinds;
    added->n_languages = add->n_languages;
    added->languages = add->languages;
    added->limit = add->limit;
    added->load = add->load;
    added->n_employers = add->n_employers;
    added->employers = employers;
    return OK;
}

static char *employer_list(const Assignment__MediatorAdded *added, bool codes, struct arena *arena)
{
    char **lines = arena_array(arena, added->n_employers + 1, sizeof *lines);

    for (size_t i = 0; i < added->n_employers; i++)
        lines[i] = codes ? added->employers[i]->credit_code : added->employers[i]->name;
    return lines_join(lines, added->n_employers, arena);
}

static void candidate_apply(const Assignment__MediatorAdded *added, uint64_t about, uint64_t pool, struct rows *rows)
{
    AssignmentRows__Candidate *candidate = rows_new_child(rows, &ROSTER_CANDIDATE, pool, added->ordinal);
    struct arena *texts = arena_new(SIZE_MAX);

    candidate->mediator = about;
    candidate->name = rows_text(rows, added->name);
    candidate->kinds = rows_text(rows, lines_join(added->kinds, added->n_kinds, texts));
    candidate->languages = rows_text(rows, lines_join(added->languages, added->n_languages, texts));
    candidate->employer_names = rows_text(rows, employer_list(added, false, texts));
    candidate->employer_codes = rows_text(rows, employer_list(added, true, texts));
    candidate->case_limit = added->limit;
    candidate->load = added->load;
    arena_free(&texts);
}

/* The pool lies in the mediator's partition: both have the office as their affinity. */
static void added_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Assignment__MediatorAdded *added = event;
    const uint64_t id = added->office * PARTITIONS_MAX + id_partition(about);
    AssignmentRows__Pool *pool =
        added->ordinal == 1 ? rows_new(rows, &ROSTER_POOL, id) : rows_change(rows, &ROSTER_POOL, id);
    AssignmentRows__Mediator *mediator = rows_new(rows, &ROSTER_MEDIATOR_PLACE, about);

    pool->office = added->office;
    pool->members = added->ordinal;
    mediator->pool = id;
    mediator->ordinal = added->ordinal;
    candidate_apply(added, about, id, rows);
}

/* ---- "mediator leave" ------------------------------------------------------------------------------------------ */

static void leave_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &ROSTER_MEDIATOR_PLACE, now->target);
}

static void leave_reads_more(const void *command, const struct context *now, const struct rows *rows,
                             struct reads *reads)
{
    const AssignmentRows__Mediator *mediator = rows_one(rows, &ROSTER_MEDIATOR_PLACE, now->target);

    (void)command;
    if (mediator)
        reads_child(reads, &ROSTER_CANDIDATE, mediator->pool, mediator->ordinal);
}

static enum status leave_days(const Assignment__Leave *leave, const struct context *now, struct refusal *refusal)
{
    char day[DAY_TEXT];

    if (leave->from == 0 && leave->until == 0)
        return OK;
    if (leave->from <= 0 || leave->until < leave->from)
        return refuse(refusal, INVALID, "until", N_("the leave ends before it begins"),
                      N_("give its first and last day"));
    if (leave->until < now->today)
        return refuse_with(refusal, INVALID, "until", N_("%1 is over"), N_("give a leave that is not over yet"),
                           arena_text(now->arena, day_format(leave->until, day)));
    return OK;
}

static enum status leave_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Assignment__Leave *leave = command;
    const AssignmentRows__Mediator *mediator = rows_one(rows, &ROSTER_MEDIATOR_PLACE, now->target);

    if (!mediator)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no mediator has this id"),
                      N_("look him up with `mediator list`"));
    const bool himself = now->mediator == now->target;
    enum status status = himself ? OK : roster_ours(mediator->pool / PARTITIONS_MAX, now, &events->refusal);
    if (!status && !himself && !(now->roles & (ROSTER_HEAD | ROSTER_CLERK | ROSTER_OPERATOR)))
        status = refuse(&events->refusal, FORBIDDEN, "target", N_("another mediator's leave"),
                        N_("ask a clerk or the head of the office"));
    if (!status)
        status = leave_days(leave, now, &events->refusal);
    if (status)
        return status;
    Assignment__OnLeave *on_leave = event_new(events, &MEDIATOR_ON_LEAVE);
    on_leave->from = leave->from;
    on_leave->until = leave->until;
    return OK;
}

static void on_leave_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Assignment__OnLeave *on_leave = event;
    const AssignmentRows__Mediator *mediator = rows_change(rows, &ROSTER_MEDIATOR_PLACE, about);
    AssignmentRows__Candidate *candidate =
        rows_change_child(rows, &ROSTER_CANDIDATE, mediator->pool, mediator->ordinal);

    candidate->leave_from = on_leave->from;
    candidate->leave_until = on_leave->until;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event MEDIATOR_ADDED = {
    .name = "mediator added",
    .message = &assignment__mediator_added__descriptor,
    .apply = added_apply,
    .text = N_("a mediator joins the office's pool"),
};

const struct event MEDIATOR_ON_LEAVE = {
    .name = "mediator on leave",
    .message = &assignment__on_leave__descriptor,
    .apply = on_leave_apply,
    .text = N_("the days of the mediator's leave are noted"),
};

const struct command MEDIATOR_ADD = {
    .name = "mediator add",
    .message = &assignment__add_mediator__descriptor,
    .on = &ROSTER_MEDIATOR_PLACE,
    .creates = true,
    .may = ROSTER_HEAD | ROSTER_OPERATOR,
    .reads = add_reads,
    .decide = add_decide,
    .target_help = "OFFICE",
    .help = "add a mediator to an office's pool",
    .example = "mediator add 7 --name 'Chen Jing' --kinds labour-wages --languages sichuan --limit 8",
};

const struct command MEDIATOR_LEAVE = {
    .name = "mediator leave",
    .message = &assignment__leave__descriptor,
    .on = &ROSTER_MEDIATOR_PLACE,
    .may = ROSTER_CLERK | ROSTER_MEDIATOR | ROSTER_HEAD | ROSTER_OPERATOR,
    .reads = leave_reads,
    .reads_more = leave_reads_more,
    .decide = leave_decide,
    .target_help = "MEDIATOR",
    .help = "note the days on which a mediator is absent, first and last, in days since 1970-01-01; none ends it",
    .example = "mediator leave 262144 --from 20240 --until 20254",
};
