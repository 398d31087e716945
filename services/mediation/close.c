/* SPDX-License-Identifier: Apache-2.0
 *
 * The end of a case, by its outcome: performed, failed, withdrawn, refused. Every time limit that runs ends with it,
 * but for those that the procedure's step leaves.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

void case_finished(const MediationRows__Case *row, Tiaojie__StepTaken *taken, const char *outcome,
                   Tiaojie__Sealed *reason, struct events *events)
{
    Mediation__Closed *closed = event_new(events, &CASE_CLOSED);

    closed->outcome = (char *)outcome;
    closed->referral = row->referral;
    closed->agreed_fen = row->effect_at ? row->agreed_fen : 0;
    closed->paid_fen = row->paid_fen;
    closed->workers = row->claims;
    closed->agreed = row->effect_at ? row->agreed : 0;
    closed->outside = row->effect_at ? row->outside : row->claims;
    closed->office = row->office;
    closed->mediator = row->mediator;
    closed->step = taken;
    closed->reason = reason;
}

enum status case_finish(const struct rows *rows, const MediationRows__Case *row, const char *step, const char *outcome,
                        Tiaojie__Sealed *reason, const struct context *now, struct events *events)
{
    struct step_facts facts = case_facts(rows, row);
    Tiaojie__StepTaken *taken;
    enum status status = case_step(row, step, &facts, now, events, &taken);

    if (!status)
        case_finished(row, taken, outcome, reason, events);
    return status;
}

static void closed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__Closed *closed = event;
    MediationRows__Case *row = case_change(rows, about, closed->step);

    row->outcome = rows_text(rows, closed->outcome);
    case_session_end(row, rows);
}

/* All three ways read the same. */
static void end_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLOCK, now->target);
}

const struct event CASE_CLOSED = {
    .name = "case closed",
    .message = &mediation__closed__descriptor,
    .apply = closed_apply,
    .text = N_("the case is closed"),
};

/* ---- performed
 * ------------------------------------------------------------------------------------------------------- */

static void close_reads_more(const void *command, const struct context *now, const struct rows *rows,
                             struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "case close", 0, reads);
    case_session_reads(rows, now, reads);
}

static enum status close_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const MediationRows__Case *row = case_target(rows, now);
    enum status status = case_ours(row, now, &events->refusal);

    (void)command;
    if (status)
        return status;
    if (row->outside_told < row->outside) {
        status = refuse_with(&events->refusal, CONFLICT, "claims",
                             N_("%1 workers outside the agreement were not told their other routes"),
                             N_("tell them and record it with `case routes`"),
                             case_value(now->arena, row->outside - row->outside_told));
        events->refusal.article = N_("People's Mediation Law 26");
        return status;
    }
    return case_finish(rows, row, "case close", "performed", NULL, now, events);
}

const struct command CASE_CLOSE = {
    .name = "case close",
    .message = &mediation__close__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = end_reads,
    .reads_more = close_reads_more,
    .decide = close_decide,
    .target_help = "CASE",
    .help = "close a case whose agreement is performed",
    .example = "case close 1025",
};

/* ---- failed
 * ---------------------------------------------------------------------------------------------------------- */

static void fail_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "case end", 0, reads);
    case_session_reads(rows, now, reads);
}

static enum status fail_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Mediation__End *end = command;
    const MediationRows__Case *row = case_target(rows, now);
    enum status status = case_ours(row, now, &events->refusal);

    if (!status)
        status = routes_tell(end->routes, end->n_routes, NULL, 0, events);
    return status ? status : case_finish(rows, row, "case end", "failed", end->reason, now, events);
}

const struct command CASE_END = {
    .name = "case end",
    .message = &mediation__end__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = end_reads,
    .reads_more = fail_reads_more,
    .decide = fail_decide,
    .target_help = "CASE",
    .help = "end a failed mediation and record that the parties were told their other routes",
    .example = "case end 1025 --routes arbitration --routes court",
};

/* ---- withdrawn
 * ------------------------------------------------------------------------------------------------------- */

static void withdraw_reads_more(const void *command, const struct context *now, const struct rows *rows,
                                struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "case withdraw", 0, reads);
    case_session_reads(rows, now, reads);
}

static enum status withdraw_decide(const void *command, const struct rows *rows, const struct context *now,
                                   struct events *events)
{
    const Mediation__Withdraw *withdraw = command;
    const MediationRows__Case *row = case_target(rows, now);
    enum status status = case_ours(row, now, &events->refusal);

    return status ? status : case_finish(rows, row, "case withdraw", "withdrawn", withdraw->reason, now, events);
}

const struct command CASE_WITHDRAW = {
    .name = "case withdraw",
    .message = &mediation__withdraw__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = end_reads,
    .reads_more = withdraw_reads_more,
    .decide = withdraw_decide,
    .target_help = "CASE",
    .help = "the workers stop the mediation",
    .example = "case withdraw 1025",
};
