/* SPDX-License-Identifier: Apache-2.0
 *
 * Follow: the thread that reads the logs of the services that this one reacts to, and derives commands from their
 * events.
 *
 * Owns      a position in each partition of each source, and the works of one answer until they are all written.
 * Refuses   to go past a work that could not be written, and to follow a log whose history has changed (a fork): that
 * pair halts and is reported.
 *
 * Exactly once: a derived command's id follows from the event, and the mark of how far a partition has come is written
 * in the transaction that takes the event's effect. Each mark names the one before it, so nothing can be overtaken.
 */
#include "common/base/fail_point.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/runtime/peer.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"
#include "common/store/sql_text.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    AT_MOST = 256,            /* entries an answer */
    MARK_EVERY = 512,         /* entries after which a partition for which nothing came writes its mark */
    SILENCE_US = 3 * 1000000, /* then the question is asked again */
    PAUSE_US = 100 * 1000,    /* after a failure */
    TURN_MS = 100,
    TAKE_MOST = 1024,
    WORKS_MOST = TAKE_MOST - EVENTS_MAX - PARTITIONS_MAX /* an entry and the marks still fit in */
};

struct trail { /* one partition of one source */
    uint64_t position;
    uint8_t hash[32];
    bool has_hash;
    bool asked;
    bool halted;
    bool failed;
    int64_t asked_at;
    int64_t not_before;
    size_t open; /* works on their way */
    uint64_t next_position;
    uint8_t next_hash[32];
};

struct follow_thread {
    struct process *process;
    struct peers *peers;
    void *preparing;
    unsigned generation; /* of `held` that the cursors were read for */
    bool stale;          /* a work came back unwritten: our cursors may not be the store's any more */
    size_t open;         /* works on their way, of all trails and epochs */
    uint32_t epoch;      /* answers to questions of an earlier epoch are not taken */
    struct trail trails[SOURCES_MAX][PARTITIONS_MAX];
    struct cursor *cursors; /* [source][source partition][own partition] */
};

/* How far one own partition has come: entry position * EVENTS_MAX + event, as struct inbox_mark has it. */
struct cursor {
    uint64_t mark;
    uint8_t hash[32];
};

static struct cursor *cursor_at(struct follow_thread *follow, int source, uint32_t source_partition, uint32_t own)
{
    size_t partitions = follow->process->partitions;
    return &follow->cursors[((size_t)source * partitions + source_partition) * partitions + own];
}

/* ---- where to begin ---- */

static void read_cursor(struct cursor *cursor, const char *mark, const char *escaped_hash)
{
    size_t size = 0;
    unsigned char *hash = PQunescapeBytea((const unsigned char *)escaped_hash, &size);
    cursor->mark = strtoull(mark, NULL, 10);
    if (hash && size == sizeof cursor->hash)
        memcpy(cursor->hash, hash, size);
    PQfreemem(hash);
}

static void take_cursor_row(struct follow_thread *follow, PGresult *result, int row)
{
    struct process *process = follow->process;
    uint32_t own = (uint32_t)strtoul(PQgetvalue(result, row, 0), NULL, 10);
    int source = process_source(process, PQgetvalue(result, row, 1));
    uint32_t from = (uint32_t)strtoul(PQgetvalue(result, row, 2), NULL, 10);
    if (source >= 0 && own < process->partitions && from < process->partitions)
        read_cursor(cursor_at(follow, source, from, own), PQgetvalue(result, row, 3), PQgetvalue(result, row, 4));
}

static bool read_cursors(struct follow_thread *follow)
{
    PGconn *connection = PQconnectdb(follow->process->conninfo);
    struct arena *arena = arena_new(SIZE_MAX);
    PGresult *result = PQexec(connection, sql_for_schema(arena, "inbox_cursors", follow->process->service->name));
    bool good = PQresultStatus(result) == PGRES_TUPLES_OK;
    size_t partitions = follow->process->partitions;
    memset(follow->cursors, 0, follow->process->source_count * partitions * partitions * sizeof *follow->cursors);
    for (int row = 0; good && row < PQntuples(result); row++)
        take_cursor_row(follow, result, row);
    PQclear(result);
    arena_free(&arena);
    PQfinish(connection);
    return good;
}

