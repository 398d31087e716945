/* SPDX-License-Identifier: Apache-2.0
 *
 * Peers: connections by process, made when first needed and forgotten when the process is gone.
 */
#include "common/runtime/peer.h"

#include "common/base/instant.h"
#include "common/base/log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PEERS_MAX = 64, REPEAT_MS = 500, TURN_MS = 50, WAIT_DESCRIPTORS = 4 };

struct connection {
    struct peer peer;
    void *socket;
};

struct peers {
    struct process *process;
    struct connection list[PEERS_MAX];
    size_t count;
};

struct peers *peers_new(struct process *process)
{
    struct peers *peers = calloc(1, sizeof *peers);
    assert(peers);
    peers->process = process;
    return peers;
}

void peers_free(struct peers **peers)
{
    if (!*peers)
        return;
    for (size_t i = 0; i < (*peers)->count; i++)
        socket_close(&(*peers)->list[i].socket);
    free(*peers);
    *peers = NULL;
}

static bool process_lives(struct process *process, const char *id)
{
    bool found = false;
    pthread_mutex_lock(&process->directory_lock);
    for (size_t i = 0; i < process->peer_count && !found; i++)
        found = strcmp(process->peers[i].process, id) == 0;
    pthread_mutex_unlock(&process->directory_lock);
    return found;
}

static void forget_dead(struct peers *peers)
{
    size_t kept = 0;
    for (size_t i = 0; i < peers->count; i++) {
        if (process_lives(peers->process, peers->list[i].peer.process))
            peers->list[kept++] = peers->list[i];
        else
            socket_close(&peers->list[i].socket);
    }
    peers->count = kept;
}

static void *connection_to(struct peers *peers, const struct peer *peer)
{
    for (size_t i = 0; i < peers->count; i++) {
        if (strcmp(peers->list[i].peer.process, peer->process) == 0)
            return peers->list[i].socket;
    }
    forget_dead(peers);
    if (peers->count == PEERS_MAX)
        return NULL;
    struct connection *connection = &peers->list[peers->count];
    struct refusal refusal;
    connection->peer = *peer;
    if (socket_connect(peers->process->context, ZMQ_DEALER, peer->endpoint, &peers->process->key, peer->public_key,
                       &connection->socket, &refusal) != OK) {
        log_refusal(LEVEL_WARNING, "a service could not be reached", &refusal, "");
        return NULL;
    }
    peers->count++;
    return connection->socket;
}

enum status peers_send(struct peers *peers, const Tiaojie__Command *command, uint32_t partition, uint64_t route)
{
    struct peer peer;
    if (!process_peer(peers->process, command->service, partition, &peer))
        return UNAVAILABLE;
    void *socket = connection_to(peers, &peer);
    if (!socket)
        return UNAVAILABLE;
    Tiaojie__Stamp stamp = TIAOJIE__STAMP__INIT;
    stamp.received_at = instant_now();
    stamp.roles = 1u << TIAOJIE__ROLE__ROLE_SERVICE;
    stamp.place = peers->process->place;
    Tiaojie__Forward forward = TIAOJIE__FORWARD__INIT;
    forward.route = (ProtobufCBinaryData){sizeof route, (uint8_t *)&route};
    forward.stamp = &stamp;
    forward.command = (Tiaojie__Command *)command;
    Tiaojie__Forward *list[] = {&forward};
    Tiaojie__Forwards forwards = TIAOJIE__FORWARDS__INIT;
    forwards.n_forwards = 1;
    forwards.forwards = list;
    size_t size = tiaojie__forwards__get_packed_size(&forwards);
    uint8_t *bytes = malloc(size + 1);
    assert(bytes);
    tiaojie__forwards__pack(&forwards, bytes);
    enum status status = socket_send(socket, NULL, bytes, size);
    free(bytes);
    return status;
}

static void take_frame(const struct received *received, void (*take)(void *, uint64_t, const Tiaojie__Answer *),
                       void *data)
{
    struct arena *arena = arena_new((size_t)SOCKET_FRAME_MAX * 16);
    Tiaojie__Replies *replies = tiaojie__replies__unpack(arena_allocator(arena), received->size, received->bytes);
    for (size_t i = 0; replies && i < replies->n_replies; i++) {
        const Tiaojie__Reply *reply = replies->replies[i];
        uint64_t route = 0;
        if (!reply->answer || reply->route.len != sizeof route)
            continue;
        memcpy(&route, reply->route.data, sizeof route);
        take(data, route, reply->answer);
    }
    arena_free(&arena);
}

