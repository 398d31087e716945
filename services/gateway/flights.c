/* SPDX-License-Identifier: Apache-2.0
 *
 * Flights: a table of fixed size, chained by principal and command id; counts by principal in a second one.
 */
#include "services/gateway/flights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHAINS = 32768, NOBODY = FLIGHTS_MAX };

/* How many a principal has. An entry without any is taken over by the next principal, so there are as many entries as
 * there were ever principals in flight together. */
struct share {
    uint64_t principal;
    uint32_t count;
};

struct flights {
    struct flight places[FLIGHTS_MAX];
    uint32_t chains[CHAINS];
    uint32_t free;
    uint32_t count;
    struct share *shares;
    size_t share_count;
};

struct flights *flights_new(void)
{
    struct flights *flights = calloc(1, sizeof *flights);

    if (!flights)
        abort();
    for (uint32_t i = 0; i < FLIGHTS_MAX; i++)
        flights->places[i].next = i + 1 < FLIGHTS_MAX ? i + 1 : NOBODY;
    for (uint32_t i = 0; i < CHAINS; i++)
        flights->chains[i] = NOBODY;
    return flights;
}

void flights_free(struct flights **flights)
{
    if (!*flights)
        return;
    free((*flights)->shares);
    free(*flights);
    *flights = NULL;
}

static struct share *share_of(struct flights *flights, uint64_t principal)
{
    for (size_t i = 0; i < flights->share_count; i++)
        if (flights->shares[i].principal == principal)
            return &flights->shares[i];
    for (size_t i = 0; i < flights->share_count; i++)
        if (flights->shares[i].count == 0) {
            flights->shares[i].principal = principal;
            return &flights->shares[i];
        }
    struct share *grown = realloc(flights->shares, (flights->share_count + 1) * sizeof *grown);
    if (!grown)
        abort();
    flights->shares = grown;
    grown[flights->share_count] = (struct share){principal, 0};
    return &grown[flights->share_count++];
}

/* A client chooses its ids, so the last bytes of one may be anything: a long chain costs only who shares its principal.
 */
static uint32_t *chain_of(struct flights *flights, uint64_t principal, const uint8_t id[COMMAND_ID_SIZE])
{
    uint64_t bits;

    memcpy(&bits, id + COMMAND_ID_SIZE - sizeof bits, sizeof bits);
    bits = (bits ^ principal) * UINT64_C(0x9e3779b97f4a7c15);
    return &flights->chains[bits >> 49];
}

static uint32_t find_id(struct flights *flights, uint64_t principal, const uint8_t id[COMMAND_ID_SIZE])
{
    uint32_t i = *chain_of(flights, principal, id);

    while (i != NOBODY &&
           (flights->places[i].principal != principal || memcmp(flights->places[i].id, id, COMMAND_ID_SIZE) != 0))
        i = flights->places[i].next;
    return i;
}

static void write_ticket(const struct flights *flights, uint32_t i, uint8_t ticket[FLIGHT_TICKET_SIZE])
{
    memcpy(ticket, &i, sizeof i);
    memcpy(ticket + sizeof i, &flights->places[i].generation, sizeof i);
}

static uint32_t take_place(struct flights *flights, uint64_t principal, const uint8_t id[COMMAND_ID_SIZE])
{
    uint32_t i = flights->free;
    struct flight *flight = &flights->places[i];
    uint32_t *chain = chain_of(flights, principal, id);

    flights->free = flight->next;
    flight->used = true;
    flight->principal = principal;
    memcpy(flight->id, id, COMMAND_ID_SIZE);
    flight->next = *chain;
    *chain = i;
    flights->count++;
    share_of(flights, principal)->count++;
    return i;
}

enum status flights_start(struct flights *flights, uint64_t principal, const uint8_t id[COMMAND_ID_SIZE],
                          const struct route *route, const char *process, uint32_t most, int64_t now,
                          uint8_t ticket[FLIGHT_TICKET_SIZE])
{
    uint32_t i = find_id(flights, principal, id);

    if (i == NOBODY) {
        if (flights->free == NOBODY || share_of(flights, principal)->count >= most)
            return BUSY;
        i = take_place(flights, principal, id);
    }
    struct flight *flight = &flights->places[i];
    flight->route = *route;
    flight->ends_at = now + FLIGHT_US;
    snprintf(flight->process, sizeof flight->process, "%s", process);
    write_ticket(flights, i, ticket);
    return OK;
}

static uint32_t ticket_place(const struct flights *flights, const uint8_t *ticket, size_t size)
{
    uint32_t i, generation;

    if (size != FLIGHT_TICKET_SIZE)
        return NOBODY;
    memcpy(&i, ticket, sizeof i);
    memcpy(&generation, ticket + sizeof i, sizeof generation);
    if (i >= FLIGHTS_MAX || !flights->places[i].used || flights->places[i].generation != generation)
        return NOBODY;
    return i;
}

const struct flight *flights_find(const struct flights *flights, const uint8_t *ticket, size_t size)
{
    uint32_t i = ticket_place(flights, ticket, size);

    return i == NOBODY ? NULL : &flights->places[i];
}

static void end_place(struct flights *flights, uint32_t i)
{
    struct flight *flight = &flights->places[i];
    uint32_t *link = chain_of(flights, flight->principal, flight->id);

    while (*link != i)
        link = &flights->places[*link].next;
    *link = flight->next;
    share_of(flights, flight->principal)->count--;
    flights->count--;
    flight->used = false;
    flight->generation++;
    flight->next = flights->free;
    flights->free = i;
}

void flights_end(struct flights *flights, const uint8_t *ticket, size_t size)
{
    uint32_t i = ticket_place(flights, ticket, size);

    if (i != NOBODY)
        end_place(flights, i);
}

size_t flights_sweep(struct flights *flights, const struct owners *owners, int64_t now)
{
    size_t dropped = 0;

    for (uint32_t i = 0; i < FLIGHTS_MAX && flights->count > 0; i++) {
        struct flight *flight = &flights->places[i];
        if (!flight->used || (now < flight->ends_at && owners_has(owners, flight->process)))
            continue;
        end_place(flights, i);
        dropped++;
    }
    return dropped;
}

uint32_t flights_count(const struct flights *flights)
{
    return flights->count;
}