/* The lowest cursor of the partitions that this process has: from there on something may be missing. NULL: it has none.
 */
static const struct cursor *lowest_cursor(struct follow_thread *follow, int source, uint32_t from)
{
    const struct cursor *lowest = NULL;
    for (uint32_t own = 0; own < follow->process->partitions; own++) {
        const struct cursor *cursor = cursor_at(follow, source, from, own);
        if (atomic_load(&follow->process->held[own]) && (!lowest || cursor->mark < lowest->mark))
            lowest = cursor;
    }
    return lowest;
}

/* The last entry that is wholly behind a mark; the hash is that entry's only when the mark ends it. */
static struct trail trail_from(const struct cursor *cursor)
{
    struct trail trail = {0};
    if (!cursor) {
        trail.halted = true;
        return trail;
    }
    uint64_t entries = (cursor->mark + 1) / EVENTS_MAX;
    trail.position = entries > 0 ? entries - 1 : 0;
    trail.has_hash = trail.position > 0 && (cursor->mark + 1) % EVENTS_MAX == 0;
    memcpy(trail.hash, cursor->hash, sizeof trail.hash);
    return trail;
}

/* Starts anew when the set of partitions has changed. Works on their way come back with the old epoch and are ignored.
 */
static void begin_anew(struct follow_thread *follow)
{
    unsigned generation = atomic_load(&follow->process->held_generation);
    bool again = generation != follow->generation || follow->stale;
    /* What is on its way could still move a cursor after it was read. */
    if (!again || follow->open > 0 || !read_cursors(follow))
        return;
    follow->generation = generation;
    follow->stale = false;
    follow->epoch++;
    for (int source = 0; source < (int)follow->process->source_count; source++) {
        for (uint32_t from = 0; from < follow->process->partitions; from++) {
            struct trail *trail = &follow->trails[source][from];
            *trail = trail_from(lowest_cursor(follow, source, from));
            atomic_store(&follow->process->settled[source][from], trail->position);
        }
    }
}

/* ---- asking ---- */

static void ask(struct follow_thread *follow, int source, uint32_t from)
{
    struct trail *trail = &follow->trails[source][from];
    Tiaojie__Follow question = TIAOJIE__FOLLOW__INIT;
    uint8_t body[128];
    question.partition = from;
    question.position = trail->position;
    question.at_most = AT_MOST;
    if (trail->has_hash)
        question.hash = (ProtobufCBinaryData){sizeof trail->hash, trail->hash};
    Tiaojie__Command command = TIAOJIE__COMMAND__INIT;
    uint64_t route = (uint64_t)follow->epoch << 32 | (uint64_t)source << 16 | from;
    command.service = (char *)follow->process->sources[source];
    command.name = (char *)"log follow";
    command.question = true;
    command.body = (ProtobufCBinaryData){tiaojie__follow__pack(&question, body), body};
    int64_t now = instant_monotonic();
    trail->asked = peers_send(follow->peers, &command, from, route) == OK;
    trail->asked_at = now;
    trail->not_before = now + PAUSE_US;
}

static void ask_all(struct follow_thread *follow)
{
    int64_t now = instant_monotonic();
    for (int source = 0; source < (int)follow->process->source_count; source++) {
        for (uint32_t from = 0; from < follow->process->partitions; from++) {
            struct trail *trail = &follow->trails[source][from];
            if (trail->asked && now - trail->asked_at > SILENCE_US)
                trail->asked = false;
            if (!trail->halted && !trail->asked && trail->open == 0 && now >= trail->not_before)
                ask(follow, source, from);
        }
    }
}

/* ---- deriving ---- */

static const struct follow *reaction(const struct follow_thread *follow, const char *source, const char *event)
{
    for (const struct follow *at = follow->process->service->follows; at && at->source; at++) {
        if (strcmp(at->source, source) == 0 && strcmp(at->event, event) == 0)
            return at;
    }
    return NULL;
}

