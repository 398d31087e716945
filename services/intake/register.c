/* SPDX-License-Identifier: Apache-2.0
 *
 * Registering: an application gets its number, and is told at once which papers are missing.
 *
 * A double is looked for in one read a worker: the rows of `claimant` under the key "person and partition" name the
 * person's applications in the office's partition; those against one of these respondents are read too, because only
 * they say whether they still run.
 */
#include "common/base/instant.h"
#include "common/base/lines.h"
#include "proto/referral.pb-c.h"
#include "services/intake/application.h"

#include <inttypes.h>

/* ---- reads ----------------------------------------------------------------------------------------------------- */

static uint32_t year_of(int32_t day)
{
    return (uint32_t)day_date(day).year;
}

static uint64_t claimant_key(uint64_t person, uint32_t partition)
{
    return person * PARTITIONS_MAX + partition;
}

static const Intake__Dispute NOTHING = INTAKE__DISPUTE__INIT;

/* The claims of a dispute that nobody has judged yet, as far as their rows can be looked for. */
static size_t countable(const Intake__Dispute *dispute)
{
    return dispute->n_claims < CLAIMS_MAX ? dispute->n_claims : CLAIMS_MAX;
}

static uint64_t person_of(const Intake__Claim *claim)
{
    return claim->worker && claim->worker->person < UINT64_C(1) << 53 ? claim->worker->person : 0;
}

static void dispute_reads(const Intake__Dispute *dispute, const struct context *now, struct reads *reads)
{
    if (!office_exists(now->target))
        return;
    const uint64_t office = office_row(now->target, now->partition);
    reads_one(reads, &INTAKE_OFFICE, office);
    reads_child(reads, &INTAKE_COUNTER, office, year_of(now->today));
    reads_children(reads, &INTAKE_CHECKLIST, office);
    for (size_t i = 0; i < countable(dispute); i++)
        if (person_of(dispute->claims[i]) != 0)
            reads_children(reads, &INTAKE_CLAIMANT, claimant_key(person_of(dispute->claims[i]), now->partition));
}

static bool shares_line(const char *lines, const char *others, struct arena *arena)
{
    size_t count;
    char **entries = lines_split(lines, &count, arena);

    for (size_t i = 0; i < count; i++)
        if (lines_have(others, entries[i]))
            return true;
    return false;
}

static void doubles_reads(const Intake__Dispute *dispute, const struct context *now, const struct rows *rows,
                          struct reads *reads)
{
    const char *respondents = dispute_respondents(dispute, now->arena);

    for (size_t i = 0; office_exists(now->target) && i < countable(dispute); i++) {
        const uint64_t person = person_of(dispute->claims[i]);
        size_t count = 0;
        const void *const *all =
            person ? rows_children(rows, &INTAKE_CLAIMANT, claimant_key(person, now->partition), &count) : NULL;
        for (size_t j = 0; j < count; j++) {
            const IntakeRows__Claimant *claimant = all[j];
            if (shares_line(respondents, claimant->respondents, now->arena))
                reads_one(reads, &INTAKE_APPLICATION, claimant->application);
        }
    }
}

static void register_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Intake__Register *body = command;

    dispute_reads(body->dispute ? body->dispute : &NOTHING, now, reads);
}

static void register_reads_more(const void *command, const struct context *now, const struct rows *rows,
                                struct reads *reads)
{
    const Intake__Register *body = command;

    doubles_reads(body->dispute ? body->dispute : &NOTHING, now, rows, reads);
}

static void receive_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Intake__Receive *body = command;

    dispute_reads(body->dispute ? body->dispute : &NOTHING, now, reads);
}

static void receive_reads_more(const void *command, const struct context *now, const struct rows *rows,
                               struct reads *reads)
{
    const Intake__Receive *body = command;

    doubles_reads(body->dispute ? body->dispute : &NOTHING, now, rows, reads);
}

/* ---- doubles --------------------------------------------------------------------------------------------------- */

static bool runs(const IntakeRows__Application *application, uint64_t office)
{
    return application && application->office == office &&
           (application->course == INTAKE_ROWS__COURSE__COURSE_REGISTERED ||
            application->course == INTAKE_ROWS__COURSE__COURSE_ACCEPTED);
}

