/* SPDX-License-Identifier: Apache-2.0
 *
 * Load: brings what was declared from the tables into the working set: one statement a table, and one more where whole
 * families are wanted.
 *
 * Owns      the tables' layouts as compared with the database, and the names of their statements.
 */
#pragma once
#include "common/base/arena.h"
#include "common/store/pipeline.h"
#include "common/store/rows.h"
#include "common/store/statement.h"

/* The tables of a service on one connection. */
struct loader {
    const struct service *service;
    struct layouts *layouts;
    enum statement_form form;
    struct arena *arena; /* of the names */
    struct table_names {
        const char *load;
        const char *children;
        const char *write;
        const char *walk;
    } * names;
};

/* Compares every table with its message and prepares its statements; those that write only where `writes`. */
MUST_CHECK enum status loader_open(struct loader **loader, struct pg *pg, const struct service *service,
                                   enum statement_form form, bool writes, struct refusal *refusal);
void loader_free(struct loader **loader);

/* Prepares one of common/store/sql for the service's schema; name and text go by the file. */
MUST_CHECK enum status loader_prepare(const struct loader *loader, struct pg *pg, const char *name,
                                      struct refusal *refusal);

/* The statement that reads a page by this column, prepared when it is first used. NULL: it cannot be. */
const char *loader_page(const struct loader *loader, struct pg *pg, size_t table, const char *column);

/* Adds the calls for what `rows` wants; `partition` counts only in FORM_ONE_PARTITION. False: a page cannot be
 * prepared. */
bool load_add(const struct loader *loader, struct pg *pg, struct pipeline *pipeline, struct rows *rows,
              uint32_t partition);
/* Takes their results and settles the rows. */
void load_take(const struct loader *loader, const struct pipeline *pipeline, struct rows *rows, struct arena *arena);

/* Adds the call that writes a table's changed rows; nothing when there are none. */
void write_add(const struct loader *loader, struct pipeline *pipeline, const struct rows *rows, size_t table,
               uint32_t partition);
