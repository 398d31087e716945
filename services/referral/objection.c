/* SPDX-License-Identifier: Apache-2.0
 *
 * Objection: a referral went to the wrong department, and the common superior of both decides. It is the rule on
 * wrongly passed petitions (Petition Work Regulations 2022, 23), agreed for the link; the limits and the states are the
 * procedure's. What the superior decided binds: what stays is accepted and no longer returned.
 */
#include "common/base/instant.h"
#include "common/base/lines.h"
#include "services/referral/handover.h"

/* ---- object ---- */

/* What is done outside this program is entered with its own day. */
static enum status event_day_check(int32_t day, const ReferralRows__Referral *row, const struct context *now,
                                   struct refusal *refusal)
{
    const int32_t received = day_of(row->at);
    char text[DAY_TEXT];

    if (day == 0 || (day >= received && day <= now->today))
        return OK;
    return refuse_with(
        refusal, INVALID, "event_day",
        N_("the referral was received on %1; nothing about it was done before, and nothing to come is recorded"),
        N_("name today or a day between the two"), arena_text(now->arena, day_format(received, text)));
}

static struct step_facts facts_of_day(int32_t day, const ReferralRows__Referral *row, const struct rows *rows,
                                      const struct context *now)
{
    struct step_facts facts = referral_facts(row, rows);

    if (day != 0 && day != now->today)
        facts.event_at = day_start(day);
    return facts;
}

/* An act that is entered later is told with its day: the sender judges by it too. */
static char *told(char *what, int32_t day, const struct context *now)
{
    char text[DAY_TEXT];

    if (day == 0 || day == now->today)
        return what;
    return arena_text(now->arena, text_print(now->arena, "%s: %s", day_format(day, text), what));
}

static enum status object_judge(const Referral__Object *objecting, const ReferralRows__Referral *row,
                                const struct rows *rows, const struct context *now, struct events *events,
                                Tiaojie__StepTaken **taken)
{
    enum status status = request_check(objecting->reason, "reason", &events->refusal);

    if (!status)
        status = event_day_check(objecting->event_day, row, now, &events->refusal);
    if (status)
        return status;
    const struct step_facts facts = facts_of_day(objecting->event_day, row, rows, now);
    return referral_step(row, "referral object", &facts, now, events, taken);
}

static enum status object_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Referral__Object *objecting = command;
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = object_judge(objecting, row, rows, now, events, &taken);
    if (status)
        return status;
    Referral__Objected *objected = event_new(events, &REFERRAL_OBJECTED);
    objected->link = row->link;
    objected->conversation = row->conversation;
    objected->reason = told(objecting->reason, objecting->event_day, now);
    objected->envelope_id = row->envelope_id;
    objected->at = now->now;
    objected->step = taken;
    objected->event_day = objecting->event_day ? objecting->event_day : now->today;
    return OK;
}

static void objected_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Objected *objected = event;
    ReferralRows__Referral *row = referral_change(rows, about, objected->step);

    row->reason = rows_text(rows, objected->reason);
    stage_apply(rows, row, true, "objected", objected->reason, objected->at);
}

/* ---- what the common superior decided ---- */

static enum status decision_check(const char *decision, int32_t day, const ReferralRows__Referral *row,
                                  const struct context *now, struct refusal *refusal)
{
    const enum status status = line_check(decision, "decision", refusal);

    return status ? status : event_day_check(day, row, now, refusal);
}

static enum status uphold_judge(const Referral__Uphold *upholding, const ReferralRows__Referral *row,
                                const struct rows *rows, const struct context *now, struct events *events,
                                Tiaojie__StepTaken **taken)
{
    enum status status = line_check(upholding->department, "department", &events->refusal);

    if (!status)
        status = request_check(upholding->reason, "reason", &events->refusal);
    if (!status)
        status = decision_check(upholding->decision, upholding->event_day, row, now, &events->refusal);
    if (status)
        return status;
    const struct step_facts facts = facts_of_day(upholding->event_day, row, rows, now);
    return referral_step(row, "objection uphold", &facts, now, events, taken);
}

static enum status uphold_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Referral__Uphold *upholding = command;
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = uphold_judge(upholding, row, rows, now, events, &taken);
    if (status)
        return status;
    const char *decision = told(upholding->decision, upholding->event_day, now);
    const char *reason = text_print(now->arena, "%s -> %s (%s)", upholding->reason, upholding->department, decision);
    return_decided(row, arena_text(now->arena, reason), upholding->department, taken, now, events);
    return OK;
}

static enum status reject_judge(const Referral__Reject *rejecting, const ReferralRows__Referral *row,
                                const struct rows *rows, const struct context *now, struct events *events,
                                Tiaojie__StepTaken **taken)
{
    const enum status status = decision_check(rejecting->decision, rejecting->event_day, row, now, &events->refusal);

    if (status)
        return status;
    const struct step_facts facts = facts_of_day(rejecting->event_day, row, rows, now);
    return referral_step(row, "objection reject", &facts, now, events, taken);
}

static enum status reject_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Referral__Reject *rejecting = command;
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = reject_judge(rejecting, row, rows, now, events, &taken);
    if (status)
        return status;
    Referral__Rejected *rejected = event_new(events, &OBJECTION_REJECTED);
    rejected->link = row->link;
    rejected->conversation = row->conversation;
    rejected->envelope_id = row->envelope_id;
    rejected->at = now->now;
    rejected->step = taken;
    rejected->decision = told(rejecting->decision, rejecting->event_day, now);
    return OK;
}

static void rejected_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Rejected *rejected = event;
    ReferralRows__Referral *row = referral_change(rows, about, rejected->step);

    row->reason = rows_text(rows, rejected->decision);
    stage_apply(rows, row, true, "kept", rejected->decision, rejected->at);
}

/* ---- descriptions ---- */

const struct command REFERRAL_OBJECT = {
    .name = "referral object",
    .message = &referral__object__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = object_decide,
    .target_help = "REFERRAL",
    .help =
        N_("object to a referral that went to the wrong department; the common superior decides, and the reason goes "
           "to the sender as it stands, so without names of persons"),
    .example = "referral object 1025 --reason \"the site lies in another district\"",
};

const struct command OBJECTION_UPHOLD = {
    .name = "objection uphold",
    .message = &referral__uphold__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = uphold_decide,
    .target_help = "REFERRAL",
    .help = N_(
        "the common superior decided for this department: the referral goes back, with the department that it names"),
    .example = "objection uphold 1025 --department \"Longgang HRSS bureau\" --reason \"the site lies in Longgang\" "
               "--decision \"Shenzhen HRSS bureau, 2026 No. 7\"",
};

const struct command OBJECTION_REJECT = {
    .name = "objection reject",
    .message = &referral__reject__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = reject_decide,
    .target_help = "REFERRAL",
    .help = N_("the common superior decided that the referral stays: it is to be accepted, within the time that begins "
               "with the decision"),
    .example = "objection reject 1025 --decision \"Shenzhen HRSS bureau, 2026 No. 7\"",
};

const struct event REFERRAL_OBJECTED = {
    .name = "referral objected",
    .message = &referral__objected__descriptor,
    .apply = objected_apply,
    .text = N_("the office objects that the referral went to the wrong department"),
};

const struct event OBJECTION_REJECTED = {
    .name = "objection rejected",
    .message = &referral__rejected__descriptor,
    .apply = rejected_apply,
    .text = N_("the common superior rejects the objection: the referral stays"),
};
