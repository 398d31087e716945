/* SPDX-License-Identifier: Apache-2.0
 *
 * Migrate: brings a schema to this program's version: numbered files, each run once, all in one transaction, and the
 * roles with the least rights that do.
 *
 * Refuses   a file that has landed and was edited since, or is gone: the database would not be what the files say.
 */
#pragma once
#include "common/base/embedded.h"
#include "common/base/refusal.h"

#include <stdbool.h>

struct migration {
    const char *schema;                /* the service's name, or "node" */
    const char *node;                  /* roles are node_schema and node_schema_read */
    const struct embedded_file *files; /* of the schema, in their order */
    bool log;                          /* a service's schema: the log's common tables come first */
};

/* `conninfo` is the database owner's, who may create schemas and roles. *ran receives how many files were run now. */
MUST_CHECK enum status store_migrate(const char *conninfo, const struct migration *migration, unsigned *ran,
                                     struct refusal *refusal);
