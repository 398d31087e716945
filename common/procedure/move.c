/* SPDX-License-Identifier: Apache-2.0
 *
 * Move: limits that bar a step or open it, and limits that a step pauses, lets go on, or extends.
 *
 * An act is judged by its own day (posted, received), also when it is entered later.
 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

#include <string.h>

enum { EVIDENCE_BYTES_MAX = 500 };

/* ---- rows ---- */

const Store__Clock *clock_row(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                              uint32_t subject)
{
    const struct step_facts *facts = judgement->facts;
    if (!facts->rows || !*judgement->state)
        return NULL;
    return rows_child(facts->rows, &CLOCK, facts->about,
                      facts->base + clock->number * CLOCK_SUBJECTS + (clock->per_subject ? subject : 0));
}

static const char *day_words(const struct judgement *judgement, int32_t day)
{
    char text[DAY_TEXT];
    return arena_text(judgement->now->arena, day_format(day, text));
}

/* With its mark, as refusals and ledgers have it. */
static const char *marked(const struct judgement *judgement, const char *article, bool unverified)
{
    return unverified && *article ? text_print(judgement->now->arena, "%s (unverified)", article) : article;
}

static const char *article_words(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock)
{
    return marked(judgement, clock->article, clock->unverified);
}

static const char *rule_words(const struct judgement *judgement, const Tiaojie__Procedure__Extension *rule)
{
    return marked(judgement, rule->article, rule->unverified);
}

/* ---- barred, not open yet ---- */

static int32_t act_day(const struct judgement *judgement)
{
    return day_of(act_moment(judgement));
}

static enum status judge_barred(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock)
{
    const Store__Clock *row = clock_row(judgement, clock, judgement->facts->subject);
    bool counts = row && (row->state == STORE__CLOCK_STATE__CLOCK_STATE_FIRED ||
                          row->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    if (!counts || act_day(judgement) <= row->last_day)
        return OK;
    enum status status =
        refuse_with(judgement->refusal, BARRED, "at", N_("the time limit '%1' ended on %2: %3"),
                    N_("what was done by then can still be entered, with its own day; otherwise take another route"),
                    clock->name, day_words(judgement, row->last_day), clock->expiry_text);
    judgement->refusal->article = article_words(judgement, clock);
    return status;
}

static enum status judge_opened(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock)
{
    const Store__Clock *row = clock_row(judgement, clock, judgement->facts->subject);
    bool open = row && (row->state == STORE__CLOCK_STATE__CLOCK_STATE_FIRED ||
                        (row->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING && act_day(judgement) > row->last_day));
    if (open)
        return OK;
    enum status status =
        row ? refuse_with(judgement->refusal, CONFLICT, "at", N_("this is possible only after '%1' has run out on %2"),
                          N_("wait until then"), clock->name, day_words(judgement, row->last_day))
            : refuse_with(judgement->refusal, CONFLICT, "at", N_("this is possible only after '%1' has run out"),
                          N_("it does not run yet"), clock->name);
    judgement->refusal->article = article_words(judgement, clock);
    return status;
}

enum status limits_judge(const struct judgement *judgement, const struct step *step)
{
    enum status status = OK;
    for (size_t i = 0; !status && i < step->definition->n_barred_by; i++)
        status = judge_barred(judgement, step->barred_by[i]);
    for (size_t i = 0; !status && i < step->definition->n_opened_by; i++)
        status = judge_opened(judgement, step->opened_by[i]);
    return status;
}

/* ---- which clock is meant, and is it in the right state ---- */

static enum status choose(const struct judgement *judgement, const Tiaojie__Procedure__Clock **list, size_t count,
                          const Tiaojie__Procedure__Clock **chosen)
{
    const char *name = judgement->facts->clock ? judgement->facts->clock : "";
    const char *names = "";
    *chosen = NULL;
    for (size_t i = 0; i < count; i++) {
        names = text_print(judgement->now->arena, "%s%s%s", names, *names ? ", " : "", list[i]->name);
        if (strcmp(list[i]->name, name) == 0 || (!*name && count == 1))
            *chosen = list[i];
    }
    if (*chosen)
        return OK;
    return refuse_with(judgement->refusal, UNKNOWN, "clock", N_("the step does not move the time limit '%1'"),
                       N_("name one of: %2"), name, names);
}

static enum status need_row(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                            Store__ClockState state, const Store__Clock **row)
{
    *row = clock_row(judgement, clock, judgement->facts->subject);
    if (*row && (*row)->state == state)
        return OK;
    bool paused = state == STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
    return refuse_with(judgement->refusal, CONFLICT, "clock",
                       paused ? N_("the time limit '%1' is not paused") : N_("the time limit '%1' does not run"),
                       N_("see `case clocks`"), clock->name);
}

static bool is_line(const char *text)
{
    return text && *text && strlen(text) <= EVIDENCE_BYTES_MAX;
}

enum status need_reason(const struct judgement *judgement)
{
    if (is_line(judgement->facts->reason))
        return OK;
    return refuse(judgement->refusal, INVALID, "reason", N_("a reason of at most 500 bytes is needed"),
                  N_("say why the time limit moves"));
}

/* Whoever disputes the new date must be able to see what it rests on. */
static enum status need_evidence(const struct judgement *judgement)
{
    enum status status = need_reason(judgement);

