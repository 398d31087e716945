/* SPDX-License-Identifier: Apache-2.0
 *
 * The work record of a session, sealed (People's Mediation Law 27). It may be written again while the case runs; the
 * log keeps what stood before.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void record_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Mediation__SessionRecord *record = command;

    reads_one(reads, &CASE, now->target);
    reads_child(reads, &SESSION, now->target, record->ordinal);
}

static void record_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    const Mediation__SessionRecord *record = command;

    case_step_reads(rows, now, "session record", record->ordinal, reads);
}

static enum status record_judge(const MediationRows__Case *row, const MediationRows__Session *session,
                                const Mediation__SessionRecord *record, const struct context *now,
                                struct refusal *refusal)
{
    enum status status = case_mediator(row, now, refusal);

    if (status)
        return status;
    if (!session)
        return refuse(refusal, UNKNOWN, "ordinal", N_("the case has no such session"), N_("see `case show`"));
    if (sealed_empty(record->record))
        return refuse(refusal, INVALID, "record", N_("the record is empty"), N_("write what happened in the session"));
    return OK;
}

static enum status record_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__SessionRecord *record = command;
    const MediationRows__Case *row = case_target(rows, now);
    const MediationRows__Session *session = rows_child(rows, &SESSION, now->target, record->ordinal);
    Tiaojie__StepTaken *taken;
    enum status status = record_judge(row, session, record, now, &events->refusal);

    if (status)
        return status;
    struct step_facts facts = case_facts(rows, row);
    facts.subject = record->ordinal;
    status = case_step(row, "session record", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__SessionRecorded *recorded = event_new(events, &SESSION_RECORDED);
    recorded->ordinal = record->ordinal;
    recorded->record = record->record;
    recorded->step = taken;
    return OK;
}

static void recorded_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__SessionRecorded *recorded = event;
    MediationRows__Session *session = rows_change_child(rows, &SESSION, about, recorded->ordinal);

    case_change(rows, about, recorded->step);
    session->record = case_sealed(rows, recorded->record);
    session->record_subject = recorded->record->subject;
}

const struct event SESSION_RECORDED = {
    .name = "session recorded",
    .message = &mediation__session_recorded__descriptor,
    .apply = recorded_apply,
    .text = N_("the mediator recorded the session"),
};

const struct command SESSION_RECORD = {
    .name = "session record",
    .message = &mediation__session_record__descriptor,
    .on = &CASE,
    .may = MAY_MEDIATOR,
    .reads = record_reads,
    .reads_more = record_reads_more,
    .decide = record_decide,
    .target_help = "CASE",
    .help = "record a session; what is written is sealed",
    .example = "session record 1025 --ordinal 2 --record 'the parties agreed on three instalments'",
};
