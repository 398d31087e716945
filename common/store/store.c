/* SPDX-License-Identifier: Apache-2.0
 *
 * Store: opening, partitions, and a batch from what came in to what everybody is told.
 */
#include "common/store/store.h"

#include "common/base/fail_point.h"
#include "common/store/batch.h"
#include "common/store/fault.h"
#include "common/store/sql_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 10000, WAIT_AWAY_MS = 500, ROUNDS_IN_VAIN = 8 };

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static enum status prepare_all(struct store *store, struct refusal *refusal)
{
    static const char *const NAMES[] = {"begin",        "commit",        "entry_hash",  "entry_write",  "answer_find",
                                        "answer_write", "answer_sweep",  "inbox_write", "parked_write", "culprit_write",
                                        "clock_open",   "recount_write", NULL};
    enum statement_form form = store->conf.one_partition ? FORM_ONE_PARTITION : FORM_SWEEP;
    enum status status = loader_open(&store->loader, store->pg, store->service, form, true, refusal);
    if (status == OK)
        status = partition_prepare(store->loader, store->pg, refusal);
    for (const char *const *name = NAMES; *name && status == OK; name++)
        status = loader_prepare(store->loader, store->pg, *name, refusal);
    return status;
}

static struct store *make(const struct store_conf *conf, const struct service *service)
{
    struct store *store = calloc(1, sizeof *store);
    assert(store && conf->partitions >= 1 && conf->partitions <= PARTITIONS_MAX);
    store->arena = arena_new(SIZE_MAX);
    store->batch_arena = arena_new(SIZE_MAX);
    store->clock_arena = arena_new(SIZE_MAX);
    store->conf = *conf;
    store->conf.conninfo = arena_text(store->arena, conf->conninfo);
    store->conf.node = arena_text(store->arena, conf->node);
    store->service = service;
    store->hash = hash_new(HASH_SHA256);
    store->partitions = arena_array(store->arena, PARTITIONS_MAX, sizeof *store->partitions);
    return store;
}

enum status store_open(struct store **store, const struct store_conf *conf, const struct service *service,
                       struct refusal *refusal)
{
    struct store *new = make(conf, service);
    enum status status = pg_open(&new->pg, conf->conninfo, sql_text("session"), WAIT_MS, refusal);
    if (status == OK)
        status = prepare_all(new, refusal);
    if (status != OK) {
        store_free(&new);
    } else {
        new->pipeline = pipeline_new(new->pg);
        new->rows = rows_make(new->loader->layouts, new->batch_arena);
    }
    *store = new;
    return status;
}

void store_free(struct store **store)
{
    if (!*store)
        return;
    for (uint32_t i = 0; i < PARTITIONS_MAX; i++)
        partition_forget(&(*store)->partitions[i]);
    rows_free(&(*store)->rows);
    pipeline_free(&(*store)->pipeline);
    loader_free(&(*store)->loader);
    pg_free(&(*store)->pg);
    hash_free(&(*store)->hash);
    arena_free(&(*store)->clock_arena);
    arena_free(&(*store)->batch_arena);
    arena_free(&(*store)->arena);
    free(*store);
    *store = NULL;
}

/* ---- partitions
 * ------------------------------------------------------------------------------------------------------- */

static bool refresh(struct store *store)
{
    for (uint32_t i = 0; i < store->conf.partitions; i++) {
        struct partition *partition = &store->partitions[i];
        if (!partition->taken || !partition->stale)
            continue;
        store->counted = 0;
        if (partition_load(partition, i, store->pipeline) != PG_DONE)
            return false;
    }
    return true;
}

bool store_ready(struct store *store)
{
    if (!pg_is_connected(store->pg) && !pg_reconnect(store->pg, store->away ? WAIT_AWAY_MS : WAIT_MS)) {
        store->away = true;
        return false;
    }
    store->away = false;
    return refresh(store);
}