static enum status refuse_double(const IntakeRows__Application *other, size_t index, const struct context *now,
                                 struct refusal *refusal)
{
    return refuse_with(refusal, CONFLICT, text_print(now->arena, "dispute.claims[%zu].worker", index),
                       N_("the same person has application %1 (number %2 of %3) against the same respondent"),
                       N_("go on with that one, or leave this worker out"),
                       text_print(now->arena, "%" PRIu64, other->id), text_print(now->arena, "%" PRIu32, other->number),
                       text_print(now->arena, "%" PRIu32, other->year));
}

static enum status doubles_check(const Intake__Dispute *dispute, const struct rows *rows, const struct context *now,
                                 struct refusal *refusal)
{
    const char *respondents = dispute_respondents(dispute, now->arena);

    for (size_t i = 0; i < dispute->n_claims; i++) {
        size_t count;
        const void *const *all = rows_children(
            rows, &INTAKE_CLAIMANT, claimant_key(dispute->claims[i]->worker->person, now->partition), &count);
        for (size_t j = 0; j < count; j++) {
            const IntakeRows__Claimant *claimant = all[j];
            if (!shares_line(respondents, claimant->respondents, now->arena))
                continue;
            const IntakeRows__Application *other = rows_one(rows, &INTAKE_APPLICATION, claimant->application);
            if (runs(other, now->target))
                return refuse_double(other, i, now, refusal);
        }
    }
    return OK;
}

/* ---- decide ---------------------------------------------------------------------------------------------------- */

static uint32_t next_number(const struct rows *rows, const struct context *now)
{
    const IntakeRows__Counter *counter =
        rows_child(rows, &INTAKE_COUNTER, office_row(now->target, now->partition), year_of(now->today));

    return counter ? counter->last + 1 : 1;
}

/* What was judged, until it is told. */
struct registration {
    Intake__Dispute *dispute;
    uint64_t referral;
    const struct procedure *procedure;
    struct papers wanted;
    char **missing;
    size_t missing_count;
    Tiaojie__StepTaken *step;
    Tiaojie__StepTaken *asked;
};

/* Asking is a second step of the same command. Its clocks stand on rows that the first step is about to make: one that
 * the first did not start is new, and one that the first did not start cannot stop. */
static void make_fresh(const Tiaojie__StepTaken *first, Tiaojie__StepTaken *second)
{
    size_t stops = 0;

    for (size_t i = 0; i < second->n_starts; i++) {
        second->starts[i]->generation = 1;
        for (size_t j = 0; j < first->n_starts; j++)
            if (first->starts[j]->ordinal == second->starts[i]->ordinal)
                second->starts[i]->generation = 0;
    }
    for (size_t i = 0; i < second->n_stops; i++)
        for (size_t j = 0; j < first->n_starts; j++)
            if (first->starts[j]->ordinal == second->stops[i]->ordinal)
                second->stops[stops++] = second->stops[i];
    second->n_stops = stops;
}

/* Judges both steps; `asked` stays NULL where no paper is missing. */
static enum status take_steps(struct registration *judged, const struct context *now, struct refusal *refusal)
{
    const struct step_facts facts = {
        .claims = (uint32_t)judged->dispute->n_claims,
        .representatives = dispute_representatives(judged->dispute),
        .missing_papers = (uint32_t)judged->missing_count,
    };

    judged->step = arena_take(now->arena, sizeof *judged->step);
    enum status status =
        procedure_step(judged->procedure, "", "application register", &facts, now, judged->step, refusal);
    if (status || judged->missing_count == 0)
        return status;
    judged->asked = arena_take(now->arena, sizeof *judged->asked);
    status =
        procedure_step(judged->procedure, judged->step->state, "application ask", &facts, now, judged->asked, refusal);
    if (!status)
        make_fresh(judged->step, judged->asked);
    return status;
}

static enum status may_register(const struct context *now, struct refusal *refusal)
{
    /* Another department's system and this node's own processes have no office here. */
    if (now->roles & (INTAKE_PARTNER | INTAKE_SERVICE) && office_exists(now->target))
        return OK;
    return office_ours(now->target, now, refusal);
}

