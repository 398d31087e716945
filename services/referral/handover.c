/* SPDX-License-Identifier: Apache-2.0
 *
 * Handover: whose it is, its steps, its dispute.
 */
#include "services/referral/handover.h"

#include <string.h>

void referral_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &REFERRAL_ROW, now->target);
    reads_children(reads, &CLOCK, now->target);
}

enum status referral_ours(const struct rows *rows, const struct context *now, const ReferralRows__Referral **row,
                          struct refusal *refusal)
{
    *row = rows_one(rows, &REFERRAL_ROW, now->target);
    if (!*row)
        return refuse(refusal, UNKNOWN, "target", N_("no referral has this id"), N_("look it up with `referral list`"));
    if ((*row)->office != now->office)
        return refuse(refusal, FORBIDDEN, "target", N_("it is another office's"),
                      N_("ask the office that it belongs to"));
    if ((*row)->outgoing)
        return refuse(refusal, CONFLICT, "target", N_("this office sent it; the other side decides on it"),
                      N_("see how far it is with `referral show`"));
    return OK;
}

struct step_facts referral_facts(const ReferralRows__Referral *row, const struct rows *rows)
{
    return (struct step_facts){.rows = rows, .about = row->id};
}

enum status referral_step(const ReferralRows__Referral *row, const char *step, const struct step_facts *facts,
                          const struct context *now, struct events *events, Tiaojie__StepTaken **taken)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);

    if (!procedure)
        return refuse_with(&events->refusal, UNAVAILABLE, "target", N_("the referral's procedure %1 is not loaded"),
                           N_("have the operator load it again"), row->procedure);
    *taken = arena_take(now->arena, sizeof **taken);
    events->rules = row->procedure;
    return procedure_step(procedure, row->state, step, facts, now, *taken, &events->refusal);
}

ReferralRows__Referral *referral_change(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken)
{
    ReferralRows__Referral *row = rows_change(rows, &REFERRAL_ROW, about);

    if (taken->state[0] != '\0')
        row->state = rows_text(rows, taken->state);
    step_apply(rows, about, taken);
    return row;
}

void stage_apply(struct rows *rows, ReferralRows__Referral *row, bool outgoing, const char *stage, const char *note,
                 int64_t at)
{
    ReferralRows__Stage *line = rows_new_child(rows, &REFERRAL_STAGE, row->id, ++row->stages);

    line->outgoing = outgoing;
    line->stage = rows_text(rows, stage);
    line->note = rows_text(rows, note);
    line->at = at;
}

/* ---- outcomes ---- */

void outcome_apply(struct rows *rows, ReferralRows__Referral *row, const Referral__Outcome *outcome)
{
    row->outcome = rows_text(rows, outcome->outcome);
    row->agreed_fen = outcome->agreed_fen;
    row->paid_fen = outcome->paid_fen;
    row->workers = outcome->workers;
    row->agreed = outcome->agreed;
    row->outside = outcome->outside;
    row->ended_at = outcome->ended_at;
}

Referral__Outcome *outcome_from(const ReferralRows__Referral *row, struct arena *arena)
{
    Referral__Outcome *outcome = arena_take(arena, sizeof *outcome);

    referral__outcome__init(outcome);
    outcome->outcome = row->outcome;
    outcome->agreed_fen = row->agreed_fen;
    outcome->paid_fen = row->paid_fen;
    outcome->workers = row->workers;
    outcome->agreed = row->agreed;
    outcome->outside = row->outside;
    outcome->ended_at = row->ended_at;
    return outcome;
}

enum status request_check(const char *text, const char *field, struct refusal *refusal)
{
    const size_t length = strlen(text);

    if (length > 0 && length <= REQUEST_BYTES_MAX)
        return OK;
    return refuse(refusal, INVALID, field, N_("a text of 1 to 2000 bytes is needed"),
                  N_("say it in a few sentences, without names of persons"));
}

/* ---- disputes ---- */

static void copy_value(Tiaojie__Sealed *value, enum dispute_copy which)
{
    const ProtobufCBinaryData none = {0, NULL};

    if (!value)
        return;
    value->plain = none;
    if (which == COPY_SEALED) {
        value->carried = none;
    } else {
        value->sealed = none;
        value->subject = 0; /* this node's own number for somebody */
    }
}

static void copy_person(Tiaojie__Person *person, enum dispute_copy which)
{
    if (!person)
        return;
    copy_value(person->name, which);
    copy_value(person->identity_number, which);
    copy_value(person->phone, which);
    if (which == COPY_CARRIED)
        person->person = 0;
}

Intake__Dispute *dispute_copy(const Intake__Dispute *dispute, enum dispute_copy which, struct arena *arena)
{
    const ProtobufCBinaryData bytes = referral_pack(&dispute->base, arena);
    Intake__Dispute *copy = intake__dispute__unpack(arena_allocator(arena), bytes.len, bytes.data);

    for (size_t i = 0; i < copy->n_claims; i++)
        copy_person(copy->claims[i]->worker, which);
    for (size_t i = 0; i < copy->n_parties; i++)
        copy_person(copy->parties[i]->person, which);
    copy_value(copy->summary, which);
    return copy;
}

ProtobufCBinaryData referral_pack(const ProtobufCMessage *message, struct arena *arena)
{
    const size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(arena, size + 1);

    protobuf_c_message_pack(message, bytes);
    return (ProtobufCBinaryData){size, bytes};
}
