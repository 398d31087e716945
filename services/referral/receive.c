/* SPDX-License-Identifier: Apache-2.0
 *
 * Receiving: an envelope brought a referral. Its carried values were opened and sealed anew before the rule sees them.
 */
#include "common/net/scan.h"
#include "proto/exchange.pb-c.h"
#include "services/referral/handover.h"

#include <stdlib.h>
#include <string.h>

/* The greatest affinity that has an id, and the office of those who named none. */
#define OFFICE_MAX ((UINT64_C(1) << 45) - 1)
enum { OFFICE_FIRST = 1 };

static uint64_t office_of(const Referral__Referral *referral)
{
    return referral && referral->to_office > 0 && referral->to_office <= OFFICE_MAX ? referral->to_office
                                                                                    : OFFICE_FIRST;
}

/* ---- receive ---- */

static enum status receive_check(const Referral__Receive *receive, const struct rows *rows, const struct context *now,
                                 struct refusal *refusal)
{
    const size_t length = strlen(receive->from_node);

    if (receive->fault[0] != '\0' || !receive->referral || !receive->referral->dispute)
        return refuse_with(refusal, INVALID, "part", N_("the referral could not be read: %1"),
                           N_("have the sender send it again in a new envelope"), receive->fault);
    if (strncmp(receive->conversation, receive->from_node, length) != 0 || receive->conversation[length] != '/')
        return refuse_with(refusal, FORBIDDEN, "conversation", N_("%1 may not begin the conversation %2"),
                           N_("each node begins conversations of its own"), receive->from_node, receive->conversation);
    if (rows_one(rows, &REFERRAL_ROW, now->target))
        return refuse(refusal, CONFLICT, "conversation", N_("this referral was received before"),
                      N_("begin a new conversation for another dispute"));
    return OK;
}

static enum status receive_decide(const void *command, const struct rows *rows, const struct context *now,
                                  struct events *events)
{
    const Referral__Receive *receive = command;
    enum status status = receive_check(receive, rows, now, &events->refusal);

    if (status)
        return status;
    const struct procedure *procedure = law_choose(now->law, "referral", now->place, now->today);
    if (!procedure)
        return refuse(&events->refusal, UNKNOWN, "part", N_("no procedure for referrals is in force here"),
                      N_("have the operator load one"));
    const struct step_facts facts = {0};
    Tiaojie__StepTaken *taken = arena_take(now->arena, sizeof *taken);
    events->rules = procedure_hash(procedure);
    status = procedure_step(procedure, "", "referral receive", &facts, now, taken, &events->refusal);
    if (status)
        return status;
    Referral__Received *received = event_new(events, &REFERRAL_RECEIVED);
    received->from_node = receive->from_node;
    received->conversation = receive->conversation;
    received->office = office_of(receive->referral);
    received->referral = arena_copy(now->arena, receive->referral, sizeof *receive->referral);
    received->referral->dispute = dispute_copy(receive->referral->dispute, COPY_SEALED, now->arena);
    received->envelope_id = receive->envelope_id;
    received->evidence = receive->evidence;
    received->at = now->now;
    received->step = taken;
    received->procedure = (char *)(uintptr_t)procedure_hash(procedure);
    return OK;
}

static void received_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Referral__Received *received = event;
    ReferralRows__Referral *row = rows_new(rows, &REFERRAL_ROW, about);
    struct arena *arena = arena_new(SIZE_MAX);

    row->office = received->office;
    row->link = rows_text(rows, received->from_node);
    row->conversation = rows_text(rows, received->conversation);
    row->procedure = rows_text(rows, received->procedure);
    row->request = rows_text(rows, received->referral->request);
    row->department = rows_text(rows, received->referral->department);
    row->dispute = rows_bytes(rows, referral_pack(&received->referral->dispute->base, arena));
    row->envelope_id = rows_bytes(rows, received->envelope_id);
    row->evidence = received->evidence;
    row->at = received->at;
    row->state = rows_text(rows, received->step->state);
    step_apply(rows, about, received->step);
    stage_apply(rows, row, true, "stored", "", received->at);
    arena_free(&arena);
}

/* ---- what follows from an envelope ---- */

/* Bytes of another node: scanned before they are unpacked. NULL: `*fault` says why. */
static ProtobufCMessage *part_read(const ProtobufCMessageDescriptor *descriptor, ProtobufCBinaryData part,
                                   struct arena *arena, char **fault)
{
    struct refusal refusal = {0};
    const enum status status = scan_message(descriptor, part.data, part.len, &SCAN_DEFAULT, arena, &refusal);

    *fault = arena_text(arena, "");
    if (status == OK)
        return protobuf_c_message_unpack(descriptor, arena_allocator(arena), part.len, part.data);
    *fault = arena_text(arena, text_print(arena, "%s: %s", refusal.field,
                                          text_fill(arena, refusal.reason, refusal.values, refusal.value_count)));
    return NULL;
}

/* The exchange's conversation has an id of its own kind, a hash; the same hash in the office's partition is the
 * referral's. So whatever is refused stands aside alone. */
static uint64_t incoming_id(const struct origin *origin, uint64_t office)
{
    return origin->about / PARTITIONS_MAX * PARTITIONS_MAX + affinity_partition(office, origin->partitions);
}

static void receive_derive(const Exchange__Taken *taken, const struct origin *origin, struct derived *derived)
{
    Referral__Receive *receive = arena_take(origin->arena, sizeof *receive);

    referral__receive__init(receive);
    receive->referral =
        (Referral__Referral *)part_read(&referral__referral__descriptor, taken->part, origin->arena, &receive->fault);
    receive->from_node = taken->link;
    receive->conversation = taken->conversation;
    receive->envelope_id = taken->envelope_id;
    receive->evidence = origin->about;
    *derived = (struct derived){&REFERRAL_RECEIVE, incoming_id(origin, office_of(receive->referral)), &receive->base};
}

/* The id behind the slash is this node's own; that the name before it is this node's is for the rule to check. */
static uint64_t outgoing_id(const char *conversation)
{
    const char *slash = strchr(conversation, '/');

    return slash ? strtoull(slash + 1, NULL, 10) : 0;
}

static void decide_derive(const Exchange__Taken *taken, const struct origin *origin, struct derived *derived)
{
    Referral__Decide *decide = arena_take(origin->arena, sizeof *decide);

    referral__decide__init(decide);
    decide->outcome =
        (Referral__Outcome *)part_read(&referral__outcome__descriptor, taken->part, origin->arena, &decide->fault);
    decide->from_node = taken->link;
    decide->conversation = taken->conversation;
    decide->envelope_id = taken->envelope_id;
    decide->evidence = origin->about;
    *derived = (struct derived){&REFERRAL_DECIDE, outgoing_id(taken->conversation), &decide->base};
}

void envelope_taken_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Exchange__Taken *taken = event;

    if (strcmp(taken->type, "referral") == 0)
        receive_derive(taken, origin, derived);
    else if (strcmp(taken->type, "outcome") == 0)
        decide_derive(taken, origin, derived);
}

const struct command REFERRAL_RECEIVE = {
    .name = "referral receive",
    .message = &referral__receive__descriptor,
    .on = &REFERRAL_ROW,
    .internal = true,
    .reads = referral_reads,
    .decide = receive_decide,
    .target_help = "REFERRAL",
    .help = N_("take a referral that an envelope brought"),
    .example = "referral receive 262401 --from referral.json",
};

const struct event REFERRAL_RECEIVED = {
    .name = "referral received",
    .message = &referral__received__descriptor,
    .apply = received_apply,
    .text = N_("another department refers the dispute to this office"),
};
