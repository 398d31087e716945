/* SPDX-License-Identifier: Apache-2.0
 *
 * Halve: one command's values make the database refuse the whole batch. The batch is halved, first by partition and
 * then by half, down to that command; it alone is refused, kept for inspection, and all others are decided again and
 * written.
 */
#include "common/store/batch.h"
#include "common/store/fault.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- the culprit
 * -------------------------------------------------------------------------------------------------------- */

static void refuse_culprit(struct item *item, const struct pg_fault *fault)
{
    struct work *work = item->work;
    fault_refuse(fault, &item->refusal);
    item->refusal.field = arena_text(work->arena, item->refusal.field);
    for (size_t i = 0; i < item->refusal.value_count; i++)
        item->refusal.values[i] = arena_text(work->arena, item->refusal.values[i]);
    item->state = ITEM_REFUSED;
    item->marks = item->parks = work->has_mark;
}

static void write_culprit(struct store *store, struct work *work)
{
    struct batch batch;
    struct pg_fault fault = *pg_fault(store->pg); /* before another statement's fault takes its place */
    batch_begin(&batch, store, &work, 1);
    refuse_culprit(batch.items, &fault);
    if (work->has_mark)
        batch.moved[batch.moved_count++] = (struct moved){work->partition, &work->mark};
    batch.culprit_state = fault.state;
    bool written = batch_write(&batch) == ATTEMPT_WRITTEN;
    /* A reader may not go on before its mark and what stands aside are durable; a client is refused either way. */
    if (written || !work->has_mark)
        batch_finish(&batch);
    else
        work_refuse(work, UNAVAILABLE, "database", N_("the database is away"), N_("try again later"));
}

/* ---- halves
 * -------------------------------------------------------------------------------------------------------------- */

/* The partition at which the first half of those in the list ends. */
static uint32_t middle_partition(struct work *const *list, size_t count)
{
    bool there[PARTITIONS_MAX] = {false};
    size_t different = 0;
    for (size_t i = 0; i < count; i++) {
        different += !there[list[i]->partition];
        there[list[i]->partition] = true;
    }
    uint32_t number = 0;
    for (size_t seen = 0; seen < (different + 1) / 2; number++)
        seen += there[number];
    return number;
}

/* Stable: those of partitions below `middle` come first. Returns how many. */
static size_t part(struct work **list, size_t count, uint32_t middle)
{
    struct work **behind = calloc(count, sizeof(struct work *));
    assert(behind);
    size_t first = 0, second = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i]->partition < middle)
            list[first++] = list[i];
        else
            behind[second++] = list[i];
    }
    memcpy(list + first, behind, second * sizeof(struct work *));
    free(behind);
    return first;
}

static bool any_open(struct work *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i]->status == STATUS_OPEN)
            return true;
    return false;
}

void batch_halve(struct store *store, struct work **list, size_t count)
{
    store->counts.halved++;
    if (count == 1) {
        write_culprit(store, list[0]);
        return;
    }
    size_t first = part(list, count, middle_partition(list, count));
    bool by_partition = first < count;
    if (!by_partition)
        first = count / 2;
    batch_run(store, list, first);
    /* What waits in the first half of a partition must not be overtaken by the second. */
    if (by_partition || !any_open(list, first))
        batch_run(store, list + first, count - first);
}
