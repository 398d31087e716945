/* SPDX-License-Identifier: Apache-2.0
 *
 * Status: the table itself.
 */
#include "common/base/status.h"

#include "common/base/text.h"

static const struct {
    const char *name;
    const char *text;
    bool retry;
} STATUSES[STATUS_COUNT] = {
    [OK] = {"ok", N_("done"), false},
    [INVALID] = {"invalid", N_("the input is not well-formed"), false},
    [UNKNOWN] = {"unknown", N_("not found"), false},
    [CONFLICT] = {"conflict", N_("not possible in this state"), false},
    [FORBIDDEN] = {"forbidden", N_("not allowed"), false},
    [BARRED] = {"barred", N_("the time limit has run out"), false},
    [BUSY] = {"busy", N_("too much in flight"), true},
    [MOVED] = {"moved", N_("another process is responsible now"), true},
    [TOO_OLD] = {"too_old", N_("the command is too old to be repeated"), false},
    [REUSED] = {"reused", N_("the command id was used for something else"), false},
    [EXPIRED] = {"expired", N_("the command's deadline has passed"), false},
    [UNAVAILABLE] = {"unavailable", N_("not reachable at the moment"), true},
    [TOO_LARGE] = {"too_large", N_("over a size limit"), false},
    [UNVERIFIED] = {"unverified", N_("a signature or digest does not hold"), false},
    [BROKEN] = {"broken", N_("an internal fault; it is kept for inspection"), false},
};

static enum status known(enum status status)
{
    return (unsigned)status < STATUS_COUNT ? status : BROKEN;
}

const char *status_name(enum status status)
{
    return STATUSES[known(status)].name;
}

const char *status_text(enum status status)
{
    return STATUSES[known(status)].text;
}

bool status_retry(enum status status)
{
    return STATUSES[known(status)].retry;
}

int status_exit(enum status status)
{
    return status == OK ? 0 : 10 + (int)known(status);
}
