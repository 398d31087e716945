/* SPDX-License-Identifier: Apache-2.0
 *
 * Payment of instalments. The log's entry is the receipt; rows keep sums only.
 *
 * What counts is when the money was received, not when it was recorded: received before the end of the due day is no
 * default, even when the default was noticed in between. A late payment cures a default and leaves its mark.
 *
 * This is the step that happens most: it reads the case and one instalment, the payer where one is named, and clocks
 * only when the instalment becomes whole.
 */
#include "common/base/amount.h"
#include "common/base/instant.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void pay_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Mediation__InstalmentPay *pay = command;

    reads_one(reads, &CASE, now->target);
    reads_child(reads, &INSTALMENT, now->target, pay->ordinal);
    if (pay->payer)
        reads_child(reads, &PARTY, now->target, pay->payer);
}

static bool makes_whole(const MediationRows__Instalment *instalment, const Mediation__InstalmentPay *pay)
{
    return pay->amount_fen == instalment->amount_fen - instalment->paid_fen;
}

static void pay_reads_more(const void *command, const struct context *now, const struct rows *rows, struct reads *reads)
{
    const Mediation__InstalmentPay *pay = command;
    const MediationRows__Instalment *instalment = rows_child(rows, &INSTALMENT, now->target, pay->ordinal);

    if (instalment && makes_whole(instalment, pay))
        case_step_reads(rows, now, "instalment paid", pay->ordinal, reads);
}

/* ---- may it be paid
 * -------------------------------------------------------------------------------------------------- */

static bool is_settled(const MediationRows__Instalment *instalment)
{
    return instalment->state == MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID ||
           instalment->state == MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID_LATE;
}

static enum status instalment_check(const MediationRows__Case *row, const MediationRows__Instalment *instalment,
                                    struct refusal *refusal)
{
    if (!row->effect_at)
        return refuse(refusal, CONFLICT, "target", N_("no agreement has effect yet"),
                      N_("have it signed and sealed first"));
    if (!instalment || instalment->ordinal > row->instalments)
        return refuse(refusal, UNKNOWN, "ordinal", N_("the agreement has no such instalment"), N_("see `case show`"));
    if (is_settled(instalment))
        return refuse(refusal, CONFLICT, "ordinal", N_("this instalment is paid already"), N_("see `case show`"));
    return OK;
}

static enum status amount_fits(const MediationRows__Instalment *instalment, int64_t amount_fen,
                               const struct context *now, struct refusal *refusal)
{
    enum status status = amount_check(amount_fen, "amount_fen", refusal);
    const int64_t open_fen = instalment->amount_fen - instalment->paid_fen;

    if (status || amount_fen <= open_fen)
        return status;
    return refuse_with(refusal, INVALID, "amount_fen", N_("%1 yuan is more than the %2 that are open"),
                       N_("record what is beyond it with the next instalment"), amount_text(now->arena, amount_fen),
                       amount_text(now->arena, open_fen));
}

/* Money that came before the agreement belongs into the draft's amounts; the day of the seal counts as a whole. */
static enum status moment_check(const MediationRows__Case *row, int64_t received_at, const struct context *now,
                                struct refusal *refusal)
{
    if (received_at > now->now)
        return refuse(refusal, INVALID, "received_at", N_("this moment is still to come"),
                      N_("record a payment when it has been received"));
    if (received_at < day_start(day_of(row->effect_at)))
        return refuse(refusal, INVALID, "received_at", N_("this is before the day of the agreement"),
                      N_("payments before it are part of what was agreed"));
    return OK;
}

static enum status pay_judge(const MediationRows__Case *row, const MediationRows__Instalment *instalment,
                             const MediationRows__Party *payer, const Mediation__InstalmentPay *pay,
                             const struct context *now, struct refusal *refusal)
{
    enum status status = case_ours(row, now, refusal);

    if (!status)
        status = instalment_check(row, instalment, refusal);
    if (!status)
        status = amount_fits(instalment, pay->amount_fen, now, refusal);
    if (!status)
        status = moment_check(row, pay->received_at ? pay->received_at : now->now, now, refusal);
    if (!status && pay->payer && !payer)
        status = refuse(refusal, UNKNOWN, "payer", N_("the case has no such party"), N_("see `case show`"));
    return status;
}

/* ---- what it means
 * --------------------------------------------------------------------------------------------------- */

static Mediation__InstalmentState state_after(const MediationRows__Instalment *instalment,
                                              const Mediation__InstalmentPaid *paid)
{
    if (instalment->paid_fen + paid->amount_fen < instalment->amount_fen)
        return instalment->state;
    return instalment->in_time_fen + paid->in_time_fen == instalment->amount_fen
               ? MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID
               : MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID_LATE;
}