static void tell(const struct registration *judged, const struct rows *rows, const struct context *now,
                 struct events *events)
{
    events->about = context_new_id(now, 0);
    events->rules = procedure_hash(judged->procedure);
    Intake__Registered *registered = event_new(events, &APPLICATION_REGISTERED);
    registered->office = now->target;
    registered->year = year_of(now->today);
    registered->number = next_number(rows, now);
    registered->dispute = judged->dispute;
    registered->n_missing = judged->missing_count;
    registered->missing = judged->missing;
    registered->missing_unverified = judged->wanted.unverified;
    registered->referral = judged->referral;
    registered->step = judged->step;
    registered->procedure = (char *)procedure_hash(judged->procedure);
    registered->at = now->now;
    if (!judged->asked)
        return;
    Intake__Asked *asked = event_new(events, &PAPERS_ASKED);
    asked->n_papers = judged->missing_count;
    asked->papers = judged->missing;
    asked->at = now->now;
    asked->step = judged->asked;
}

static enum status register_dispute(const Intake__Dispute *given, uint64_t referral, const struct rows *rows,
                                    const struct context *now, struct events *events)
{
    struct registration judged = {.referral = referral};
    enum status status = may_register(now, &events->refusal);

    judged.dispute = arena_take(now->arena, sizeof *judged.dispute);
    if (!status)
        status = dispute_read(given, now, judged.dispute, &events->refusal);
    if (!status)
        status = doubles_check(judged.dispute, rows, now, &events->refusal);
    if (status)
        return status;
    judged.procedure = law_choose(now->law, "intake", judged.dispute->place, now->today);
    if (!judged.procedure)
        return refuse(&events->refusal, UNAVAILABLE, "dispute.place", N_("no procedure of intake is in force there"),
                      N_("have the operator load one"));
    judged.wanted = papers_wanted(rows, office_row(now->target, now->partition), judged.dispute->kind, judged.procedure,
                                  now->arena);
    judged.missing = papers_missing(&judged.wanted, judged.dispute->papers, judged.dispute->n_papers,
                                    &judged.missing_count, now->arena);
    status = take_steps(&judged, now, &events->refusal);
    if (!status)
        tell(&judged, rows, now, events);
    return status;
}

static enum status refuse_nothing(struct events *events)
{
    return refuse(&events->refusal, INVALID, "dispute", N_("there is no dispute in it"),
                  N_("say who claims what against whom"));
}

static enum status register_decide(const void *command, const struct rows *rows, const struct context *now,
                                   struct events *events)
{
    const Intake__Register *body = command;

    return body->dispute ? register_dispute(body->dispute, 0, rows, now, events) : refuse_nothing(events);
}

static enum status receive_decide(const void *command, const struct rows *rows, const struct context *now,
                                  struct events *events)
{
    const Intake__Receive *body = command;

    return body->dispute ? register_dispute(body->dispute, body->referral, rows, now, events) : refuse_nothing(events);
}

/* ---- apply ----------------------------------------------------------------------------------------------------- */

static void number_apply(const Intake__Registered *registered, uint64_t office, struct rows *rows)
{
    if (!rows_one(rows, &INTAKE_OFFICE, office)) {
        IntakeRows__Office *row = rows_new(rows, &INTAKE_OFFICE, office);
        row->office = registered->office;
    }
    IntakeRows__Counter *counter = registered->number == 1
                                       ? rows_new_child(rows, &INTAKE_COUNTER, office, registered->year)
                                       : rows_change_child(rows, &INTAKE_COUNTER, office, registered->year);
    counter->last = registered->number;
}

static void papers_apply(const Intake__Registered *registered, uint64_t about, struct rows *rows)
{
    const Intake__Dispute *dispute = registered->dispute;

    for (size_t i = 0; i < dispute->n_papers; i++) {
        IntakeRows__Paper *paper = rows_new_child(rows, &INTAKE_PAPER, about, (uint32_t)i + 1);
        paper->name = rows_text(rows, dispute->papers[i]);
        paper->since = registered->at;
    }
}