void peers_receive(struct peers *peers, void (*take)(void *, uint64_t, const Tiaojie__Answer *), void *data)
{
    struct received received;
    received_init(&received);
    for (size_t i = 0; i < peers->count; i++) {
        while (socket_receive(peers->list[i].socket, &received) == OK)
            take_frame(&received, take, data);
    }
    received_free(&received);
}

void peers_wait(struct peers *peers, const int *descriptors, size_t count, int wait_ms)
{
    struct waited waited[PEERS_MAX + WAIT_DESCRIPTORS];
    size_t used = 0;
    for (size_t i = 0; i < peers->count; i++)
        waited[used++] = (struct waited){.socket = peers->list[i].socket};
    for (size_t i = 0; i < count && i < WAIT_DESCRIPTORS; i++)
        waited[used++] = (struct waited){.descriptor = descriptors[i]};
    sockets_wait(waited, used, wait_ms);
}

/* ---- asking and waiting ---- */

struct asking {
    struct ask *asks;
    size_t count;
    size_t open;
    struct arena *arena;
};

static Tiaojie__Answer *keep_answer(const Tiaojie__Answer *answer, struct arena *arena)
{
    size_t size = tiaojie__answer__get_packed_size(answer);
    uint8_t *bytes = arena_take(arena, size + 1);
    tiaojie__answer__pack(answer, bytes);
    return tiaojie__answer__unpack(arena_allocator(arena), size, bytes);
}

static void take_answer(void *data, uint64_t route, const Tiaojie__Answer *answer)
{
    struct asking *asking = data;
    bool later = status_retry((enum status)answer->status);
    if (route >= asking->count || asking->asks[route].answer || later)
        return;
    const struct ask *ask = &asking->asks[route];
    if (answer->id.len != ask->command.id.len || memcmp(answer->id.data, ask->command.id.data, answer->id.len) != 0)
        return; /* a late answer to an earlier question */
    asking->asks[route].answer = keep_answer(answer, asking->arena);
    asking->open--;
}

static void send_open(struct peers *peers, struct asking *asking)
{
    for (size_t i = 0; i < asking->count; i++) {
        if (!asking->asks[i].answer) {
            enum status status = peers_send(peers, &asking->asks[i].command, asking->asks[i].partition, i);
            (void)status; /* nobody there yet: it is sent again */
        }
    }
}

static void give_up(struct asking *asking)
{
    for (size_t i = 0; i < asking->count; i++) {
        if (asking->asks[i].answer)
            continue;
        Tiaojie__Answer *answer = arena_take(asking->arena, sizeof *answer);
        tiaojie__answer__init(answer);
        answer->status = UNAVAILABLE;
        asking->asks[i].answer = answer;
    }
}

struct ask ask_make(struct arena *arena, const char *service, const char *name, uint32_t partition,
                    const ProtobufCMessage *body)
{
    struct ask ask = {.partition = partition};
    const struct uuid id = uuid_new(instant_now() / 1000);
    const size_t size = protobuf_c_message_get_packed_size(body);
    uint8_t *bytes = arena_take(arena, size + 1);

    protobuf_c_message_pack(body, bytes);
    tiaojie__command__init(&ask.command);
    ask.command.id = (ProtobufCBinaryData){sizeof id, arena_copy(arena, &id, sizeof id)};
    ask.command.service = (char *)(uintptr_t)service;
    ask.command.name = (char *)(uintptr_t)name;
    ask.command.body = (ProtobufCBinaryData){size, bytes};
    return ask;
}

void peers_ask(struct peers *peers, struct ask *asks, size_t count, struct arena *arena, int wait_ms)
{
    struct asking asking = {asks, count, count, arena};
    int64_t end = instant_monotonic() + (int64_t)wait_ms * 1000;
    int64_t repeat = 0;
    while (asking.open > 0 && instant_monotonic() < end && !atomic_load(&peers->process->stop)) {
        if (instant_monotonic() >= repeat) {
            send_open(peers, &asking);
            repeat = instant_monotonic() + REPEAT_MS * 1000;
        }
        peers_wait(peers, &peers->process->stop_descriptor, 1, TURN_MS);
        peers_receive(peers, take_answer, &asking);
    }
    give_up(&asking);
}