enum status store_take(struct store *store, uint32_t partition, struct refusal *refusal)
{
    assert(partition < store->conf.partitions);
    fail_point("store.take");
    store->counted = 0;
    if (!store_ready(store) || partition_load(&store->partitions[partition], partition, store->pipeline) != PG_DONE)
        return fault_refuse(pg_fault(store->pg), refusal);
    return OK;
}

void store_drop(struct store *store, uint32_t partition)
{
    partition_forget(&store->partitions[partition]);
}

bool store_has(const struct store *store, uint32_t partition)
{
    return store->partitions[partition].taken;
}

uint64_t store_head(const struct store *store, uint32_t partition)
{
    return store->partitions[partition].head;
}

uint64_t store_cursor(const struct store *store, uint32_t partition, const char *source, uint32_t source_partition,
                      uint8_t hash[32])
{
    const struct cursor *cursor = partition_cursor(&store->partitions[partition], source, source_partition);
    memset(hash, 0, 32);
    if (!cursor)
        return 0;
    memcpy(hash, cursor->hash, 32);
    return cursor->position;
}

struct store_counts store_counts(const struct store *store)
{
    struct store_counts counts = store->counts;
    counts.statements = pipeline_statements(store->pipeline);
    return counts;
}

/* ---- a batch
 * ------------------------------------------------------------------------------------------------------------ */

void store_run(struct store *store, struct work **list, size_t count)
{
    if (!store->conf.one_partition) {
        batch_run(store, list, count);
        return;
    }
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && list[end]->partition == list[i]->partition;)
            end++;
        batch_run(store, list + i, end - i);
    }
}

/* Open works of one partition in their order, each behind the clocks that were due before it was received. */
static size_t merge_partition(struct store *store, uint32_t partition, struct work **list, size_t count,
                              struct work **merged)
{
    struct work *due[CLOCKS_AT_ONCE];
    int64_t until = INT64_MIN;
    for (size_t i = 0; i < count; i++)
        if (list[i]->partition == partition && list[i]->status == STATUS_OPEN && list[i]->command &&
            list[i]->stamp.received_at > until)
            until = list[i]->stamp.received_at;
    size_t due_count = clocks_due(store, partition, until, due);
    size_t fired = 0, size = 0;
    if (due_count == 0 && store->service->clock_fire && store->partitions[partition].next_due < until)
        return 0; /* which clocks are due could not be learnt */
    for (size_t i = 0; i < count && due_count < CLOCKS_AT_ONCE; i++) {
        if (list[i]->partition != partition || list[i]->status != STATUS_OPEN)
            continue;
        while (fired < due_count && due[fired]->stamp.received_at < list[i]->stamp.received_at)
            merged[size++] = due[fired++];
        merged[size++] = list[i];
    }
    /* So many clocks are due that there may be more: the works wait until all have fired. */
    while (fired < due_count)
        merged[size++] = due[fired++];
    return size;
}

static size_t merge(struct store *store, struct work **list, size_t count, struct work **merged)
{
    bool there[PARTITIONS_MAX] = {false};
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i]->status != STATUS_OPEN || there[list[i]->partition])
            continue;
        there[list[i]->partition] = true;
        size += merge_partition(store, list[i]->partition, list, count, merged + size);
    }
    return size;
}

static void settle_clocks(struct store *store, struct work **merged, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (merged[i]->arena == store->clock_arena)
            clocks_settle(store, &merged[i], 1);
}

static void begin_work(struct store *store, struct work *work)
{
    assert(work->partition < store->conf.partitions && (work->command || work->has_mark));
    /* What comes refused for good stays so; the refusal says it from here on, because the status is open. */
    bool refused = work->has_mark && work->status != OK && !status_retry(work->status);
    if (!refused)
        work->refusal = (struct refusal){0};
    else
        work->refusal.status = work->status;
    work->status = STATUS_OPEN;
    work->repeated = false;
    work->position = 0;
    work->about = work->target;
    work->events = NULL;
    work->event_count = 0;
    store->counts.commands += work->command != NULL;
}

