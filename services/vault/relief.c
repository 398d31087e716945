/* SPDX-License-Identifier: Apache-2.0
 *
 * Relief: what an application asks for is noted as it is registered, so that a proof of it says what was said then,
 * whatever becomes of the application or of a person's name later.
 */
#include "proto/intake.pb-c.h"
#include "services/vault/vault.h"

static void note_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &RELIEF, now->target);
}

static enum status note_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Proof__Note *note = command;

    if (note->n_claims == 0)
        return refuse(&events->refusal, INVALID, "claims", N_("nobody claims anything"),
                      N_("name at least one worker with an amount"));
    if (rows_one(rows, &RELIEF, now->target))
        return refuse(&events->refusal, CONFLICT, "target", N_("this application is noted already"),
                      N_("see it with `application show`"));
    Proof__Note *noted = event_new(events, &RELIEF_NOTED);
    ProtobufCMessage base = noted->base;
    *noted = *note;
    noted->base = base;
    return OK;
}

/* ---- apply ---- */

static ProtobufCBinaryData sealed_of(struct rows *rows, const Tiaojie__Sealed *sealed)
{
    return sealed ? rows_bytes(rows, sealed->sealed) : (ProtobufCBinaryData){0, NULL};
}

static void asker_apply(const Intake__Claim *claim, uint64_t about, uint32_t ordinal, struct rows *rows)
{
    VaultRows__Asker *row = rows_new_child(rows, &ASKER, about, ordinal);

    if (claim->worker) {
        row->person = claim->worker->person;
        row->name = sealed_of(rows, claim->worker->name);
        row->identity_number = sealed_of(rows, claim->worker->identity_number);
    }
    row->amount_fen = claim->amount_fen;
    row->work = rows_text(rows, claim->work);
}

static void opponent_apply(const Intake__Party *party, uint64_t about, uint32_t ordinal, struct rows *rows)
{
    VaultRows__Opponent *row = rows_new_child(rows, &OPPONENT, about, ordinal);

    row->role = (uint32_t)party->role;
    row->name = rows_text(rows, party->name);
    row->credit_code = rows_text(rows, party->credit_code);
    if (party->person) {
        row->person = party->person->person;
        row->person_name = sealed_of(rows, party->person->name);
    }
}

static void noted_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Proof__Note *noted = event;
    VaultRows__Relief *row = rows_new(rows, &RELIEF, about);

    row->office = noted->office;
    row->year = noted->year;
    row->number = noted->number;
    row->kind = rows_text(rows, noted->kind);
    row->place = noted->place;
    row->channel = rows_text(rows, noted->channel);
    row->received_at = noted->received_at;
    row->askers = (uint32_t)noted->n_claims;
    for (size_t i = 0; i < noted->n_claims; i++)
        asker_apply(noted->claims[i], about, (uint32_t)i + 1, rows);
    for (size_t i = 0; i < noted->n_parties; i++)
        opponent_apply(noted->parties[i], about, (uint32_t)i + 1, rows);
}

/* ---- following ---- */

/* What a proof does not show does not come here. */
static Tiaojie__Person *without_phone(const Tiaojie__Person *person, struct arena *arena)
{
    Tiaojie__Person *copy = person ? arena_copy(arena, person, sizeof *person) : NULL;

    if (copy)
        copy->phone = NULL;
    return copy;
}

static void claims_derive(const Intake__Dispute *dispute, Proof__Note *note, struct arena *arena)
{
    note->claims = arena_array(arena, dispute->n_claims + 1, sizeof *note->claims);
    for (size_t i = 0; i < dispute->n_claims; i++) {
        Intake__Claim *claim = arena_copy(arena, dispute->claims[i], sizeof *claim);
        claim->worker = without_phone(claim->worker, arena);
        note->claims[note->n_claims++] = claim;
    }
}

static void parties_derive(const Intake__Dispute *dispute, Proof__Note *note, struct arena *arena)
{
    note->parties = arena_array(arena, dispute->n_parties + 1, sizeof *note->parties);
    for (size_t i = 0; i < dispute->n_parties; i++) {
        if (dispute->parties[i]->role == INTAKE__PARTY_ROLE__PARTY_ROLE_PAYER)
            continue;
        Intake__Party *party = arena_copy(arena, dispute->parties[i], sizeof *party);
        party->person = without_phone(party->person, arena);
        party->phone = arena_text(arena, "");
        note->parties[note->n_parties++] = party;
    }
}

void relief_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Intake__Registered *registered = event;
    Proof__Note *note = arena_take(origin->arena, sizeof *note);

    if (!registered->dispute)
        return;
    proof__note__init(note);
    note->office = registered->office;
    note->year = registered->year;
    note->number = registered->number;
    note->kind = registered->dispute->kind;
    note->place = registered->dispute->place;
    note->channel = registered->dispute->channel;
    note->received_at = registered->at;
    claims_derive(registered->dispute, note, origin->arena);
    parties_derive(registered->dispute, note, origin->arena);
    *derived = (struct derived){.command = &RELIEF_NOTE, .target = origin->about, .body = &note->base};
}

const struct command RELIEF_NOTE = {
    .name = "relief note",
    .message = &proof__note__descriptor,
    .on = &RELIEF,
    .internal = true,
    .reads = note_reads,
    .decide = note_decide,
    .target_help = "APPLICATION",
    .help = N_("note what an application asks for"),
    .example = "relief note 1025",
};

const struct event RELIEF_NOTED = {
    .name = "relief noted",
    .message = &proof__note__descriptor,
    .apply = noted_apply,
    .text = N_("it is noted who asked for relief"),
};
