/* SPDX-License-Identifier: Apache-2.0
 *
 * Step: judging one step, and what it starts and stops. In the hot path of every batch: look-ups and arena memory only.
 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

#include <ctype.h>
#include <string.h>

static const struct step_facts NO_FACTS;

/* ---- may it be taken ---- */

static const char *state_words(const char *state)
{
    return *state ? state : N_("not begun");
}

/* The article that any step of this name rests on: it says why the step has its place. */
static const char *article_of(const struct procedure *procedure, const char *name)
{
    for (size_t i = 0; i < procedure->definition->n_steps; i++)
        if (strcmp(procedure->steps[i].definition->name, name) == 0)
            return procedure->steps[i].article;
    return "";
}

static enum status refuse_state(const struct judgement *judgement)
{
    const char *allowed = procedure_allowed(judgement->procedure, judgement->state, judgement->now->arena);
    enum status status =
        strcmp(allowed, PROCEDURE_NOTHING) == 0
            ? refuse_with(judgement->refusal, CONFLICT, "state",
                          N_("the procedure has no step '%1' in the state '%2'; nothing is possible there any more"),
                          N_("nothing is left to do"), judgement->name, state_words(judgement->state))
            : refuse_with(judgement->refusal, CONFLICT, "state",
                          N_("the procedure has no step '%1' in the state '%2'; possible now: %3"),
                          N_("take one of these steps: %3"), judgement->name, state_words(judgement->state), allowed);
    judgement->refusal->article = article_of(judgement->procedure, judgement->name);
    return status;
}

static const char *role_names(const struct judgement *judgement, uint32_t roles)
{
    static const char *const NAMES[] = {
        [TIAOJIE__ROLE__ROLE_CLERK] = N_("clerk"),       [TIAOJIE__ROLE__ROLE_MEDIATOR] = N_("mediator"),
        [TIAOJIE__ROLE__ROLE_HEAD] = N_("head"),         [TIAOJIE__ROLE__ROLE_SUPERVISOR] = N_("supervisor"),
        [TIAOJIE__ROLE__ROLE_PARTNER] = N_("partner"),   [TIAOJIE__ROLE__ROLE_SERVICE] = N_("the node itself"),
        [TIAOJIE__ROLE__ROLE_OPERATOR] = N_("operator"), [TIAOJIE__ROLE__ROLE_BENCH] = N_("bench"),
    };
    const char *list = roles ? "" : N_("a time limit that ran out");

    for (unsigned role = 1; role < sizeof NAMES / sizeof *NAMES; role++)
        if (roles & UINT32_C(1) << role)
            list = *list ? text_print(judgement->now->arena, "%s, %s", list, NAMES[role]) : NAMES[role];
    return list;
}

/* A reader or a clock of the node's own has no key and no roles: it is the role "service". */
static bool may_take(const struct step *step, const struct context *now)
{
    uint32_t roles = now->roles ? now->roles : UINT32_C(1) << TIAOJIE__ROLE__ROLE_SERVICE;
    return step->may & roles;
}

static enum status refuse_role(const struct judgement *judgement, const struct step *step)
{
    enum status status =
        refuse_with(judgement->refusal, FORBIDDEN, "role", N_("the step '%1' is not yours to take; it is for: %2"),
                    N_("ask somebody who has this role"), judgement->name, role_names(judgement, step->may));
    judgement->refusal->article = step->article;
    return status;
}

char *moment_field(Tiaojie__Procedure__Start event, struct arena *arena)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&tiaojie__procedure__start__descriptor, (int)event);
    char *field = arena_text(arena, text_print(arena, "%s_day", value ? value->name + strlen("START_") : ""));

    for (char *at = field; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return field;
}

static bool has_paper(const struct step_facts *facts, const char *paper)
{
    for (size_t i = 0; i < facts->paper_count; i++)
        if (strcmp(facts->papers[i], paper) == 0)
            return true;
    return false;
}

/* All that are missing are named at once. */
static enum status judge_papers(const struct judgement *judgement, const struct step *step)
{
    const char *missing = "";
    for (size_t i = 0; i < step->definition->n_papers; i++)
        if (!has_paper(judgement->facts, step->definition->papers[i]))
            missing =
                text_print(judgement->now->arena, "%s%s%s", missing, *missing ? ", " : "", step->definition->papers[i]);
    if (!*missing)
        return OK;
    enum status status = refuse_with(judgement->refusal, CONFLICT, "papers", N_("papers are missing: %1"),
                                     N_("hand them in with the step"), missing);
    judgement->refusal->article = step->article;
    return status;
}

