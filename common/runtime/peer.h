/* SPDX-License-Identifier: Apache-2.0
 *
 * Peers: asks other services of the same node and waits for the answer. For the threads that may block.
 *
 * Owns      one connection to each process that was asked.
 * Refuses   to wait longer than the caller allows. A command is repeated with the same id when its owner has changed or
 * is silent, so it happens at most once.
 */
#pragma once
#include "common/runtime/process.h"

struct peers;

/* For one thread. Never NULL. */
struct peers *peers_new(struct process *process);
void peers_free(struct peers **peers);

/* One request and, after peers_ask, its answer (in the arena that was given to it). */
struct ask {
    Tiaojie__Command command; /* service, name, target, body, id; question or not */
    uint32_t partition;       /* of the service asked */
    Tiaojie__Answer *answer;  /* never NULL after peers_ask: silence becomes UNAVAILABLE */
};

/* A request with a fresh id and the packed body, both in the arena; texts are borrowed. What else it needs the caller
 * sets: question, target, trace. */
struct ask ask_make(struct arena *arena, const char *service, const char *name, uint32_t partition,
                    const ProtobufCMessage *body);

/* Sends all and waits until each is answered or `wait_ms` (monotonic) has passed. */
void peers_ask(struct peers *peers, struct ask *asks, size_t count, struct arena *arena, int wait_ms);

/* ---- the halves of it, for a thread that has other things to wait for ---- */

/* Sends one; `route` comes back with the answer. UNAVAILABLE: no process has that partition, or it does not read. */
MUST_CHECK enum status peers_send(struct peers *peers, const Tiaojie__Command *command, uint32_t partition,
                                  uint64_t route);

/* Takes what has arrived on any connection: calls `take` for each answer (which lives during the call only). */
void peers_receive(struct peers *peers, void (*take)(void *data, uint64_t route, const Tiaojie__Answer *answer),
                   void *data);

/* Waits until something arrives on a connection or one of the descriptors is readable (-1: none). */
void peers_wait(struct peers *peers, const int *descriptors, size_t count, int wait_ms);
