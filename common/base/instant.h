/* SPDX-License-Identifier: Apache-2.0
 *
 * Instant: moments and days. A moment is microseconds UTC since 1970-01-01; a day is days since 1970-01-01 in China,
 * whose clock is +08:00 all year whatever zone the machine or the database has.
 *
 * Owns      business time: the clock, or a file that a simulation writes. Timeouts never use it.
 * Refuses   dates that don't exist, by name.
 */
#pragma once
#include "common/base/refusal.h"
#include "common/base/status.h"

#include <stdbool.h>
#include <stdint.h>

#define INSTANT_SECOND INT64_C(1000000)
#define INSTANT_DAY (INT64_C(86400) * INSTANT_SECOND)

enum { DAY_TEXT = 16, INSTANT_TEXT = 40 }; /* bytes of a formatted one, with its terminator */

/* ---- now ----------------------------------------------------------------------------------------------------------
 */

/* Business time comes from this file from now on; NULL: from the clock again. The file holds one of
 *   2026-05-09T09:00:00+08:00   time stands still at this moment
 *   +86400 or -86400            the clock, shifted by seconds
 *   live                        the clock
 * It is read at every instant_now(); while it cannot be read or understood, its last good word holds. Refused when
 * there is no good word yet. For the start of a process; the path is borrowed. */
MUST_CHECK enum status instant_use_file(const char *path, struct refusal *refusal);

/* Business time. From any thread. */
int64_t instant_now(void);

/* For timeouts: microseconds that never jump, since an unspecified moment. */
int64_t instant_monotonic(void);

/* ---- days ---------------------------------------------------------------------------------------------------------
 */

struct date {
    int year;  /* 1 to 9999 */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

int32_t day_of(int64_t instant);
int64_t day_start(int32_t day); /* 00:00 of it; its end is the start of the next */

bool date_exists(struct date date);
int32_t day_from_date(struct date date); /* of a date that exists */
struct date day_date(int32_t day);
int day_weekday(int32_t day); /* 0 Monday to 6 Sunday */

/* `months` later (or earlier, when negative): the same number in that month, else the month's last day (Civil Code
 * 202). Plans count each date from the first one, so that 31 Jan, 28 Feb, 31 Mar come out. */
int32_t day_add_months(int32_t day, int months);

/* ---- texts ---------------------------------------------------------------------------------------------------------
 */

/* "2024-04-30". INVALID names `field` and the text, which stay borrowed by the refusal. */
MUST_CHECK enum status day_parse(const char *text, const char *field, int32_t *day, struct refusal *refusal);

/* "2024-04-30T23:59:00+08:00", seconds may have up to six decimals, Z or an offset is required. INVALID as above. */
MUST_CHECK enum status instant_parse(const char *text, const char *field, int64_t *instant, struct refusal *refusal);

/* Writes "2024-04-30" and returns `text`. */
char *day_format(int32_t day, char text[DAY_TEXT]);

/* Writes it at +08:00, with decimals only where there are some, and returns `text`. */
char *instant_format(int64_t instant, char text[INSTANT_TEXT]);
