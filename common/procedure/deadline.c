/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadline: counting.
 */
#include "common/procedure/deadline.h"

#include "common/base/instant.h"

#include <string.h>

enum { FIRE_AFTER_SECONDS = 60 };

/* A count under way: where it stands and what it had to look at. */
struct count {
    const struct calendar *calendar;
    const Tiaojie__Procedure__Clock *rule;
    const Tiaojie__ClockLedger *ledger;
    struct deadline_account *account;
    int32_t day;
    bool provisional;
};

/* ---- what is passed over ---- */

/* Neighbouring days that are passed over for one reason are one. */
static bool joins(Tiaojie__ClockExplained__Skipped *last, int32_t day, const char *reason, bool rolled)
{
    if (last->rolled != rolled || strcmp(last->reason, reason) != 0)
        return false;
    if (day == last->to_day + 1)
        last->to_day = day;
    else if (day == last->from_day - 1)
        last->from_day = day;
    else
        return false;
    return true;
}

static void skip(const struct count *count, int32_t day, const char *reason, bool rolled)
{
    struct deadline_account *account = count->account;
    if (!account ||
        (account->skipped_count > 0 && joins(account->skipped[account->skipped_count - 1], day, reason, rolled)))
        return;
    Tiaojie__ClockExplained__Skipped *skipped = arena_take(account->arena, sizeof *skipped);
    tiaojie__clock_explained__skipped__init(skipped);
    skipped->from_day = skipped->to_day = day;
    skipped->reason = arena_text(account->arena, reason);
    skipped->rolled = rolled;
    account->skipped = arena_more(account->arena, account->skipped, account->skipped_count, sizeof *account->skipped);
    account->skipped[account->skipped_count++] = skipped;
}

static const char *kind_name(enum day_kind kind)
{
    static const char *const NAMES[] = {
        [DAY_WORKING] = N_("working day"), [DAY_MAKE_UP] = N_("make-up working day"), [DAY_WEEKEND] = N_("weekend"),
        [DAY_OFF] = N_("day off"),         [DAY_STATUTORY] = N_("statutory holiday"),
    };
    return NAMES[kind];
}

/* ---- looking at a day ---- */

static enum day_kind look(struct count *count)
{
    if (!calendar_is_published(count->calendar, count->day))
        count->provisional = true;
    return calendar_kind(count->calendar, count->day);
}

static bool is_worked(struct count *count)
{
    switch (look(count)) {
    case DAY_WORKING:
        return true;
    case DAY_MAKE_UP:
        return !count->rule->make_up_is_rest;
    default:
        return false;
    }
}

static bool is_paused(const struct count *count, int32_t day)
{
    for (size_t i = 0; count->ledger && i < count->ledger->n_pauses; i++) {
        const Tiaojie__ClockLedger__Pause *pause = count->ledger->pauses[i];
        if (day >= pause->from_day && day < pause->until_day)
            return true;
    }
    return false;
}

/* ---- amounts ---- */

static bool takes_day(struct count *count, Tiaojie__Procedure__Unit unit)
{
    if (is_paused(count, count->day)) {
        skip(count, count->day, N_("paused"), false);
        return false;
    }
    if (unit != TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS || is_worked(count))
        return true;
    skip(count, count->day, kind_name(look(count)), false);
    return false;
}

static void count_day_by_day(struct count *count, uint32_t amount, Tiaojie__Procedure__Unit unit, int32_t direction)
{
    for (uint32_t counted = 0; counted < amount;) {
        count->day += direction;
        counted += takes_day(count, unit);
    }
    if (count->account)
        count->account->counted += amount;
}

/* A pause moves the end of months and years by its days after `begin`, where this count began. */
static void add_pauses(struct count *count, int32_t begin)
{
    for (size_t i = 0; count->ledger && i < count->ledger->n_pauses; i++) {
        const Tiaojie__ClockLedger__Pause *pause = count->ledger->pauses[i];
        int32_t from = pause->from_day > begin ? pause->from_day : begin + 1;
        if (from > count->day)
            continue;
        for (int32_t day = from; day < pause->until_day; day++, count->day++)
            skip(count, day, N_("paused"), false);
    }
}

static void count_months(struct count *count, int32_t months)
{
    int32_t begin = count->day;
    count->day = day_add_months(begin, months);
    if (count->account)
        count->account->counted += (uint32_t)(months > 0 ? count->day - begin : begin - count->day);
    add_pauses(count, begin);
}