/* The derived command's id follows from where its event stands. */
static struct uuid derived_id(const struct follow_thread *follow, const struct origin *origin, uint32_t from,
                              size_t ordinal)
{
    char place[192];
    int size = snprintf(place, sizeof place, "%s|%s|%u|%llu", follow->process->node, origin->service, from,
                        (unsigned long long)origin->position);
    return uuid_derive(place, (size_t)size, ordinal, origin->at / 1000);
}

static void stamp_work(struct follow_thread *follow, struct job *job, const struct origin *origin)
{
    job->back = follow->process->to_follow;
    tiaojie__stamp__init(&job->work.stamp);
    job->work.stamp.received_at = origin->at;
    job->work.stamp.roles = 1u << TIAOJIE__ROLE__ROLE_SERVICE;
    job->work.stamp.place = follow->process->place;
}

/* NULL: nothing for us. */
static struct job *derive_one(struct follow_thread *follow, int source, uint32_t from, const Tiaojie__Entry *entry,
                              size_t ordinal)
{
    struct process *process = follow->process;
    const struct follow *reacts = reaction(follow, process->sources[source], entry->events[ordinal]->name);
    if (!reacts)
        return NULL;
    struct job *job = job_new(JOB_COMMAND);
    struct origin origin = {process->sources[source], entry->position,     entry->target, entry->at,
                            entry->principal,         process->partitions, job->arena};
    struct derived derived = {0};
    const ProtobufCBinaryData body = entry->events[ordinal]->body;
    ProtobufCMessage *event =
        protobuf_c_message_unpack(reacts->message, arena_allocator(job->arena), body.len, body.data);
    if (event)
        reacts->derive(event, &origin, &derived);
    else
        log_event(LEVEL_ERROR, "a followed event could not be read", "source", process->sources[source], "event",
                  reacts->event, "position", LOG_NUMBER(entry->position), NULL);
    if (!derived.command) {
        job_free(&job);
        return NULL;
    }
    stamp_work(follow, job, &origin);
    job->work.id = derived_id(follow, &origin, from, ordinal);
    job->work.command = derived.command;
    job->work.target = derived.target;
    job->work.source_about = entry->target;
    job->work.partition = derived.command->creates ? affinity_partition(derived.target, process->partitions)
                                                   : id_partition(derived.target);
    job->work.body = derived.body;
    job->work.trace = arena_text(job->arena, entry->trace);
    return job;
}

static struct job *mark_only(struct follow_thread *follow, uint32_t own)
{
    struct job *job = job_new(JOB_COMMAND);
    struct origin origin = {.at = instant_now()};
    stamp_work(follow, job, &origin);
    job->work.partition = own;
    return job;
}

static void set_mark(struct follow_thread *follow, struct job *job, int source, uint32_t from, uint64_t after,
                     uint64_t mark, ProtobufCBinaryData hash)
{
    struct work *work = &job->work;
    job->trail.epoch = follow->epoch;
    job->trail.source = source;
    job->trail.partition = from;
    work->has_mark = true;
    work->mark = (struct inbox_mark){
        .source = follow->process->sources[source], .source_partition = from, .after = after, .position = mark};
    if (hash.len == sizeof work->mark.hash)
        memcpy(work->mark.hash, hash.data, hash.len);
}

/* ---- handing on ---- */

struct handing { /* the works of one answer */
    struct job *jobs[TAKE_MOST];
    uint64_t handed[PARTITIONS_MAX]; /* the cursor of each own partition once the works before are written */
    size_t count;
};

/* The last work of an entry for its partition ends the entry; those before it leave it open. */
static void end_entry(struct handing *handing, size_t first, uint64_t position)
{
    for (size_t i = handing->count; i-- > first;) {
        struct work *work = &handing->jobs[i]->work;
        bool later = false;
        for (size_t k = i + 1; k < handing->count; k++)
            later |= handing->jobs[k]->work.partition == work->partition;
        if (!later)
            work->mark.position = position * EVENTS_MAX + EVENTS_MAX - 1;
    }
    /* Marks are final now, so each can name the one before it. */
    for (size_t i = first; i < handing->count; i++) {
        struct work *work = &handing->jobs[i]->work;
        work->mark.after = handing->handed[work->partition];
        handing->handed[work->partition] = work->mark.position;
    }
}

