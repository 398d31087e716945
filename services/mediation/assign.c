/* SPDX-License-Identifier: Apache-2.0
 *
 * Assignment: the mediator who accepted gets the case (People's Mediation Law 19).
 */
#include "proto/assignment.pb-c.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void assign_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
}

static void assign_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "case assign", 0, reads);
}

static enum status assign_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__Assign *assign = command;
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;

    if (!row)
        return refuse(&events->refusal, UNKNOWN, "target", N_("no case has this id"), N_("check the assignment"));
    struct step_facts facts = case_facts(rows, row);
    facts.mediator_set = true;
    enum status status = case_step(row, "case assign", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__Assigned *assigned = event_new(events, &MEDIATOR_ASSIGNED);
    assigned->mediator = assign->mediator;
    assigned->mediator_name = assign->mediator_name;
    assigned->principal = assign->principal;
    assigned->step = taken;
    return OK;
}

static void assigned_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__Assigned *assigned = event;
    MediationRows__Case *row = case_change(rows, about, assigned->step);

    row->mediator = assigned->mediator;
    row->mediator_name = rows_text(rows, assigned->mediator_name);
}

void assign_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Assignment__Accepted *accepted = event;
    Mediation__Assign *assign = arena_take(origin->arena, sizeof *assign);

    mediation__assign__init(assign);
    assign->mediator = accepted->mediator;
    assign->mediator_name = accepted->mediator_name;
    assign->principal = accepted->principal;
    *derived = (struct derived){.command = &CASE_ASSIGN, .target = accepted->case_id, .body = &assign->base};
}

const struct event MEDIATOR_ASSIGNED = {
    .name = "mediator assigned",
    .message = &mediation__assigned__descriptor,
    .apply = assigned_apply,
    .text = N_("the mediator who accepted has the case"),
};

const struct command CASE_ASSIGN = {
    .name = "case assign",
    .message = &mediation__assign__descriptor,
    .on = &CASE,
    .internal = true,
    .reads = assign_reads,
    .reads_more = assign_reads_more,
    .decide = assign_decide,
    .target_help = "CASE",
    .help = "give the case to the mediator who accepted it",
    .example = "case assign 1025 --mediator 5377 --mediator-name Li",
};
