/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer: the thread that owns the store. While a batch is being committed, the next one gathers in the channel: at low
 * load a batch is one command, at high load it grows by itself; nothing is delayed to gather more.
 *
 * Owns      the store and what waits for it.
 * Refuses   to let one principal fill a batch while others wait.
 */
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/runtime/process.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE_MS = 100, JUMP_US = 300 * 1000000, OPEN_AGAIN_MS = 200, SWEEP_US = 60 * 1000000, RECOUNT_BUSY = 64 };

struct writer {
    struct process *process;
    struct store *store;
    const struct law *law;
    struct job *waiting[JOBS_MAX];
    size_t waiting_count;
    int64_t business_minus_monotonic;
    int64_t sweep_at;      /* monotonic: when old answers are looked for again */
    int64_t fired_at;      /* monotonic: when clocks were last looked at */
    int64_t recount_since; /* monotonic: when counting again began, 0: nothing is to be counted */
    int64_t recount_at;    /* monotonic: not before; a step came to nothing */
    struct store_counts recount_from;
    bool jumped;
};

static void take_and_drop(struct writer *writer)
{
    struct process *process = writer->process;
    struct refusal refusal;
    for (uint32_t p = 0; p < process->partitions; p++) {
        bool wanted = atomic_load(&process->wanted[p]);
        if (wanted == store_has(writer->store, p) && wanted == atomic_load(&process->held[p]))
            continue;
        if (!wanted)
            store_drop(writer->store, p);
        else if (!store_has(writer->store, p) && store_take(writer->store, p, &refusal) != OK)
            continue;
        atomic_store(&process->held[p], wanted);
        atomic_fetch_add(&process->held_generation, 1);
    }
}

/* How many different principals wait, at most `most`. */
static size_t principals_waiting(const struct writer *writer, uint64_t *principals, size_t *counts, size_t most)
{
    size_t known = 0;
    for (size_t i = 0; i < writer->waiting_count && known < most; i++) {
        uint64_t principal = writer->waiting[i]->work.stamp.principal;
        size_t at = 0;
        while (at < known && principals[at] != principal)
            at++;
        if (at == known) {
            principals[known] = principal;
            counts[known++] = 0;
        }
    }
    return known;
}

/* Takes the jobs whose turn it is out of `waiting`, order kept: `quota` of each principal. */
static size_t choose(struct writer *writer, struct work **batch, size_t most)
{
    enum { PRINCIPALS = 64 };
    uint64_t principals[PRINCIPALS];
    size_t counts[PRINCIPALS];
    bool all = writer->waiting_count <= most;
    size_t known = all ? 0 : principals_waiting(writer, principals, counts, PRINCIPALS);
    size_t quota = known > 0 ? most / known : most;
    size_t chosen = 0, kept = 0;
    for (size_t i = 0; i < writer->waiting_count; i++) {
        struct job *job = writer->waiting[i];
        size_t at = 0;
        while (at < known && principals[at] != job->work.stamp.principal)
            at++;
        bool turn = chosen < most && (all || at == known || counts[at]++ < quota);
        if (turn)
            batch[chosen++] = &job->work;
        else
            writer->waiting[kept++] = job;
    }
    writer->waiting_count = kept;
    return chosen;
}

/* A full channel is one that its reader will look at anyway. */
static void wake_readers(struct process *process)
{
    (void)channel_give(process->wake_tail, process);
    if (process->wake_beside)
        (void)channel_give(process->wake_beside, process);
}

static void hand_back(struct writer *writer, struct work **batch, size_t count)
{
    bool written = false;
    for (size_t i = 0; i < count; i++) {
        struct job *job = batch[i]->owner;
        written |= job->work.status == OK;
        atomic_fetch_sub(&writer->process->waiting[job->work.partition], 1);
        /* A channel holds all the jobs that there can be. */
        bool given = channel_give(job->back, job);
        assert(given);
    }
    if (written)
        wake_readers(writer->process);
}

/* A clock that jumps fires nothing: limits that run out wrongly hurt people. A time file's moves are meant. */
static bool time_is_sane(struct writer *writer, int64_t now)
{
    int64_t difference = now - instant_monotonic();
    int64_t moved = difference - writer->business_minus_monotonic;
    bool first = writer->business_minus_monotonic == 0;
    writer->business_minus_monotonic = difference;
    if (first || writer->process->simulated || writer->jumped)
        return !writer->jumped;
    if (moved > JUMP_US || moved < -JUMP_US) {
        writer->jumped = true;
        log_event(LEVEL_ERROR, "the clock jumped: no time limit fires until this process is restarted", NULL);
    }
    return !writer->jumped;
}

static void fire(struct writer *writer)
{
    int64_t monotonic = instant_monotonic();
    if (monotonic - writer->fired_at < IDLE_MS * 1000)
        return;
    writer->fired_at = monotonic;
    int64_t now = instant_now();
    if (!writer->process->service->clock_fire || !time_is_sane(writer, now))
        return;
    size_t fired;
    bool any = false;
    while ((fired = store_fire(writer->store, now)) > 0)
        any = true;
    if (any)
        wake_readers(writer->process);
}

