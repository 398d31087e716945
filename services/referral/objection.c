/* SPDX-License-Identifier: Apache-2.0
 *
 * Objection: a referral went to the wrong department, and the common superior of both decides. It is the rule on
 * wrongly passed petitions (Petition Work Regulations 2022, 23), agreed for the link; the limit and the states are the
 * procedure's.
 */
#include "common/base/instant.h"
#include "common/base/lines.h"
#include "services/referral/handover.h"

#include <string.h>

/* ---- object ---- */

static void object_reads(const void *command, const struct context *now, struct reads *reads)
{
    referral_reads(command, now, reads);
    reads_children(reads, &REFERRAL_STAGE, now->target);
}

static enum status event_day_check(const Referral__Object *objecting, const ReferralRows__Referral *row,
                                   const struct context *now, struct refusal *refusal)
{
    const int32_t received = day_of(row->at);
    char text[DAY_TEXT];

    if (objecting->event_day == 0 || (objecting->event_day >= received && objecting->event_day <= now->today))
        return OK;
    return refuse_with(refusal, INVALID, "event_day",
                       N_("the referral was received on %1, and an objection is recorded when it was made, not before"),
                       N_("name today or a day between the two"), arena_text(now->arena, day_format(received, text)));
}

static bool was_objected(const ReferralRows__Referral *row, const struct rows *rows)
{
    size_t count;
    const void *const *list = rows_children(rows, &REFERRAL_STAGE, row->id, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(((const ReferralRows__Stage *)list[i])->stage, "objected") == 0)
            return true;
    return false;
}

static enum status refuse_second(const Tiaojie__StepTaken *taken, const struct context *now, struct refusal *refusal)
{
    const enum status status = refuse(refusal, CONFLICT, "target",
                                      N_("it was objected to before, and the common superior decided that it stays"),
                                      N_("accept it with `referral accept`"));

    refusal->article = taken->unverified ? text_print(now->arena, "%s (unverified)", taken->article) : taken->article;
    return status;
}

/* An act that is entered later is told with its day: the sender judges by it too. */
static char *told_reason(const Referral__Object *objecting, const struct context *now)
{
    char day[DAY_TEXT];

    if (objecting->event_day == 0 || objecting->event_day == now->today)
        return objecting->reason;
    return arena_text(now->arena,
                      text_print(now->arena, "%s: %s", day_format(objecting->event_day, day), objecting->reason));
}

static enum status object_judge(const Referral__Object *objecting, const ReferralRows__Referral *row,
                                const struct rows *rows, const struct context *now, struct events *events,
                                Tiaojie__StepTaken **taken)
{
    struct step_facts facts = referral_facts(row, rows);
    enum status status = request_check(objecting->reason, "reason", &events->refusal);

    if (!status)
        status = event_day_check(objecting, row, now, &events->refusal);
    if (status)
        return status;
    if (objecting->event_day != 0 && objecting->event_day != now->today)
        facts.event_at = day_start(objecting->event_day);
    status = referral_step(row, "referral object", &facts, now, events, taken);
    if (!status && was_objected(row, rows))
        status = refuse_second(*taken, now, &events->refusal);
    return status;
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
    objected->reason = told_reason(objecting, now);
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

/* ---- uphold ---- */

static enum status uphold_check(const Referral__Uphold *upholding, struct refusal *refusal)
{
    const enum status status = line_check(upholding->department, "department", refusal);

    return status ? status : request_check(upholding->reason, "reason", refusal);
}

static enum status uphold_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Referral__Uphold *upholding = command;
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    if (!status)
        status = uphold_check(upholding, &events->refusal);
    if (status)
        return status;
    const struct step_facts facts = referral_facts(row, rows);
    status = referral_step(row, "objection uphold", &facts, now, events, &taken);
    if (status)
        return status;
    const char *told = text_print(now->arena, "%s -> %s", upholding->reason, upholding->department);
    return_decided(row, arena_text(now->arena, told), upholding->department, taken, now, events);
    return OK;
}

/* ---- reject ---- */

static enum status reject_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const ReferralRows__Referral *row;
    Tiaojie__StepTaken *taken;
    enum status status = referral_ours(rows, now, &row, &events->refusal);

    (void)command;
    if (status)
        return status;
    const struct step_facts facts = referral_facts(row, rows);
    status = referral_step(row, "objection reject", &facts, now, events, &taken);
    if (status)
        return status;
    Referral__Rejected *rejected = event_new(events, &OBJECTION_REJECTED);
    rejected->link = row->link;
    rejected->conversation = row->conversation;
    rejected->envelope_id = row->envelope_id;
    rejected->at = now->now;
    rejected->step = taken;
    return OK;
}

static void rejected_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Rejected *rejected = event;
    ReferralRows__Referral *row = referral_change(rows, about, rejected->step);

    row->reason = rows_text(rows, "");
    stage_apply(rows, row, true, "kept", "", rejected->at);
}

/* ---- descriptions ---- */

const struct command REFERRAL_OBJECT = {
    .name = "referral object",
    .message = &referral__object__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = object_reads,
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
    .example = "objection uphold 1025 --department \"Longgang HRSS bureau\" --reason \"the site lies in Longgang\"",
};

const struct command OBJECTION_REJECT = {
    .name = "objection reject",
    .message = &referral__reject__descriptor,
    .on = &REFERRAL_ROW,
    .may = REFERRAL_CLERK | REFERRAL_HEAD,
    .reads = referral_reads,
    .decide = reject_decide,
    .target_help = "REFERRAL",
    .help =
        N_("the common superior decided that the referral stays: the time for accepting or returning it begins anew"),
    .example = "objection reject 1025",
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