static void claimants_apply(const Intake__Dispute *dispute, uint64_t about, struct rows *rows)
{
    struct arena *texts = arena_new(SIZE_MAX);
    const char *respondents = dispute_respondents(dispute, texts);

    for (size_t i = 0; i < dispute->n_claims; i++) {
        const uint64_t key = claimant_key(dispute->claims[i]->worker->person, id_partition(about));
        size_t count;
        rows_children(rows, &INTAKE_CLAIMANT, key, &count);
        IntakeRows__Claimant *claimant = rows_new_child(rows, &INTAKE_CLAIMANT, key, (uint32_t)count + 1);
        claimant->application = about;
        claimant->respondents = rows_text(rows, respondents);
    }
    arena_free(&texts);
}

static void head_apply(const Intake__Registered *registered, uint64_t about, struct rows *rows)
{
    const Intake__Dispute *dispute = registered->dispute;
    IntakeRows__Application *row = rows_new(rows, &INTAKE_APPLICATION, about);

    row->office = registered->office;
    row->year = registered->year;
    row->number = registered->number;
    row->kind = rows_text(rows, dispute->kind);
    row->place = dispute->place;
    row->language = rows_text(rows, dispute->language);
    row->channel = rows_text(rows, dispute->channel);
    row->arose_on = dispute->arose_on;
    row->course = INTAKE_ROWS__COURSE__COURSE_REGISTERED;
    row->procedure = rows_text(rows, registered->procedure);
    row->registered_at = registered->at;
    row->referral = registered->referral;
    row->claims = (uint32_t)dispute->n_claims;
    row->representatives = dispute_representatives(dispute);
    for (size_t i = 0; i < dispute->n_claims; i++)
        row->claimed_fen += dispute->claims[i]->amount_fen;
    row->papers = (uint32_t)dispute->n_papers;
    row->papers_unverified = registered->missing_unverified;
    row->summary = sealed_column(rows, dispute->summary);
    row->summary_subject = is_sealed(dispute->summary) ? dispute->summary->subject : 0;
}

static void registered_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Intake__Registered *registered = event;

    number_apply(registered, office_row(registered->office, id_partition(about)), rows);
    head_apply(registered, about, rows);
    dispute_apply(registered->dispute, about, rows);
    papers_apply(registered, about, rows);
    claimants_apply(registered->dispute, about, rows);
    application_change(rows, about, registered->step);
}

/* ---- what follows from a referral ------------------------------------------------------------------------------ */

void register_derive(const void *event, const struct origin *origin, struct derived *derived)
{
    const Referral__Accepted *accepted = event;
    Intake__Receive *receive = arena_take(origin->arena, sizeof *receive);

    intake__receive__init(receive);
    receive->dispute = accepted->dispute;
    receive->referral = origin->about;
    *derived = (struct derived){.command = &APPLICATION_RECEIVE, .target = accepted->office, .body = &receive->base};
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct event APPLICATION_REGISTERED = {
    .name = "application registered",
    .message = &intake__registered__descriptor,
    .apply = registered_apply,
    .text = N_("the application is registered under the office's next number"),
};

const struct command APPLICATION_REGISTER = {
    .name = "application register",
    .message = &intake__register__descriptor,
    .on = &INTAKE_APPLICATION,
    .creates = true,
    .may = INTAKE_CLERK | INTAKE_MEDIATOR | INTAKE_HEAD | INTAKE_PARTNER,
    .reads = register_reads,
    .reads_more = register_reads_more,
    .decide = register_decide,
    .target_help = "OFFICE",
    .help = "register an application for mediation",
    .example = "application register 7 --from application.json",
};

const struct command APPLICATION_RECEIVE = {
    .name = "application receive",
    .message = &intake__receive__descriptor,
    .on = &INTAKE_APPLICATION,
    .creates = true,
    .internal = true,
    .reads = receive_reads,
    .reads_more = receive_reads_more,
    .decide = receive_decide,
    .target_help = "OFFICE",
    .help = "register an application that an accepted referral brings",
    .example = "application receive 7 --from referral.json",
};
