/* SPDX-License-Identifier: Apache-2.0
 *
 * Embedded file: an SQL file as the build put it into the program.
 *
 * The build makes one array for each folder: for services/mediation/schema it is MEDIATION_SCHEMA, for
 * services/mediation/sql MEDIATION_SQL, for common/store the two STORE_SCHEMA and STORE_SQL. Whoever uses one declares
 * it: `extern const struct embedded_file MEDIATION_SQL[];`
 *
 * Sorted by name (bytewise), ends with {NULL, NULL}; only the end where the folder has no file.
 */
#pragma once

struct embedded_file {
    const char *name; /* without folder and ".sql": the statement's name, or a step such as "0001_case" */
    const char *text;
};
