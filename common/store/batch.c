/* SPDX-License-Identifier: Apache-2.0
 *
 * Batch: attempts. What an attempt's end means, and what is done about it. Works that may be tried once more stay open:
 * what went stale is read again first, and clocks that another process started may be due before them.
 */
#include "common/store/batch.h"

#include "common/base/fail_point.h"
#include "common/store/fault.h"

#include <string.h>

enum { AGAIN_MAX = 2 };

void work_refuse(struct work *work, enum status status, const char *field, const char *reason, const char *remedy)
{
    work->status = refuse(&work->refusal, status, field, reason, remedy);
}

/* ---- one attempt --------------------------------------------------------------------------------------------------
 */

static void begin_partitions(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct partition *partition = &batch->store->partitions[batch->items[i].work->partition];
        struct running *running = &batch->running[batch->items[i].work->partition];
        running->head = partition->head;
        running->next_due = INT64_MAX;
        memcpy(running->hash, partition->hash, sizeof running->hash);
    }
}

void batch_begin(struct batch *batch, struct store *store, struct work **list, size_t count)
{
    struct arena *arena = store->batch_arena;
    rows_clear(store->rows);
    arena_clear(arena);
    *batch = (struct batch){.store = store, .count = count, .id_slots = 16};
    while (batch->id_slots < count * 2)
        batch->id_slots *= 2;
    batch->items = arena_array(arena, count, sizeof *batch->items);
    batch->running = arena_array(arena, PARTITIONS_MAX, sizeof *batch->running);
    batch->moved = arena_array(arena, count, sizeof *batch->moved);
    batch->ids = arena_array(arena, batch->id_slots, sizeof *batch->ids);
    for (size_t i = 0; i < count; i++)
        batch->items[i].work = list[i];
    begin_partitions(batch);
}

static enum attempt attempt(struct batch *batch)
{
    fail_point("batch.begin");
    enum pg_outcome loaded = batch_load(batch);
    if (loaded == PG_LOST)
        return ATTEMPT_AGAIN;
    if (loaded == PG_FAILED)
        return fault_meaning(pg_fault(batch->store->pg))->kind == FAULT_AGAIN ? ATTEMPT_AGAIN : ATTEMPT_FAILED;
    fail_point("batch.loaded");
    batch_decide(batch);
    fail_point("batch.decided");
    return batch_write(batch);
}

/* ---- a lost connection
 * ------------------------------------------------------------------------------------------------ */

static const struct item *first_accepted(const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++)
        if (batch->items[i].state == ITEM_ACCEPTED)
            return &batch->items[i];
    return NULL;
}

/* The transaction is all or nothing, so one of its entries tells of all: it is in the log with this hash, or not. */
static enum attempt look_in_log(struct batch *batch, const struct item *item)
{
    struct pipeline *pipeline = batch->store->pipeline;
    pipeline_clear(pipeline);
    struct params *params = pipeline_add(pipeline, "entry_hash", TAG_OTHER);
    params_int32(params, (int32_t)item->entry.partition);
    params_int64(params, (int64_t)item->entry.position);
    enum attempt found = ATTEMPT_UNKNOWN;
    if (pipeline_run(pipeline) == PG_DONE) {
        const PGresult *result = pipeline_result(pipeline, 0);
        bool ours = PQntuples(result) == 1 && PQgetlength(result, 0, 0) == HASH_BYTES &&
                    memcmp(PQgetvalue(result, 0, 0), item->hash, HASH_BYTES) == 0;
        found = ours ? ATTEMPT_WRITTEN : ATTEMPT_AGAIN;
    }
    pipeline_clear(pipeline);
    return found;
}

static enum attempt resolve(struct batch *batch)
{
    const struct item *item = first_accepted(batch);
    if (!store_ready(batch->store))
        return ATTEMPT_UNKNOWN;
    return item ? look_in_log(batch, item) : ATTEMPT_AGAIN;
}

/* ---- giving up ------------------------------------------------------------------------------------------------------
 */

static void mark_stale(struct store *store, struct work *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        store->partitions[list[i]->partition].stale = true;
}

/* Somebody writes to this partition who thinks that it is his. Ownership is settled elsewhere; here it ends. */
static void give_partition_up(struct store *store, struct work **list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        partition_forget(&store->partitions[list[i]->partition]);
        work_refuse(list[i], MOVED, "target", N_("another process writes to this partition now"),
                    N_("ask again who owns it"));
    }
}

static void refuse_failed(struct work *work, const struct pg_fault *fault)
{
    fault_refuse(fault, &work->refusal);
    work->status = work->refusal.status;
    work->refusal.field = arena_text(work->arena, work->refusal.field);
    for (size_t i = 0; i < work->refusal.value_count; i++)
        work->refusal.values[i] = arena_text(work->arena, work->refusal.values[i]);
}

static void give_up(struct store *store, struct work **list, size_t count, enum attempt outcome)
{
    for (size_t i = 0; i < count; i++) {
        if (outcome == ATTEMPT_FAILED)
            refuse_failed(list[i], pg_fault(store->pg));
        else
            work_refuse(list[i], UNAVAILABLE, "database",
                        N_("the database is away, or did not say whether it is durable"),
                        N_("send the same command again: it is done once at most"));
    }
}

/* ---- until all have their outcome
 * ----------------------------------------------------------------------------------------- */

static bool one_partition(struct work *const *list, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (list[i]->partition != list[0]->partition)
            return false;
    return true;
}

static void set_fenced(struct store *store, struct work *const *list, size_t count, bool fenced)
{
    for (size_t i = 0; i < count; i++)
        store->partitions[list[i]->partition].fenced = fenced;
}

static bool was_fenced(const struct store *store, struct work *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (store->partitions[list[i]->partition].fenced)
            return true;
    return false;
}

/* Once is what a takeover looks like: all is read again, and the works wait for that. Twice is another owner. */
static void end_fenced(struct store *store, struct work **list, size_t count)
{
    store->counts.fenced++;
    if (!was_fenced(store, list, count))
        set_fenced(store, list, count, true);
    else if (one_partition(list, count))
        give_partition_up(store, list, count);
    else
        batch_halve(store, list, count);
}

static void end_unwritten(struct store *store, struct work **list, size_t count, enum attempt outcome)
{
    switch (outcome) {
    case ATTEMPT_DATA:
        batch_halve(store, list, count);
        return;
    case ATTEMPT_FENCED:
        mark_stale(store, list, count);
        end_fenced(store, list, count);
        return;
    case ATTEMPT_AGAIN:
        mark_stale(store, list, count);
        if (++store->again > AGAIN_MAX)
            give_up(store, list, count, outcome);
        return;
    default:
        mark_stale(store, list, count);
        give_up(store, list, count, outcome);
        return;
    }
}

void batch_run(struct store *store, struct work **list, size_t count)
{
    struct batch batch;
    batch_begin(&batch, store, list, count);
    enum attempt outcome = attempt(&batch);
    if (outcome == ATTEMPT_UNKNOWN)
        outcome = resolve(&batch);
    if (outcome != ATTEMPT_WRITTEN) {
        end_unwritten(store, list, count, outcome);
        return;
    }
    batch_finish(&batch);
    set_fenced(store, list, count, false);
    store->again = 0;
    store->counts.batches++;
}