static void count_amount(struct count *count, uint32_t amount, Tiaojie__Procedure__Unit unit)
{
    int32_t direction = count->rule->backwards ? -1 : 1;

    switch (unit) {
    case TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS:
        count_day_by_day(count, amount, unit, direction);
        return;
    case TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS:
        count_months(count, (int32_t)amount * direction);
        return;
    case TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS:
        count_months(count, (int32_t)amount * direction * 12);
        return;
    default:
        if (count->account || (count->ledger && count->ledger->n_pauses > 0))
            count_day_by_day(count, amount, unit, direction);
        else
            count->day += (int32_t)amount * direction;
    }
}

/* ---- days off at the end ---- */

/* On a day of a pause nothing can be done in time: it is passed over too. */
static void roll_on(struct count *count, bool statutory_only)
{
    for (;; count->day++) {
        bool paused = is_paused(count, count->day);
        if (!paused && (statutory_only ? look(count) != DAY_STATUTORY : is_worked(count)))
            return;
        skip(count, count->day, paused ? N_("paused") : kind_name(look(count)), true);
    }
}

/* Not into a pause: the last day would be over when it ends. */
static void roll_back(struct count *count)
{
    for (; !is_worked(count) && !is_paused(count, count->day - 1); count->day--)
        skip(count, count->day, kind_name(look(count)), true);
}

static void roll(struct count *count, Tiaojie__Procedure__Roll rule)
{
    switch (rule) {
    case TIAOJIE__PROCEDURE__ROLL__ROLL_STATUTORY:
        roll_on(count, true);
        return;
    case TIAOJIE__PROCEDURE__ROLL__ROLL_DAY_OFF:
        roll_on(count, false);
        return;
    case TIAOJIE__PROCEDURE__ROLL__ROLL_BACK:
        roll_back(count);
        return;
    default:
        return;
    }
}

/* ---- the whole ---- */

/* Each extension is counted from where the one before it ended. */
static void extend(struct count *count, int32_t *raw)
{
    const Tiaojie__Procedure__Extension *rule = count->rule->extension;
    for (size_t i = 0; rule && count->ledger && i < count->ledger->n_extensions; i++) {
        const Tiaojie__ClockLedger__Extended *extended = count->ledger->extensions[i];
        if (extended->agreed_day) {
            *raw = count->day = extended->agreed_day;
            continue;
        }
        count->day = rule->from_rolled ? count->day : *raw;
        count_amount(count, extended->amount, rule->unit);
        *raw = count->day;
        roll(count, count->rule->roll);
    }
}

/* The earlier limit of another text, where there is one, else so many days before the last. */
static int32_t warn_day(const struct calendar *calendar, const Tiaojie__Procedure__Clock *rule,
                        const struct deadline_start *start, int32_t last_day)
{
    int32_t day = rule->warn_days ? last_day - (int32_t)rule->warn_days : 0;
    if (rule->earlier) {
        Tiaojie__Procedure__Clock earlier = *rule;
        struct deadline_start plain = {.day = start->day, .ledger = start->ledger};
        earlier.amount = rule->earlier->amount;
        earlier.unit = rule->earlier->unit;
        earlier.roll = rule->earlier->roll;
        earlier.earlier = NULL;
        earlier.extension = NULL;
        earlier.warn_days = 0;
        day = deadline_count(calendar, &earlier, &plain, NULL).last_day;
    }
    return rule->backwards || day > start->day ? day : 0;
}

struct deadline deadline_count(const struct calendar *calendar, const Tiaojie__Procedure__Clock *rule,
                               const struct deadline_start *start, struct deadline_account *account)
{
    struct count count = {calendar, rule, start->ledger, account, start->day, false};
    struct deadline deadline = {0};

    if (rule->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED) {
        deadline.raw_day = count.day = start->agreed;
        extend(&count, &deadline.raw_day);
        deadline.rest_day = !is_worked(&count);
    } else {
        count_amount(&count, rule->amount, rule->unit);
        deadline.raw_day = count.day;
        roll(&count, rule->roll);
        extend(&count, &deadline.raw_day);
        deadline.provisional = count.provisional;
    }
    deadline.last_day = count.day;
    deadline.due_at = day_start(count.day + 1);
    deadline.fire_at = deadline.due_at + FIRE_AFTER_SECONDS * INSTANT_SECOND;
    deadline.warn_day = warn_day(calendar, rule, start, deadline.last_day);
    return deadline;
}
