/* SPDX-License-Identifier: Apache-2.0
 *
 * Ledger: its rules.
 */
#include "tests/unit/ledger.h"

#include "common/procedure/law.h"
#include "common/store/rows.pb-c.h"

const struct table LEDGER_ACCOUNT = {"account", &ledger__account__descriptor, false};
const struct table LEDGER_LINE = {"line", &ledger__line__descriptor, true};
const struct table LEDGER_COUNTER = {"counter", &ledger__counter__descriptor, false};

/* ---- open ---------------------------------------------------------------------------------------------------------
 */

static void opened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Ledger__Opened *opened = event;
    uint64_t counter_id = affinity_id(opened->office, 4);
    Ledger__Counter *counter = opened->number == 1 ? rows_new(rows, &LEDGER_COUNTER, counter_id)
                                                   : rows_change(rows, &LEDGER_COUNTER, counter_id);
    Ledger__Account *account = rows_new(rows, &LEDGER_ACCOUNT, about);
    counter->last = opened->number;
    account->office = opened->office;
    account->number = opened->number;
    account->name = rows_text(rows, opened->name);
    account->kind = LEDGER__KIND__KIND_PLAIN;
    account->seal = rows_bytes(rows, opened->seal);
    account->has_ceiling_case = (Ledger__Account__HasCeilingCase)(opened->has_ceiling_case ? 10 : 0);
    account->ceiling = opened->ceiling;
    account->opened_at = opened->at;
    account->opened_on = opened->day;
}

static const struct event OPENED = {"account opened", &ledger__opened__descriptor, opened_apply, "opened"};

static void open_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &LEDGER_COUNTER, affinity_id(now->target, now->partitions));
}

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    static uint8_t seal[16] = {1, 2, 3};
    const Ledger__Open *open = command;
    const Ledger__Counter *counter = rows_one(rows, &LEDGER_COUNTER, affinity_id(now->target, now->partitions));
    Ledger__Opened *opened = event_new(events, &OPENED);
    events->about = context_new_id(now, 0);
    opened->office = now->target;
    opened->number = (counter ? counter->last : 0) + 1;
    opened->name = open->name;
    opened->seal = (ProtobufCBinaryData){sizeof seal, seal};
    opened->has_ceiling_case = (Ledger__Opened__HasCeilingCase)(open->has_ceiling_case ? 5 : 0);
    opened->ceiling = open->ceiling;
    opened->at = now->now;
    opened->day = now->today;
    return OK;
}

const struct command LEDGER_OPEN = {.name = "account open",
                                    .message = &ledger__open__descriptor,
                                    .on = &LEDGER_ACCOUNT,
                                    .creates = true,
                                    .reads = open_reads,
                                    .decide = open_decide};

/* ---- add, close
 * ------------------------------------------------------------------------------------------------------ */

static void added_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Ledger__Added *added = event;
    Ledger__Account *account = rows_change(rows, &LEDGER_ACCOUNT, about);
    Ledger__Line *line = rows_new_child(rows, &LEDGER_LINE, about, added->ordinal);
    account->balance += added->amount;
    line->amount = added->amount;
    line->note = rows_text(rows, added->note);
}

static const struct event ADDED = {"amount added", &ledger__added__descriptor, added_apply, "added"};

static void add_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_children(reads, &LEDGER_LINE, now->target);
}

static enum status add_decide(const void *command, const struct rows *rows, const struct context *now,
                              struct events *events)
{
    const Ledger__Add *add = command;
    const Ledger__Account *account = rows_one(rows, &LEDGER_ACCOUNT, now->target);
    size_t lines;
    (void)rows_children(rows, &LEDGER_LINE, now->target, &lines);
    if (!account)
        return refuse(&events->refusal, UNKNOWN, "target", N_("there is no such account"), N_("open it"));
    if (account->closed)
        return refuse_with(&events->refusal, CONFLICT, "target", N_("the account of %1 is closed"), N_("open another"),
                           account->name);
    if (add->amount == 0)
        return refuse(&events->refusal, INVALID, "amount", N_("nothing to add"), N_("give an amount"));
    Ledger__Added *added = event_new(events, &ADDED);
    added->ordinal = (uint32_t)lines + 1;
    added->amount = add->amount;
    added->note = add->note;
    return OK;
}

const struct command LEDGER_ADD = {.name = "amount add",
                                   .message = &ledger__add__descriptor,
                                   .on = &LEDGER_ACCOUNT,
                                   .reads = add_reads,
                                   .decide = add_decide};

static void closed_apply(const void *event, uint64_t about, struct rows *rows)
{
    Ledger__Account *account = rows_change(rows, &LEDGER_ACCOUNT, about);
    (void)event;
    account->closed = true;
}

static const struct event CLOSED = {"account closed", &ledger__closed__descriptor, closed_apply, "closed"};