static enum status judge_moments(const struct judgement *judgement, const struct step *step)
{
    for (size_t i = 0; i < step->definition->n_needs; i++) {
        if (judgement->facts->moments[step->definition->needs[i]])
            continue;
        const char *field = moment_field(step->definition->needs[i], judgement->now->arena);
        enum status status =
            refuse_with(judgement->refusal, INVALID, field, N_("the step counts from a moment that was not given: %1"),
                        N_("name its day"), field);
        judgement->refusal->article = step->article;
        return status;
    }
    return OK;
}

static enum status judge_guards(const struct judgement *judgement, const struct step *step)
{
    for (size_t i = 0; i < step->definition->n_guards; i++) {
        const struct guard *guard = step->guards[i];
        if (guard->holds(judgement->facts))
            continue;
        enum status status = refuse(judgement->refusal, CONFLICT, guard->field, guard->reason, guard->remedy);
        judgement->refusal->article = guard->article ? guard->article : step->article;
        return status;
    }
    return OK;
}

static enum status judge_step(const struct judgement *judgement, const struct step *step)
{
    enum status status = may_take(step, judgement->now) ? OK : refuse_role(judgement, step);
    if (!status)
        status = judge_guards(judgement, step);
    if (status || judgement->facts->form_only)
        return status;
    status = judge_papers(judgement, step);
    if (!status)
        status = judge_moments(judgement, step);
    return status ? status : limits_judge(judgement, step);
}

/* The first step of this name whose role and guards hold; the refusal is that of the last. */
static enum status choose(const struct judgement *judgement, const struct step **chosen)
{
    const struct transition *at = procedure_transition(judgement->procedure, judgement->state, judgement->name);
    enum status status = OK;

    if (!at)
        return refuse_state(judgement);
    for (; at; at = at->next) {
        *chosen = at->step;
        status = judge_step(judgement, at->step);
        if (!status)
            return OK;
    }
    return status;
}

/* ---- what it does ---- */

static const char *effect_name(Tiaojie__Procedure__Effect effect)
{
    static const char *const NAMES[] = {
        [TIAOJIE__PROCEDURE__EFFECT__EFFECT_NONE] = "",     [TIAOJIE__PROCEDURE__EFFECT__EFFECT_BAR] = "bar",
        [TIAOJIE__PROCEDURE__EFFECT__EFFECT_OPEN] = "open", [TIAOJIE__PROCEDURE__EFFECT__EFFECT_DUTY] = "duty",
        [TIAOJIE__PROCEDURE__EFFECT__EFFECT_DEEM] = "deem", [TIAOJIE__PROCEDURE__EFFECT__EFFECT_VOID] = "void",
    };
    return NAMES[effect];
}

int64_t act_moment(const struct judgement *judgement)
{
    return judgement->facts->event_at ? judgement->facts->event_at : judgement->now->now;
}

/* The moment of the clock's start event, 0: it is not known yet, and the clock waits for it. */
static int64_t clock_moment(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock)
{
    int64_t given = judgement->facts->moments[clock->event];
    if (clock->event == TIAOJIE__PROCEDURE__START__START_STEP || judgement->facts->form_only)
        return judgement->now->now;
    if (given || clock->only_if_known)
        return given;
    return act_moment(judgement);
}

Tiaojie__ClockStart *clock_start(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                                 struct agreed_day agreed, int64_t from)
{
    Tiaojie__ClockStart *start = arena_take(judgement->now->arena, sizeof *start);
    struct deadline_start begin = {.day = day_of(from), .agreed = agreed.last_day};
    struct deadline deadline =
        deadline_count(law_calendar_of(judgement->now->law, clock->calendar), clock, &begin, NULL);

    tiaojie__clock_start__init(start);
    start->ordinal = judgement->facts->base + clock->number * CLOCK_SUBJECTS + agreed.subject;
    start->name = clock->name;
    start->subject = agreed.subject;
    start->started_at = from;
    start->last_day = deadline.last_day;
    start->due_at = deadline.due_at;
    start->fire_at = deadline.fire_at;
    start->effect = (char *)effect_name(clock->effect);
    start->article = clock->article;
    start->unverified = clock->unverified;
    start->provisional = deadline.provisional;
    start->rest_day = deadline.rest_day;
    start->generation = !*judgement->state;
    start->warn_day = deadline.warn_day;
    start->rules = (char *)(uintptr_t)procedure_hash(judgement->procedure);
    return start;
}

bool lacks_last_day(const Tiaojie__Procedure__Clock *clock, struct agreed_day agreed)
{
    return clock->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED && !agreed.last_day;
}

