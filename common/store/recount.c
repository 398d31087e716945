/* SPDX-License-Identifier: Apache-2.0
 *
 * Recount: when other lists of working days are in force, the open clocks of each partition are looked at once, and
 * those that they move are counted again by commands of the store's own, one an aggregate. They go the way of all
 * commands. Which lists a partition was counted by last is kept beside the log: after a crash it is counted from the
 * beginning, and what has moved already stays as it is.
 */
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "common/store/batch.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { CLOCKS_A_PAGE = 2048 };

static const char *wanted_mark(const struct store *store)
{
    return store->conf.law ? law_calendars_mark(store->conf.law) : "";
}

bool recount_is_open(const struct store *store, uint32_t number)
{
    const struct partition *partition = &store->partitions[number];
    return store->service->clock_recount && partition->taken && strcmp(partition->calendars, wanted_mark(store)) != 0;
}

/* The first taken partition that is to be counted; conf.partitions: none. It is asked for at every turn, so the look
 * goes on where it ended. */
static uint32_t next_partition(struct store *store)
{
    while (store->counted < store->conf.partitions && !recount_is_open(store, store->counted))
        store->counted++;
    return store->counted;
}

bool store_recounts(struct store *store)
{
    return next_partition(store) < store->conf.partitions;
}

void store_use_law(struct store *store, const struct law *law)
{
    store->conf.law = law;
    store->counted = 0;
    for (uint32_t i = 0; i < store->conf.partitions; i++)
        store->partitions[i].recounted = (struct clock_place){0};
}

/* ---- a page of clocks ---- */

static bool ask_page(struct store *store, uint32_t number)
{
    const struct clock_place *from = &store->partitions[number].recounted;
    pipeline_clear(store->pipeline);
    struct params *params = pipeline_add(store->pipeline, "clock_open", TAG_OTHER);
    params_int32(params, (int32_t)number);
    params_int64(params, (int64_t)from->about);
    params_int32(params, (int32_t)from->ordinal);
    params_int32(params, CLOCKS_A_PAGE);
    return pipeline_run(store->pipeline) == PG_DONE;
}

/* As much of the row as counting looks at. Its texts are borrowed from the result. */
static Store__Clock clock_at(const PGresult *result, int row)
{
    enum { ABOUT, ORDINAL, NAME, STATE, STARTED_AT, LAST_DAY, PROVISIONAL, LEDGER, RULES, WARN_DAY };
    Store__Clock clock = STORE__CLOCK__INIT;
    clock.about = (uint64_t)pg_get_int64(result, row, ABOUT);
    clock.ordinal = (uint32_t)pg_get_int32(result, row, ORDINAL);
    clock.name = PQgetvalue(result, row, NAME);
    clock.state = (Store__ClockState)pg_get_int32(result, row, STATE);
    clock.started_at = pg_get_timestamp(result, row, STARTED_AT);
    clock.last_day = pg_get_int32(result, row, LAST_DAY);
    clock.provisional = *PQgetvalue(result, row, PROVISIONAL) != 0;
    clock.ledger.len = (size_t)PQgetlength(result, row, LEDGER);
    clock.ledger.data = (uint8_t *)PQgetvalue(result, row, LEDGER);
    clock.rules = PQgetvalue(result, row, RULES);
    clock.warn_day = pg_get_int32(result, row, WARN_DAY);
    return clock;
}

/* ---- works ---- */

static struct uuid recount_id(const struct store *store, uint64_t about, int64_t at)
{
    char parent[200];
    /* The head tells apart what happens at one moment of a clock that stands still. */
    uint64_t head = store->partitions[id_partition(about)].head;
    int size = snprintf(parent, sizeof parent, "recount %s %s %s %llu %llu", store->conf.node, store->service->name,
                        wanted_mark(store), (unsigned long long)about, (unsigned long long)head);
    return uuid_derive(parent, (size_t)size, 0, at / 1000);
}

struct work *recount_work(struct store *store, uint64_t about, int64_t at)
{
    Store__ClockRecount *body = message_new(&store__clock_recount__descriptor, store->clock_arena);
    body->calendars = arena_text(store->clock_arena, wanted_mark(store));
    body->at = instant_now();
    struct work *work = work_of_store(store, store->service->clock_recount, &body->base, about, at);
    work->id = recount_id(store, about, at);
    return work;
}

/* What a look at a page came to. */
struct look {
    struct work *works[BATCH_COMMANDS_MAX]; /* one an aggregate with a clock that the lists move */
    size_t count;
    size_t clocks;
    struct clock_place place; /* the last clock that was looked at */
    bool whole;               /* nothing of the partition is left */
};

static void look_at(struct store *store, int64_t now, size_t at_most, struct look *look)
{
    const PGresult *result = pipeline_result(store->pipeline, 0);
    look->whole = PQntuples(result) < CLOCKS_A_PAGE;
    for (int row = 0; row < PQntuples(result); row++) {
        const Store__Clock clock = clock_at(result, row);
        bool moves = clock_is_moved(store->conf.law, &clock, store->clock_arena);
        bool known = look->count > 0 && look->works[look->count - 1]->target == clock.about;
        if (moves && !known && look->count == at_most) {
            look->whole = false;
            return;
        }
        if (moves && !known)
            look->works[look->count++] = recount_work(store, clock.about, now);
        look->clocks += moves;
        look->place = (struct clock_place){0, clock.about, clock.ordinal};
    }
}

/* ---- a step ---- */

/* A mark that could not be written costs another look at the partition, no more. */
static void finish(struct store *store, uint32_t number)
{
    const char *mark = wanted_mark(store);
    pipeline_clear(store->pipeline);
    struct params *params = pipeline_add(store->pipeline, "recount_write", TAG_OTHER);
    params_int32(params, (int32_t)number);
    params_text(params, mark);
    (void)pipeline_run(store->pipeline);
    pipeline_clear(store->pipeline);
    assert(strlen(mark) < CALENDARS_MARK);
    snprintf(store->partitions[number].calendars, CALENDARS_MARK, "%s", mark);
}

/* Those that came to no end, as when the database was away, are looked at again. */
static bool all_settled(const struct look *look)
{
    for (size_t i = 0; i < look->count; i++)
        if (look->works[i]->status == STATUS_OPEN || status_retry(look->works[i]->status))
            return false;
    return true;
}

static size_t done(const struct look *look)
{
    size_t done = 0;
    for (size_t i = 0; i < look->count; i++)
        done += look->works[i]->status == OK;
    return done;
}

bool store_recount(struct store *store, int64_t now, size_t at_most, size_t *moved)
{
    uint32_t number = next_partition(store);
    assert(at_most <= BATCH_COMMANDS_MAX);
    *moved = 0;
    if (number == store->conf.partitions)
        return true;
    if (!store_ready(store))
        return false;
    struct partition *partition = &store->partitions[number];
    struct look look = {.place = partition->recounted};
    arena_clear(store->clock_arena);
    store->again = 0;
    bool asked = ask_page(store, number);
    if (asked)
        look_at(store, now, at_most, &look);
    pipeline_clear(store->pipeline);
    if (look.count > 0)
        store_run(store, look.works, look.count);
    *moved = done(&look);
    store->counts.recounted += *moved;
    if (!asked || !all_settled(&look) || !partition->taken)
        return *moved > 0;
    store->counts.recounted_clocks += look.clocks;
    partition->recounted = look.place;
    if (look.whole)
        finish(store, number);
    return true;
}
