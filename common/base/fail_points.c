/* SPDX-License-Identifier: Apache-2.0
 *
 * Fail points: the table of all places. Who adds a fail_point() adds its line here.
 */
#include "common/base/fail_point.h"

#include <stddef.h>

static const char *const NAMES[] = {
    /* common/store */
    "batch.begin",         /* commands are there, nothing is read yet */
    "batch.loaded",        /* rows are read, nothing is decided */
    "batch.decided",       /* decided in memory, nothing is sent */
    "batch.before_commit", /* the statements are gathered */
    "batch.after_commit",  /* durable, nobody was told */
    "batch.answered",      /* every command has its status */
    "clock.before_fire",   /* clocks are due, their commands are made */
    "store.take",          /* a partition is about to be read by its new owner */
    /* common/runtime */
    "owner.claimed",       /* a partition is this process's now, its log is not read yet */
    "door.received",       /* a frame came, nothing of it is passed on */
    "door.before_answer",  /* answers are there, nobody was told */
    "prepare.sealed",      /* the vault has sealed, the commands are not queued yet */
    "tail.before_handing", /* entries are read for a follower, not sent */
    "follow.derived",      /* commands follow from another's events, none is queued yet */
    "follow.written",      /* such a command has had its effect, the follower does not know */
    /* services/gateway */
    "gateway.judged",        /* a command may pass, nothing is sent */
    "gateway.before_answer", /* a service has answered, the client was not told */
    NULL,
};

const char *const *fail_point_names(void)
{
    return NAMES;
}
