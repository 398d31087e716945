/* SPDX-License-Identifier: Apache-2.0
 *
 * Batch, first part: declarations, and the round trip that brings the rows and the earlier answers.
 */
#include "common/base/instant.h"
#include "common/store/batch.h"

#include <assert.h>
#include <string.h>

struct context work_context(const struct work *work, const struct store_conf *conf)
{
    return (struct context){
        .now = work->stamp.received_at,
        .today = day_of(work->stamp.received_at),
        .target = work->target,
        .principal = work->stamp.principal,
        .roles = work->stamp.roles,
        .office = work->stamp.office,
        .place = work->stamp.place,
        .mediator = work->stamp.mediator,
        .partition = work->partition,
        .partitions = conf->partitions,
        .law = conf->law,
        .node = conf->node,
        .trace = work->trace ? work->trace : "",
        .arena = work->arena,
    };
}

struct context batch_context(const struct batch *batch, const struct item *item)
{
    struct context context = work_context(item->work, &batch->store->conf);
    context.position = batch->running[item->work->partition].head + 1;
    return context;
}

static void declare(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct item *item = &batch->items[i];
        const struct command *command = item->work->command;
        if (!command)
            continue;
        struct reads reads = {.rows = batch->store->rows, .partition = item->work->partition};
        struct context context = batch_context(batch, item);
        if (command->on && !command->creates)
            reads_one(&reads, command->on, item->work->target);
        if (command->reads)
            command->reads(item->work->body, &context, &reads);
    }
}

static void declare_more(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct item *item = &batch->items[i];
        const struct command *command = item->work->command;
        if (!command || !command->reads_more)
            continue;
        struct reads reads = {.rows = batch->store->rows, .partition = item->work->partition};
        struct context context = batch_context(batch, item);
        command->reads_more(item->work->body, &context, batch->store->rows, &reads);
    }
}

static void ask_answers(struct batch *batch)
{
    size_t count = 0;
    batch->asked = arena_array(batch->store->batch_arena, batch->count, sizeof *batch->asked);
    for (size_t i = 0; i < batch->count; i++)
        if (batch->items[i].work->command)
            batch->asked[count++] = &batch->items[i];
    if (count == 0)
        return;
    struct params *params = pipeline_add(batch->store->pipeline, "answer_find", TAG_OTHER);
    params_array(params, PG_INTEGER, count);
    for (size_t i = 0; i < count; i++)
        params_put_int32(params, (int32_t)batch->asked[i]->work->partition);
    params_array(params, PG_UUID, count);
    for (size_t i = 0; i < count; i++)
        params_put_uuid(params, &batch->asked[i]->work->id);
}

static void take_answers(struct batch *batch, const PGresult *result)
{
    enum { NUMBER, PRINCIPAL, DIGEST, POSITION, TARGET, EVENTS };
    for (int row = 0; row < PQntuples(result); row++) {
        struct item *item = batch->asked[pg_get_int64(result, row, NUMBER) - 1];
        size_t size = (size_t)PQgetlength(result, row, EVENTS);
        item->answered = true;
        item->answer_principal = (uint64_t)pg_get_int64(result, row, PRINCIPAL);
        memcpy(item->answer_digest, PQgetvalue(result, row, DIGEST), sizeof item->answer_digest);
        item->answer_position = (uint64_t)pg_get_int64(result, row, POSITION);
        item->answer_about = (uint64_t)pg_get_int64(result, row, TARGET);
        item->answer_events.len = size;
        item->answer_events.data = arena_copy(item->work->arena, PQgetvalue(result, row, EVENTS), size);
    }
}

/* `partition` of the first work: in FORM_ONE_PARTITION it is everybody's. */
static enum pg_outcome round_trip(struct batch *batch)
{
    struct store *store = batch->store;
    bool good = load_add(store->loader, store->pg, store->pipeline, store->rows, batch->items[0].work->partition);
    assert(good); /* only a question's page can fail to be prepared */
    enum pg_outcome outcome = pipeline_run(store->pipeline);
    if (outcome == PG_DONE)
        load_take(store->loader, store->pipeline, store->rows, store->batch_arena);
    return outcome;
}

enum pg_outcome batch_load(struct batch *batch)
{
    struct pipeline *pipeline = batch->store->pipeline;
    pipeline_clear(pipeline);
    ask_answers(batch);
    bool answers = pipeline_count(pipeline) > 0;
    declare(batch);
    enum pg_outcome outcome = round_trip(batch);
    if (outcome == PG_DONE && answers)
        take_answers(batch, pipeline_result(pipeline, 0));
    pipeline_clear(pipeline);
    if (outcome != PG_DONE)
        return outcome;
    declare_more(batch);
    if (rows_are_wanted(batch->store->rows))
        outcome = round_trip(batch);
    pipeline_clear(pipeline);
    return outcome;
}