    if (status)
        return status;
    if (!is_line(judgement->facts->evidence))
        return refuse(judgement->refusal, INVALID, "evidence", N_("evidence of at most 500 bytes is needed"),
                      N_("name the paper that shows it: a notice, a decision, a record"));
    return OK;
}

/* ---- the move ---- */

Tiaojie__ClockMove *move_new(const Store__Clock *row, const char *change, const char *reason, const char *article,
                             struct arena *arena)
{
    Tiaojie__ClockMove *move = arena_take(arena, sizeof *move);
    tiaojie__clock_move__init(move);
    move->ordinal = row->ordinal;
    move->name = row->name;
    move->subject = row->subject;
    move->old_last_day = row->last_day;
    move->change = arena_text(arena, change);
    move->reason = arena_text(arena, reason);
    move->article = arena_text(arena, article);
    move->state = row->state;
    return move;
}

void move_to(Tiaojie__ClockMove *move, const struct deadline *deadline, const Tiaojie__ClockLedger *ledger,
             struct arena *arena)
{
    bool runs = move->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    move->last_day = deadline->last_day;
    move->due_at = deadline->due_at;
    move->fire_at = runs ? deadline->fire_at : 0;
    move->warn_day = runs ? deadline->warn_day : 0;
    move->provisional = deadline->provisional;
    move->ledger = ledger_pack(ledger, arena);
}

static Tiaojie__ClockMove *begin_move(const struct judgement *judgement, const Store__Clock *row, const char *change,
                                      const char *article)
{
    return move_new(row, change, judgement->facts->reason, article, judgement->now->arena);
}

static void count_again(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                        const Store__Clock *row, const Tiaojie__ClockLedger *ledger, Tiaojie__ClockMove *move)
{
    struct deadline deadline = row_deadline(judgement->now->law, clock, row, ledger, NULL);

    move->state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    move_to(move, &deadline, ledger, judgement->now->arena);
}

/* ---- pause, resume, extend ---- */

static int32_t move_day(const struct judgement *judgement)
{
    return judgement->facts->from_day ? judgement->facts->from_day : judgement->now->today;
}

/* Within the limit, not in the future, and not within the pause before it. */
static enum status judge_pause(const struct judgement *judgement, const Store__Clock *row,
                               const Tiaojie__ClockLedger *ledger, int32_t from)
{
    int32_t start = day_of(row->started_at);
    int32_t before = ledger->n_pauses > 0 ? ledger->pauses[ledger->n_pauses - 1]->until_day : 0;
    if (from <= start || from > judgement->now->today || from > row->last_day)
        return refuse_with(
            judgement->refusal, INVALID, "from_day",
            N_("a pause begins after the start of the time limit, %1, before its end, %2, and not in the future"),
            N_("name the day on which the obstacle arose"), day_words(judgement, start),
            day_words(judgement, row->last_day));
    if (from < before)
        return refuse_with(judgement->refusal, INVALID, "from_day", N_("the pause before it ended on %1"),
                           N_("name a day from then on"), day_words(judgement, before));
    return OK;
}

Tiaojie__ClockLedger__Pause *pause_new(const struct judgement *judgement, const char *article, int32_t from)
{
    const struct context *now = judgement->now;
    Tiaojie__ClockLedger__Pause *pause = arena_take(now->arena, sizeof *pause);
    tiaojie__clock_ledger__pause__init(pause);
    pause->from_day = from;
    pause->reason = arena_text(now->arena, judgement->facts->reason);
    pause->evidence = arena_text(now->arena, judgement->facts->evidence);
    pause->article = arena_text(now->arena, article);
    pause->principal = now->principal;
    pause->at = now->now;
    return pause;
}

static enum status pause_clock(const struct judgement *judgement, const char *article,
                               const Tiaojie__Procedure__Clock *clock, Tiaojie__ClockMove **move)
{
    int32_t from = move_day(judgement);
    const Store__Clock *row;
    enum status status = need_row(judgement, clock, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, &row);
    if (!status)
        status = need_evidence(judgement);
    if (status)
        return status;
    Tiaojie__ClockLedger *ledger = ledger_open(row, judgement->now->arena);
    status = judge_pause(judgement, row, ledger, from);
    if (status)
        return status;
    ledger->pauses[ledger->n_pauses++] = pause_new(judgement, article, from);
    *move = begin_move(judgement, row, N_("paused"), article);
    (*move)->state = STORE__CLOCK_STATE__CLOCK_STATE_PAUSED;
    (*move)->last_day = row->last_day;
    (*move)->due_at = row->due_at;
    (*move)->provisional = row->provisional;
    (*move)->ledger = ledger_pack(ledger, judgement->now->arena);
    return OK;
}

static enum status resume_clock(const struct judgement *judgement, const char *article,
                                const Tiaojie__Procedure__Clock *clock, Tiaojie__ClockMove **move)
{
    const struct context *now = judgement->now;
    int32_t until = move_day(judgement);
    const Store__Clock *row;
    enum status status = need_row(judgement, clock, STORE__CLOCK_STATE__CLOCK_STATE_PAUSED, &row);
    if (status)
        return status;
    Tiaojie__ClockLedger *ledger = ledger_open(row, judgement->now->arena);
    Tiaojie__ClockLedger__Pause *pause = arena_take(now->arena, sizeof *pause);
    *pause = *ledger->pauses[ledger->n_pauses - 1];
    if (until < pause->from_day || until > now->today)
        return refuse_with(judgement->refusal, INVALID, "from_day",
                           N_("the pause began on %1 and ends today at the latest"),
                           N_("name the first day that counts again"), day_words(judgement, pause->from_day));
    pause->until_day = until;
    ledger->pauses[ledger->n_pauses - 1] = pause;
    *move = begin_move(judgement, row, N_("resumed"), article);
    count_again(judgement, clock, row, ledger, *move);
    return OK;
}

static enum status judge_extension(const struct judgement *judgement, const Tiaojie__Procedure__Extension *rule,
                                   const Store__Clock *row, const Tiaojie__ClockLedger *ledger)
{
    const struct step_facts *facts = judgement->facts;
    bool agreed = rule->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED;
    if (judgement->now->today > row->last_day)
        return refuse_with(judgement->refusal, BARRED, "clock", N_("the time limit ended on %1"),
                           N_("a time limit is extended before it ends"), day_words(judgement, row->last_day));
    if (rule->times && ledger->n_extensions >= rule->times)
        return refuse_with(judgement->refusal, CONFLICT, "clock", N_("it was extended as often as is allowed: %1"),
                           N_("no further extension is possible"),
                           text_print(judgement->now->arena, "%u", rule->times));
    if (agreed && facts->extend_day <= row->last_day)
        return refuse_with(judgement->refusal, INVALID, "extend_day",
                           N_("the new last day lies after the present one, %1"), N_("name the day that was agreed"),
                           day_words(judgement, row->last_day));
    if (!agreed && facts->extend_amount > rule->amount)
        return refuse_with(judgement->refusal, INVALID, "extend_amount", N_("at most %1 are allowed"),
                           N_("name less, or nothing for the whole"),
                           text_print(judgement->now->arena, "%u", rule->amount));
    return OK;
}

static Tiaojie__ClockLedger__Extended *extended_new(const struct judgement *judgement, const char *article,
                                                    const Tiaojie__Procedure__Extension *rule, int32_t old_last_day)
{
    const struct context *now = judgement->now;
    const struct step_facts *facts = judgement->facts;
    Tiaojie__ClockLedger__Extended *extended = arena_take(now->arena, sizeof *extended);
    tiaojie__clock_ledger__extended__init(extended);
    if (rule->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED)
        extended->agreed_day = facts->extend_day;
    else
        extended->amount = facts->extend_amount ? facts->extend_amount : rule->amount;
    extended->old_last_day = old_last_day;
    extended->reason = arena_text(now->arena, facts->reason);
    extended->evidence = arena_text(now->arena, facts->evidence);
    extended->article = arena_text(now->arena, *rule->article ? rule_words(judgement, rule) : article);
    extended->principal = now->principal;
    extended->at = now->now;
    return extended;
}

static enum status extend_clock(const struct judgement *judgement, const char *article,
                                const Tiaojie__Procedure__Clock *clock, Tiaojie__ClockMove **move)
{
    const Tiaojie__Procedure__Extension *rule = clock->extension;
    const Store__Clock *row;
    enum status status = need_row(judgement, clock, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING, &row);
    if (!status)
        status = need_evidence(judgement);
    if (status)
        return status;
    Tiaojie__ClockLedger *ledger = ledger_open(row, judgement->now->arena);
    status = judge_extension(judgement, rule, row, ledger);
    if (status) {
        judgement->refusal->article = rule_words(judgement, rule);
        return status;
    }
    Tiaojie__ClockLedger__Extended *extended = extended_new(judgement, article, rule, row->last_day);
    ledger->extensions[ledger->n_extensions++] = extended;
    *move = begin_move(judgement, row, N_("extended"), extended->article);
    count_again(judgement, clock, row, ledger, *move);
    return OK;
}

enum status moves_decide(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    const struct {
        const Tiaojie__Procedure__Clock **list;
        size_t count;
        enum status (*decide)(const struct judgement *, const char *, const Tiaojie__Procedure__Clock *,
                              Tiaojie__ClockMove **);
    } kinds[] = {
        {step->pauses, step->definition->n_pauses, pause_clock},
        {step->resumes, step->definition->n_resumes, resume_clock},
        {step->extends, step->definition->n_extends, extend_clock},
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    if (judgement->facts->form_only || kinds[0].count + kinds[1].count + kinds[2].count == 0)
        return OK;
    taken->moves = arena_array(judgement->now->arena, KINDS, sizeof *taken->moves);
    for (size_t i = 0; i < KINDS; i++) {
        const Tiaojie__Procedure__Clock *clock;
        if (kinds[i].count == 0)
            continue;
        enum status status = choose(judgement, kinds[i].list, kinds[i].count, &clock);
        if (!status)
            status = kinds[i].decide(judgement, step->article, clock, &taken->moves[taken->n_moves]);
        if (status)
            return status;
        taken->n_moves++;
    }
    return OK;
}
