/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendar: which days are worked, by the State Council's yearly notices (days off, make-up working days).
 *
 * Owns      a kind for each day that a notice names; other days are what their weekday says.
 * Refuses   a make-up day that is no Saturday or Sunday, a day that a notice calls both off and worked, days that don't
 *           exist: a wrong digit in a list must not move a time limit.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "proto/procedure.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct calendar;

enum { CALENDAR_YEAR_MIN = 2000, CALENDAR_YEAR_MAX = 2127 };

enum day_kind {
    DAY_WORKING,   /* Monday to Friday */
    DAY_MAKE_UP,   /* a Saturday or Sunday that is worked */
    DAY_WEEKEND,   /* Saturday or Sunday */
    DAY_OFF,       /* off by the notice: a swapped day, a weekend within a holiday */
    DAY_STATUTORY, /* the statutory holiday itself */
};

/* Lives in the arena. Days that no notice of its own names are as `behind` has them; NULL: as their weekday. */
struct calendar *calendar_new(struct arena *arena, const struct calendar *behind);

/* Takes a notice's days. Of two notices about the same day the later issued one wins, in whatever order they come. All
 * or nothing: a refused list changes nothing. */
MUST_CHECK enum status calendar_add(struct calendar *calendar, const Tiaojie__Calendar *notice,
                                    struct refusal *refusal);

enum day_kind calendar_kind(const struct calendar *calendar, int32_t day);
bool calendar_is_worked(const struct calendar *calendar, int32_t day);

/* False: no notice for this day's year has been added yet, its kinds are by weekday only. */
bool calendar_is_published(const struct calendar *calendar, int32_t day);

/* The source of the latest notice about the years of these days, "": there is none. */
const char *calendar_notice(const struct calendar *calendar, int32_t first, int32_t last);

/* Worked days from `first` to `last`, both counted; 0 when last is before first. */
int calendar_worked_days(const struct calendar *calendar, int32_t first, int32_t last);
