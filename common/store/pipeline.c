/* SPDX-License-Identifier: Apache-2.0
 *
 * Pipeline: gathering.
 */
#include "common/store/pipeline.h"

#include <assert.h>
#include <stdlib.h>

struct pipeline {
    struct pg *pg;
    size_t count;
    uint64_t statements;
    struct pg_call calls[CALLS_MAX];
    struct params params[CALLS_MAX];
    int tags[CALLS_MAX];
};

struct pipeline *pipeline_new(struct pg *pg)
{
    struct pipeline *pipeline = calloc(1, sizeof *pipeline);
    assert(pipeline);
    pipeline->pg = pg;
    return pipeline;
}

void pipeline_free(struct pipeline **pipeline)
{
    if (!*pipeline)
        return;
    pipeline_clear(*pipeline);
    for (size_t i = 0; i < CALLS_MAX; i++)
        params_free(&(*pipeline)->params[i]);
    free(*pipeline);
    *pipeline = NULL;
}

void pipeline_clear(struct pipeline *pipeline)
{
    pg_clear(pipeline->calls, pipeline->count);
    pipeline->count = 0;
}

struct params *pipeline_add(struct pipeline *pipeline, const char *statement, int tag)
{
    assert(pipeline->count < CALLS_MAX);
    size_t at = pipeline->count++;
    params_clear(&pipeline->params[at]);
    pipeline->calls[at] = (struct pg_call){statement, &pipeline->params[at], NULL};
    pipeline->tags[at] = tag;
    return &pipeline->params[at];
}

enum pg_outcome pipeline_run(struct pipeline *pipeline)
{
    if (pipeline->count == 0)
        return PG_DONE;
    pipeline->statements += pipeline->count;
    return pg_pipeline(pipeline->pg, pipeline->calls, pipeline->count);
}

size_t pipeline_count(const struct pipeline *pipeline)
{
    return pipeline->count;
}

int pipeline_tag(const struct pipeline *pipeline, size_t call)
{
    return pipeline->tags[call];
}

const PGresult *pipeline_result(const struct pipeline *pipeline, size_t call)
{
    return pipeline->calls[call].result;
}

size_t pipeline_affected(const struct pipeline *pipeline, size_t call)
{
    return (size_t)strtoull(PQcmdTuples(pipeline->calls[call].result), NULL, 10);
}

uint64_t pipeline_statements(const struct pipeline *pipeline)
{
    return pipeline->statements;
}