static enum status close_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    (void)command;
    if (!rows_one(rows, &LEDGER_ACCOUNT, now->target))
        return refuse(&events->refusal, UNKNOWN, "target", N_("there is no such account"), N_("open it"));
    event_new(events, &CLOSED);
    return OK;
}

const struct command LEDGER_CLOSE = {
    .name = "account close", .message = &ledger__close__descriptor, .on = &LEDGER_ACCOUNT, .decide = close_decide};

/* ---- clocks
 * ------------------------------------------------------------------------------------------------------------ */

static void started_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Ledger__Started *started = event;
    Store__Clock *clock = started->generation == 1 ? rows_new_child(rows, &CLOCK, about, started->ordinal)
                                                   : rows_change_child(rows, &CLOCK, about, started->ordinal);
    clock->name = rows_text(rows, *started->name ? started->name : "limit");
    clock->rules = rows_text(rows, started->rules);
    clock->state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    clock->generation = started->generation;
    clock->started_at = started->at;
    clock->due_at = started->fire_at;
    clock->fire_at = started->fire_at;
}

static const struct event STARTED = {"clock started", &ledger__started__descriptor, started_apply, "started"};

static void start_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Ledger__Start *start = command;
    reads_child(reads, &CLOCK, now->target, start->ordinal);
}

static enum status start_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Ledger__Start *start = command;
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, start->ordinal);
    Ledger__Started *started = event_new(events, &STARTED);
    started->ordinal = start->ordinal;
    started->generation = (clock ? clock->generation : 0) + 1;
    started->at = now->now;
    started->fire_at = start->fire_at;
    started->rules = start->rules;
    started->name = start->name;
    return OK;
}

const struct command LEDGER_START = {.name = "clock start",
                                     .message = &ledger__start__descriptor,
                                     .on = &LEDGER_ACCOUNT,
                                     .reads = start_reads,
                                     .decide = start_decide};

static void fired_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Ledger__Fired *fired = event;
    Ledger__Account *account = rows_change(rows, &LEDGER_ACCOUNT, about);
    Store__Clock *clock = rows_change_child(rows, &CLOCK, about, fired->ordinal);
    account->fired++;
    clock->state = STORE__CLOCK_STATE__CLOCK_STATE_FIRED;
    clock->fire_at = 0;
    clock->ended_at = fired->at;
}

static const struct event FIRED = {"clock fired", &ledger__fired__descriptor, fired_apply, "fired"};

static void fired_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Store__ClockFire *fire = command;
    reads_child(reads, &CLOCK, now->target, fire->ordinal);
}

/* Clocks from ordinal 1000 on are such whose firing the rules refuse, from 2000 on such for which it is to be tried
 * again. */
static enum status fire_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Store__ClockFire *fire = command;
    const Store__Clock *clock = rows_child(rows, &CLOCK, now->target, fire->ordinal);
    if (fire->ordinal >= 2000)
        return refuse(&events->refusal, UNAVAILABLE, "ordinal", N_("it cannot be judged now"), N_("try again"));
    if (fire->ordinal >= 1000)
        return refuse(&events->refusal, CONFLICT, "ordinal", N_("it is not to fire"), N_("nothing is to be done"));
    enum status status = clock_fires(clock, fire, now, &events->refusal);
    if (status)
        return status;
    Ledger__Fired *fired = event_new(events, &FIRED);
    fired->ordinal = fire->ordinal;
    fired->at = now->now;
    return OK;
}

static const struct command FIRE = {.name = "clock fire",
                                    .message = &store__clock_fire__descriptor,
                                    .on = &LEDGER_ACCOUNT,
                                    .internal = true,
                                    .reads = fired_reads,
                                    .decide = fire_decide};

static const struct command RECOUNT = CLOCK_RECOUNT_ON(&LEDGER_ACCOUNT);

/* ---- link, touch: what the second round of reading is for
 * ------------------------------------------------------------------ */

static void linked_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Ledger__Linked *linked = event;
    Ledger__Account *account = rows_change(rows, &LEDGER_ACCOUNT, about);
    account->next = linked->next;
}

static const struct event LINKED = {"account linked", &ledger__linked__descriptor, linked_apply, "linked"};

static enum status link_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Ledger__Link *link = command;
    Ledger__Linked *linked = event_new(events, &LINKED);
    (void)rows;
    (void)now;
    linked->next = link->next;
    return OK;
}

const struct command LEDGER_LINK = {
    .name = "account link", .message = &ledger__link__descriptor, .on = &LEDGER_ACCOUNT, .decide = link_decide};

static void touched_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Ledger__Touched *touched = event;
    Ledger__Account *next = rows_change(rows, &LEDGER_ACCOUNT, touched->next);
    (void)about;
    next->touched++;
}

