/* SPDX-License-Identifier: Apache-2.0
 *
 * Column: how the fields of a row message stand in a table's columns: the codec between messages and binary arrays.
 *
 * A field's column has the field's name; which types fit which field is one table. A field that is a oneof of its own
 * is a column that may be null; every other field stores its zero or "" as such. Refuses   a table that lacks a column
 * or has one of another type, and columns that this program could not fill.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/service.h"
#include "common/store/params.h"

#include <libpq-fe.h>

struct column {
    const ProtobufCFieldDescriptor *field;
    enum pg_type type;
    bool nullable;
};

/* One table as this program sees it: a column for each field, in the order of their numbers. */
struct layout {
    const struct table *table;
    struct column *columns;
    size_t count;
    const ProtobufCFieldDescriptor *version; /* NULL: it has none */
};

/* All tables of a service in its order (parents first), the clocks' behind them where the service does not list it. */
struct layouts {
    struct layout *list;
    size_t count;
};

/* With the types that fields have unless the schema says otherwise. */
struct layouts *layouts_new(const struct table *const *tables);
void layouts_free(struct layouts **layouts);
size_t layouts_index(const struct layouts *layouts, const struct table *table);

/* Compares with what the database has and takes over the columns' types. `found`: rows of (name, type oid, not null,
 * has a default) as the statement "columns" gives them. INVALID names table and column. */
MUST_CHECK enum status layout_compare(struct layout *layout, const char *schema, const PGresult *found,
                                      struct refusal *refusal);

/* The name of a type in SQL. */
const char *column_type_name(enum pg_type type);

/* Appends the field's value to the array that was begun last. */
void column_put(const struct column *column, const void *message, struct params *params);

/* Sets the field from a binary value; `bytes` NULL is SQL's null. Texts and bytes are copied into the arena. */
void column_get(const struct column *column, const char *bytes, size_t size, void *message, struct arena *arena);

/* A new, initialised message. */
void *message_new(const ProtobufCMessageDescriptor *descriptor, struct arena *arena);

/* A row of a result whose columns, from `first` on, are the layout's. */
void *layout_row(const struct layout *layout, const PGresult *result, int row, int first, struct arena *arena);

/* Key fields of a row. */
uint64_t layout_id(const struct layout *layout, const void *message);
uint32_t layout_ordinal(const struct layout *layout, const void *message); /* 0 for an aggregate */
uint64_t layout_version(const struct layout *layout, const void *message); /* 0 where it has none */
void layout_set_key(const struct layout *layout, void *message, uint64_t id, uint32_t ordinal);
void layout_set_version(const struct layout *layout, void *message, uint64_t version);
