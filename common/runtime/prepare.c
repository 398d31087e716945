/* SPDX-License-Identifier: Apache-2.0
 *
 * Prepare: the thread between door and writer for commands that carry personal values. It blocks on the vault, so what
 * gathers meanwhile goes to the vault together.
 */
#include "common/base/fail_point.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"

#include <assert.h>
#include <poll.h>

bool message_is_personal(const ProtobufCMessageDescriptor *descriptor)
{
    if (descriptor == &tiaojie__sealed__descriptor || descriptor == &tiaojie__person__descriptor)
        return true;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && message_is_personal(field->descriptor))
            return true;
    }
    return false;
}

static void pass_on(struct process *process, struct job *job)
{
    bool given = false;
    if (job->work.status == OK)
        given = channel_give(process->to_writer, job);
    if (given)
        return;
    if (job->work.status == OK)
        job->work.status = refuse(&job->work.refusal, BUSY, "", N_("too many commands wait in this process"),
                                  N_("send it again a little later"));
    atomic_fetch_sub(&process->waiting[job->work.partition], 1);
    given = channel_give(job->back, job);
    assert(given);
}

static void turn(struct process *process, void *state)
{
    void *jobs[BATCH_COMMANDS_MAX];
    struct work *works[BATCH_COMMANDS_MAX];
    size_t count = channel_take(process->to_prepare, jobs, BATCH_COMMANDS_MAX);
    for (size_t i = 0; i < count; i++)
        works[i] = &((struct job *)jobs[i])->work;
    if (count > 0) {
        process->preparer->run(state, works, count);
        fail_point("prepare.sealed");
    }
    for (size_t i = 0; i < count; i++)
        pass_on(process, jobs[i]);
}

void *prepare_run(void *data)
{
    struct process *process = data;
    void *state = process->preparer->open(process);
    struct pollfd wait[] = {{channel_descriptor(process->to_prepare), POLLIN, 0},
                            {process->stop_descriptor, POLLIN, 0}};
    while (!atomic_load(&process->stop)) {
        poll(wait, 2, -1);
        turn(process, state);
    }
    process->preparer->close(&state);
    return NULL;
}
