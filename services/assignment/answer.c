/* SPDX-License-Identifier: Apache-2.0
 *
 * Answering: the mediator who was asked accepts the case or declines it, with his own key.
 */
#include "common/base/lines.h"
#include "services/assignment/roster.h"

/* The mediator's name for events: from his row, which lives no longer than the batch. */
static char *name_of(const AssignmentRows__Matter *matter, const struct rows *rows, struct arena *arena)
{
    const AssignmentRows__Candidate *candidate = rows_child(rows, &ROSTER_CANDIDATE, matter->pool, matter->ordinal);

    return arena_text(arena, candidate->name);
}

/* OK when a proposal waits and the sender is the one who was asked. */
static enum status asked(const struct rows *rows, const struct context *now, const AssignmentRows__Matter **matter,
                         struct refusal *refusal)
{
    const enum status status = matter_ours(rows, now, matter, refusal);

    if (status)
        return status;
    if ((*matter)->state != ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_PROPOSED)
        return refuse(refusal, CONFLICT, "target", N_("nobody is asked to take this case now"),
                      N_("see how it stands with `assignment explain`"));
    if (now->mediator == 0 || now->mediator != (*matter)->mediator)
        return refuse_with(refusal, FORBIDDEN, "target", N_("%1 was asked, not the owner of this key"),
                           N_("only the mediator's own key answers"), name_of(*matter, rows, now->arena));
    return OK;
}

/* ---- "assignment accept" --------------------------------------------------------------------------------------- */

static enum status accept_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const AssignmentRows__Matter *matter;
    const enum status status = asked(rows, now, &matter, &events->refusal);

    (void)command;
    if (status)
        return status;
    Assignment__Accepted *accepted = event_new(events, &ASSIGNMENT_ACCEPTED);
    accepted->case_id = matter->id;
    accepted->mediator = matter->mediator;
    accepted->mediator_name = name_of(matter, rows, now->arena);
    accepted->principal = now->principal;
    accepted->at = now->now;
    return OK;
}

static void accepted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Assignment__Accepted *accepted = event;
    AssignmentRows__Matter *matter = rows_change(rows, &ROSTER_MATTER, about);
    AssignmentRows__Candidate *candidate = rows_change_child(rows, &ROSTER_CANDIDATE, matter->pool, matter->ordinal);

    candidate->asked -= 1;
    candidate->load += 1;
    candidate->idle_since = accepted->at;
    matter->state = ASSIGNMENT_ROWS__MATTER_STATE__MATTER_STATE_ACCEPTED;
}

/* ---- "assignment decline" -------------------------------------------------------------------------------------- */

/* The next one is asked at once; with nobody left the case waits for the office. */
static enum status decline_decide(const void *command, const struct rows *rows, const struct context *now,
                                  struct events *events)
{
    const Assignment__Decline *decline = command;
    const AssignmentRows__Matter *matter;
    Assignment__Proposed next;
    enum status status = asked(rows, now, &matter, &events->refusal);

    if (!status)
        status = line_check(decline->reason, "reason", &events->refusal);
    if (status)
        return status;
    Assignment__Declined *declined = event_new(events, &ASSIGNMENT_DECLINED);
    declined->mediator = matter->mediator;
    declined->mediator_name = name_of(matter, rows, now->arena);
    declined->reason = decline->reason;
    declined->ordinal = matter->ordinal;
    declined->times = matter->declined + 1;

    propose_judge(matter, &(struct proposal){.refuses = matter->ordinal}, rows, now, &next);
    if (next.mediator != 0) {
        Assignment__Proposed *proposed = event_new(events, &ASSIGNMENT_PROPOSED);
        *proposed = next;
    }
    return OK;
}

static void declined_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Assignment__Declined *declined = event;

    matter_release(rows, about);
    AssignmentRows__Matter *matter = rows_change(rows, &ROSTER_MATTER, about);
    AssignmentRows__Declined *row = rows_new_child(rows, &ROSTER_DECLINED, about, declined->times);
    matter->declined = declined->times;
    row->candidate = declined->ordinal;
    row->reason = rows_text(rows, declined->reason);
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event ASSIGNMENT_ACCEPTED = {
    .name = "assignment accepted",
    .message = &assignment__accepted__descriptor,
    .apply = accepted_apply,
    .text = N_("the mediator accepts the case"),
};

const struct event ASSIGNMENT_DECLINED = {
    .name = "assignment declined",
    .message = &assignment__declined__descriptor,
    .apply = declined_apply,
    .text = N_("the mediator declines the case"),
};

const struct command ASSIGNMENT_ACCEPT = {
    .name = "assignment accept",
    .message = &assignment__accept__descriptor,
    .on = &ROSTER_MATTER,
    .may = ROSTER_MEDIATOR,
    .reads = matter_reads,
    .reads_more = matter_reads_pool,
    .decide = accept_decide,
    .target_help = "CASE",
    .help = "take the case, as the mediator who was asked",
    .example = "assignment accept 1025",
};

const struct command ASSIGNMENT_DECLINE = {
    .name = "assignment decline",
    .message = &assignment__decline__descriptor,
    .on = &ROSTER_MATTER,
    .may = ROSTER_MEDIATOR,
    .reads = matter_reads,
    .reads_more = matter_reads_pool,
    .decide = decline_decide,
    .target_help = "CASE",
    .help = "decline the case, as the mediator who was asked; the next one is asked at once",
    .example = "assignment decline 1025 --reason 'knows one of the workers'",
};
