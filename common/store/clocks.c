/* SPDX-License-Identifier: Apache-2.0
 *
 * Clocks: time limits that have run out become commands of the store's own, at the moment at which each of them fires.
 * They go the way of all commands; whether a clock still runs is decided by the service, over its row.
 */
#include "common/base/fail_point.h"
#include "common/store/batch.h"

#include <stdio.h>
#include <string.h>

struct fire {
    struct clock_place place;
    uint32_t generation;
};

/* However often this start of this clock is found due, it is the same command. */
static struct uuid fire_id(const struct store *store, const struct fire *fire)
{
    char parent[160];
    int size = snprintf(parent, sizeof parent, "clock %s %s %llu %u", store->conf.node, store->service->name,
                        (unsigned long long)fire->place.about, fire->place.ordinal);
    return uuid_derive(parent, (size_t)size, fire->generation, fire->place.fire_at / 1000);
}

struct work *work_of_store(struct store *store, const struct command *command, ProtobufCMessage *body, uint64_t target,
                           int64_t at)
{
    struct work *work = arena_take(store->clock_arena, sizeof *work);
    tiaojie__stamp__init(&work->stamp);
    work->stamp.received_at = at;
    work->stamp.roles = 1u << TIAOJIE__ROLE__ROLE_SERVICE;
    work->command = command;
    work->target = target;
    work->partition = id_partition(target);
    work->body = body;
    work->trace = "";
    work->arena = store->clock_arena;
    work->status = STATUS_OPEN;
    return work;
}

static struct work *fire_work(struct store *store, const struct fire *fire)
{
    Store__ClockFire *body = message_new(&store__clock_fire__descriptor, store->clock_arena);
    body->ordinal = fire->place.ordinal;
    body->generation = fire->generation;
    struct work *work =
        work_of_store(store, store->service->clock_fire, &body->base, fire->place.about, fire->place.fire_at);
    work->id = fire_id(store, fire);
    return work;
}

/* In a partition that is still to be counted again each clock has a recount before it. */
static size_t rows_at_once(const struct store *store, uint32_t number)
{
    return recount_is_open(store, number) ? CLOCKS_AT_ONCE / 2 : CLOCKS_AT_ONCE;
}

static bool ask_due(struct store *store, uint32_t number)
{
    const struct clock_place *passed = &store->partitions[number].passed;
    pipeline_clear(store->pipeline);
    struct params *params = pipeline_add(store->pipeline, "clock_due", TAG_OTHER);
    params_int32(params, (int32_t)number);
    params_timestamp(params, passed->fire_at);
    params_int64(params, (int64_t)passed->about);
    params_int32(params, (int32_t)passed->ordinal);
    params_int32(params, (int32_t)rows_at_once(store, number));
    return pipeline_run(store->pipeline) == PG_DONE;
}

static struct fire fire_at_row(const PGresult *result, int row)
{
    enum { ABOUT, ORDINAL, GENERATION, FIRE_AT };
    return (struct fire){{pg_get_timestamp(result, row, FIRE_AT), (uint64_t)pg_get_int64(result, row, ABOUT),
                          (uint32_t)pg_get_int32(result, row, ORDINAL)},
                         (uint32_t)pg_get_int32(result, row, GENERATION)};
}

/* What another list of working days moves must not run out by the day before it. */
static size_t take_due(struct store *store, uint32_t number, int64_t until, struct work **works)
{
    struct partition *partition = &store->partitions[number];
    const PGresult *result = pipeline_result(store->pipeline, 0);
    bool recounts = recount_is_open(store, number);
    size_t count = 0;
    int row = 0;
    partition->next_due = INT64_MAX;
    for (; row < PQntuples(result); row++) {
        struct fire fire = fire_at_row(result, row);
        partition->next_due = fire.place.fire_at;
        if (fire.place.fire_at >= until)
            break;
        if (recounts)
            works[count++] = recount_work(store, fire.place.about, fire.place.fire_at);
        works[count++] = fire_work(store, &fire);
        partition->passed = fire.place;
    }
    if (row == PQntuples(result) && (size_t)row < rows_at_once(store, number))
        partition->next_due = INT64_MAX;
    return count;
}

size_t clocks_due(struct store *store, uint32_t partition, int64_t until, struct work **works)
{
    if (!store->service->clock_fire || store->partitions[partition].next_due >= until)
        return 0;
    size_t count = ask_due(store, partition) ? take_due(store, partition, until, works) : 0;
    pipeline_clear(store->pipeline);
    if (count > 0)
        fail_point("clock.before_fire");
    return count;
}

void clocks_settle(struct store *store, struct work *const *works, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct work *work = works[i];
        if (work->status == OK && !work->repeated)
            *(work->command == store->service->clock_fire ? &store->counts.fired : &store->counts.recounted) += 1;
        if (work->status == STATUS_OPEN || status_retry(work->status)) {
            struct partition *partition = &store->partitions[work->partition];
            partition->passed = CLOCKS_BEGIN;
            partition->next_due = 0;
        }
    }
}
