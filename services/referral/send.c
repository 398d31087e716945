/* SPDX-License-Identifier: Apache-2.0
 *
 * Sending: a dispute goes to another department. What is personal leaves this node only as it was sealed for the other
 * one.
 */
#include "common/base/lines.h"
#include "services/referral/handover.h"

#include <string.h>

static void send_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    (void)now;
    (void)reads;
}

static enum status send_check(const Referral__Send *send, const struct context *now, struct refusal *refusal)
{
    if (now->target != now->office)
        return refuse(refusal, FORBIDDEN, "target", N_("it is another office's"), N_("send it for your own office"));
    if (!send->dispute || send->dispute->n_claims == 0)
        return refuse(refusal, INVALID, "dispute.claims", N_("a referral needs at least one claim"),
                      N_("name each worker with his amount"));
    if (strcmp(send->link, now->node) == 0)
        return refuse(refusal, INVALID, "link", N_("this is the node itself"),
                      N_("register it with `application register`"));
    enum status status = line_check(send->link, "link", refusal);
    if (!status)
        status = line_check(send->department, "department", refusal);
    return status ? status : request_check(send->request, "request", refusal);
}

static ProtobufCBinaryData part_of(const Referral__Send *send, struct arena *arena)
{
    Referral__Referral referral = REFERRAL__REFERRAL__INIT;

    referral.dispute = dispute_copy(send->dispute, COPY_CARRIED, arena);
    referral.request = send->request;
    referral.department = send->department;
    referral.to_office = send->to_office;
    return referral_pack(&referral.base, arena);
}

static enum status send_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Referral__Send *send = command;
    const enum status status = send_check(send, now, &events->refusal);

    (void)rows;
    if (status)
        return status;
    const ProtobufCBinaryData part = part_of(send, now->arena);
    if (part.len > PART_BYTES_MAX)
        return refuse(&events->refusal, TOO_LARGE, "dispute", N_("the dispute is too large for one envelope"),
                      N_("refer it in parts"));
    events->about = context_new_id(now, 0);
    Referral__Sent *sent = event_new(events, &REFERRAL_SENT);
    sent->link = send->link;
    sent->conversation =
        (char *)(uintptr_t)text_print(now->arena, "%s/%llu", now->node, (unsigned long long)events->about);
    sent->part = part;
    sent->office = now->target;
    sent->dispute = dispute_copy(send->dispute, COPY_SEALED, now->arena);
    sent->request = send->request;
    sent->department = send->department;
    sent->at = now->now;
    return OK;
}

static void sent_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Sent *sent = event;
    ReferralRows__Referral *row = rows_new(rows, &REFERRAL_ROW, about);
    struct arena *arena = arena_new(SIZE_MAX);

    row->outgoing = true;
    row->office = sent->office;
    row->link = rows_text(rows, sent->link);
    row->conversation = rows_text(rows, sent->conversation);
    row->state = rows_text(rows, "sent");
    row->request = rows_text(rows, sent->request);
    row->department = rows_text(rows, sent->department);
    row->dispute = rows_bytes(rows, referral_pack(&sent->dispute->base, arena));
    row->at = sent->at;
    arena_free(&arena);
}

const struct command REFERRAL_SEND = {
    .name = "referral send",
    .message = &referral__send__descriptor,
    .on = &REFERRAL_ROW,
    .creates = true,
    .may = REFERRAL_CLERK | REFERRAL_HEAD | REFERRAL_PARTNER,
    .reads = send_reads,
    .decide = send_decide,
    .target_help = "OFFICE",
    .help = N_("refer a dispute to another department"),
    .example = "referral send 1 --link nanshan --from referral.json",
};

const struct event REFERRAL_SENT = {
    .name = "referral sent",
    .message = &referral__sent__descriptor,
    .apply = sent_apply,
    .text = N_("the dispute is referred to another department"),
};
