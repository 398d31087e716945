/* SPDX-License-Identifier: Apache-2.0
 *
 * Job: one request on its way through the threads.
 */
#include "common/base/log.h"
#include "common/runtime/process.h"

#include <stdint.h>

struct job *job_new(enum job_kind kind)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct job *job = arena_take(arena, sizeof *job);
    job->kind = kind;
    job->arena = arena;
    job->work.arena = arena;
    job->work.owner = job;
    job->work.trace = "";
    return job;
}

void job_free(struct job **job)
{
    if (!*job)
        return;
    /* The job itself stands in its arena. */
    struct arena *arena = (*job)->arena;
    *job = NULL;
    arena_free(&arena);
}

void job_log(const struct job *job)
{
    const struct work *work = &job->work;
    if (job->kind != JOB_COMMAND || work->status != OK || !work->command || work->repeated)
        return;
    log_event(LEVEL_INFO, "entry written", "name", work->command->name, "about", LOG_NUMBER(work->about), "partition",
              LOG_NUMBER(work->partition), "position", LOG_NUMBER(work->position), "trace", work->trace, NULL);
}
