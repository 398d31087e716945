/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadline: the last day of a time limit, and the moments that follow from it.
 *
 * The start day is not counted; months and years end on the same number, else on the month's last day; what happens
 * when the last day is a day off is each rule's own (Civil Code 200-204, Civil Procedure Law 85, LAW.md 12). Refuses to
 * move a day that the parties agreed: it only says that it is a day off.
 */
#pragma once
#include "common/procedure/calendar.h"

struct deadline {
    int32_t last_day; /* still in time on this day */
    int64_t due_at;   /* its end, exclusive, microseconds UTC */
    int64_t fire_at;  /* a minute after it */
    bool provisional; /* a day was looked at whose year has no notice yet */
    bool rest_day;    /* agreed by the parties, and a day off */
};

/* Counts from the day of the start event by the clock's amount, unit, roll rule and direction. For UNIT_AGREED the
 * agreed day is the result. The rule was checked when its procedure was loaded (amount 1 to 3660 days). */
struct deadline deadline_count(const struct calendar *calendar, const Tiaojie__Procedure__Clock *rule, int32_t start,
                               int32_t agreed);
