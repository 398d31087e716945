/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions: opened, adjourned, recorded by the case's mediator. Rest days are allowed; closed or open to the public is
 * the parties' choice (People's Mediation Law 23). One session at a time.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

#include <string.h>

enum { PLACE_BYTES_MAX = 300 };

static enum status session_unknown(struct refusal *refusal)
{
    return refuse(refusal, UNKNOWN, "ordinal", N_("the case has no such session"), N_("see `case show`"));
}

/* ---- opening
 * --------------------------------------------------------------------------------------------------------- */

static void open_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
}

static void open_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    const MediationRows__Case *row = case_target(rows, now);

    (void)command;
    case_step_reads(rows, now, "session open", row ? row->sessions + 1 : 0, reads);
}

static enum status open_judge(const MediationRows__Case *row, const Mediation__SessionOpen *open,
                              const struct context *now, struct refusal *refusal)
{
    enum status status = case_mediator(row, now, refusal);

    if (status)
        return status;
    if (!open->place[0])
        return refuse(refusal, INVALID, "place", N_("a session needs a place"), N_("say where it is held"));
    if (strlen(open->place) > PLACE_BYTES_MAX)
        return refuse(refusal, INVALID, "place", N_("longer than 300 bytes"), N_("shorten it"));
    if (open->on_day < 0 || open->on_day > now->today)
        return refuse(refusal, INVALID, "on_day", N_("a session is opened on its day, not before"),
                      N_("open it when the parties have come"));
    if (row->session_open)
        return refuse_with(refusal, CONFLICT, "target", N_("session %1 is still open"), N_("adjourn session %1 first"),
                           case_value(now->arena, row->session_open));
    if (row->sessions >= 999)
        return refuse(refusal, CONFLICT, "target", N_("a case has at most 999 sessions"), N_("end the case"));
    return OK;
}

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Mediation__SessionOpen *open = command;
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;
    enum status status = open_judge(row, open, now, &events->refusal);

    if (status)
        return status;
    struct step_facts facts = case_facts(rows, row);
    facts.subject = row->sessions + 1;
    status = case_step(row, "session open", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__SessionOpened *opened = event_new(events, &SESSION_OPENED);
    opened->ordinal = row->sessions + 1;
    opened->place = open->place;
    opened->closed = open->closed;
    opened->on_day = open->on_day ? open->on_day : now->today;
    opened->step = taken;
    return OK;
}

static void opened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__SessionOpened *opened = event;
    MediationRows__Case *row = case_change(rows, about, opened->step);
    MediationRows__Session *session = rows_new_child(rows, &SESSION, about, opened->ordinal);

    row->sessions = opened->ordinal;
    row->session_open = opened->ordinal;
    session->place = rows_text(rows, opened->place);
    session->closed = opened->closed;
    session->on_day = opened->on_day;
    session->state = MEDIATION__SESSION_STATE__SESSION_STATE_OPEN;
}

const struct event SESSION_OPENED = {
    .name = "session opened",
    .message = &mediation__session_opened__descriptor,
    .apply = opened_apply,
    .text = N_("a session is opened"),
};

const struct command SESSION_OPEN = {
    .name = "session open",
    .message = &mediation__session_open__descriptor,
    .on = &CASE,
    .may = MAY_MEDIATOR,
    .reads = open_reads,
    .reads_more = open_reads_more,
    .decide = open_decide,
    .target_help = "CASE",
    .help = "open a session; closed or not is the parties' choice",
    .example = "session open 1025 --place 'room 2' --closed true",
};

/* ---- adjourning
 * ------------------------------------------------------------------------------------------------------ */

static void adjourn_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Mediation__SessionAdjourn *adjourn = command;

    reads_one(reads, &CASE, now->target);
    reads_child(reads, &SESSION, now->target, adjourn->ordinal);
}

static void adjourn_reads_more(const void *command, const struct context *now, const struct rows *rows,
                               struct reads *reads)
{
    const Mediation__SessionAdjourn *adjourn = command;

    case_step_reads(rows, now, "session adjourn", adjourn->ordinal, reads);
}

static enum status adjourn_judge(const MediationRows__Case *row, const MediationRows__Session *session,
                                 const Mediation__SessionAdjourn *adjourn, const struct context *now,
                                 struct refusal *refusal)
{
    enum status status = case_mediator(row, now, refusal);

    if (status)
        return status;
    if (!session)
        return session_unknown(refusal);
    if (row->session_open != adjourn->ordinal)
        return refuse(refusal, CONFLICT, "ordinal", N_("this session is not open any more"),
                      N_("open the next one with `session open`"));
    if (adjourn->until_day && adjourn->until_day < now->today)
        return refuse(refusal, INVALID, "until_day", N_("this day is past"), N_("name a day to come, or none"));
    return OK;
}

static enum status adjourn_decide(const void *command, const struct rows *rows, const struct context *now,
                                  struct events *events)
{
    const Mediation__SessionAdjourn *adjourn = command;
    const MediationRows__Case *row = case_target(rows, now);
    const MediationRows__Session *session = rows_child(rows, &SESSION, now->target, adjourn->ordinal);
    Tiaojie__StepTaken *taken;
    enum status status = adjourn_judge(row, session, adjourn, now, &events->refusal);

    if (status)
        return status;
    struct step_facts facts = case_facts(rows, row);
    facts.subject = adjourn->ordinal;
    status = case_step(row, "session adjourn", &facts, now, events, &taken);
    if (status)
        return status;

    Mediation__SessionAdjourned *adjourned = event_new(events, &SESSION_ADJOURNED);
    adjourned->ordinal = adjourn->ordinal;
    adjourned->until_day = adjourn->until_day;
    adjourned->step = taken;
    return OK;
}

static void adjourned_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__SessionAdjourned *adjourned = event;
    MediationRows__Case *row = case_change(rows, about, adjourned->step);
    MediationRows__Session *session = rows_change_child(rows, &SESSION, about, adjourned->ordinal);

    row->session_open = 0;
    session->state = MEDIATION__SESSION_STATE__SESSION_STATE_ADJOURNED;
    session->until_day = adjourned->until_day;
}

const struct event SESSION_ADJOURNED = {
    .name = "session adjourned",
    .message = &mediation__session_adjourned__descriptor,
    .apply = adjourned_apply,
    .text = N_("the session is adjourned"),
};

const struct command SESSION_ADJOURN = {
    .name = "session adjourn",
    .message = &mediation__session_adjourn__descriptor,
    .on = &CASE,
    .may = MAY_MEDIATOR,
    .reads = adjourn_reads,
    .reads_more = adjourn_reads_more,
    .decide = adjourn_decide,
    .target_help = "CASE",
    .help = "adjourn the open session",
    .example = "session adjourn 1025 --ordinal 1 --until-day 2026-05-20",
};