static void refuse_moved(struct store *store, struct work **list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i]->status == STATUS_OPEN && !store->partitions[list[i]->partition].taken)
            work_refuse(list[i], MOVED, "target", N_("another process owns this partition now"),
                        N_("ask again who owns it"));
}

static void refuse_away(struct work **list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i]->status == STATUS_OPEN)
            work_refuse(list[i], UNAVAILABLE, "database", N_("the database is away"),
                        N_("send the same command again: it is done once at most"));
}

static bool any_open(struct work *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i]->status == STATUS_OPEN)
            return true;
    return false;
}

/* Whether something came to an end. A clock that has to be tried again did not; and then what was only refused in front
 * of it comes again with it. */
static bool any_ended(const struct store *store, struct work *const *merged, size_t count)
{
    bool refused = false, again = false;
    for (size_t i = 0; i < count; i++) {
        enum status status = merged[i]->status;
        bool of_store = merged[i]->arena == store->clock_arena;
        if (status == OK || (!of_store && status != STATUS_OPEN))
            return true;
        again |= of_store && status_retry(status);
        refused |= of_store && status != STATUS_OPEN && !status_retry(status);
    }
    return refused && !again;
}

void store_batch(struct store *store, struct work **list, size_t count)
{
    assert(count <= BATCH_COMMANDS_MAX);
    arena_clear(store->clock_arena);
    store->again = 0;
    for (size_t i = 0; i < count; i++)
        begin_work(store, list[i]);
    struct work **merged = malloc((count + (size_t)PARTITIONS_MAX * CLOCKS_AT_ONCE) * sizeof(struct work *));
    assert(merged);
    for (unsigned idle = 0, vain = 0; any_open(list, count);) {
        refuse_moved(store, list, count);
        if (!store_ready(store) || idle > 1 || vain > ROUNDS_IN_VAIN)
            refuse_away(list, count);
        size_t size = merge(store, list, count, merged);
        idle = size == 0 ? idle + 1 : 0;
        if (size > 0)
            store_run(store, merged, size);
        vain = any_ended(store, merged, size) ? 0 : vain + 1;
        settle_clocks(store, merged, size);
    }
    free(merged);
    fail_point("batch.answered");
}

size_t store_fire(struct store *store, int64_t now)
{
    struct work *works[BATCH_COMMANDS_MAX];
    size_t count = 0, fired = 0;
    arena_clear(store->clock_arena);
    store->again = 0;
    if (!store_ready(store))
        return 0;
    for (uint32_t i = 0; i < store->conf.partitions && count + CLOCKS_AT_ONCE <= BATCH_COMMANDS_MAX; i++)
        if (store->partitions[i].taken)
            count += clocks_due(store, i, now + 1, works + count);
    if (count > 0)
        store_run(store, works, count);
    clocks_settle(store, works, count);
    for (size_t i = 0; i < count; i++)
        fired += works[i]->command == store->service->clock_fire && works[i]->status != STATUS_OPEN &&
                 !status_retry(works[i]->status);
    return fired;
}

size_t store_sweep(struct store *store, int64_t now)
{
    enum { AT_ONCE = 1000 };
    static const uint8_t ZEROS[UUID_RANDOM_BYTES];
    struct uuid first_kept = uuid_make((now - ANSWERS_KEPT) / 1000, ZEROS);
    size_t swept = 0;
    pipeline_clear(store->pipeline);
    for (uint32_t i = 0; i < store->conf.partitions && pipeline_count(store->pipeline) < CALLS_MAX; i++) {
        if (!store->partitions[i].taken)
            continue;
        struct params *params = pipeline_add(store->pipeline, "answer_sweep", TAG_OTHER);
        params_int32(params, (int32_t)i);
        params_uuid(params, &first_kept);
        params_int32(params, AT_ONCE);
    }
    if (pipeline_run(store->pipeline) == PG_DONE)
        for (size_t i = 0; i < pipeline_count(store->pipeline); i++)
            swept += pipeline_affected(store->pipeline, i);
    pipeline_clear(store->pipeline);
    return swept;
}
