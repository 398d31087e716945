/* SPDX-License-Identifier: Apache-2.0
 *
 * Service: ids, placement and the search through a service's tables.
 */
#include "common/service.h"

#include "common/store/rows.pb-c.h"

#include <assert.h>
#include <string.h>

const struct table CLOCK = {.name = "clock", .row = &store__clock__descriptor, .child = true};

/* The finalizer of splitmix64 (Steele, Lea, Flood, 2014): it never changes, because ids carry its result. */
static uint64_t mix(uint64_t value)
{
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

uint32_t page_rows(uint32_t wanted)
{
    if (!wanted)
        return PAGE_ROWS;
    return wanted < PAGE_ROWS_MAX ? wanted : PAGE_ROWS_MAX;
}

uint32_t affinity_partition(uint64_t affinity, uint32_t partitions)
{
    assert(partitions >= 1 && partitions <= PARTITIONS_MAX);
    return (uint32_t)(mix(affinity) % partitions);
}

uint64_t affinity_id(uint64_t affinity, uint32_t partitions)
{
    assert(affinity < UINT64_C(1) << 45);
    return affinity * PARTITIONS_MAX + affinity_partition(affinity, partitions);
}

uint64_t context_new_id(const struct context *now, uint32_t ordinal)
{
    assert(ordinal < 1024 && now->position < UINT64_C(1) << 35);
    return (now->position * 1024 + ordinal) * PARTITIONS_MAX + now->partition;
}

void *event_new(struct events *events, const struct event *event)
{
    assert(events->count < EVENTS_MAX);
    ProtobufCMessage *message = arena_take(events->arena, event->message->sizeof_message);
    protobuf_c_message_init(event->message, message);
    events->list[events->count++] = (struct decided){event, message};
    return message;
}

const struct command *service_command(const struct service *service, const char *name)
{
    for (const struct command *const *at = service->commands; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

const struct question *service_question(const struct service *service, const char *name)
{
    for (const struct question *const *at = service->questions; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

const struct event *service_event(const struct service *service, const char *name)
{
    for (const struct event *const *at = service->events; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}
