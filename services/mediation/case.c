/* SPDX-License-Identifier: Apache-2.0
 *
 * Case: tables, office and mediator, and the step by the case's own procedure.
 */
#include "services/mediation/case.h"

#include "common/base/place.h"
#include "common/procedure/fact.h"

#include <inttypes.h>

const struct table CASE = {"case", &mediation_rows__case__descriptor, false};
const struct table CLAIM = {"claim", &mediation_rows__claim__descriptor, true};
const struct table PARTY = {"party", &mediation_rows__party__descriptor, true};
const struct table SESSION = {"session", &mediation_rows__session__descriptor, true};
const struct table INSTALMENT = {"instalment", &mediation_rows__instalment__descriptor, true};
const struct table PAPER = {"paper", &mediation_rows__paper__descriptor, true};
const struct table ROUTE = {"route", &mediation_rows__route__descriptor, true};
const struct table NUMBERING = {"numbering", &mediation_rows__numbering__descriptor, true};

const char *case_number(const MediationRows__Case *row, struct arena *arena)
{
    return text_print(arena, "%06" PRIu32 "-%04" PRIu32 "-%06" PRIu32, row->place, row->year, row->number);
}

static enum status case_unknown(struct refusal *refusal)
{
    return refuse(refusal, UNKNOWN, "target", N_("no case has this id"), N_("look it up with `case list`"));
}

static enum status case_foreign(struct refusal *refusal)
{
    return refuse(refusal, FORBIDDEN, "target", N_("another office's case"),
                  N_("ask the office that the case belongs to"));
}

enum status case_ours(const MediationRows__Case *row, const struct context *now, struct refusal *refusal)
{
    if (!row)
        return case_unknown(refusal);
    if (row->office != now->office)
        return case_foreign(refusal);
    return OK;
}

enum status case_seen(const MediationRows__Case *row, const struct context *now, struct refusal *refusal)
{
    if (row && now->roles & MAY_SUPERVISOR && place_contains(now->place, row->place))
        return OK;
    return case_ours(row, now, refusal);
}

enum status case_mediator(const MediationRows__Case *row, const struct context *now, struct refusal *refusal)
{
    enum status status = case_ours(row, now, refusal);

    if (status)
        return status;
    if (!row->mediator)
        return refuse(refusal, CONFLICT, "target", N_("the case has no mediator yet"),
                      N_("have one proposed with `assignment propose`"));
    if (row->mediator != now->mediator)
        return refuse_with(refusal, FORBIDDEN, "target", N_("the case's mediator is %1"), N_("only %1 takes this step"),
                           row->mediator_name);
    return OK;
}

const MediationRows__Case *case_target(const struct rows *rows, const struct context *now)
{
    return rows_one(rows, &CASE, now->target);
}

struct step_facts case_facts(const struct rows *rows, const MediationRows__Case *row)
{
    return (struct step_facts){
        .claims = row->claims,
        .representatives = row->representatives,
        .respondent_consents = row->respondents && row->respondents_consenting == row->respondents,
        .mediator_set = row->mediator != 0,
        .all_sums_fixed = row->draft && !row->draft_falls,
        .instalments_sum = row->draft && !row->draft_falls,
        .parties_signed = row->workers_signed && row->parties_signed,
        .mediator_signed = row->mediator_signed,
        .sealed = row->effect_at != 0,
        .performed = row->instalments && row->settled == row->instalments,
        .overdue = row->overdue,
        .established = row->facts,
        .rows = rows,
        .about = row->id,
    };
}

enum status case_step(const MediationRows__Case *row, const char *step, const struct step_facts *facts,
                      const struct context *now, struct events *events, Tiaojie__StepTaken **taken)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);

    if (!procedure)
        return refuse_with(&events->refusal, UNAVAILABLE, "target", N_("the case's procedure %1 is not loaded"),
                           N_("have the operator load it again"), row->procedure);
    *taken = arena_take(now->arena, sizeof **taken);
    tiaojie__step_taken__init(*taken);
    events->rules = row->procedure;
    return procedure_step(procedure, row->state, step, facts, now, *taken, &events->refusal);
}

void case_step_reads(const struct rows *rows, const struct context *now, const char *step, uint32_t subject,
                     struct reads *reads)
{
    const MediationRows__Case *row = case_target(rows, now);
    const struct procedure *procedure = row ? law_procedure(now->law, row->procedure) : NULL;

    if (procedure)
        step_reads(reads, row->id, procedure, row->state, step, subject, 0);
}

MediationRows__Case *case_change(struct rows *rows, uint64_t about, const Tiaojie__StepTaken *taken)
{
    MediationRows__Case *row = rows_change(rows, &CASE, about);

    if (!taken)
        return row;
    if (taken->state[0])
        row->state = rows_text(rows, taken->state);
    row->facts = facts_after(row->facts, taken);
    step_apply(rows, about, taken);
    return row;
}

void case_session_reads(const struct rows *rows, const struct context *now, struct reads *reads)
{
    const MediationRows__Case *row = case_target(rows, now);

    if (row && row->session_open)
        reads_child(reads, &SESSION, row->id, row->session_open);
}

void case_session_end(MediationRows__Case *row, struct rows *rows)
{
    if (!row->session_open)
        return;
    MediationRows__Session *session = rows_change_child(rows, &SESSION, row->id, row->session_open);
    session->state = MEDIATION__SESSION_STATE__SESSION_STATE_HELD;
    row->session_open = 0;
}

bool sealed_empty(const Tiaojie__Sealed *sealed)
{
    return !sealed || sealed->sealed.len == 0;
}

ProtobufCBinaryData case_sealed(struct rows *rows, const Tiaojie__Sealed *sealed)
{
    return sealed_empty(sealed) ? (ProtobufCBinaryData){0, NULL} : rows_bytes(rows, sealed->sealed);
}

Tiaojie__Sealed *case_unsealed(ProtobufCBinaryData bytes, uint64_t subject, struct arena *arena)
{
    if (bytes.len == 0)
        return NULL;
    Tiaojie__Sealed *sealed = arena_take(arena, sizeof *sealed);
    tiaojie__sealed__init(sealed);
    sealed->sealed = bytes;
    sealed->subject = subject;
    return sealed;
}

const char *case_path(struct arena *arena, const char *list, size_t index)
{
    return text_print(arena, "%s[%zu]", list, index);
}

const char *case_value(struct arena *arena, int64_t number)
{
    return text_print(arena, "%" PRId64, number);
}