static void derive_entry(struct follow_thread *follow, struct handing *handing, int source, uint32_t from,
                         const Tiaojie__Entry *entry)
{
    size_t first = handing->count;
    for (size_t k = 0; k < entry->n_events && k < EVENTS_MAX; k++) {
        struct job *job = derive_one(follow, source, from, entry, k);
        if (!job)
            continue;
        uint32_t own = job->work.partition;
        uint64_t mark = entry->position * EVENTS_MAX + k;
        bool ours = own < follow->process->partitions && atomic_load(&follow->process->held[own]);
        if (!ours || mark <= handing->handed[own]) {
            job_free(&job);
            continue;
        }
        set_mark(follow, job, source, from, 0, mark, entry->hash);
        handing->jobs[handing->count++] = job;
    }
    end_entry(handing, first, entry->position);
}

/* Partitions for which nothing came for long write how far they are, so that a restart need not read all again. */
static void add_marks(struct follow_thread *follow, struct handing *handing, int source, uint32_t from,
                      const Tiaojie__Entry *last)
{
    uint64_t mark = last->position * EVENTS_MAX + EVENTS_MAX - 1;
    for (uint32_t own = 0; own < follow->process->partitions; own++) {
        uint64_t handed = handing->handed[own];
        if (!atomic_load(&follow->process->held[own]) || mark < handed + (uint64_t)MARK_EVERY * EVENTS_MAX)
            continue;
        struct job *job = mark_only(follow, own);
        set_mark(follow, job, source, from, handed, mark, last->hash);
        handing->jobs[handing->count++] = job;
    }
}

/* Seals what is personal. A refused work goes on with its refusal and is parked; a work that may succeed later holds up
 * the rest. */
static bool prepare_works(struct follow_thread *follow, struct handing *handing)
{
    for (size_t i = 0; i < handing->count; i++) {
        struct work *work = &handing->jobs[i]->work;
        if (!work->command || !message_is_personal(work->command->message))
            continue;
        follow->process->preparer->run(follow->preparing, &work, 1);
        if (status_retry(work->status))
            return false;
    }
    return true;
}

static void hand_on(struct follow_thread *follow, struct handing *handing, struct trail *trail)
{
    bool going = prepare_works(follow, handing);
    trail->failed = !going;
    if (handing->count > 0)
        fail_point("follow.derived");
    for (size_t i = 0; i < handing->count; i++) {
        struct job *job = handing->jobs[i];
        atomic_fetch_add(&follow->process->waiting[job->work.partition], 1);
        if (going && channel_give(follow->process->to_writer, job)) {
            trail->open++;
            follow->open++;
            continue;
        }
        atomic_fetch_sub(&follow->process->waiting[job->work.partition], 1);
        going = false;
        trail->failed = true;
        job_free(&job);
    }
}

/* ---- what comes back ---- */

static void settle(struct follow_thread *follow, int source, uint32_t from)
{
    struct trail *trail = &follow->trails[source][from];
    if (trail->open > 0)
        return;
    trail->not_before = trail->failed ? instant_monotonic() + PAUSE_US : 0;
    if (trail->failed)
        return;
    trail->position = trail->next_position;
    memcpy(trail->hash, trail->next_hash, sizeof trail->hash);
    trail->has_hash = trail->position > 0;
    atomic_store(&follow->process->settled[source][from], trail->position);
}

static void take_entries(struct follow_thread *follow, int source, uint32_t from, const Tiaojie__Followed *followed)
{
    struct trail *trail = &follow->trails[source][from];
    struct handing *handing = calloc(1, sizeof *handing);
    assert(handing);
    for (uint32_t own = 0; own < follow->process->partitions; own++)
        handing->handed[own] = cursor_at(follow, source, from, own)->mark;
    const Tiaojie__Entry *last = NULL;
    for (size_t i = 0; i < followed->n_entries && handing->count < WORKS_MOST; i++) {
        last = followed->entries[i];
        derive_entry(follow, handing, source, from, last);
    }
    add_marks(follow, handing, source, from, last);
    trail->next_position = last->position;
    if (last->hash.len == sizeof trail->next_hash)
        memcpy(trail->next_hash, last->hash.data, sizeof trail->next_hash);
    hand_on(follow, handing, trail);
    free(handing);
    settle(follow, source, from);
}

