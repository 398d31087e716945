/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadline: counting.
 */
#include "common/procedure/deadline.h"

#include "common/base/instant.h"

enum { FIRE_AFTER_SECONDS = 60 };

/* A count under way: where it stands and what it had to look at. */
struct count {
    const struct calendar *calendar;
    const Tiaojie__Procedure__Clock *rule;
    int32_t day;
    bool provisional;
};

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

static void count_working_days(struct count *count, int32_t direction)
{
    for (uint32_t counted = 0; counted < count->rule->amount;) {
        count->day += direction;
        counted += is_worked(count);
    }
}

static void count_amount(struct count *count)
{
    int32_t direction = count->rule->backwards ? -1 : 1;
    int32_t amount = (int32_t)count->rule->amount * direction;

    switch (count->rule->unit) {
    case TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS:
        count_working_days(count, direction);
        return;
    case TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS:
        count->day = day_add_months(count->day, amount);
        return;
    case TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS:
        count->day = day_add_months(count->day, amount * 12);
        return;
    default:
        count->day += amount;
    }
}

static void roll(struct count *count)
{
    switch (count->rule->roll) {
    case TIAOJIE__PROCEDURE__ROLL__ROLL_STATUTORY:
        while (look(count) == DAY_STATUTORY)
            count->day++;
        return;
    case TIAOJIE__PROCEDURE__ROLL__ROLL_DAY_OFF:
        while (!is_worked(count))
            count->day++;
        return;
    case TIAOJIE__PROCEDURE__ROLL__ROLL_BACK:
        while (!is_worked(count))
            count->day--;
        return;
    default:
        return;
    }
}

struct deadline deadline_count(const struct calendar *calendar, const Tiaojie__Procedure__Clock *rule, int32_t start,
                               int32_t agreed)
{
    struct count count = {.calendar = calendar, .rule = rule, .day = start};
    struct deadline deadline = {0};

    if (rule->unit == TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED) {
        count.day = agreed;
        deadline.rest_day = !is_worked(&count);
    } else {
        count_amount(&count);
        roll(&count);
        deadline.provisional = count.provisional;
    }
    deadline.last_day = count.day;
    deadline.due_at = day_start(count.day + 1);
    deadline.fire_at = deadline.due_at + FIRE_AFTER_SECONDS * INSTANT_SECOND;
    return deadline;
}
