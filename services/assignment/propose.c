/* SPDX-License-Identifier: Apache-2.0
 *
 * Proposing: the pool is judged as a whole, the reasons stand in the event. People's Mediation Law 19: the committee
 * appoints a mediator or the parties choose one.
 */
#include "services/assignment/choose.h"
#include "services/assignment/roster.h"

/* ---- from rows to the choice ----------------------------------------------------------------------------------- */

static struct choose_case case_from(const AssignmentRows__Matter *matter, const struct rows *rows,
                                    const struct context *now)
{
    size_t count;
    const void *const *children = rows_children(rows, &ROSTER_OPPONENT, matter->id, &count);
    struct choose_opponent *opponents = arena_array(now->arena, count + 1, sizeof *opponents);

    for (size_t i = 0; i < count; i++) {
        const AssignmentRows__Opponent *opponent = children[i];
        opponents[i] = (struct choose_opponent){opponent->name, opponent->credit_code};
    }
    return (struct choose_case){matter->kind, matter->language, now->today, opponents, count};
}

static bool has_declined(const struct rows *rows, const AssignmentRows__Matter *matter, uint32_t candidate)
{
    size_t count;
    const void *const *children = rows_children(rows, &ROSTER_DECLINED, matter->id, &count);

    for (size_t i = 0; i < count; i++)
        if (((const AssignmentRows__Declined *)children[i])->candidate == candidate)
            return true;
    return false;
}

/* The proposal that this one takes the place of does not count against the one who was asked. */
static uint32_t load_of(const AssignmentRows__Candidate *row, const AssignmentRows__Matter *matter)
{
    const bool asked_here =
        matter->state == ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_PROPOSED && matter->ordinal == row->ordinal;

    return row->load + row->asked - asked_here;
}

static struct choose_candidate candidate_from(const AssignmentRows__Candidate *row,
                                              const AssignmentRows__Matter *matter, const struct proposal *proposal,
                                              const struct rows *rows)
{
    return (struct choose_candidate){
        .kinds = row->kinds,
        .languages = row->languages,
        .employer_names = row->employer_names,
        .employer_codes = row->employer_codes,
        .leave_from = row->leave_from,
        .leave_until = row->leave_until,
        .limit = row->case_limit,
        .load = load_of(row, matter),
        .idle_since = row->idle_since,
        .declined = row->ordinal == proposal->refuses || has_declined(rows, matter, row->ordinal),
    };
}

static Assignment__Candidate *candidate_told(const AssignmentRows__Candidate *row, uint32_t load,
                                             const struct choose_finding *finding, struct arena *arena)
{
    Assignment__Candidate *told = arena_take(arena, sizeof *told);

    assignment__candidate__init(told);
    told->mediator = row->mediator;
    told->name = arena_text(arena, row->name);
    told->verdict = (Assignment__Verdict)finding->verdict;
    told->reason = arena_text(arena, finding->reason);
    told->n_values = finding->value_count;
    told->values = arena_array(arena, finding->value_count + 1, sizeof *told->values);
    for (size_t i = 0; i < finding->value_count; i++)
        told->values[i] = arena_text(arena, finding->values[i]);
    told->load = load;
    told->ordinal = row->ordinal;
    return told;
}

static void choose(Assignment__Proposed *proposed, size_t index)
{
    const Assignment__Candidate *chosen = proposed->candidates[index];

    proposed->mediator = chosen->mediator;
    proposed->mediator_name = chosen->name;
    proposed->ordinal = chosen->ordinal;
}

static size_t index_of(const Assignment__Proposed *proposed, uint64_t mediator)
{
    size_t i = 0;

    while (i < proposed->n_candidates && proposed->candidates[i]->mediator != mediator)
        i++;
    return i;
}

void propose_judge(const AssignmentRows__Matter *matter, const struct proposal *proposal, const struct rows *rows,
                   const struct context *now, Assignment__Proposed *proposed)
{
    const struct choose_case wanted = case_from(matter, rows, now);
    size_t count;
    const void *const *pool = rows_children(rows, &ROSTER_CANDIDATE, matter->pool, &count);
    struct choose_candidate *candidates = arena_array(now->arena, count + 1, sizeof *candidates);
    struct choose_finding *findings = arena_array(now->arena, count + 1, sizeof *findings);

    assignment__proposed__init(proposed);
    proposed->n_candidates = count;
    proposed->candidates = arena_array(now->arena, count + 1, sizeof *proposed->candidates);
    for (size_t i = 0; i < count; i++) {
        candidates[i] = candidate_from(pool[i], matter, proposal, rows);
        findings[i] = choose_judge(&candidates[i], &wanted, now->arena);
        proposed->candidates[i] = candidate_told(pool[i], candidates[i].load, &findings[i], now->arena);
    }
    proposed->by_parties = proposal->wish != 0;
    const size_t chosen =
        proposal->wish ? index_of(proposed, proposal->wish) : choose_lightest(candidates, findings, count);
    if (chosen < count && findings[chosen].verdict == CHOOSE_ELIGIBLE)
        choose(proposed, chosen);
}

