/* SPDX-License-Identifier: Apache-2.0
 *
 * Batch, last part: what is durable is taken over into memory, and each work gets its outcome.
 */
#include "common/store/batch.h"
#include "common/store/fault.h"

#include <string.h>

/* ---- memory follows the log
 * ------------------------------------------------------------------------------------------ */

static void follow_heads(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct item *item = &batch->items[i];
        struct partition *partition = &batch->store->partitions[item->work->partition];
        if (item->state == ITEM_ACCEPTED) {
            partition->head = item->entry.position;
            memcpy(partition->hash, item->hash, sizeof partition->hash);
        }
        if (item->marks)
            partition_mark(partition, &item->work->mark);
        if (item->parks)
            partition_park(partition, item->work->mark.source, item->work->source_about, item->work->mark.position);
    }
}

static void follow_clocks(struct batch *batch)
{
    struct store *store = batch->store;
    size_t table = layouts_index(store->loader->layouts, &CLOCK);
    for (const struct row *row = rows_dirty(store->rows, table).first; row; row = row->next) {
        const Store__Clock *clock = row->message;
        struct clock_place place = {clock->fire_at, clock->about, clock->ordinal};
        if (clock->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING)
            partition_clock_runs(&store->partitions[id_partition(clock->about)], &place);
    }
}

/* ---- outcomes
 * ----------------------------------------------------------------------------------------------------------- */

static void tell_accepted(struct work *work, const struct item *item)
{
    work->status = OK;
    work->position = item->entry.position;
    work->about = item->about;
    work->events = item->events;
    work->event_count = item->event_count;
}

/* The same memory cannot be shared: the two works' arenas end at different times. */
static void tell_first(struct work *work, const struct item *first)
{
    tell_accepted(work, first);
    work->repeated = true;
    work->events = arena_array(work->arena, first->event_count + 1, sizeof *work->events);
    for (size_t i = 0; i < first->event_count; i++) {
        const Tiaojie__Event *event = first->events[i];
        work->events[i] = message_new(&tiaojie__event__descriptor, work->arena);
        work->events[i]->name = arena_text(work->arena, event->name);
        work->events[i]->body.len = event->body.len;
        work->events[i]->body.data = arena_copy(work->arena, event->body.data, event->body.len);
    }
}

static void tell_answer(struct work *work, const struct item *item)
{
    Tiaojie__Events *events =
        tiaojie__events__unpack(arena_allocator(work->arena), item->answer_events.len, item->answer_events.data);
    if (!events) {
        work_refuse(work, BROKEN, "id", N_("the stored answer cannot be read"), N_("verify the log"));
        return;
    }
    work->status = OK;
    work->repeated = true;
    work->position = item->answer_position;
    work->about = item->answer_about;
    work->events = events->events;
    work->event_count = events->n_events;
}

static void tell(struct store_counts *counts, const struct item *item)
{
    struct work *work = item->work;
    switch (item->state) {
    case ITEM_OPEN:
        return;
    case ITEM_MARKED:
        work->status = OK;
        return;
    case ITEM_ACCEPTED:
        tell_accepted(work, item);
        counts->entries++;
        counts->events += item->event_count;
        return;
    case ITEM_REFUSED:
        work->status = item->refusal.status;
        work->refusal = item->refusal;
        counts->refused++;
        return;
    case ITEM_REPEATED:
        counts->repeated++;
        if (item->first)
            tell_first(work, item->first);
        else
            tell_answer(work, item);
        return;
    }
}

void batch_finish(struct batch *batch)
{
    follow_heads(batch);
    follow_clocks(batch);
    for (size_t i = 0; i < batch->count; i++)
        tell(&batch->store->counts, &batch->items[i]);
}
