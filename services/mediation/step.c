/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps of any procedure: `proceeding open` begins one of another body beside the case, `case step` takes a step of it,
 * or one of the case's own procedure that has no command of its own.
 */
#include "common/base/instant.h"
#include "common/base/lines.h"
#include "common/procedure/calendar.h"
#include "services/mediation/mediation.h"
#include "services/mediation/proceeding.h"
#include "services/mediation/steps.h"

/* ---- reads ---- */

static void step_reads_first(const void *command, const struct context *now, struct reads *reads)
{
    const Proceeding__Step *step = command;

    reads_one(reads, &CASE, now->target);
    if (step->proceeding)
        reads_child(reads, &PROCEEDING, now->target, step->proceeding);
}

/* A step that a clock bars or that ends the procedure may be any, so all clocks of the case are read: this is not the
 * hot path. */
static void step_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    (void)command;
    if (case_target(rows, now))
        reads_children(reads, &CLOCK, now->target);
}

/* ---- what is given ---- */

/* Days are counted with: one that no calendar has must not get so far. */
static enum status check_days(const Proceeding__Step *step, const struct context *now, struct refusal *refusal)
{
    const int32_t last = day_from_date((struct date){CALENDAR_YEAR_MAX, 12, 31});
    for (unsigned i = 0; i < proceeding__step__descriptor.n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &proceeding__step__descriptor.fields[i];
        const void *at = (const char *)step + field->offset;
        if (field->type == PROTOBUF_C_TYPE_INT32 && (*(const int32_t *)at < 0 || *(const int32_t *)at > last))
            return refuse(refusal, INVALID, field->name, N_("the day lies before 1970 or after 2127"),
                          N_("correct the day"));
    }
    const struct {
        const char *field;
        int32_t day;
    } PAST[] = {{"receipt_day", step->receipt_day},
                {"acceptance_day", step->acceptance_day},
                {"filing_day", step->filing_day},
                {"decision_day", step->decision_day},
                {"knowledge_day", step->knowledge_day},
                {"accident_day", step->accident_day},
                {"act_day", step->act_day}};
    for (size_t i = 0; i < sizeof PAST / sizeof *PAST; i++)
        if (PAST[i].day > now->today)
            return refuse(refusal, INVALID, PAST[i].field, N_("what happened or is known lies not in the future"),
                          N_("correct the day"));
    if (step->event_day > now->today)
        return refuse(refusal, INVALID, "event_day", N_("a step is recorded when it was taken, not before"),
                      N_("name today or a day before it"));
    return OK;
}

static enum status check_texts(const Proceeding__Step *step, struct refusal *refusal)
{
    enum status status = line_check(step->step, "step", refusal);
    if (!status && *step->reason)
        status = line_check(step->reason, "reason", refusal);
    if (!status && *step->evidence)
        status = line_check(step->evidence, "evidence", refusal);
    for (size_t i = 0; !status && i < step->n_papers; i++)
        status = line_check(step->papers[i], "papers", refusal);
    return status;
}

static enum status check_given(const MediationRows__Case *row, const Proceeding__Step *step, const struct context *now,
                               struct refusal *refusal)
{
    enum status status = case_ours(row, now, refusal);
    if (!status)
        status = check_days(step, now, refusal);
    return status ? status : check_texts(step, refusal);
}

static Proceeding__Taken *taken_new(const struct context *now, const struct procedure *procedure, uint32_t proceeding,
                                    struct events *events)
{
    Proceeding__Taken *taken = event_new(events, &PROCEDURE_STEP_TAKEN);

    taken->proceeding = proceeding;
    taken->procedure = arena_text(now->arena, procedure_hash(procedure));
    taken->at = now->now;
    taken->step = arena_take(now->arena, sizeof *taken->step);
    events->rules = procedure_hash(procedure);
    return taken;
}

/* ---- proceeding open ---- */

