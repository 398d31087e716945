/* SPDX-License-Identifier: Apache-2.0
 *
 * Rehearse: one command judged on a read-only connection, in the same order of checks as a batch has.
 */
#include "common/store/batch.h"
#include "common/store/fault.h"
#include "common/store/reader.h"

/* A position that no entry has: ids made of it are seen by nobody. */
enum { NO_POSITION = 1 };

static void declare(struct store_reader *reader, const struct work *work, const struct context *now)
{
    struct reads reads = {.rows = reader->rows, .partition = work->partition};
    if (work->command->on && !work->command->creates)
        reads_one(&reads, work->command->on, work->target);
    if (work->command->reads)
        work->command->reads(work->body, now, &reads);
}

static enum status load(struct store_reader *reader, const struct work *work, const struct context *now,
                        struct refusal *refusal)
{
    declare(reader, work, now);
    enum status status = reader_load(reader, now->arena, true, refusal);
    if (status == OK && work->command->reads_more) {
        struct reads reads = {.rows = reader->rows, .partition = work->partition};
        work->command->reads_more(work->body, now, reader->rows, &reads);
        if (rows_are_wanted(reader->rows))
            status = reader_load(reader, now->arena, false, refusal);
    }
    return status;
}

/* What the log says of this id: *repeated when this very command was accepted before. */
static enum status ask_answer(struct store_reader *reader, const struct work *work, bool *repeated,
                              struct refusal *refusal)
{
    enum { NUMBER, PRINCIPAL, DIGEST };
    pipeline_clear(reader->pipeline);
    struct params *params = pipeline_add(reader->pipeline, "answer_find", TAG_OTHER);
    params_array(params, PG_INTEGER, 1);
    params_put_int32(params, (int32_t)work->partition);
    params_array(params, PG_UUID, 1);
    params_put_uuid(params, &work->id);
    enum status status = reader_run(reader, refusal);
    const PGresult *result = status == OK ? pipeline_result(reader->pipeline, 0) : NULL;
    if (result && PQntuples(result) > 0) {
        *repeated = repetition_judge(work, (uint64_t)pg_get_int64(result, 0, PRINCIPAL),
                                     (const uint8_t *)PQgetvalue(result, 0, DIGEST), refusal) == OK;
        status = *repeated ? OK : refusal->status;
    }
    pipeline_clear(reader->pipeline);
    return status;
}

static enum status judge(struct store_reader *reader, const struct work *work, const struct context *now,
                         struct refusal *refusal)
{
    enum status status = late_judge(reader->service, work, refusal);
    if (status == OK)
        status = version_judge(reader->rows, reader->loader->layouts, work, refusal);
    if (status != OK)
        return status;
    struct events *events = arena_take(now->arena, sizeof *events);
    events->about = work->target;
    events->rules = "";
    events->arena = now->arena;
    status = work->command->decide(work->body, reader->rows, now, events);
    if (status != OK)
        *refusal = events->refusal;
    return status;
}

enum status store_rehearse(struct store_reader *reader, const struct store_conf *conf, struct work *work,
                           struct refusal *refusal)
{
    struct context now = work_context(work, conf);
    now.position = NO_POSITION;
    work->repeated = false;
    enum status status = ask_answer(reader, work, &work->repeated, refusal);
    if (status != OK || work->repeated)
        return status;
    rows_clear_into(reader->rows, now.arena);
    status = load(reader, work, &now, refusal);
    reader_end(reader);
    return status == OK ? judge(reader, work, &now, refusal) : status;
}
