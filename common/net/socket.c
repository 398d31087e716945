/* SPDX-License-Identifier: Apache-2.0
 *
 * Socket: options, and messages of one frame.
 */
#include "common/net/socket.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

enum {
    HANDSHAKE_MS = 5000,
    HEARTBEAT_MS = 2000,
    HEARTBEAT_TIMEOUT_MS = 6000,
    RECONNECT_MS = 50,
    RECONNECT_MAX_MS = 1000,
};

static int set_number(void *socket, int option, int value)
{
    return zmq_setsockopt(socket, option, &value, sizeof value);
}

static int set_text(void *socket, int option, const char *value)
{
    return zmq_setsockopt(socket, option, value, strlen(value));
}

static int set_common(void *socket, int type)
{
    static const struct {
        int option, value;
    } options[] = {
        {ZMQ_LINGER, 0},
        {ZMQ_SNDHWM, SOCKET_QUEUE},
        {ZMQ_RCVHWM, SOCKET_QUEUE},
        {ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS},
        {ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS},
        {ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS},
        {ZMQ_RECONNECT_IVL, RECONNECT_MS},
        {ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS},
    };
    int64_t frame_max = SOCKET_FRAME_MAX;
    int failed = 0;

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        failed |= set_number(socket, options[i].option, options[i].value);
    failed |= zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &frame_max, sizeof frame_max);
    if (type == ZMQ_ROUTER) {
        failed |= set_number(socket, ZMQ_ROUTER_MANDATORY, 1);
        failed |= set_number(socket, ZMQ_ROUTER_HANDOVER, 0);
    }
    return failed;
}

static int set_server(void *socket, const struct curve_key *key, const char *domain)
{
    if (!key)
        return 0;
    return set_number(socket, ZMQ_CURVE_SERVER, 1) | set_text(socket, ZMQ_CURVE_SECRETKEY, key->secret_text) |
           set_text(socket, ZMQ_ZAP_DOMAIN, domain);
}

static int set_client(void *socket, const struct curve_key *own, const char *server_public)
{
    if (!own)
        return 0;
    return set_text(socket, ZMQ_CURVE_SERVERKEY, server_public) |
           set_text(socket, ZMQ_CURVE_PUBLICKEY, own->public_text) |
           set_text(socket, ZMQ_CURVE_SECRETKEY, own->secret_text);
}

static enum status refuse_endpoint(void **socket, const char *endpoint, struct refusal *refusal)
{
    const char *reason = zmq_strerror(zmq_errno());

    socket_close(socket);
    return refuse_with(refusal, INVALID, "endpoint", N_("%1 cannot be used: %2"),
                       N_("write tcp://address:port or ipc://path (a path of at most 107 bytes) that is free"),
                       endpoint, reason);
}

enum status socket_bind(void *context, const struct zap *zap, int type, const char *endpoint,
                        const struct curve_key *key, const char *domain, void **socket, struct refusal *refusal)
{
    if (key && !zap)
        return refuse_with(refusal, BROKEN, "endpoint", N_("%1 would let every key in: no key check is running"),
                           N_("start the key check before the socket"), endpoint);
    *socket = zmq_socket(context, type);
    if (!*socket || set_common(*socket, type) != 0 || set_server(*socket, key, domain) != 0 ||
        zmq_bind(*socket, endpoint) != 0)
        return refuse_endpoint(socket, endpoint, refusal);
    return OK;
}

enum status socket_client(void *context, int type, const struct curve_key *own, const char *server_public,
                          void **socket, struct refusal *refusal)
{
    *socket = zmq_socket(context, type);
    if (*socket && set_common(*socket, type) == 0 && set_client(*socket, own, server_public) == 0)
        return OK;
    socket_close(socket);
    return refuse(refusal, INVALID, "key", N_("this key, or the server's, is not a CURVE key"),
                  N_("write the 40 characters as `tiaojie-admin` printed them"));
}

enum status socket_join(void **socket, const char *endpoint, struct refusal *refusal)
{
    return zmq_connect(*socket, endpoint) == 0 ? OK : refuse_endpoint(socket, endpoint, refusal);
}

enum status socket_connect(void *context, int type, const char *endpoint, const struct curve_key *own,
                           const char *server_public, void **socket, struct refusal *refusal)
{
    enum status status = socket_client(context, type, own, server_public, socket, refusal);

    return status == OK ? socket_join(socket, endpoint, refusal) : status;
}

void socket_close(void **socket)
{
    if (*socket)
        zmq_close(*socket);
    *socket = NULL;
}

