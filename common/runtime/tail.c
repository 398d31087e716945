/* SPDX-License-Identifier: Apache-2.0
 *
 * Tail: the thread that reads: answers questions, and hands the log to those who follow it. Both on a read-only
 * connection.
 *
 * Owns      that connection, and the followers' questions that are held because there is nothing new yet.
 * Refuses   to hold a question longer than HOLD_US, and to hand out entries after a position whose hash is another's.
 */
#include "common/base/fail_point.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/runtime/process.h"

#include <assert.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { HOLD_US = 1000000, TAKE_MOST = 256, LOOK_MS = 100, OPEN_AGAIN_MS = 200 };

struct tail {
    struct process *process;
    struct store_reader *reader;
    const struct law *law;
    struct job *held[SOURCES_MAX * PARTITIONS_MAX * 4];
    size_t held_count;
};

enum { HELD_MAX = SOURCES_MAX * PARTITIONS_MAX * 4 };

static void finish(struct tail *tail, struct job *job)
{
    bool given = channel_give(tail->process->to_door, job);
    assert(given); /* it holds all jobs that there can be */
}

static void pack_answer(struct job *job, const ProtobufCMessage *answer)
{
    job->answer.len = protobuf_c_message_get_packed_size(answer);
    job->answer.data = arena_take(job->arena, job->answer.len + 1);
    protobuf_c_message_pack(answer, job->answer.data);
}

static struct context context_of(const struct tail *tail, const struct job *job)
{
    const struct process *process = tail->process;
    const Tiaojie__Stamp *stamp = &job->work.stamp;
    return (struct context){.now = stamp->received_at,
                            .today = day_of(stamp->received_at),
                            .target = job->work.target,
                            .principal = stamp->principal,
                            .roles = stamp->roles,
                            .office = stamp->office,
                            .place = stamp->place,
                            .mediator = stamp->mediator,
                            .partition = job->work.partition,
                            .partitions = process->partitions,
                            .law = tail->law,
                            .node = process->node,
                            .keys = process->service->holds_keys ? &process->keys : NULL,
                            .arena = job->arena};
}

static void answer_question(struct tail *tail, struct job *job)
{
    struct context now = context_of(tail, job);
    ProtobufCMessage *answer = NULL;
    job->work.status = store_ask(tail->reader, job->question, job->body, &now, &answer, &job->work.refusal);
    job->work.about = job->work.target;
    if (job->work.status == OK)
        pack_answer(job, answer);
    else
        refusal_keep(&job->work.refusal, job->arena); /* its texts may stand in the law */
    finish(tail, job);
}

/* True when it is answered; false when there is nothing new and it may still be held. */
static bool answer_follow(struct tail *tail, struct job *job, bool last_look)
{
    Tiaojie__Followed *followed = NULL;
    job->work.status = store_follow(tail->reader, job->follow, job->arena, &followed, &job->work.refusal);
    if (job->work.status == OK && followed->n_entries == 0 && !followed->forked && !last_look)
        return false;
    if (job->work.status == OK) {
        if (followed->n_entries > 0)
            fail_point("tail.before_handing");
        pack_answer(job, &followed->base);
    }
    finish(tail, job);
    return true;
}

static void look_at_held(struct tail *tail, bool woken)
{
    int64_t now = instant_monotonic();
    size_t kept = 0;
    for (size_t i = 0; i < tail->held_count; i++) {
        struct job *job = tail->held[i];
        bool over = now >= job->waits_until;
        if (!(woken || over) || !answer_follow(tail, job, over))
            tail->held[kept++] = job;
    }
    tail->held_count = kept;
}

static void take(struct tail *tail, struct job *job)
{
    if (job->kind == JOB_QUESTION) {
        answer_question(tail, job);
        return;
    }
    bool full = tail->held_count == HELD_MAX;
    if (answer_follow(tail, job, full))
        return;
    job->waits_until = instant_monotonic() + HOLD_US;
    tail->held[tail->held_count++] = job;
}

static void turn(struct tail *tail)
{
    void *things[TAKE_MOST];
    tail->law = law_share_hold(tail->process->law, tail->law);
    bool woken = channel_take(tail->process->wake_tail, things, TAKE_MOST) > 0;
    size_t count = channel_take(tail->process->to_tail, things, TAKE_MOST);
    for (size_t i = 0; i < count; i++)
        take(tail, things[i]);
    look_at_held(tail, woken);
}

/* Main has opened one once, but the database can have gone since. */
static void open_reader(struct tail *tail)
{
    struct process *process = tail->process;
    struct store_conf conf = {process->conninfo, process->node, process->partitions, NULL, false};
    struct pollfd stop = {process->stop_descriptor, POLLIN, 0};
    struct refusal refusal;
    while (!atomic_load(&process->stop) && store_reader_open(&tail->reader, &conf, process->service, &refusal) != OK) {
        log_refusal(LEVEL_WARNING, "the reader cannot be opened now", &refusal, "");
        poll(&stop, 1, OPEN_AGAIN_MS);
    }
}

void *tail_run(void *data)
{
    struct tail *tail = calloc(1, sizeof *tail);
    assert(tail);
    tail->process = data;
    struct process *process = tail->process;
    open_reader(tail);
    struct pollfd wait[] = {{channel_descriptor(process->to_tail), POLLIN, 0},
                            {channel_descriptor(process->wake_tail), POLLIN, 0},
                            {process->stop_descriptor, POLLIN, 0}};
    while (!atomic_load(&process->stop)) {
        poll(wait, 3, tail->held_count > 0 ? LOOK_MS : -1);
        turn(tail);
    }
    for (size_t i = 0; i < tail->held_count; i++)
        job_free(&tail->held[i]);
    store_reader_free(&tail->reader);
    law_share_let_go(process->law, &tail->law);
    free(tail);
    return NULL;
}
