/* SPDX-License-Identifier: Apache-2.0
 *
 * Judge: may this message pass? Everything the gateway can say about one message from its bytes, its sender and the
 * command descriptions: on every message, not only at the handshake.
 *
 * Refuses   a key that is unknown, revoked, expired or not yet valid; bytes outside the contract (before anything is
 *           unpacked); unknown services and commands; what the sender's roles or office don't allow; command ids that
 * are no UUIDv7, from the future or older than answers are kept; targets that cannot exist. Pure: no socket, no
 * database; the moments are arguments.
 */
#pragma once
#include "services/gateway/directory.h"

enum {
    COMMAND_SIZE_MAX = SOCKET_FRAME_MAX - 1024, /* it travels on in a frame with ticket and stamp */
    ID_FUTURE_MS = 5 * 60 * 1000,               /* clients' clocks differ */
    ID_DAYS = 35,                               /* as long as answers are kept */
    AFTER_MAX = 256,                            /* tokens */
    IN_FLIGHT_MAX = 32,                         /* for a principal */
    IN_FLIGHT_BENCH_MAX = 2048                  /* with ROLE_BENCH */
};

struct moment {
    int64_t business; /* microseconds UTC, as stamped: keys and deadlines are judged by it */
    int64_t clock_ms; /* milliseconds UTC by the machine's clock: ids are judged by it */
};

struct judged {
    Tiaojie__Command *command; /* unpacked; NULL when it could not be */
    size_t service;            /* index in SERVICES */
    uint32_t partition;
};

/* Whether this key may speak now. `principal` is NULL for a key that is gone. */
MUST_CHECK enum status judge_principal(const struct principal *principal, int64_t now, struct arena *arena,
                                       struct refusal *refusal);

/* Judges one frame from a principal that may speak. Memory in the arena. Where the command could be unpacked it is
 * there even when it is refused, so that the refusal can name its id. */
MUST_CHECK enum status judge_frame(const uint8_t *bytes, size_t size, const struct principal *principal,
                                   const struct people *people, uint32_t partitions, struct moment now,
                                   struct arena *arena, struct judged *judged, struct refusal *refusal);

/* How many commands this principal may have in flight. */
uint32_t judge_in_flight_max(const struct principal *principal);
