/* SPDX-License-Identifier: Apache-2.0
 *
 * Wire: the thread that talks with other nodes.
 *
 * Owns      the socket that they connect to, a connection to each of them, and when to send what again. Nothing that
 * must outlive it: what is to be signed or sent is found in the tables.
 * Refuses   a connection with a key that is no link's; a frame that does not fit the contract. It keeps nothing itself:
 * an envelope or receipt is confirmed only after this node's own service has committed it.
 *
 * wire.c has the sockets and the loop, arrival.c what comes in, delivery.c what goes out.
 */
#pragma once
#include "common/base/uuid.h"
#include "common/runtime/peer.h"
#include "proto/exchange.pb-c.h"
#include "services/exchange/links.h"

enum { FLIGHTS_MAX = 1024, ASK_MS = 5000 };

/* An envelope or receipt that was sent and is not noted yet. */
struct flight {
    uint64_t conversation;
    uint32_t ordinal;
    bool receipt;
    bool expired;       /* said once, not sent any more */
    uint64_t round;     /* when it was last found waiting */
    int64_t not_before; /* monotonic */
    int64_t delay;      /* until the time after that */
    uint8_t digest[32]; /* SHA-256 of its content */
    char link[32];
};

struct dealer {
    char link[32];
    char endpoint[256];
    char curve_key[CURVE_TEXT_SIZE];
    void *socket;
};

struct wire {
    struct process *process;
    struct peers *peers;
    struct arena *arena; /* of one turn */
    struct links *links;
    void *router;
    bool bind_failed; /* said once */
    struct dealer dealers[LINKS_MAX];
    size_t dealer_count;
    struct flight flights[FLIGHTS_MAX];
    size_t flight_count;
    uint64_t round;
    bool look;        /* something may wait that was not seen yet */
    int64_t look_at;  /* monotonic: when to look at the latest */
    int64_t links_at; /* when to read the directory again */
};

/* Thread body (preparer.h, beside). */
void *wire_run(void *process);

struct dealer *wire_dealer(struct wire *wire, const char *link);

/* Packs and sends one frame; what cannot be sent now is sent later, so failure is no news. */
void wire_send(struct wire *wire, void *socket, const struct route *route, const Exchange__Frame *frame);

/* Asks this node's own exchange; `trace` as in a command. The answer is in wire->arena. */
const Tiaojie__Answer *wire_ask(struct wire *wire, const char *name, bool question, const struct uuid *id,
                                const char *trace, uint64_t target, uint32_t partition, const ProtobufCMessage *body);

/* A frame from the link came on a socket (`route` on the ROUTER). */
void arrival_take(struct wire *wire, const struct link *link, const struct received *received, void *socket,
                  const struct route *route);

/* Signs and sends what waits; sets look_at. */
void delivery_look(struct wire *wire);

/* The link is there: what waits for it need not wait longer. */
void delivery_hurry(struct wire *wire, const char *link);

/* The flight with this digest, NULL: none. */
struct flight *delivery_find(struct wire *wire, const char *link, ProtobufCBinaryData digest);
