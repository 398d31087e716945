/* SPDX-License-Identifier: Apache-2.0
 *
 * Explaining: how a case came to its mediator, and whom an office has.
 */
#include "common/base/lines.h"
#include "services/assignment/roster.h"

/* ---- "assignment explain" -------------------------------------------------------------------------------------- */

static char *const STATES[] = {"", "open", "proposed", "accepted", "closed"};

static void explain_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &ROSTER_MATTER, now->target);
}

static void explain_event(const struct decided *decided, Assignment__Explained *explained)
{
    if (decided->event == &ASSIGNMENT_PROPOSED)
        explained->proposal = (Assignment__Proposed *)decided->message;
    else if (decided->event == &ASSIGNMENT_DECLINED)
        explained->declined[explained->n_declined++] = (Assignment__Declined *)decided->message;
    else if (decided->event == &ASSIGNMENT_ACCEPTED) {
        const Assignment__Accepted *accepted = (const Assignment__Accepted *)decided->message;
        explained->mediator = accepted->mediator;
        explained->mediator_name = accepted->mediator_name;
    }
}

static enum status explain_answer(const void *question, const struct rows *rows, const struct context *now,
                                  void *answer, struct refusal *refusal)
{
    const AssignmentRows__Matter *matter = rows_one(rows, &ROSTER_MATTER, now->target);
    Assignment__Explained *explained = answer;
    size_t count;
    const struct past *past = question_entries(rows, &count);

    (void)question;
    if (!matter)
        return refuse(refusal, UNKNOWN, "target", N_("no case with this id waits for a mediator"),
                      N_("look it up with `case list`"));
    const enum status status = roster_seen(matter->office, matter->place, now, refusal);
    if (status)
        return status;
    explained->case_id = matter->id;
    explained->state = STATES[matter->state];
    explained->declined = arena_array(now->arena, matter->declined + 1, sizeof *explained->declined);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < past[i].event_count; j++)
            explain_event(&past[i].events[j], explained);
    return OK;
}

/* ---- "mediator list" ------------------------------------------------------------------------------------------- */

static void list_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    if (now->target <= ROSTER_OFFICE_MAX)
        reads_children(reads, &ROSTER_CANDIDATE, affinity_id(now->target, now->partitions));
}

static void employers_told(const AssignmentRows__Candidate *row, Assignment__Mediator *mediator, struct arena *arena)
{
    size_t codes;
    char **names = lines_split(row->employer_names, &mediator->n_employers, arena);
    char **credit_codes = lines_split(row->employer_codes, &codes, arena);

    mediator->employers = arena_array(arena, mediator->n_employers + 1, sizeof *mediator->employers);
    for (size_t i = 0; i < mediator->n_employers; i++) {
        Assignment__Employer *employer = arena_take(arena, sizeof *employer);
        assignment__employer__init(employer);
        employer->name = names[i];
        if (i < codes)
            employer->credit_code = credit_codes[i];
        mediator->employers[i] = employer;
    }
}

static Assignment__Mediator *mediator_told(const AssignmentRows__Candidate *row, struct arena *arena)
{
    Assignment__Mediator *mediator = arena_take(arena, sizeof *mediator);

    assignment__mediator__init(mediator);
    mediator->mediator = row->mediator;
    mediator->name = row->name;
    mediator->kinds = lines_split(row->kinds, &mediator->n_kinds, arena);
    mediator->languages = lines_split(row->languages, &mediator->n_languages, arena);
    mediator->limit = row->case_limit;
    mediator->load = row->load;
    mediator->asked = row->asked;
    mediator->leave_from = row->leave_from;
    mediator->leave_until = row->leave_until;
    employers_told(row, mediator, arena);
    return mediator;
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Assignment__MediatorsListed *listed = answer;
    size_t count;

    (void)question;
    if (now->target == 0 || now->target > ROSTER_OFFICE_MAX)
        return refuse(refusal, UNKNOWN, "target", N_("no office has this number"), N_("name the office"));
    const enum status status = roster_ours(now->target, now, refusal);
    if (status)
        return status;
    const void *const *pool = rows_children(rows, &ROSTER_CANDIDATE, affinity_id(now->target, now->partitions), &count);
    listed->mediators = arena_array(now->arena, count + 1, sizeof *listed->mediators);
    for (size_t i = 0; i < count; i++)
        listed->mediators[listed->n_mediators++] = mediator_told(pool[i], now->arena);
    return OK;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct question ASSIGNMENT_EXPLAIN = {
    .name = "assignment explain",
    .message = &assignment__explain__descriptor,
    .answer = &assignment__explained__descriptor,
    .may = ROSTER_CLERK | ROSTER_MEDIATOR | ROSTER_HEAD | ROSTER_SUPERVISOR,
    .timeline = true,
    .reads = explain_reads,
    .answer_from = explain_answer,
    .target_help = "CASE",
    .help = "say who was proposed for a case, and why nobody else",
    .example = "assignment explain 1025",
};

const struct question MEDIATOR_LIST = {
    .name = "mediator list",
    .message = &assignment__list_mediators__descriptor,
    .answer = &assignment__mediators_listed__descriptor,
    .creates = true,
    .may = ROSTER_CLERK | ROSTER_MEDIATOR | ROSTER_HEAD | ROSTER_OPERATOR,
    .reads = list_reads,
    .answer_from = list_answer,
    .target_help = "OFFICE",
    .help = "list an office's mediators with their loads",
    .example = "mediator list 7",
};
