/* SPDX-License-Identifier: Apache-2.0
 *
 * Flights: commands that were passed on and not answered yet.
 *
 * Owns      for each one the client's route and command id, and the count of every principal.
 * Refuses   more than the principal's share, and more than FLIGHTS_MAX together. A repeated id of the same principal
 * takes the place of the first sending: whichever is answered first answers it.
 */
#pragma once
#include "common/net/socket.h"
#include "services/gateway/directory.h"

#include <stdbool.h>

enum { FLIGHTS_MAX = 16384, FLIGHT_US = 10 * 1000000, FLIGHT_TICKET_SIZE = 8, COMMAND_ID_SIZE = 16 };

struct flight {
    struct route route;
    uint8_t id[COMMAND_ID_SIZE];
    uint64_t principal;
    char process[PROCESS_NAME_SIZE]; /* where it went */
    int64_t ends_at;                 /* monotonic: dropped then; the client has repeated it long since */
    uint32_t generation;             /* of its place in the table */
    bool used;
    uint32_t next; /* in its chain, or in the free list */
};

struct flights;

struct flights *flights_new(void);
void flights_free(struct flights **flights);

/* Notes a command and writes the ticket under which its answer comes back. BUSY beyond `most` of this principal, or
 * when the table is full. */
MUST_CHECK enum status flights_start(struct flights *flights, uint64_t principal, const uint8_t id[COMMAND_ID_SIZE],
                                     const struct route *route, const char *process, uint32_t most, int64_t now,
                                     uint8_t ticket[FLIGHT_TICKET_SIZE]);

/* The flight of a ticket; NULL when it has ended. Borrowed until it ends. */
const struct flight *flights_find(const struct flights *flights, const uint8_t *ticket, size_t size);
void flights_end(struct flights *flights, const uint8_t *ticket, size_t size);

/* Drops what is over its time, and what went to a process that is no longer there. Returns how many. */
size_t flights_sweep(struct flights *flights, const struct owners *owners, int64_t now);

uint32_t flights_count(const struct flights *flights);