/* ---- "assignment propose" -------------------------------------------------------------------------------------- */

/* The parties' choice in the words of the criterion that he does not meet. */
static enum status refuse_wish(const Assignment__Proposed *proposed, uint64_t wish, struct refusal *refusal)
{
    const size_t index = index_of(proposed, wish);

    if (index == proposed->n_candidates)
        return refuse(refusal, UNKNOWN, "mediator", N_("the office's pool has no such mediator"),
                      N_("look him up with `mediator list`"));
    const Assignment__Candidate *chosen = proposed->candidates[index];
    const char *values[CHOOSE_VALUES_MAX + 1] = {NULL};
    for (size_t i = 0; i < chosen->n_values && i < CHOOSE_VALUES_MAX; i++)
        values[i] = chosen->values[i];
    return refusal_set(refusal, CONFLICT, "mediator", chosen->reason,
                       N_("let the parties choose another one, or leave the choice to the office"), values);
}

static const char *reasons(const Assignment__Proposed *proposed, struct arena *arena)
{
    const char *list = "";

    for (size_t i = 0; i < proposed->n_candidates; i++) {
        const Assignment__Candidate *candidate = proposed->candidates[i];
        const char *reason =
            text_fill(arena, candidate->reason, (const char *const *)candidate->values, candidate->n_values);
        list = text_print(arena, "%s%s%s: %s", list, i > 0 ? "; " : "", candidate->name, reason);
    }
    return list;
}

static enum status refuse_all(const Assignment__Proposed *proposed, const struct context *now, struct refusal *refusal)
{
    if (proposed->n_candidates == 0)
        return refuse(refusal, CONFLICT, "target", N_("the office's pool has no mediator"),
                      N_("add one with `mediator add`"));
    return refuse_with(refusal, CONFLICT, "target", N_("none of the %1 mediators can take the case: %2"),
                       N_("add a mediator, or wait until one of them can"),
                       text_print(now->arena, "%zu", proposed->n_candidates), reasons(proposed, now->arena));
}

static enum status propose_state(const AssignmentRows__Matter *matter, struct refusal *refusal)
{
    if (matter->state == ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_ACCEPTED)
        return refuse(refusal, CONFLICT, "target", N_("the case has its mediator"),
                      N_("see who with `assignment explain`"));
    if (matter->state == ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_CLOSED)
        return refuse(refusal, CONFLICT, "target", N_("the case is closed"), N_("nothing is left to do"));
    return OK;
}

static enum status propose_decide(const void *command, const struct rows *rows, const struct context *now,
                                  struct events *events)
{
    const Assignment__Propose *propose = command;
    const struct proposal proposal = {.wish = propose->mediator};
    const AssignmentRows__Matter *matter;
    Assignment__Proposed judged;
    enum status status = matter_ours(rows, now, &matter, &events->refusal);

    if (!status)
        status = propose_state(matter, &events->refusal);
    if (status)
        return status;
    propose_judge(matter, &proposal, rows, now, &judged);
    if (judged.mediator == 0)
        return proposal.wish ? refuse_wish(&judged, proposal.wish, &events->refusal)
                             : refuse_all(&judged, now, &events->refusal);
    Assignment__Proposed *proposed = event_new(events, &ASSIGNMENT_PROPOSED);
    *proposed = judged;
    return OK;
}

static void proposed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Assignment__Proposed *proposed = event;

    matter_release(rows, about);
    AssignmentRows__Matter *matter = rows_change(rows, &ROSTER_MATTER, about);
    AssignmentRows__Candidate *candidate = rows_change_child(rows, &ROSTER_CANDIDATE, matter->pool, proposed->ordinal);
    candidate->asked += 1;
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_PROPOSED;
    matter->mediator = proposed->mediator;
    matter->ordinal = proposed->ordinal;
}

const struct event ASSIGNMENT_PROPOSED = {
    .name = "assignment proposed",
    .message = &assignment__proposed__descriptor,
    .apply = proposed_apply,
    .text = N_("a mediator is proposed and asked"),
};

const struct command ASSIGNMENT_PROPOSE = {
    .name = "assignment propose",
    .message = &assignment__propose__descriptor,
    .on = &ROSTER_MATTER,
    .may = ROSTER_CLERK | ROSTER_HEAD,
    .reads = matter_reads,
    .reads_more = matter_reads_pool,
    .decide = propose_decide,
    .target_help = "CASE",
    .help = "propose a mediator: the one with the lightest load, or the parties' own choice",
    .example = "assignment propose 1025",
};
