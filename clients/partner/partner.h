/* SPDX-License-Identifier: Apache-2.0
 *
 * Partner library: how another program speaks with a node. This header is its manual.
 *
 *     struct partner_conf conf = {.endpoint = "tcp://10.1.2.3:7440", .server_key = "the node's public key"};
 *     curve_key_load(&conf.key, "me.key", &refusal);
 *     partner_open(&conf, &partner, &refusal);
 *
 *     Mediation__Consent body = MEDIATION__CONSENT__INIT;
 *     ... fill it in ...
 *     struct partner_request request = {.service = "mediation", .name = "case consent", .target = 1025,
 *                                       .body = &body.base};
 *     status = partner_call(partner, &request, 10000, arena, &answer, &refusal);
 *
 * Commands   A command has an id, made once. When no answer comes, or one that says "later" (busy, moved, unavailable),
 * the library sends the same command again, with the same id, until the call's time is over. The node decides it once,
 * however often it arrives. A program that may itself end in between stores the id (partner_id) before the call and
 * gives it again afterwards. Tokens     Each answer says how far the node's log was. The library keeps the highest ones
 * and passes them on, so that what was written is seen by whatever is asked next. partner_tokens hands them to another
 * process. Refusals   name field, reason and remedy, as templates with values (common/base/text.h). Where ZeroMQ would
 * be silent the library watches its connection: an unknown key, another server, nobody there, a frame too large.
 * Threads    a partner belongs to one thread; open several for several. A call waits at most as long as it was given.
 * Refuses    to have more than PARTNER_FLIGHTS_MAX commands in flight. A node takes 32 of a key at a time: beyond, it
 *            answers BUSY, and the library waits and repeats.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/base/uuid.h"
#include "common/net/socket.h"
#include "proto/command.pb-c.h"

#include <stdbool.h>

enum { PARTNER_FLIGHTS_MAX = 4096, PARTNER_TOKENS_MAX = 256, PARTNER_TRACE_SIZE = 65 };

struct partner;

struct partner_conf {
    const char *endpoint;   /* tcp://host:port or ipc://path */
    const char *server_key; /* the gateway's public key, 40 characters */
    struct curve_key key;   /* this program's own */
};

/* Connects in the background: an unreachable node is told by the first call. INVALID for a malformed endpoint or key.
 */
MUST_CHECK enum status partner_open(const struct partner_conf *conf, struct partner **partner, struct refusal *refusal);

/* What is in flight is forgotten. Sets the pointer to NULL; NULL is allowed. */
void partner_close(struct partner **partner);

struct partner_request {
    const char *service;          /* "mediation" */
    const char *name;             /* "case consent" */
    bool question;                /* nothing is written */
    uint64_t target;              /* id; for creations the office */
    const ProtobufCMessage *body; /* of the type that proto/ names for it */
    uint64_t expected_version;    /* 0: any */
    int64_t deadline;             /* microseconds UTC, after which the node must not do it any more; 0: none */
    const struct uuid *id;        /* NULL: a new one */
    const char *trace;            /* NULL: the id as text; at most 64 letters, digits and -_.: */
};

/* A new command id. */
struct uuid partner_id(void);

/* ---- one at a time ---- */

/* Sends and waits up to `wait_ms`. The answer (memory in the arena) is there when it is OK, and when the node refused
 * it. UNAVAILABLE after the time is over: for a command it is then not known whether it was done; calling again with
 * the same id tells. */
MUST_CHECK enum status partner_call(struct partner *partner, const struct partner_request *request, int wait_ms,
                                    struct arena *arena, Tiaojie__Answer **answer, struct refusal *refusal);

/* ---- many at a time: not mixed with partner_call while any is in flight ---- */

/* Sends without waiting. `data` comes back with the outcome. BUSY when PARTNER_FLIGHTS_MAX are in flight. */
MUST_CHECK enum status partner_submit(struct partner *partner, const struct partner_request *request, int wait_ms,
                                      void *data, struct refusal *refusal);

struct partner_outcome {
    void *data;
    enum status status;
    Tiaojie__Answer *answer; /* NULL where no answer came */
    struct refusal refusal;  /* when status is not OK */
    struct uuid id;
    unsigned sendings; /* 1, or more after silence and "later" */
};

/* The next outcome, in the order in which they come; waits up to `wait_ms` for it. False: none came. Memory in the
 * arena. */
bool partner_collect(struct partner *partner, int wait_ms, struct arena *arena, struct partner_outcome *outcome);

size_t partner_in_flight(const struct partner *partner);

/* ---- tokens ---- */

/* The highest positions seen so far, borrowed until the next call; and others to be waited for as well. */
const Tiaojie__Token *partner_tokens(const struct partner *partner, size_t *count);
void partner_wait_for(struct partner *partner, const char *service, uint32_t partition, uint64_t position);
