/* SPDX-License-Identifier: Apache-2.0
 *
 * Door: the thread that talks with gateways, readers and the other services of the node.
 *
 * Owns      the service's listening socket, and the requests that wait for a token.
 * Refuses   what the gateway should have refused already (unknown names, bytes that do not fit the contract),
 * partitions that this process does not have, and more than PARTITION_JOBS_MAX waiting for one partition.
 */
#include "common/base/fail_point.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/net/scan.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"
#include "common/runtime/reply.h"
#include "common/seal/keyed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { TAKE_MOST = 2048, TOKEN_WAIT_US = 5 * 1000000, TURN_MS = 20, IDLE_MS = 200, FRAMES_A_TURN = 64 };

struct door {
    struct process *process;
    void *socket;
    struct keyed *digest;
    struct arena *frame_arena;
    struct job *held[JOBS_MAX]; /* wait for a token */
    size_t held_count;
    struct job *done[TAKE_MOST];
    size_t done_count;
};

static void flush(struct door *door)
{
    if (door->done_count > 0)
        fail_point("door.before_answer");
    replies_send(door->socket, door->process->service->name, door->done, door->done_count);
    door->done_count = 0;
}

static void finish(struct door *door, struct job *job)
{
    if (door->done_count == TAKE_MOST)
        flush(door);
    door->done[door->done_count++] = job;
}

static void finish_refused(struct door *door, struct job *job, enum status status, const char *reason,
                           const char *remedy)
{
    job->work.status = refuse(&job->work.refusal, status, "", reason, remedy);
    finish(door, job);
}

/* ---- tokens ---- */

/* True when this service has seen all that the asker wants it to have seen. */
static bool has_seen(const struct process *process, const struct job *job)
{
    for (size_t i = 0; i < job->after_count; i++) {
        const Tiaojie__Token *token = job->after[i];
        int source = process_source(process, token->service);
        if (source >= 0 && token->partition < process->partitions &&
            atomic_load(&process->settled[source][token->partition]) < token->position)
            return false;
    }
    return true;
}

/* ---- passing on ---- */

static void pass_command(struct door *door, struct job *job)
{
    struct process *process = door->process;
    uint32_t partition = job->work.partition;
    if (!atomic_load(&process->held[partition])) {
        finish_refused(door, job, MOVED, N_("another process has this partition now"), N_("send it again"));
        return;
    }
    if (atomic_load(&process->waiting[partition]) >= PARTITION_JOBS_MAX) {
        finish_refused(door, job, BUSY, N_("too many commands wait for this office"),
                       N_("send it again a little later"));
        return;
    }
    bool personal = message_is_personal(job->work.command->message) || process->preparer != &VAULT_PREPARER;
    atomic_fetch_add(&process->waiting[partition], 1);
    if (channel_give(personal ? process->to_prepare : process->to_writer, job))
        return;
    atomic_fetch_sub(&process->waiting[partition], 1);
    finish_refused(door, job, BUSY, N_("too many commands wait in this process"), N_("send it again a little later"));
}

static void pass_on(struct door *door, struct job *job)
{
    if (job->kind == JOB_COMMAND) {
        pass_command(door, job);
        return;
    }
    if (!channel_give(door->process->to_tail, job))
        finish_refused(door, job, BUSY, N_("too many questions wait in this process"), N_("ask again a little later"));
}

static void admit(struct door *door, struct job *job)
{
    if (has_seen(door->process, job)) {
        pass_on(door, job);
        return;
    }
    if (door->held_count == JOBS_MAX) {
        finish_refused(door, job, BUSY, N_("too many requests wait for other services"),
                       N_("send it again a little later"));
        return;
    }
    job->waits_until = instant_monotonic() + TOKEN_WAIT_US;
    door->held[door->held_count++] = job;
}

static void look_at_held(struct door *door)
{
    int64_t now = door->held_count > 0 ? instant_monotonic() : 0;
    size_t kept = 0;
    for (size_t i = 0; i < door->held_count; i++) {
        struct job *job = door->held[i];
        if (has_seen(door->process, job))
            pass_on(door, job);
        else if (now >= job->waits_until)
            finish_refused(door, job, UNAVAILABLE, N_("another service has not handed its news on yet"),
                           N_("send it again"));
        else
            door->held[kept++] = job;
    }
    door->held_count = kept;
}

/* ---- receiving ---- */

static bool unpack_body(struct job *job, const ProtobufCMessageDescriptor *descriptor, ProtobufCBinaryData body)
{
    job->body = protobuf_c_message_unpack(descriptor, arena_allocator(job->arena), body.len, body.data);
    return job->body != NULL;
}

static uint32_t target_partition(const struct process *process, bool creates, uint64_t target)
{
    return creates ? affinity_partition(target, process->partitions) : id_partition(target);
}

