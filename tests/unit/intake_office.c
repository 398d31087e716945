/* SPDX-License-Identifier: Apache-2.0
 *
 * Intake's office: what tests of intake share.
 */
#include "tests/unit/intake_office.h"

#include "services/intake/intake.h"

#include <cmocka.h>
#include <string.h>

static const char LABOUR[] = "{'name': 'labour', 'kind': 'labour-wages', 'states': [{'name': 'registered'}],"
                             " 'steps': [{'name': 'case open', 'from': [''], 'to': 'registered', 'may': ['service']}]}";

static const char TAKING[] =
    "{'name': 'taking', 'kind': 'intake',"
    " 'states': [{'name': 'registered'}, {'name': 'supplementing'}, {'name': 'accepted', 'final': true},"
    "            {'name': 'refused', 'final': true}],"
    " 'steps': ["
    "  {'name': 'application register', 'from': [''], 'to': 'registered', 'may': ['clerk', 'service', 'partner'],"
    "   'starts': ['accept']},"
    "  {'name': 'application ask', 'from': ['registered'], 'to': 'supplementing', 'may': ['clerk', 'service', "
    "'partner'],"
    "   'guards': ['missing_papers'], 'starts': ['supplement'], 'stops': ['accept']},"
    "  {'name': 'application supplement', 'from': ['registered', 'supplementing'], 'to': 'registered', 'may': "
    "['clerk'],"
    "   'guards': ['no_missing_papers'], 'starts': ['accept'], 'stops': ['supplement']},"
    "  {'name': 'application supplement', 'from': ['registered', 'supplementing'], 'may': ['clerk']},"
    "  {'name': 'application accept', 'from': ['registered'], 'to': 'accepted', 'may': ['clerk'],"
    "   'guards': ['no_missing_papers'], 'stops': ['accept']},"
    "  {'name': 'application refuse', 'from': ['registered', 'supplementing'], 'to': 'refused', 'may': ['clerk'],"
    "   'stops': ['accept', 'supplement']}],"
    " 'clocks': [{'name': 'accept', 'number': 1, 'amount': 3, 'unit': 'days', 'effect': 'duty',"
    "  'expiry_text': 'late'},"
    "            {'name': 'supplement', 'number': 2, 'amount': 5, 'unit': 'days', 'effect': 'duty',"
    "  'expiry_text': 'late'}]}";

struct stage *office_stage(void)
{
    struct stage *stage = stage_new(&INTAKE, "2025-03-03");

    given_procedure(stage, LABOUR);
    given_procedure(stage, TAKING);
    stage_sender(stage, OFFICE, INTAKE_CLERK);
    return stage;
}

Tiaojie__Sealed *intake_sealed(struct stage *stage, const char *text, uint64_t subject)
{
    Tiaojie__Sealed *value = arena_take(stage_arena(stage), sizeof *value);

    tiaojie__sealed__init(value);
    value->sealed = (ProtobufCBinaryData){strlen(text), (uint8_t *)arena_text(stage_arena(stage), text)};
    value->subject = subject;
    return value;
}

Tiaojie__Person *intake_person(struct stage *stage, uint64_t id)
{
    Tiaojie__Person *value = arena_take(stage_arena(stage), sizeof *value);

    tiaojie__person__init(value);
    value->person = id;
    value->name = intake_sealed(stage, "sealed name", id);
    value->identity_number = intake_sealed(stage, "sealed number", id);
    return value;
}

Intake__Party *intake_party(struct stage *stage, Intake__PartyRole role, const char *name)
{
    Intake__Party *value = arena_take(stage_arena(stage), sizeof *value);

    intake__party__init(value);
    value->role = role;
    value->name = arena_text(stage_arena(stage), name);
    return value;
}

Intake__Register *intake_application(struct stage *stage, uint64_t first, size_t count)
{
    struct arena *arena = stage_arena(stage);
    Intake__Register *body = arena_take(arena, sizeof *body);
    Intake__Dispute *dispute = arena_take(arena, sizeof *dispute);
    static char *PAPERS[] = {"application", "identity papers", "proof of the claims"};

    intake__register__init(body);
    intake__dispute__init(dispute);
    body->dispute = dispute;
    dispute->kind = arena_text(arena, "labour-wages");
    dispute->place = 440305;
    dispute->language = arena_text(arena, "sichuan");
    dispute->n_claims = count;
    dispute->claims = arena_array(arena, count + 1, sizeof *dispute->claims);
    for (size_t i = 0; i < count; i++) {
        dispute->claims[i] = arena_take(arena, sizeof *dispute->claims[i]);
        intake__claim__init(dispute->claims[i]);
        dispute->claims[i]->worker = intake_person(stage, first + i);
        dispute->claims[i]->amount_fen = 1000000 + (int64_t)i;
    }
    dispute->n_parties = 1;
    dispute->parties = arena_array(arena, 4, sizeof *dispute->parties);
    dispute->parties[0] = intake_party(stage, INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT, "Hongda Labour");
    dispute->n_papers = 3;
    dispute->papers = PAPERS;
    dispute->summary = intake_sealed(stage, "sealed summary", 12);
    return body;
}

uint64_t intake_registered(struct stage *stage, const Intake__Register *body)
{
    when_body(stage, "application register", OFFICE, body);
    return then_about(stage);
}

const IntakeRows__Application *intake_row(struct stage *stage, uint64_t id)
{
    return then_row(stage, &INTAKE_APPLICATION, id, 0);
}

void intake_refused(struct stage *stage, const Intake__Register *body, enum status status, const char *field,
                    const char *words)
{
    when_body(stage, "application register", OFFICE, body);
    then_refused(stage, status, field, words);
    then_nothing_changed(stage);
}

Intake__Register *intake_represented(struct stage *stage, size_t claims, size_t representatives)
{
    Intake__Register *body = intake_application(stage, 100, claims);

    for (size_t i = 0; i < representatives; i++)
        body->dispute->claims[i]->representative = true;
    return body;
}