/* Answers that are kept no longer go in small steps, while nobody waits. */
static void sweep(struct writer *writer)
{
    int64_t monotonic = instant_monotonic();
    if (writer->waiting_count > 0 || monotonic < writer->sweep_at)
        return;
    bool more = store_sweep(writer->store, instant_now()) > 0;
    writer->sweep_at = monotonic + (more ? 0 : SWEEP_US);
}

static void gather(struct writer *writer)
{
    struct process *process = writer->process;
    size_t room = JOBS_MAX - writer->waiting_count;
    size_t taken = channel_take(process->to_writer, (void **)&writer->waiting[writer->waiting_count], room);
    writer->waiting_count += taken;
}

/* Between batches: a command is judged by one law from its beginning to its end. */
static void renew_law(struct writer *writer)
{
    const struct law *law = law_share_hold(writer->process->law, writer->law);
    if (law != writer->law)
        store_use_law(writer->store, law);
    writer->law = law;
}

static void tell_recounted(struct writer *writer)
{
    const struct store_counts now = store_counts(writer->store), *before = &writer->recount_from;
    char seconds[24];
    snprintf(seconds, sizeof seconds, "%.1f", (double)(instant_monotonic() - writer->recount_since) / 1e6);
    log_event(LEVEL_INFO, "time limits are counted again", "calendars", law_calendars_mark(writer->law), "clocks",
              LOG_NUMBER(now.recounted_clocks - before->recounted_clocks), "aggregates",
              LOG_NUMBER(now.recounted - before->recounted), "seconds", seconds, NULL);
    writer->recount_since = 0;
}

static void recount_step(struct writer *writer, bool busy)
{
    size_t moved;
    if (writer->recount_since == 0) {
        writer->recount_since = instant_monotonic();
        writer->recount_from = store_counts(writer->store);
    }
    if (!store_recount(writer->store, instant_now(), busy ? RECOUNT_BUSY : BATCH_COMMANDS_MAX, &moved))
        writer->recount_at = instant_monotonic() + IDLE_MS * 1000;
    if (moved > 0)
        wake_readers(writer->process);
    if (!store_recounts(writer->store))
        tell_recounted(writer);
}

/* There is more to count, and it can go on now. */
static bool recounts(const struct writer *writer)
{
    return store_recounts(writer->store) && instant_monotonic() >= writer->recount_at;
}

/* Open clocks are counted again by a new list of working days in steps that are small while others wait. */
static void recount(struct writer *writer, bool busy)
{
    if (recounts(writer))
        recount_step(writer, busy);
    else if (!store_recounts(writer->store))
        writer->recount_since = 0; /* the partitions went to another process meanwhile */
}

static void turn(struct writer *writer)
{
    struct work *batch[BATCH_COMMANDS_MAX];
    renew_law(writer);
    take_and_drop(writer);
    gather(writer);
    size_t count = choose(writer, batch, BATCH_COMMANDS_MAX);
    if (count > 0) {
        store_batch(writer->store, batch, count);
        hand_back(writer, batch, count);
    }
    recount(writer, count > 0);
    if (!recounts(writer)) /* what the new list moves must not run out by the old one */
        fire(writer);
    if (count == 0)
        sweep(writer);
}

/* Main has opened it once, but the database can have gone since. False: the process ends before it is back. */
static bool open_store(struct writer *writer)
{
    struct process *process = writer->process;
    writer->law = law_share_hold(process->law, NULL);
    struct store_conf conf = {process->conninfo, process->node, process->partitions, writer->law, false};
    struct pollfd stop = {process->stop_descriptor, POLLIN, 0};
    struct refusal refusal;
    while (!atomic_load(&process->stop)) {
        if (store_open(&writer->store, &conf, process->service, &refusal) == OK)
            return true;
        log_refusal(LEVEL_WARNING, "the store cannot be opened now", &refusal, "");
        poll(&stop, 1, OPEN_AGAIN_MS);
    }
    return false;
}

static void log_counts(const struct writer *writer)
{
    const struct store_counts counts = store_counts(writer->store);

    log_event(LEVEL_INFO, "batches written", "batches", LOG_NUMBER(counts.batches), "commands",
              LOG_NUMBER(counts.commands), "entries", LOG_NUMBER(counts.entries), "refused", LOG_NUMBER(counts.refused),
              "repeated", LOG_NUMBER(counts.repeated), "statements", LOG_NUMBER(counts.statements), "halved",
              LOG_NUMBER(counts.halved), "fenced", LOG_NUMBER(counts.fenced), "fired", LOG_NUMBER(counts.fired),
              "recounted", LOG_NUMBER(counts.recounted), NULL);
}

void *writer_run(void *data)
{
    struct writer *writer = calloc(1, sizeof *writer);
    assert(writer);
    writer->process = data;
    struct process *process = writer->process;
    bool open = open_store(writer);
    struct pollfd wait[] = {{channel_descriptor(process->to_writer), POLLIN, 0}, {process->stop_descriptor, POLLIN, 0}};
    while (!atomic_load(&process->stop)) {
        if (writer->waiting_count == 0)
            poll(wait, 2, recounts(writer) ? 0 : IDLE_MS);
        turn(writer);
    }
    if (open)
        log_counts(writer);
    store_free(&writer->store);
    law_share_let_go(process->law, &writer->law);
    free(writer);
    return NULL;
}