static const struct event TOUCHED = {"next touched", &ledger__touched__descriptor, touched_apply, "touched"};

static void touch_reads_more(const void *command, const struct context *now, const struct rows *rows,
                             struct reads *reads)
{
    const Ledger__Account *account = rows_one(rows, &LEDGER_ACCOUNT, now->target);
    (void)command;
    if (account)
        reads_one(reads, &LEDGER_ACCOUNT, account->next);
}

static enum status touch_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Ledger__Account *account = rows_one(rows, &LEDGER_ACCOUNT, now->target);
    const Ledger__Account *next = account ? rows_one(rows, &LEDGER_ACCOUNT, account->next) : NULL;
    (void)command;
    if (!next)
        return refuse(&events->refusal, CONFLICT, "target", N_("it has no next account"), N_("link one"));
    Ledger__Touched *touched = event_new(events, &TOUCHED);
    touched->next = next->id;
    return OK;
}

const struct command LEDGER_TOUCH = {.name = "next touch",
                                     .message = &ledger__touch__descriptor,
                                     .on = &LEDGER_ACCOUNT,
                                     .reads_more = touch_reads_more,
                                     .decide = touch_decide};

/* ---- questions
 * -------------------------------------------------------------------------------------------------------------- */

static void show_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &LEDGER_ACCOUNT, now->target);
    reads_children(reads, &LEDGER_LINE, now->target);
}

static void show_past(const struct rows *rows, const struct context *now, Ledger__Shown *shown)
{
    size_t count;
    const struct past *past = question_entries(rows, &count);
    shown->past = arena_array(now->arena, count + 1, sizeof *shown->past);
    for (size_t i = 0; i < count; i++)
        shown->past[shown->n_past++] =
            (char *)(uintptr_t)text_print(now->arena, "%llu %s: %s", (unsigned long long)past[i].position,
                                          past[i].command, past[i].events[0].event->name);
}

static enum status show_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Ledger__Shown *shown = answer;
    const Ledger__Account *account = rows_one(rows, &LEDGER_ACCOUNT, now->target);
    size_t lines;
    (void)question;
    (void)rows_children(rows, &LEDGER_LINE, now->target, &lines);
    if (!account)
        return refuse(refusal, UNKNOWN, "target", N_("there is no such account"), N_("open it"));
    shown->name = account->name;
    shown->balance = account->balance;
    shown->lines = (uint32_t)lines;
    show_past(rows, now, shown);
    return OK;
}

const struct question LEDGER_SHOW = {.name = "account show",
                                     .message = &ledger__show__descriptor,
                                     .answer = &ledger__shown__descriptor,
                                     .timeline = true,
                                     .reads = show_reads,
                                     .answer_from = show_answer};

static void list_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Ledger__List *list = question;
    reads_page(reads, &LEDGER_ACCOUNT, "office", list->office, now->partition, list->after, list->limit);
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Ledger__Listed *listed = answer;
    size_t count;
    const void *const *page = rows_page(rows, &LEDGER_ACCOUNT, &count);
    (void)question;
    (void)refusal;
    listed->ids = arena_array(now->arena, count + 1, sizeof *listed->ids);
    for (size_t i = 0; i < count; i++) {
        const Ledger__Account *account = page[i];
        listed->ids[listed->n_ids++] = account->id;
    }
    return OK;
}

const struct question LEDGER_LIST = {.name = "account list",
                                     .message = &ledger__list__descriptor,
                                     .answer = &ledger__listed__descriptor,
                                     .reads = list_reads,
                                     .answer_from = list_answer};

/* ---- the service
 * -------------------------------------------------------------------------------------------------------------- */

static const struct table *const TABLES[] = {&LEDGER_ACCOUNT, &LEDGER_LINE, &LEDGER_COUNTER, NULL};
static const struct command *const COMMANDS[] = {&LEDGER_OPEN, &LEDGER_ADD,  &LEDGER_CLOSE, &LEDGER_START, &FIRE,
                                                 &RECOUNT,     &LEDGER_LINK, &LEDGER_TOUCH, NULL};
static const struct event *const EVENTS[] = {&OPENED, &ADDED,   &CLOSED,           &STARTED, &FIRED,
                                             &LINKED, &TOUCHED, &CLOCKS_RECOUNTED, NULL};
static const struct question *const QUESTIONS[] = {&LEDGER_SHOW, &LEDGER_LIST, NULL};
static const struct follow FOLLOWS[] = {{0}};

const struct service LEDGER = {.name = "ledger",
                               .tables = TABLES,
                               .commands = COMMANDS,
                               .events = EVENTS,
                               .questions = QUESTIONS,
                               .follows = FOLLOWS,
                               .clock_fire = &FIRE,
                               .clock_recount = &RECOUNT};