/* A clock that the parties' plan has several of is started for each of its subjects at once. */
static size_t start_count(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock)
{
    if (clock_moment(judgement, clock) == 0)
        return 0; /* not known yet */
    return clock->per_subject && judgement->facts->agreed ? judgement->facts->agreed_count : 1;
}

static struct agreed_day start_subject(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                                       size_t i)
{
    const struct step_facts *facts = judgement->facts;

    if (!clock->per_subject)
        return (struct agreed_day){.last_day = facts->agreed_last_day};
    if (facts->agreed)
        return facts->agreed[i];
    return (struct agreed_day){.subject = facts->subject, .last_day = facts->agreed_last_day};
}

static enum status check_subject(const struct judgement *judgement, uint32_t subject)
{
    if (subject < CLOCK_SUBJECTS)
        return OK;
    return refuse(judgement->refusal, TOO_LARGE, "subject", N_("a case has at most 999 instalments or sessions"),
                  N_("split the case"));
}

/* A fact that is recorded again begins nothing anew: what was paused, extended or interrupted since, or has ended,
 * stands. Nor does one from before an interruption, which the limit is counted from. A step that leads on may begin
 * anew what has ended, as a second application does. */
static bool is_begun(const struct judgement *judgement, const Tiaojie__Procedure__Step *step,
                     const Tiaojie__Procedure__Clock *clock, uint32_t subject)
{
    const Store__Clock *row = judgement->facts->rows ? clock_row(judgement, clock, subject) : NULL;
    int64_t given = judgement->facts->moments[clock->event];

    if (!row || !given || clock->event == TIAOJIE__PROCEDURE__START__START_STEP || (*step->to && !clock_is_open(row)))
        return false;
    return day_of(given) == day_of(row->started_at) ||
           (given < row->started_at && clock_ledger(row, judgement->now->arena)->n_interruptions > 0);
}

/* Where nobody set a last day there is none: one that is nought would have run out at once. */
static enum status start_one(const struct judgement *judgement, const Tiaojie__Procedure__Step *step,
                             const Tiaojie__Procedure__Clock *clock, struct agreed_day agreed,
                             Tiaojie__StepTaken *taken)
{
    enum status status = check_subject(judgement, agreed.subject);

    if (status)
        return status;
    if (!judgement->facts->form_only && lacks_last_day(clock, agreed)) {
        if (clock->per_subject && !agreed.subject)
            return OK; /* of no subject in particular, as where a plan has none */
        return refuse_with(judgement->refusal, INVALID, "until_day",
                           N_("the step starts the time limit '%1', whose last day somebody sets, and none is named"),
                           N_("name its last day"), clock->name);
    }
    if (!is_begun(judgement, step, clock, agreed.subject))
        taken->starts[taken->n_starts++] = clock_start(judgement, clock, agreed, clock_moment(judgement, clock));
    return OK;
}

static enum status start_clocks(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    size_t count = step->definition->n_interrupts + step->definition->n_interrupts_beside;

    for (size_t i = 0; i < step->definition->n_starts; i++)
        count += start_count(judgement, step->starts[i]);
    if (!count)
        return OK;
    taken->starts = arena_array(judgement->now->arena, count, sizeof *taken->starts);
    for (size_t i = 0; i < step->definition->n_starts; i++) {
        const Tiaojie__Procedure__Clock *clock = step->starts[i];
        for (size_t k = 0; k < start_count(judgement, clock); k++) {
            enum status status =
                start_one(judgement, step->definition, clock, start_subject(judgement, clock, k), taken);
            if (status)
                return status;
        }
    }
    interrupts_decide(judgement, step, taken);
    return OK;
}

Tiaojie__ClockStop *clock_stop(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                               uint32_t subject, uint32_t state)
{
    Tiaojie__ClockStop *stop = arena_take(judgement->now->arena, sizeof *stop);

    tiaojie__clock_stop__init(stop);
    stop->ordinal = judgement->facts->base + clock->number * CLOCK_SUBJECTS + subject;
    stop->name = clock->name;
    stop->subject = subject;
    stop->at = judgement->now->now;
    stop->state = state;
    stop->reason = state == STORE__CLOCK_STATE__CLOCK_STATE_FIRED ? clock->expiry_text : (char *)judgement->name;
    return stop;
}

