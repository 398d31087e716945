/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening: an accepted application becomes a case with the office's next number of the year.
 */
#include "common/base/instant.h"
#include "proto/intake.pb-c.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static uint32_t year_of(int32_t day)
{
    return (uint32_t)day_date(day).year;
}

static void open_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Mediation__Open *open = command;

    reads_child(reads, &NUMBERING, affinity_id(open->office, now->partitions), year_of(now->today));
}

static uint32_t next_number(const struct rows *rows, const struct context *now, uint64_t office)
{
    const MediationRows__Numbering *given =
        rows_child(rows, &NUMBERING, affinity_id(office, now->partitions), year_of(now->today));

    return given ? given->last + 1 : 1;
}

static uint32_t count_representatives(const Intake__Dispute *dispute)
{
    uint32_t count = 0;

    for (size_t i = 0; i < dispute->n_claims; i++)
        count += dispute->claims[i]->representative ? 1 : 0;
    return count;
}

/* The number's place is the dispute's: six digits of its division. */
static char *number_text(const Intake__Dispute *dispute, uint32_t year, uint32_t number, struct arena *arena)
{
    MediationRows__Case row = MEDIATION_ROWS__CASE__INIT;

    row.place = dispute->place;
    row.year = year;
    row.number = number;
    return (char *)case_number(&row, arena);
}

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Mediation__Open *open = command;
    const Intake__Dispute *dispute = open->dispute;

    if (!dispute || !dispute->n_claims)
        return refuse(&events->refusal, INVALID, "dispute", N_("an application without a claim"),
                      N_("send the dispute with each worker's claim"));
    const struct procedure *procedure = law_choose(now->law, dispute->kind, dispute->place, now->today);
    if (!procedure)
        return refuse_with(&events->refusal, UNAVAILABLE, "dispute.kind",
                           N_("no procedure for %1 is in force there today"), N_("have the operator load one"),
                           dispute->kind);

    Tiaojie__StepTaken *taken = arena_take(now->arena, sizeof *taken);
    tiaojie__step_taken__init(taken);
    struct step_facts facts = {.claims = (uint32_t)dispute->n_claims,
                               .representatives = count_representatives(dispute),
                               .event_at = open->received_at};
    enum status status = procedure_step(procedure, "", "case open", &facts, now, taken, &events->refusal);
    if (status)
        return status;

    events->about = context_new_id(now, 0);
    events->rules = procedure_hash(procedure);
    Mediation__Opened *opened = event_new(events, &CASE_OPENED);
    opened->application = open->application;
    opened->office = open->office;
    opened->year = year_of(now->today);
    opened->number = next_number(rows, now, open->office);
    opened->number_text = number_text(dispute, opened->year, opened->number, now->arena);
    opened->dispute = open->dispute;
    opened->referral = open->referral;
    opened->procedure = (char *)procedure_hash(procedure);
    opened->step = taken;
    return OK;
}

static void claim_apply(const Intake__Claim *claim, uint64_t about, uint32_t ordinal, struct rows *rows)
{
    MediationRows__Claim *row = rows_new_child(rows, &CLAIM, about, ordinal);

    if (claim->worker) {
        row->person = claim->worker->person;
        row->name = case_sealed(rows, claim->worker->name);
        row->identity_number = case_sealed(rows, claim->worker->identity_number);
        row->phone = case_sealed(rows, claim->worker->phone);
    }
    row->amount_fen = claim->amount_fen;
    row->work = rows_text(rows, claim->work);
    row->representative = claim->representative;
}

static void party_apply(const Intake__Party *party, uint64_t about, uint32_t ordinal, struct rows *rows)
{
    MediationRows__Party *row = rows_new_child(rows, &PARTY, about, ordinal);

    row->role = party->role;
    row->name = rows_text(rows, party->name);
    row->credit_code = rows_text(rows, party->credit_code);
    row->phone = rows_text(rows, party->phone);
    row->share_fen = party->share_fen;
    if (party->person) {
        row->person = party->person->person;
        row->person_name = case_sealed(rows, party->person->name);
        row->person_identity_number = case_sealed(rows, party->person->identity_number);
        row->person_phone = case_sealed(rows, party->person->phone);
    }
}

static void children_apply(const Intake__Dispute *dispute, uint64_t about, struct rows *rows)
{
    for (size_t i = 0; i < dispute->n_claims; i++)
        claim_apply(dispute->claims[i], about, (uint32_t)i + 1, rows);
    for (size_t i = 0; i < dispute->n_parties; i++)
        party_apply(dispute->parties[i], about, (uint32_t)i + 1, rows);

    MediationRows__Paper *summary = rows_new_child(rows, &PAPER, about, PAPER_SUMMARY);
    summary->language = rows_text(rows, dispute->language);
    if (!sealed_empty(dispute->summary)) {
        summary->text = case_sealed(rows, dispute->summary);
        summary->subject = dispute->summary->subject;
    }
}

/* The counter lies in the case's partition: both have the office as their affinity. */
static void number_apply(const Mediation__Opened *opened, uint64_t about, struct rows *rows)
{
    const uint64_t counter = opened->office * PARTITIONS_MAX + id_partition(about);
    MediationRows__Numbering *row = opened->number == 1 ? rows_new_child(rows, &NUMBERING, counter, opened->year)
                                                        : rows_change_child(rows, &NUMBERING, counter, opened->year);

    row->last = opened->number;
}

static uint32_t count_respondents(const Intake__Dispute *dispute)
{
    uint32_t count = 0;

    for (size_t i = 0; i < dispute->n_parties; i++)
        count += dispute->parties[i]->role == INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT;
    return count;
}

static void opened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__Opened *opened = event;
    const Intake__Dispute *dispute = opened->dispute;
    MediationRows__Case *row = rows_new(rows, &CASE, about);

    row->office = opened->office;
    row->place = dispute->place;
    row->year = opened->year;
    row->number = opened->number;
    row->application = opened->application;
    row->referral = opened->referral;
    row->kind = rows_text(rows, dispute->kind);
    row->procedure = rows_text(rows, opened->procedure);
    row->claims = (uint32_t)dispute->n_claims;
    row->representatives = count_representatives(dispute);
    row->parties = (uint32_t)dispute->n_parties;
    row->respondents = count_respondents(dispute);
    children_apply(dispute, about, rows);
    number_apply(opened, about, rows);
    case_change(rows, about, opened->step);
}

void open_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Intake__Accepted *accepted = event;
    Mediation__Open *open = arena_take(origin->arena, sizeof *open);

    mediation__open__init(open);
    open->application = origin->about;
    open->office = accepted->office;
    open->dispute = accepted->dispute;
    open->referral = accepted->referral;
    open->received_at = accepted->received_at;
    *derived = (struct derived){.command = &CASE_OPEN, .target = accepted->office, .body = &open->base};
}

const struct event CASE_OPENED = {
    .name = "case opened",
    .message = &mediation__opened__descriptor,
    .apply = opened_apply,
    .text = N_("the case is opened under the office's next number"),
};

const struct command CASE_OPEN = {
    .name = "case open",
    .message = &mediation__open__descriptor,
    .on = &CASE,
    .creates = true,
    .internal = true,
    .reads = open_reads,
    .decide = open_decide,
    .target_help = "OFFICE",
    .help = "open a case for an accepted application",
    .example = "case open 7 --from dispute.json",
};
