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
    NULL,
};

const char *const *fail_point_names(void)
{
    return NAMES;
}
