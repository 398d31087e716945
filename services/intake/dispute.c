/* SPDX-License-Identifier: Apache-2.0
 *
 * Dispute: its head, and its way into rows and back.
 */
#include "common/base/lines.h"
#include "common/procedure/division.h"
#include "services/intake/application.h"

#include <string.h>

/* ---- form ------------------------------------------------------------------------------------------------------ */

static enum status optional_line(const char *text, const char *field, struct refusal *refusal)
{
    return text[0] == '\0' ? OK : line_check(text, field, refusal);
}

/* Procedures are for kinds of work too, such as intake's own: one for a dispute says how its case opens. */
static bool opens_cases(const struct procedure *procedure)
{
    const Tiaojie__Procedure *definition = procedure_definition(procedure);

    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, "case open") == 0)
            return true;
    return false;
}

static enum status kind_check(const Intake__Dispute *dispute, const struct context *now, struct refusal *refusal)
{
    const enum status status = line_check(dispute->kind, "dispute.kind", refusal);

    if (status)
        return status;
    const struct procedure *procedure = law_choose(now->law, dispute->kind, dispute->place, now->today);
    if (!procedure || !opens_cases(procedure))
        return refuse_with(refusal, UNKNOWN, "dispute.kind", N_("no procedure for %1 is in force in %2"),
                           N_("name a kind of dispute that has one, or have the operator load it"), dispute->kind,
                           text_print(now->arena, "%06u", (unsigned)dispute->place));
    return OK;
}

static enum status place_check(const Intake__Dispute *dispute, const struct context *now, struct refusal *refusal)
{
    const struct division *division = divisions_find(divisions_built_in(), dispute->place);
    const char *code = text_print(now->arena, "%06u", (unsigned)dispute->place);

    if (!division)
        return refuse_with(refusal, INVALID, "dispute.place", N_("%1 is no division code"),
                           N_("give the six digits of the county or district"), code);
    if (!division_stands(division))
        return refuse_with(refusal, INVALID, "dispute.place", N_("the division %1 (%2) is abolished"),
                           N_("give the code that the place has now"), code, division->name);
    return OK;
}

static enum status head_check(const Intake__Dispute *dispute, const struct context *now, struct refusal *refusal)
{
    enum status status = place_check(dispute, now, refusal);

    if (status)
        return status;
    if (dispute->arose_on > now->today)
        return refuse(refusal, INVALID, "dispute.arose_on", N_("this day has not come yet"),
                      N_("give the day on which the dispute arose, or leave it out"));
    status = kind_check(dispute, now, refusal);
    if (!status)
        status = optional_line(dispute->language, "dispute.language", refusal);
    if (!status)
        status = optional_line(dispute->channel, "dispute.channel", refusal);
    if (!status)
        status = papers_check(dispute->papers, dispute->n_papers, "dispute.papers", true, now->arena, refusal);
    return status;
}

enum status dispute_read(const Intake__Dispute *dispute, const struct context *now, Intake__Dispute *read,
                         struct refusal *refusal)
{
    enum status status = head_check(dispute, now, refusal);

    *read = *dispute;
    if (!status)
        status = claims_check(dispute, now, refusal);
    if (!status)
        status = parties_read(dispute, now, read, refusal);
    return status;
}

/* ---- sealed values --------------------------------------------------------------------------------------------- */

bool is_sealed(const Tiaojie__Sealed *sealed)
{
    return sealed && sealed->sealed.len > 0;
}

ProtobufCBinaryData sealed_column(struct rows *rows, const Tiaojie__Sealed *sealed)
{
    return is_sealed(sealed) ? rows_bytes(rows, sealed->sealed) : (ProtobufCBinaryData){0, NULL};
}

Tiaojie__Sealed *sealed_from(ProtobufCBinaryData bytes, uint64_t subject, struct arena *arena)
{
    if (bytes.len == 0)
        return NULL;
    Tiaojie__Sealed *sealed = arena_take(arena, sizeof *sealed);
    tiaojie__sealed__init(sealed);
    sealed->sealed = (ProtobufCBinaryData){bytes.len, arena_copy(arena, bytes.data, bytes.len)};
    sealed->subject = subject;
    return sealed;
}

/* ---- into rows ------------------------------------------------------------------------------------------------- */

static void claim_apply(const Intake__Claim *claim, uint64_t about, uint32_t ordinal, struct rows *rows)
{
    IntakeRows__Claim *row = rows_new_child(rows, &INTAKE_CLAIM, about, ordinal);

    row->person = claim->worker->person;
    row->name = sealed_column(rows, claim->worker->name);
    row->identity_number = sealed_column(rows, claim->worker->identity_number);
    row->phone = sealed_column(rows, claim->worker->phone);
    row->amount_fen = claim->amount_fen;
    row->work = rows_text(rows, claim->work);
    row->representative = claim->representative;
}