static bool fill_command(struct door *door, struct job *job, const Tiaojie__Command *command)
{
    struct work *work = &job->work;
    work->command = service_command(door->process->service, command->name);
    if (!work->command || command->id.len != sizeof work->id.bytes ||
        !unpack_body(job, work->command->message, command->body))
        return false;
    memcpy(work->id.bytes, command->id.data, sizeof work->id.bytes);
    work->body = job->body;
    work->target = command->target;
    work->partition = target_partition(door->process, work->command->creates, command->target);
    work->expected_version = command->expected_version;
    work->deadline = command->deadline;
    keyed_digest(door->digest, command->body, work->digest);
    return work->partition < door->process->partitions;
}

static bool fill_question(struct door *door, struct job *job, const Tiaojie__Command *command)
{
    if (strcmp(command->name, "log follow") == 0) {
        job->kind = JOB_FOLLOW;
        if (!unpack_body(job, &tiaojie__follow__descriptor, command->body))
            return false;
        job->follow = (Tiaojie__Follow *)job->body;
        return job->follow->partition < door->process->partitions;
    }
    job->kind = JOB_QUESTION;
    job->question = service_question(door->process->service, command->name);
    if (!job->question || !unpack_body(job, job->question->message, command->body))
        return false;
    job->work.target = command->target;
    job->work.partition = target_partition(door->process, job->question->creates, command->target);
    return job->work.partition < door->process->partitions;
}

/* The forward's own memory goes with its frame: what the job needs later is unpacked again into the job's arena. */
static void receive_one(struct door *door, const struct route *peer, const Tiaojie__Forward *forward)
{
    const Tiaojie__Command *command = forward->command;
    struct job *job = job_new(JOB_COMMAND);
    job->peer = *peer;
    job->back = door->process->to_door;
    job->route =
        (ProtobufCBinaryData){forward->route.len, arena_copy(job->arena, forward->route.data, forward->route.len)};
    if (!command || !forward->stamp) {
        finish_refused(door, job, INVALID, N_("a forward without command or stamp"), N_("report it to the operator"));
        return;
    }
    job->id = (ProtobufCBinaryData){command->id.len, arena_copy(job->arena, command->id.data, command->id.len)};
    job->work.stamp = *forward->stamp;
    job->work.trace = arena_text(job->arena, command->trace);
    job->after_count = command->n_after;
    job->after = arena_array(job->arena, command->n_after + 1, sizeof *job->after);
    for (size_t i = 0; i < command->n_after; i++) {
        job->after[i] = arena_copy(job->arena, command->after[i], sizeof **command->after);
        job->after[i]->service = arena_text(job->arena, command->after[i]->service);
    }
    bool good = command->question ? fill_question(door, job, command) : fill_command(door, job, command);
    if (!good) {
        finish_refused(door, job, INVALID, N_("this service does not know that message"), N_("see `tiaojie help`"));
        return;
    }
    admit(door, job);
}

static void receive_frame(struct door *door, const struct received *received)
{
    arena_clear(door->frame_arena);
    Tiaojie__Forwards *forwards =
        tiaojie__forwards__unpack(arena_allocator(door->frame_arena), received->size, received->bytes);
    if (!forwards) {
        log_event(LEVEL_WARNING, "a frame could not be read", "bytes", LOG_NUMBER(received->size), NULL);
        return;
    }
    for (size_t i = 0; i < forwards->n_forwards; i++)
        receive_one(door, &received->route, forwards->forwards[i]);
}

static void receive(struct door *door)
{
    struct received received;
    received_init(&received);
    for (int i = 0; i < FRAMES_A_TURN; i++) {
        enum status status = socket_receive(door->socket, &received);
        if (status == BUSY || status == UNAVAILABLE)
            break;
        if (status != OK)
            continue;
        fail_point("door.received");
        receive_frame(door, &received);
    }
    received_free(&received);
}

static void collect(struct door *door)
{
    void *jobs[TAKE_MOST];
    size_t count = channel_take(door->process->to_door, jobs, TAKE_MOST);
    for (size_t i = 0; i < count; i++)
        finish(door, jobs[i]);
}

static void close_door(struct door *door)
{
    socket_close(&door->socket);
    keyed_free(&door->digest);
    arena_free(&door->frame_arena);
    free(door);
}

void *door_run(void *data)
{
    struct door *door = calloc(1, sizeof *door);
    assert(door);
    door->process = data;
    struct process *process = door->process;
    struct refusal refusal;
    door->digest = keyed_new(&process->digest_key);
    door->frame_arena = arena_new((size_t)SOCKET_FRAME_MAX * 16);
    if (socket_bind(process->context, process->zap, ZMQ_ROUTER, process->endpoint, &process->key, "service",
                    &door->socket, &refusal) != OK)
        log_refusal(LEVEL_ERROR, "the door cannot be opened", &refusal, "");
    while (door->socket && !atomic_load(&process->stop)) {
        struct waited waited[] = {{.socket = door->socket},
                                  {.descriptor = channel_descriptor(process->to_door)},
                                  {.descriptor = process->stop_descriptor}};
        sockets_wait(waited, 3, door->held_count > 0 ? TURN_MS : IDLE_MS);
        if (waited[0].ready)
            receive(door);
        look_at_held(door);
        collect(door);
        flush(door);
    }
    close_door(door);
    return NULL;
}
