/* SPDX-License-Identifier: Apache-2.0
 *
 * No preparer: commands go on as they came.
 */
#include "common/runtime/preparer.h"

static void *no_open(struct process *process)
{
    return process;
}

static void no_run(void *state, struct work **list, size_t count)
{
    (void)state;
    (void)list;
    (void)count;
}

static void no_close(void **state)
{
    *state = NULL;
}

const struct preparer NO_PREPARER = {.open = no_open, .run = no_run, .close = no_close};