static void party_apply(const Intake__Party *party, uint64_t about, uint32_t ordinal, struct rows *rows)
{
    IntakeRows__Party *row = rows_new_child(rows, &INTAKE_PARTY, about, ordinal);

    row->role = (uint32_t)party->role;
    row->name = rows_text(rows, party->name);
    row->credit_code = rows_text(rows, party->credit_code);
    row->phone = rows_text(rows, party->phone);
    row->share_fen = party->share_fen;
    if (party->person) {
        row->person = party->person->person;
        row->person_name = sealed_column(rows, party->person->name);
        row->person_identity_number = sealed_column(rows, party->person->identity_number);
        row->person_phone = sealed_column(rows, party->person->phone);
    }
}

void dispute_apply(const Intake__Dispute *dispute, uint64_t about, struct rows *rows)
{
    for (size_t i = 0; i < dispute->n_claims; i++)
        claim_apply(dispute->claims[i], about, (uint32_t)i + 1, rows);
    for (size_t i = 0; i < dispute->n_parties; i++)
        party_apply(dispute->parties[i], about, (uint32_t)i + 1, rows);
}

/* ---- and back -------------------------------------------------------------------------------------------------- */

static Tiaojie__Person *person_from(uint64_t id, ProtobufCBinaryData name, ProtobufCBinaryData identity_number,
                                    ProtobufCBinaryData phone, struct arena *arena)
{
    Tiaojie__Person *person = arena_take(arena, sizeof *person);

    tiaojie__person__init(person);
    person->person = id;
    person->name = sealed_from(name, id, arena);
    person->identity_number = sealed_from(identity_number, id, arena);
    person->phone = sealed_from(phone, id, arena);
    return person;
}

static Intake__Claim *claim_from(const IntakeRows__Claim *row, struct arena *arena)
{
    Intake__Claim *claim = arena_take(arena, sizeof *claim);

    intake__claim__init(claim);
    claim->worker = person_from(row->person, row->name, row->identity_number, row->phone, arena);
    claim->amount_fen = row->amount_fen;
    claim->work = arena_text(arena, row->work);
    claim->representative = row->representative;
    return claim;
}

static Intake__Party *party_from(const IntakeRows__Party *row, struct arena *arena)
{
    Intake__Party *party = arena_take(arena, sizeof *party);

    intake__party__init(party);
    party->role = (Intake__PartyRole)row->role;
    party->name = arena_text(arena, row->name);
    party->credit_code = arena_text(arena, row->credit_code);
    party->phone = arena_text(arena, row->phone);
    party->share_fen = row->share_fen;
    if (row->person)
        party->person =
            person_from(row->person, row->person_name, row->person_identity_number, row->person_phone, arena);
    return party;
}

static void papers_from(const IntakeRows__Application *row, const struct rows *rows, Intake__Dispute *dispute,
                        struct arena *arena)
{
    size_t count;
    const void *const *papers = rows_children(rows, &INTAKE_PAPER, row->id, &count);

    dispute->papers = arena_array(arena, count + 1, sizeof *dispute->papers);
    for (size_t i = 0; i < count; i++) {
        const IntakeRows__Paper *paper = papers[i];
        if (!paper->missing)
            dispute->papers[dispute->n_papers++] = arena_text(arena, paper->name);
    }
}

Intake__Dispute *dispute_from(const IntakeRows__Application *row, const struct rows *rows, struct arena *arena)
{
    Intake__Dispute *dispute = arena_take(arena, sizeof *dispute);
    const void *const *claims, *const *parties;

    intake__dispute__init(dispute);
    dispute->kind = arena_text(arena, row->kind);
    dispute->place = row->place;
    dispute->language = arena_text(arena, row->language);
    dispute->channel = arena_text(arena, row->channel);
    dispute->arose_on = row->arose_on;
    dispute->summary = sealed_from(row->summary, row->summary_subject, arena);
    claims = rows_children(rows, &INTAKE_CLAIM, row->id, &dispute->n_claims);
    dispute->claims = arena_array(arena, dispute->n_claims + 1, sizeof *dispute->claims);
    for (size_t i = 0; i < dispute->n_claims; i++)
        dispute->claims[i] = claim_from(claims[i], arena);
    parties = rows_children(rows, &INTAKE_PARTY, row->id, &dispute->n_parties);
    dispute->parties = arena_array(arena, dispute->n_parties + 1, sizeof *dispute->parties);
    for (size_t i = 0; i < dispute->n_parties; i++)
        dispute->parties[i] = party_from(parties[i], arena);
    papers_from(row, rows, dispute, arena);
    return dispute;
}