/* `taken->stops` gets room for more than the step's own: the case's that it ends, and a clock that fired. */
static enum status stop_clocks(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    size_t count = step->definition->n_stops, beside = step->definition->n_stops_beside;
    enum status status = check_subject(judgement, judgement->facts->subject);

    if (status || !(count + beside))
        return status;
    taken->stops = arena_array(judgement->now->arena, count + beside + 1, sizeof *taken->stops);
    for (size_t i = 0; i < count; i++)
        taken->stops[taken->n_stops++] =
            clock_stop(judgement, step->stops[i], step->stops[i]->per_subject ? judgement->facts->subject : 0,
                       STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    return OK;
}

static enum status take(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    const Tiaojie__Procedure__Step *definition = step->definition;

    taken->state = definition->to;
    taken->step = definition->name;
    taken->article = definition->article;
    taken->unverified = definition->unverified;
    taken->closes = step->closes;
    taken->ordinal_base = judgement->facts->base;
    taken->leaves = step->leaves;
    taken->n_leaves = definition->n_leaves;
    taken->told = definition->told;
    taken->n_told = definition->n_told;
    taken->established = definition->establishes;
    taken->n_established = definition->n_establishes;
    taken->refuted = definition->refutes;
    taken->n_refuted = definition->n_refutes;
    enum status status = start_clocks(judgement, step, taken);
    if (!status)
        status = stop_clocks(judgement, step, taken);
    if (!status)
        beside_decide(judgement, step, taken);
    if (!status)
        status = moves_decide(judgement, step, taken);
    return status || !definition->reopens ? status : reopen_decide(judgement, step, taken);
}

static void begin(Tiaojie__StepTaken *taken, const struct context *now)
{
    tiaojie__step_taken__init(taken);
    taken->at = now->now;
}

enum status procedure_step(const struct procedure *procedure, const char *state, const char *step,
                           const struct step_facts *facts, const struct context *now, Tiaojie__StepTaken *taken,
                           struct refusal *refusal)
{
    struct judgement judgement = {procedure, state, step, facts, now, refusal};
    const struct step *chosen = NULL;

    begin(taken, now);
    enum status status = choose(&judgement, &chosen);
    if (!status)
        status = take(&judgement, chosen, taken);
    return status ? status : interrupts_judge(&judgement, chosen, taken);
}

/* ---- running out ---- */

static void add_fired(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock, uint32_t generation,
                      Tiaojie__StepTaken *taken)
{
    Tiaojie__ClockStop *stop =
        clock_stop(judgement, clock, judgement->facts->subject, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);

    stop->generation = generation;
    if (!taken->stops)
        taken->stops = arena_array(judgement->now->arena, 1, sizeof *taken->stops);
    taken->stops[taken->n_stops++] = stop;
}

/* The step that follows is taken where this state has it; otherwise the clock's running out is all that happens. */
static enum status expire(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                          uint32_t generation, Tiaojie__StepTaken *taken)
{
    const struct transition *follows =
        *clock->expiry_step ? procedure_transition(judgement->procedure, judgement->state, clock->expiry_step) : NULL;
    enum status status = OK;

    begin(taken, judgement->now);
    taken->article = clock->article;
    taken->unverified = clock->unverified;
    if (follows)
        status = take(judgement, follows->step, taken);
    if (!status)
        add_fired(judgement, clock, generation, taken);
    return status;
}

static enum status refuse_clock(const char *clock, struct refusal *refusal)
{
    return refuse_with(refusal, UNKNOWN, "clock", N_("the procedure has no clock '%1'"),
                       N_("use the version of the procedure that the case began with"), clock);
}

enum status procedure_expiry(const struct procedure *procedure, const char *state, const char *clock,
                             const struct context *now, Tiaojie__StepTaken *taken, struct refusal *refusal)
{
    const Tiaojie__Procedure__Clock *found = procedure_clock(procedure->definition, clock);

    if (!found)
        return refuse_clock(clock, refusal);
    struct judgement judgement = {procedure, state, found->expiry_step, &NO_FACTS, now, refusal};
    return expire(&judgement, found, 0, taken);
}

enum status procedure_fire(const struct procedure *procedure, const char *state, const Store__Clock *clock,
                           const struct rows *rows, const struct context *now, Tiaojie__StepTaken *taken,
                           struct refusal *refusal)
{
    const Tiaojie__Procedure__Clock *found = procedure_clock(procedure->definition, clock->name);
    struct step_facts facts = {.subject = clock->subject,
                               .base = clock->ordinal / CLOCK_BASE * CLOCK_BASE,
                               .rows = rows,
                               .about = clock->about};

    if (!found)
        return refuse_clock(clock->name, refusal);
    struct judgement judgement = {procedure, state, found->expiry_step, &facts, now, refusal};
    return expire(&judgement, found, clock->generation, taken);
}