static bool is_overdue(const MediationRows__Instalment *instalment)
{
    return instalment->state == MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_OVERDUE;
}

/* A part payment leaves the instalment's clock running. */
static enum status pay_step(const struct rows *rows, const MediationRows__Case *row,
                            const MediationRows__Instalment *instalment, bool whole, const struct context *now,
                            struct events *events, Tiaojie__StepTaken **taken)
{
    struct step_facts facts = case_facts(rows, row);

    facts.subject = instalment->ordinal;
    facts.performed = row->settled + whole == row->instalments;
    facts.overdue = row->overdue - (whole && is_overdue(instalment));
    enum status status = case_step(row, "instalment paid", &facts, now, events, taken);
    if (!status && !whole) {
        (*taken)->n_stops = 0;
        (*taken)->n_starts = 0;
    }
    return status;
}

static void withdraw_default(const MediationRows__Instalment *instalment, const Mediation__InstalmentPaid *paid,
                             struct events *events)
{
    if (!is_overdue(instalment) || paid->state != MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_PAID)
        return;
    Mediation__DefaultWithdrawn *withdrawn = event_new(events, &DEFAULT_WITHDRAWN);
    withdrawn->ordinal = instalment->ordinal;
}

static enum status pay_decide(const void *command, const struct rows *rows, const struct context *now,
                              struct events *events)
{
    const Mediation__InstalmentPay *pay = command;
    const MediationRows__Case *row = case_target(rows, now);
    const MediationRows__Instalment *instalment = rows_child(rows, &INSTALMENT, now->target, pay->ordinal);
    const MediationRows__Party *payer = pay->payer ? rows_child(rows, &PARTY, now->target, pay->payer) : NULL;
    Tiaojie__StepTaken *taken;
    enum status status = pay_judge(row, instalment, payer, pay, now, &events->refusal);

    if (!status)
        status = pay_step(rows, row, instalment, makes_whole(instalment, pay), now, events, &taken);
    if (status)
        return status;

    Mediation__InstalmentPaid *paid = event_new(events, &INSTALMENT_PAID);
    paid->ordinal = pay->ordinal;
    paid->amount_fen = pay->amount_fen;
    paid->received_at = pay->received_at ? pay->received_at : now->now;
    paid->payer = pay->payer;
    paid->in_time_fen = paid->received_at < day_start(instalment->due_day + 1) ? pay->amount_fen : 0;
    paid->state = state_after(instalment, paid);
    paid->by_joint_debtor = payer && payer->role == INTAKE__PARTY_ROLE__PARTY_ROLE_JOINTLY_LIABLE;
    paid->step = taken;
    withdraw_default(instalment, paid, events);
    return OK;
}

static void paid_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__InstalmentPaid *paid = event;
    MediationRows__Case *row = case_change(rows, about, paid->step);
    MediationRows__Instalment *instalment = rows_change_child(rows, &INSTALMENT, about, paid->ordinal);

    row->paid_fen += paid->amount_fen;
    instalment->paid_fen += paid->amount_fen;
    instalment->in_time_fen += paid->in_time_fen;
    if (instalment->paid_fen == instalment->amount_fen) {
        row->settled++;
        row->overdue -= is_overdue(instalment);
    }
    instalment->state = paid->state;
    if (paid->payer) {
        MediationRows__Party *payer = rows_change_child(rows, &PARTY, about, paid->payer);
        payer->paid_fen += paid->amount_fen;
    }
}

/* The payment beside it changed the rows; this says in the log what the notice was worth. */
static void withdrawn_apply(const void *event, uint64_t about, struct rows *rows)
{
    (void)event;
    (void)about;
    (void)rows;
}

const struct event INSTALMENT_PAID = {
    .name = "instalment paid",
    .message = &mediation__instalment_paid__descriptor,
    .apply = paid_apply,
    .text = N_("a payment is received"),
};

const struct event DEFAULT_WITHDRAWN = {
    .name = "default withdrawn",
    .message = &mediation__default_withdrawn__descriptor,
    .apply = withdrawn_apply,
    .text = N_("the default that was noticed was none: the money had come in time"),
};

const struct command INSTALMENT_PAY = {
    .name = "instalment paid",
    .message = &mediation__instalment_pay__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = pay_reads,
    .reads_more = pay_reads_more,
    .decide = pay_decide,
    .target_help = "CASE",
    .help = "record a payment of an instalment, by the moment it was received",
    .example = "instalment paid 1025 --ordinal 2 --amount-fen 500000 --received-at 2026-05-31T23:59:00+08:00",
};