static void halt(struct follow_thread *follow, int source, uint32_t from)
{
    struct trail *trail = &follow->trails[source][from];
    trail->halted = true;
    log_event(LEVEL_ERROR, "a followed log has another history: this pair halts", "source",
              follow->process->sources[source], "partition", LOG_NUMBER(from), "position", LOG_NUMBER(trail->position),
              NULL);
}

static void take_answer(void *data, uint64_t route, const Tiaojie__Answer *answer)
{
    struct follow_thread *follow = data;
    int source = (int)(route >> 16 & 0xff);
    uint32_t from = (uint32_t)(route & 0xffff);
    if (route >> 32 != follow->epoch || source >= (int)follow->process->source_count ||
        from >= follow->process->partitions || !follow->trails[source][from].asked)
        return;
    follow->trails[source][from].asked = false;
    if (answer->status == UNVERIFIED) {
        halt(follow, source, from);
        return;
    }
    if (answer->status != OK)
        return;
    struct arena *arena = arena_new((size_t)SOCKET_FRAME_MAX * 16);
    Tiaojie__Followed *followed =
        tiaojie__followed__unpack(arena_allocator(arena), answer->body.len, answer->body.data);
    if (followed && followed->forked)
        halt(follow, source, from);
    else if (followed && followed->n_entries > 0)
        take_entries(follow, source, from, followed);
    else if (followed)
        follow->trails[source][from].not_before = 0;
    arena_free(&arena);
}

static void take_back(struct follow_thread *follow, struct job *job)
{
    const struct work *work = &job->work;
    job_log(job);
    if (work->status == OK && work->command)
        fail_point("follow.written");
    follow->open--;
    if (job->trail.epoch == follow->epoch) {
        struct trail *trail = &follow->trails[job->trail.source][job->trail.partition];
        struct cursor *cursor = cursor_at(follow, job->trail.source, job->trail.partition, work->partition);
        trail->open--;
        if (status_retry(work->status)) {
            trail->failed = true;
            follow->stale = true;
        } else {
            cursor->mark = work->mark.position;
            memcpy(cursor->hash, work->mark.hash, sizeof cursor->hash);
        }
        if (work->status != OK && !status_retry(work->status))
            log_refusal(LEVEL_WARNING, "an event was parked", &work->refusal, work->trace);
        settle(follow, job->trail.source, job->trail.partition);
    }
    job_free(&job);
}

static void turn(struct follow_thread *follow)
{
    void *jobs[TAKE_MOST];
    size_t count = channel_take(follow->process->to_follow, jobs, TAKE_MOST);
    for (size_t i = 0; i < count; i++)
        take_back(follow, jobs[i]);
    begin_anew(follow);
    ask_all(follow);
    peers_receive(follow->peers, take_answer, follow);
}

void *follow_run(void *data)
{
    struct follow_thread *follow = calloc(1, sizeof *follow);
    assert(follow);
    struct process *process = data;
    follow->process = process;
    size_t partitions = process->partitions;
    follow->cursors = calloc(process->source_count * partitions * partitions + 1, sizeof *follow->cursors);
    assert(follow->cursors);
    follow->peers = peers_new(process);
    follow->preparing = process->preparer->open(process);
    const int descriptors[] = {channel_descriptor(process->to_follow), process->stop_descriptor};
    while (!atomic_load(&process->stop)) {
        turn(follow);
        peers_wait(follow->peers, descriptors, 2, TURN_MS);
    }
    process->preparer->close(&follow->preparing);
    peers_free(&follow->peers);
    free(follow->cursors);
    free(follow);
    return NULL;
}