static enum status choose(const MediationRows__Case *row, const Proceeding__Step *step, const struct context *now,
                          const struct procedure **procedure, struct refusal *refusal)
{
    int32_t day = step->event_day ? step->event_day : now->today;
    *procedure = law_choose(now->law, step->kind, row->place, day);
    if (*procedure)
        return OK;
    return refuse_with(refusal, UNKNOWN, "kind", N_("no procedure of the kind '%1' is in force here on that day"),
                       N_("name one of: %2"), step->kind, law_kinds(now->law, now->arena));
}

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Proceeding__Step *step = command;
    const MediationRows__Case *row = case_target(rows, now);
    const struct procedure *procedure;
    enum status status = check_given(row, step, now, &events->refusal);

    if (!status)
        status = choose(row, step, now, &procedure, &events->refusal);
    if (status)
        return status;
    if (row->proceedings >= PROCEEDINGS_MAX)
        return refuse(&events->refusal, TOO_LARGE, "target", N_("a case has at most 99 proceedings"),
                      N_("open another case"));
    struct step_facts facts = proceeding_facts(step, row, rows, now);
    Proceeding__Taken *taken = taken_new(now, procedure, row->proceedings + 1, events);
    taken->opens = true;
    taken->kind = step->kind;
    facts.base = taken->proceeding * CLOCK_BASE;
    return procedure_step(procedure, "", step->step, &facts, now, taken->step, &events->refusal);
}

/* ---- case step ---- */

/* What has a command of its own does more than move a state. */
static enum status refuse_own_command(const Proceeding__Step *step, struct refusal *refusal)
{
    if (step->proceeding || !service_command(&MEDIATION, step->step))
        return OK;
    return refuse_with(refusal, INVALID, "step", N_("the step '%1' has a command of its own"),
                       N_("take it with `tiaojie %1`"), step->step);
}

/* The end of a case is told to others, with its outcome. */
static enum status refuse_own_end(const Proceeding__Step *step, const Tiaojie__StepTaken *taken,
                                  struct refusal *refusal)
{
    if (step->proceeding || !taken->closes)
        return OK;
    return refuse_with(refusal, INVALID, "step", N_("the step '%1' ends the case"),
                       N_("end it with `tiaojie case close`, `case end`, `case withdraw` or `case consent`"),
                       step->step);
}

static enum status step_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Proceeding__Step *step = command;
    const MediationRows__Case *row = case_target(rows, now);
    const struct procedure *procedure;
    const char *state;
    enum status status = check_given(row, step, now, &events->refusal);

    if (!status)
        status = refuse_own_command(step, &events->refusal);
    if (status)
        return status;
    if (!proceeding_find(row, rows, now->law, step->proceeding, &procedure, &state))
        return refuse(&events->refusal, UNKNOWN, "proceeding",
                      N_("the case has no such proceeding, or its procedure is not loaded"), N_("see `case show`"));
    struct step_facts facts = proceeding_facts(step, row, rows, now);
    Proceeding__Taken *taken = taken_new(now, procedure, step->proceeding, events);
    status = procedure_step(procedure, state, step->step, &facts, now, taken->step, &events->refusal);
    return status ? status : refuse_own_end(step, taken->step, &events->refusal);
}

/* ---- apply ---- */

static void taken_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Proceeding__Taken *taken = event;

    if (taken->opens) {
        MediationRows__Proceeding *proceeding = rows_new_child(rows, &PROCEEDING, about, taken->proceeding);
        proceeding->kind = rows_text(rows, taken->kind);
        proceeding->procedure = rows_text(rows, taken->procedure);
        proceeding->opened_at = taken->at;
        case_change(rows, about, NULL)->proceedings = taken->proceeding;
    }
    proceeding_change(rows, about, taken->proceeding, taken->step);
}

const struct event PROCEDURE_STEP_TAKEN = {
    .name = "procedure step taken",
    .message = &proceeding__taken__descriptor,
    .apply = taken_apply,
    .text = N_("a step of a procedure is recorded"),
};

const struct command PROCEEDING_OPEN = {
    .name = "proceeding open",
    .message = &proceeding__step__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD,
    .reads = step_reads_first,
    .reads_more = step_reads_more,
    .decide = open_decide,
    .target_help = "CASE",
    .help = N_("follow a procedure of another body beside the case: a confirmation, an arbitration, a recognition"),
    .example = "proceeding open 1025 --kind payment-order --step 'order apply' --event-day 2026-05-20",
};

const struct command CASE_STEP = {
    .name = "case step",
    .message = &proceeding__step__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD,
    .reads = step_reads_first,
    .reads_more = step_reads_more,
    .decide = step_decide,
    .target_help = "CASE",
    .help = N_("record a step of the case's procedure, or of a proceeding of it, by its name"),
    .example = "case step 1025 --proceeding 1 --step 'order accept' --event-day 2026-05-25",
};
