/* SPDX-License-Identifier: Apache-2.0
 *
 * Socket: ZeroMQ sockets as all processes of a node use them: CURVE, bounded, one frame a message.
 *
 * Owns      CURVE keys and their files, the options of a socket, and the form of a message: on a DEALER one frame, on a
 *           ROUTER the peer's route and one frame. Other numbers of parts are read to their end and refused.
 * Options   linger 0 (closing never waits); queues of SOCKET_QUEUE messages a peer; frames up to SOCKET_FRAME_MAX (over
 * it ZeroMQ disconnects); handshake within 5 s; heartbeat each 2 s, a silent peer is gone after 6 s; ROUTER_MANDATORY
 * on (sending to a peer that is gone, or that doesn't read, is told and not lost silently); ROUTER_HANDOVER off (nobody
 * takes over a peer's route by naming it); reconnect 50 ms to 1 s. Refuses   a listening CURVE socket without a running
 * key check (common/net/zap.h): libzmq would let every key in. Threads   a socket belongs to the thread that uses it;
 * libzmq has no lock inside.
 */
#pragma once
#include "common/base/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

struct zap;

enum {
    SOCKET_FRAME_MAX = 1024 * 1024,
    SOCKET_QUEUE = 4096,
    SOCKET_ROUTE_MAX = 32,
    CURVE_TEXT_SIZE = 41, /* Z85 of 32 bytes, and the terminator */
};

/* ---- keys ---- */

struct curve_key {
    char public_text[CURVE_TEXT_SIZE];
    char secret_text[CURVE_TEXT_SIZE];
};

void curve_key_make(struct curve_key *key);

/* A key file is made with mode 0600 and never overwritten. Load refuses a file that the group or others can read, and
 * one whose two halves don't belong together. `path` is borrowed by the refusal. */
MUST_CHECK enum status curve_key_save(const struct curve_key *key, const char *path, struct refusal *refusal);
MUST_CHECK enum status curve_key_load(struct curve_key *key, const char *path, struct refusal *refusal);

/* Whether a text is a public key by form: 40 characters of Z85. */
bool curve_text_valid(const char *text);

/* ---- sockets ---- */

/* ZMQ_ROUTER or ZMQ_DEALER. `domain` is what the key check is asked with ("gateway", "service"). key == NULL (and zap
 * == NULL) is for inproc only. Texts of the refusal are borrowed from the arguments. */
MUST_CHECK enum status socket_bind(void *context, const struct zap *zap, int type, const char *endpoint,
                                   const struct curve_key *key, const char *domain, void **socket,
                                   struct refusal *refusal);
MUST_CHECK enum status socket_connect(void *context, int type, const char *endpoint, const struct curve_key *own,
                                      const char *server_public, void **socket, struct refusal *refusal);

/* The two halves of socket_connect, for who wants a monitor (common/net/monitor.h) between them. */
MUST_CHECK enum status socket_client(void *context, int type, const struct curve_key *own, const char *server_public,
                                     void **socket, struct refusal *refusal);
MUST_CHECK enum status socket_join(void **socket, const char *endpoint, struct refusal *refusal);

/* Closes it and sets it to NULL; NULL is allowed. */
void socket_close(void **socket);

/* ---- messages ---- */

struct route {
    uint8_t size;
    uint8_t bytes[SOCKET_ROUTE_MAX];
};

struct received {
    struct route route;         /* ROUTER only: where an answer goes */
    char peer[CURVE_TEXT_SIZE]; /* the peer's public key as the key check passed it; "" without CURVE */
    const uint8_t *bytes;       /* until received_free or the next socket_receive into it */
    size_t size;
    zmq_msg_t frame; /* socket.c's own */
};

void received_init(struct received *received);
void received_free(struct received *received);

/* Never waits. OK; BUSY when nothing is there; TOO_LARGE when a message had too many or too few parts: it has been read
 * to its end, only route and peer are set; UNAVAILABLE when the context ends. */
MUST_CHECK enum status socket_receive(void *socket, struct received *received);

/* Never waits. `route` is NULL on a DEALER. BUSY: the peer's queue is full; UNAVAILABLE: the peer is gone, or the
 * context ends. Nothing was sent then. */
MUST_CHECK enum status socket_send(void *socket, const struct route *route, const void *bytes, size_t size);

/* What is waited for: a socket, or where that is NULL a descriptor, or where that is negative nothing. */
struct waited {
    void *socket;
    int descriptor;
    bool ready; /* afterwards: false: nothing is there; true: receive until BUSY, which may be at once */
};

enum { WAITED_MAX = 264 };

/* Waits until one of these, at most WAITED_MAX, is ready, or `wait_ms` have passed (-1: without end). A signal ends it
 * early. */
void sockets_wait(struct waited *waited, size_t count, int wait_ms);

/* The same for one socket; whether it is ready. */
bool socket_wait(void *socket, int wait_ms);
