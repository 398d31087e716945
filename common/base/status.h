/* SPDX-License-Identifier: Apache-2.0
 *
 * Status: the one table of outcomes: name, number on the wire, whether the same command may be sent again.
 *
 * Owns      the codes. Their numbers are a contract: never reused, never renumbered.
 * Refuses   to carry details: which field, why and what to do stand in a `struct refusal`.
 */
#pragma once
#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum status {
    OK = 0,
    INVALID = 1,      /* a field breaks a rule of form */
    UNKNOWN = 2,      /* what is named does not exist, or not for this principal */
    CONFLICT = 3,     /* not in this state or version; somebody was faster */
    FORBIDDEN = 4,    /* role, office or key do not allow it */
    BARRED = 5,       /* a time limit has run out */
    BUSY = 6,         /* too much in flight: try again later */
    MOVED = 7,        /* another process owns this partition now */
    TOO_OLD = 8,      /* the command id is older than answers are kept */
    REUSED = 9,       /* the command id was used with another body or by another principal */
    EXPIRED = 10,     /* the command's own deadline passed before it was decided */
    UNAVAILABLE = 11, /* database, vault or peer could not be reached: nothing was written */
    TOO_LARGE = 12,   /* a frame, count or depth is over its limit */
    UNVERIFIED = 13,  /* a signature, digest or hash does not hold */
    BROKEN = 14,      /* our own fault: kept for inspection, nothing was written */
    STATUS_COUNT
};

/* Lower-case name as it stands in logs and JSON, such as "conflict"; "broken" for a number outside the table. */
const char *status_name(enum status status);

/* What a person reads; English, marked for translation. */
const char *status_text(enum status status);

/* True when the same command, unchanged, may succeed later. */
bool status_retry(enum status status);

/* The client's exit code for it: 0 for OK, 10 + number otherwise (1 and 2 are the shell's and argp's). */
int status_exit(enum status status);
