/* SPDX-License-Identifier: Apache-2.0
 *
 * Pipeline: the statements of one round trip, gathered with their parameters, sent together, their results taken
 * together.
 *
 * Owns      parameters' buffers, which are kept from one use to the next, and the results until it is cleared.
 */
#pragma once
#include "common/store/pg.h"

enum { CALLS_MAX = 96, TAG_OTHER = -1 };

struct pipeline;

struct pipeline *pipeline_new(struct pg *pg);
void pipeline_free(struct pipeline **pipeline);

/* Forgets calls and results. */
void pipeline_clear(struct pipeline *pipeline);

/* Adds a call and returns its parameters, empty. `tag` is the caller's own, TAG_OTHER where it has none. */
struct params *pipeline_add(struct pipeline *pipeline, const char *statement, int tag);

/* One round trip; nothing is sent when there is no call. */
enum pg_outcome pipeline_run(struct pipeline *pipeline);

size_t pipeline_count(const struct pipeline *pipeline);
int pipeline_tag(const struct pipeline *pipeline, size_t call);
const PGresult *pipeline_result(const struct pipeline *pipeline, size_t call);
/* Rows that a call wrote. */
size_t pipeline_affected(const struct pipeline *pipeline, size_t call);

/* Statements sent since it was made. */
uint64_t pipeline_statements(const struct pipeline *pipeline);
