/* SPDX-License-Identifier: Apache-2.0
 *
 * Database: the admin tool's statements (services/gateway/sql), run by name with text parameters.
 */
#pragma once
#include "clients/admin/admin.h"

/* Connects; UNAVAILABLE with what PostgreSQL says. */
MUST_CHECK enum status database_connect(struct admin *admin, const char *conninfo, PGconn **connection);

/* Of the node's database as NODE_node; reads --conf. */
MUST_CHECK enum status database_conninfo(struct admin *admin, const char **conninfo);

/* admin->database as NODE_node; closed by main. */
MUST_CHECK enum status database_open(struct admin *admin);

/* Runs a statement; `values` ends with NULL. *result is cleared by the caller, and may be NULL where it isn't wanted.
 * CONFLICT for a duplicate key, INVALID for what a constraint or a missing reference refuses. */
MUST_CHECK enum status database_run(struct admin *admin, PGconn *connection, const char *name, PGresult **result,
                                    const char *const *values);
#define DATABASE_VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Runs each row of a one-column result as a statement of its own: for what takes no parameters, such as `create role`;
 * the statement that made the rows quoted every name. */
MUST_CHECK enum status database_run_texts(struct admin *admin, PGconn *connection, const char *name,
                                          const char *const *values);

/* bytea as a parameter's text. In the arena. */
const char *database_bytes(struct arena *arena, const uint8_t *bytes, size_t size);
