/* SPDX-License-Identifier: Apache-2.0
 *
 * Batch, third part: one statement a table, entries first, then the commit; and what follows from it.
 */
#include "common/base/fail_point.h"
#include "common/store/batch.h"
#include "common/store/fault.h"

#include <assert.h>
#include <string.h>

/* Begins an array parameter with one value of each accepted item. */
#define FOR_ACCEPTED(batch, item)                                                                                      \
    for (struct item *item = (batch)->items; item < (batch)->items + (batch)->count; item++)                           \
        if (item->state == ITEM_ACCEPTED)

/* ---- entries and answers
 * -------------------------------------------------------------------------------------------------- */

static void add_entry_keys(const struct batch *batch, struct params *params)
{
    params_array(params, PG_INTEGER, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int32(params, (int32_t)item->entry.partition);
    params_array(params, PG_BIGINT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int64(params, (int64_t)item->entry.position);
    params_array(params, PG_BIGINT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int64(params, (int64_t)item->entry.before);
}

static void add_entry_heads(const struct batch *batch, struct params *params)
{
    params_array(params, PG_UUID, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_uuid(params, &item->entry.command_id);
    params_array(params, PG_BIGINT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int64(params, (int64_t)item->entry.principal);
    params_array(params, PG_BIGINT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int64(params, (int64_t)item->entry.target);
    params_array(params, PG_TIMESTAMPTZ, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_timestamp(params, item->entry.at);
}

static void add_entry_bodies(const struct batch *batch, struct params *params)
{
    params_array(params, PG_TEXT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_text(params, item->entry.rules);
    params_array(params, PG_TEXT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_text(params, item->entry.command);
    params_array(params, PG_BYTEA, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_bytes(params, item->entry.events, item->entry.events_size);
    params_array(params, PG_BYTEA, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_bytes(params, item->hash, sizeof item->hash);
    params_array(params, PG_TEXT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_text(params, item->entry.trace);
}

static void add_answers(const struct batch *batch, struct params *params)
{
    params_array(params, PG_INTEGER, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int32(params, (int32_t)item->entry.partition);
    params_array(params, PG_UUID, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_uuid(params, &item->entry.command_id);
    params_array(params, PG_BIGINT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int64(params, (int64_t)item->entry.principal);
    params_array(params, PG_BYTEA, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_bytes(params, item->work->digest, sizeof item->work->digest);
    params_array(params, PG_BIGINT, batch->accepted);
    FOR_ACCEPTED(batch, item)
    params_put_int64(params, (int64_t)item->entry.position);
}

/* ---- readers' marks
 * ------------------------------------------------------------------------------------------------------------ */

static void add_marks(const struct batch *batch, struct params *params)
{
    const struct moved *moved = batch->moved;
    size_t count = batch->moved_count;
    params_array(params, PG_INTEGER, count);
    for (size_t i = 0; i < count; i++)
        params_put_int32(params, (int32_t)moved[i].partition);
    params_array(params, PG_TEXT, count);
    for (size_t i = 0; i < count; i++)
        params_put_text(params, moved[i].mark->source);
    params_array(params, PG_INTEGER, count);
    for (size_t i = 0; i < count; i++)
        params_put_int32(params, (int32_t)moved[i].mark->source_partition);
    params_array(params, PG_BIGINT, count);
    for (size_t i = 0; i < count; i++)
        params_put_int64(params, (int64_t)moved[i].mark->position);
    params_array(params, PG_BYTEA, count);
    for (size_t i = 0; i < count; i++)
        params_put_bytes(params, moved[i].mark->hash, sizeof moved[i].mark->hash);
    params_array(params, PG_BIGINT, count);
    for (size_t i = 0; i < count; i++)
        params_put_int64(params, (int64_t)batch->running[moved[i].partition].head);
}

/* ---- parked events
 * ----------------------------------------------------------------------------------------------------------------- */

#define FOR_PARKED(batch, item)                                                                                        \
    for (struct item *item = (batch)->items; item < (batch)->items + (batch)->count; item++)                           \
        if (item->parks)

static size_t count_parked(const struct batch *batch)
{
    size_t count = 0;
    FOR_PARKED(batch, item)
    count++;
    return count;
}

static void add_parked_keys(const struct batch *batch, size_t count, struct params *params)
{
    params_array(params, PG_INTEGER, count);
    FOR_PARKED(batch, item)
    params_put_int32(params, (int32_t)item->work->partition);
    params_array(params, PG_TEXT, count);
    FOR_PARKED(batch, item)
    params_put_text(params, item->work->mark.source);
    params_array(params, PG_INTEGER, count);
    FOR_PARKED(batch, item)
    params_put_int32(params, (int32_t)item->work->mark.source_partition);
    params_array(params, PG_BIGINT, count);
    FOR_PARKED(batch, item)
    params_put_int64(params, (int64_t)item->work->mark.position);
    params_array(params, PG_BIGINT, count);
    FOR_PARKED(batch, item)
    params_put_int64(params, (int64_t)item->work->source_about);
}

static void add_parked_reasons(const struct batch *batch, size_t count, struct params *params)
{
    params_array(params, PG_TEXT, count);
    FOR_PARKED(batch, item)
    params_put_text(params, item->work->command->name);
    params_array(params, PG_SMALLINT, count);
    FOR_PARKED(batch, item)
    params_put_int16(params, (int16_t)item->refusal.status);
    params_array(params, PG_TEXT, count);
    FOR_PARKED(batch, item)
    params_put_text(params, item->refusal.field);
    params_array(params, PG_TEXT, count);
    FOR_PARKED(batch, item)
    params_put_text(params, item->refusal.reason);
    params_array(params, PG_TIMESTAMPTZ, count);
    FOR_PARKED(batch, item)
    params_put_timestamp(params, item->work->stamp.received_at);
    params_array(params, PG_BIGINT, count);
    FOR_PARKED(batch, item)
    params_put_int64(params, (int64_t)batch->running[item->work->partition].head);
}

/* ---- a culprit -----------------------------------------------------------------------------------------------------
 */

static void add_culprit(struct batch *batch)
{
    const struct item *item = batch->items;
    const struct work *work = item->work;
    struct params *params = pipeline_add(batch->store->pipeline, "culprit_write", TAG_OTHER);
    size_t size = protobuf_c_message_get_packed_size(work->body);
    uint8_t *body = arena_take(batch->store->batch_arena, size + 1);
    protobuf_c_message_pack(work->body, body);
    params_array(params, PG_INTEGER, 1);
    params_put_int32(params, (int32_t)work->partition);
    params_array(params, PG_UUID, 1);
    params_put_uuid(params, &work->id);
    params_array(params, PG_TIMESTAMPTZ, 1);
    params_put_timestamp(params, work->stamp.received_at);
    params_array(params, PG_BIGINT, 1);
    params_put_int64(params, (int64_t)work->stamp.principal);
    params_array(params, PG_BIGINT, 1);
    params_put_int64(params, (int64_t)work->target);
    params_array(params, PG_TEXT, 1);
    params_put_text(params, work->command->name);
    params_array(params, PG_BYTEA, 1);
    params_put_bytes(params, body, size);
    params_array(params, PG_TEXT, 1);
    params_put_text(params, batch->culprit_state);
    params_array(params, PG_TEXT, 1);
    params_put_text(params, item->refusal.field);
}

/* ---- the transaction
 * ---------------------------------------------------------------------------------------------------------------- */

/* Calls whose affected rows are looked at. */
enum { TAG_MARKS = -2, TAG_PARKED = -3 };

static void add_log(struct batch *batch)
{
    struct pipeline *pipeline = batch->store->pipeline;
    if (batch->accepted == 0)
        return;
    struct params *entries = pipeline_add(pipeline, "entry_write", TAG_OTHER);
    add_entry_keys(batch, entries);
    add_entry_heads(batch, entries);
    add_entry_bodies(batch, entries);
    for (size_t i = 0; i < batch->store->loader->layouts->count; i++)
        write_add(batch->store->loader, pipeline, batch->store->rows, i, batch->items[0].work->partition);
    add_answers(batch, pipeline_add(pipeline, "answer_write", TAG_OTHER));
}

/* Returns how many rows the readers' part must write. */
static size_t add_inbox(struct batch *batch)
{
    struct pipeline *pipeline = batch->store->pipeline;
    size_t parked = count_parked(batch);
    if (batch->moved_count > 0)
        add_marks(batch, pipeline_add(pipeline, "inbox_write", TAG_MARKS));
    if (parked > 0) {
        struct params *params = pipeline_add(pipeline, "parked_write", TAG_PARKED);
        add_parked_keys(batch, parked, params);
        add_parked_reasons(batch, parked, params);
    }
    return batch->moved_count + parked;
}

static bool wrote_inbox(const struct pipeline *pipeline, size_t wanted)
{
    size_t written = 0;
    for (size_t i = 0; i < pipeline_count(pipeline); i++)
        if (pipeline_tag(pipeline, i) == TAG_MARKS || pipeline_tag(pipeline, i) == TAG_PARKED)
            written += pipeline_affected(pipeline, i);
    return written == wanted;
}

static bool is_committed(const struct pipeline *pipeline, const struct pg *pg)
{
    const PGresult *commit = pipeline_result(pipeline, pipeline_count(pipeline) - 1);
    return !pg_warned(pg) && strcmp(PQcmdStatus((PGresult *)(uintptr_t)commit), "COMMIT") == 0;
}

static enum attempt failed(const struct pg *pg)
{
    const struct pg_fault *fault = pg_fault(pg);
    if (fault_is_fence(fault))
        return ATTEMPT_FENCED;
    switch (fault_meaning(fault)->kind) {
    case FAULT_DATA:
        return ATTEMPT_DATA;
    case FAULT_AGAIN:
        return ATTEMPT_AGAIN;
    default:
        return ATTEMPT_FAILED;
    }
}

static enum attempt run(struct batch *batch, size_t inbox_rows)
{
    struct store *store = batch->store;
    enum pg_outcome outcome = pipeline_run(store->pipeline);
    enum attempt attempt = ATTEMPT_WRITTEN;
    if (outcome == PG_LOST)
        attempt = ATTEMPT_UNKNOWN;
    else if (outcome == PG_FAILED)
        attempt = failed(store->pg);
    else if (!is_committed(store->pipeline, store->pg))
        attempt = ATTEMPT_WARNED;
    else if (!wrote_inbox(store->pipeline, inbox_rows))
        attempt = ATTEMPT_FENCED;
    pipeline_clear(store->pipeline);
    return attempt;
}

enum attempt batch_write(struct batch *batch)
{
    struct pipeline *pipeline = batch->store->pipeline;
    pipeline_clear(pipeline);
    pipeline_add(pipeline, "begin", TAG_OTHER);
    add_log(batch);
    if (batch->culprit_state)
        add_culprit(batch);
    size_t inbox_rows = add_inbox(batch);
    if (pipeline_count(pipeline) == 1) {
        pipeline_clear(pipeline);
        return ATTEMPT_WRITTEN;
    }
    pipeline_add(pipeline, "commit", TAG_OTHER);
    fail_point("batch.before_commit");
    enum attempt attempt = run(batch, inbox_rows);
    fail_point("batch.after_commit");
    return attempt;
}