void received_init(struct received *received)
{
    *received = (struct received){.size = 0};
    zmq_msg_init(&received->frame);
}

void received_free(struct received *received)
{
    zmq_msg_close(&received->frame);
}

static void take_peer(struct received *received)
{
    const char *peer = zmq_msg_gets(&received->frame, "User-Id");

    received->peer[0] = '\0';
    if (peer && strlen(peer) < sizeof received->peer)
        memcpy(received->peer, peer, strlen(peer) + 1);
}

/* One part into received->frame. A message arrives whole, so its later parts are there when the first is. */
static enum status take_part(void *socket, struct received *received)
{
    int size;

    do
        size = zmq_msg_recv(&received->frame, socket, ZMQ_DONTWAIT);
    while (size < 0 && zmq_errno() == EINTR);
    if (size >= 0)
        return OK;
    return zmq_errno() == EAGAIN ? BUSY : UNAVAILABLE;
}

static enum status drain(void *socket, struct received *received)
{
    while (zmq_msg_more(&received->frame)) {
        enum status status = take_part(socket, received);
        if (status != OK)
            return status;
    }
    received->bytes = NULL;
    received->size = 0;
    return TOO_LARGE;
}

static enum status take_route(void *socket, struct received *received)
{
    enum status status = take_part(socket, received);

    if (status != OK)
        return status;
    size_t size = zmq_msg_size(&received->frame);
    if (size > SOCKET_ROUTE_MAX || !zmq_msg_more(&received->frame))
        return drain(socket, received);
    received->route.size = (uint8_t)size;
    memcpy(received->route.bytes, zmq_msg_data(&received->frame), size);
    return OK;
}

static bool is_router(void *socket)
{
    int type = 0;
    size_t size = sizeof type;

    zmq_getsockopt(socket, ZMQ_TYPE, &type, &size);
    return type == ZMQ_ROUTER;
}

enum status socket_receive(void *socket, struct received *received)
{
    enum status status = is_router(socket) ? take_route(socket, received) : OK;

    if (status == OK)
        status = take_part(socket, received);
    if (status != OK)
        return status;
    take_peer(received);
    if (zmq_msg_more(&received->frame))
        return drain(socket, received);
    received->bytes = zmq_msg_data(&received->frame);
    received->size = zmq_msg_size(&received->frame);
    return OK;
}

static enum status send_part(void *socket, const void *bytes, size_t size, int flags)
{
    while (zmq_send(socket, bytes, size, flags | ZMQ_DONTWAIT) < 0) {
        if (zmq_errno() == EAGAIN)
            return BUSY;
        if (zmq_errno() != EINTR)
            return UNAVAILABLE;
    }
    return OK;
}

enum status socket_send(void *socket, const struct route *route, const void *bytes, size_t size)
{
    if (route) {
        enum status status = send_part(socket, route->bytes, route->size, ZMQ_SNDMORE);
        if (status != OK)
            return status;
    }
    return send_part(socket, bytes, size, 0);
}

static bool can_receive(void *socket)
{
    int events = ZMQ_POLLIN; /* of a context that ends: receiving says so */
    size_t size = sizeof events;

    zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size);
    return events & ZMQ_POLLIN;
}

static int socket_descriptor(void *socket)
{
    int descriptor = -1;
    size_t size = sizeof descriptor;

    zmq_getsockopt(socket, ZMQ_FD, &descriptor, &size);
    return descriptor;
}

/* A socket's descriptor tells only that something has changed since it was looked at. So each is looked at first, and
 * only where none has anything the descriptors are waited for; zmq_poll() does both twice. */
void sockets_wait(struct waited *waited, size_t count, int wait_ms)
{
    struct pollfd changed[WAITED_MAX];
    bool any = false;

    assert(count <= WAITED_MAX);
    for (size_t i = 0; i < count; i++) {
        void *socket = waited[i].socket;
        waited[i].ready = socket && can_receive(socket);
        changed[i] = (struct pollfd){socket ? socket_descriptor(socket) : waited[i].descriptor, POLLIN, 0};
        any |= waited[i].ready;
    }
    if (poll(changed, count, any ? 0 : wait_ms) <= 0)
        return;
    for (size_t i = 0; i < count; i++)
        waited[i].ready |= changed[i].revents != 0;
}

bool socket_wait(void *socket, int wait_ms)
{
    struct waited one = {.socket = socket};

    sockets_wait(&one, 1, wait_ms);
    return one.ready;
}
