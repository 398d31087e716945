/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadline: the last day of a time limit, and the moments that follow from it.
 *
 * The start day is not counted; months and years end on the same number, else on the month's last day; what happens
 * when the last day is a day off is each rule's own (Civil Code 200-204, Civil Procedure Law 85). Days of a pause are
 * not counted; where months or years are counted, the last day moves by the days of the pause. A last day that is moved
 * past days off is moved past a pause too, and never back into one. An extension is counted from the last day before
 * it, rolled or not as its rule says. Refuses to move a day that the parties agreed: it only says that it is a day off.
 */
#pragma once
#include "common/procedure/calendar.h"

struct deadline {
    int32_t last_day; /* still in time on this day */
    int32_t raw_day;  /* the same before it was moved past days off */
    int64_t due_at;   /* its end, exclusive, microseconds UTC */
    int64_t fire_at;  /* a minute after it */
    int32_t warn_day; /* when to remind people, 0: never */
    bool provisional; /* a day was looked at whose year has no notice yet */
    bool rest_day;    /* agreed by the parties, and a day off */
};

struct deadline_start {
    int32_t day;    /* of the start event */
    int32_t agreed; /* the last day, for UNIT_AGREED */
    const Tiaojie__ClockLedger
        *ledger; /* NULL: nothing happened since; a pause that still lasts must not stand in it */
};

/* Which days a count passed over, in order, for people. Lives in the arena. */
struct deadline_account {
    struct arena *arena;
    Tiaojie__ClockExplained__Skipped **skipped; /* neighbouring days with one reason are one */
    size_t skipped_count;
    uint32_t counted;
};

/* Counts by the clock's amount, unit, roll rule and direction. The rule was checked when its procedure was loaded
 * (amount 1 to 3660 days). `account` may be NULL: then a count of days is a sum. */
struct deadline deadline_count(const struct calendar *calendar, const Tiaojie__Procedure__Clock *rule,
                               const struct deadline_start *start, struct deadline_account *account);
