/* SPDX-License-Identifier: Apache-2.0
 *
 * Pg: one connection to PostgreSQL, used in pipelines of prepared statements with binary parameters and results.
 *
 * Owns      the connection, and the statements that are to be prepared again after it was lost.
 * Refuses   to block while both sides' buffers are full (it reads while it writes), to leave a pipeline or a failed
 *           transaction behind, and to hide a warning.
 */
#pragma once
#include "common/base/refusal.h"
#include "common/store/params.h"

#include <libpq-fe.h>
#include <stdbool.h>

struct pg;

/* What PostgreSQL said about the statement that failed. */
struct pg_fault {
    char state[6];
    char table[64];
    char column[64];
    char constraint[64];
    char message[200];
};

enum pg_outcome {
    PG_DONE,
    PG_FAILED, /* by a statement; rolled back, the connection is good. See pg_fault. */
    PG_LOST    /* the connection is gone and with it the knowledge of what was committed */
};

/* One statement of a pipeline. */
struct pg_call {
    const char *statement;
    const struct params *params; /* NULL: none */
    PGresult *result;            /* out; pg_clear frees it */
};

/* Connects and runs `session` (settings). Waits up to `wait_ms` for a server that is starting. */
MUST_CHECK enum status pg_open(struct pg **pg, const char *conninfo, const char *session, int wait_ms,
                               struct refusal *refusal);
void pg_free(struct pg **pg);

/* Prepares a statement now and after each reconnection. Name and text are copied. */
MUST_CHECK enum status pg_prepare(struct pg *pg, const char *name, const char *text, struct refusal *refusal);
/* Its own copy of a prepared statement's name; NULL: there is no such statement. */
const char *pg_prepared_name(const struct pg *pg, const char *name);

/* Connects again, with all that was prepared. False when the server did not answer within `wait_ms`. */
bool pg_reconnect(struct pg *pg, int wait_ms);
bool pg_is_connected(const struct pg *pg);

/* Sends all calls, then one sync; every result is collected, or the connection is given up. */
enum pg_outcome pg_pipeline(struct pg *pg, struct pg_call *calls, size_t count);
void pg_clear(struct pg_call *calls, size_t count);

/* True when the server warned since the last pipeline began: a COMMIT with a warning is not a COMMIT. */
bool pg_warned(const struct pg *pg);
const struct pg_fault *pg_fault(const struct pg *pg);

/* Runs a script of statements without parameters (settings, migrations); stops at the first that fails. */
MUST_CHECK enum status pg_script(struct pg *pg, const char *text, struct refusal *refusal);

/* Values of a binary result. */
int64_t pg_get_int64(const PGresult *result, int row, int column);
int32_t pg_get_int32(const PGresult *result, int row, int column);
/* timestamptz as microseconds after 1970-01-01 UTC */
int64_t pg_get_timestamp(const PGresult *result, int row, int column);
