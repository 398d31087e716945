/* SPDX-License-Identifier: Apache-2.0
 *
 * Partition: reading, and keeping up with what batches write.
 */
#include "common/store/partition.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Behind every fire_at of 0, which means "never". */
const struct clock_place CLOCKS_BEGIN = {0, INT64_MAX, INT32_MAX};

enum { CALL_HEAD, CALL_INBOX, CALL_PARKED, CALL_DUE, CALL_RECOUNT };

enum status partition_prepare(const struct loader *loader, struct pg *pg, struct refusal *refusal)
{
    static const char *const NAMES[] = {"head", "inbox_load", "parked_load", "clock_due", "recount_load", NULL};
    enum status status = OK;
    for (const char *const *name = NAMES; *name && status == OK; name++)
        status = loader_prepare(loader, pg, *name, refusal);
    return status;
}

static void *more(void *list, size_t count, size_t size)
{
    /* Grows at powers of two. */
    if (count > 0 && (count & (count - 1)) != 0)
        return list;
    list = realloc(list, (count ? count * 2 : 1) * size);
    assert(list);
    return list;
}

void partition_forget(struct partition *partition)
{
    free(partition->cursors);
    free(partition->parked);
    *partition = (struct partition){.next_due = INT64_MAX, .passed = CLOCKS_BEGIN};
}

/* ---- reading ------------------------------------------------------------------------------------------------------
 */

static void take_head(struct partition *partition, const PGresult *result)
{
    if (PQntuples(result) == 0)
        return;
    assert(PQgetlength(result, 0, 1) == HASH_BYTES);
    partition->head = (uint64_t)pg_get_int64(result, 0, 0);
    memcpy(partition->hash, PQgetvalue(result, 0, 1), HASH_BYTES);
}

static void take_cursors(struct partition *partition, const PGresult *result)
{
    for (int i = 0; i < PQntuples(result); i++) {
        struct inbox_mark mark = {.source = PQgetvalue(result, i, 0),
                                  .source_partition = (uint32_t)pg_get_int32(result, i, 1),
                                  .position = (uint64_t)pg_get_int64(result, i, 2)};
        memcpy(mark.hash, PQgetvalue(result, i, 3), sizeof mark.hash);
        partition_mark(partition, &mark);
    }
}

static void take_parked(struct partition *partition, const PGresult *result)
{
    for (int i = 0; i < PQntuples(result); i++)
        partition_park(partition, PQgetvalue(result, i, 0), (uint64_t)pg_get_int64(result, i, 1),
                       (uint64_t)pg_get_int64(result, i, 2));
}

enum pg_outcome partition_load(struct partition *partition, uint32_t number, struct pipeline *pipeline)
{
    pipeline_clear(pipeline);
    params_int32(pipeline_add(pipeline, "head", CALL_HEAD), (int32_t)number);
    params_int32(pipeline_add(pipeline, "inbox_load", CALL_INBOX), (int32_t)number);
    params_int32(pipeline_add(pipeline, "parked_load", CALL_PARKED), (int32_t)number);
    struct params *due = pipeline_add(pipeline, "clock_due", CALL_DUE);
    params_int32(due, (int32_t)number);
    params_timestamp(due, CLOCKS_BEGIN.fire_at);
    params_int64(due, (int64_t)CLOCKS_BEGIN.about);
    params_int32(due, (int32_t)CLOCKS_BEGIN.ordinal);
    params_int32(due, 1);
    params_int32(pipeline_add(pipeline, "recount_load", CALL_RECOUNT), (int32_t)number);
    enum pg_outcome outcome = pipeline_run(pipeline);
    if (outcome == PG_DONE) {
        bool fenced = partition->fenced;
        partition_forget(partition);
        partition->fenced = fenced;
        take_head(partition, pipeline_result(pipeline, CALL_HEAD));
        take_cursors(partition, pipeline_result(pipeline, CALL_INBOX));
        take_parked(partition, pipeline_result(pipeline, CALL_PARKED));
        const PGresult *next = pipeline_result(pipeline, CALL_DUE);
        if (PQntuples(next) > 0)
            partition->next_due = pg_get_timestamp(next, 0, 3);
        const PGresult *recount = pipeline_result(pipeline, CALL_RECOUNT);
        if (PQntuples(recount) > 0)
            snprintf(partition->calendars, sizeof partition->calendars, "%s", PQgetvalue(recount, 0, 0));
        partition->taken = true;
    }
    pipeline_clear(pipeline);
    return outcome;
}

/* ---- keeping up ---------------------------------------------------------------------------------------------------
 */

const struct cursor *partition_cursor(const struct partition *partition, const char *source, uint32_t source_partition)
{
    for (size_t i = 0; i < partition->cursor_count; i++) {
        const struct cursor *cursor = &partition->cursors[i];
        if (cursor->source_partition == source_partition && strcmp(cursor->source, source) == 0)
            return cursor;
    }
    return NULL;
}

static void copy_source(char to[SOURCE_NAME_MAX], const char *source)
{
    assert(strlen(source) < SOURCE_NAME_MAX);
    snprintf(to, SOURCE_NAME_MAX, "%s", source);
}

void partition_mark(struct partition *partition, const struct inbox_mark *mark)
{
    size_t at = 0;
    const struct cursor *known = partition_cursor(partition, mark->source, mark->source_partition);
    if (known && known->position >= mark->position)
        return;
    if (known) {
        at = (size_t)(known - partition->cursors);
    } else {
        partition->cursors = more(partition->cursors, partition->cursor_count, sizeof *partition->cursors);
        at = partition->cursor_count++;
        copy_source(partition->cursors[at].source, mark->source);
        partition->cursors[at].source_partition = mark->source_partition;
    }
    partition->cursors[at].position = mark->position;
    memcpy(partition->cursors[at].hash, mark->hash, sizeof mark->hash);
}

uint64_t partition_parked(const struct partition *partition, const char *source, uint64_t target)
{
    for (size_t i = 0; i < partition->parked_count; i++)
        if (partition->parked[i].target == target && strcmp(partition->parked[i].source, source) == 0)
            return partition->parked[i].position;
    return 0;
}

void partition_park(struct partition *partition, const char *source, uint64_t target, uint64_t position)
{
    if (partition_parked(partition, source, target) != 0)
        return;
    partition->parked = more(partition->parked, partition->parked_count, sizeof *partition->parked);
    struct parked *parked = &partition->parked[partition->parked_count++];
    copy_source(parked->source, source);
    parked->target = target;
    parked->position = position;
}

static bool is_before(const struct clock_place *a, const struct clock_place *b)
{
    if (a->fire_at != b->fire_at)
        return a->fire_at < b->fire_at;
    return a->about != b->about ? a->about < b->about : a->ordinal < b->ordinal;
}

void partition_clock_runs(struct partition *partition, const struct clock_place *place)
{
    if (place->fire_at <= 0)
        return;
    if (place->fire_at < partition->next_due)
        partition->next_due = place->fire_at;
    /* It was started behind what was looked at already (its fire time is past): look again from the beginning. */
    if (!is_before(&partition->passed, place))
        partition->passed = CLOCKS_BEGIN;
}
