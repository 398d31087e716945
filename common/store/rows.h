/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows: a batch's working set. What commands read was declared, loaded and settled before the first of them decides;
 * what events change is seen by the commands behind them and written at the end.
 *
 * Owns      the rows' places. Rows themselves live in the arena that it was given.
 * Refuses   (by assert) a row that nobody declared, a change of a row that does not exist, a new row over an old one.
 *
 * Pure: no database. Rules are tested with rows_put() and rows_complete() in place of a load.
 */
#pragma once
#include "common/service.h"
#include "common/store/column.h"

enum row_state { ROW_WANTED, ROW_ABSENT, ROW_PRESENT };

struct row {
    size_t table; /* index in the layouts */
    uint64_t id;
    uint32_t ordinal; /* FAMILY: stands for all children of `id` */
    enum row_state state;
    bool dirty;
    void *message;
    struct row *next; /* of the table's wanted or dirty rows */
    bool touched;
    struct row *next_touched;
    const void **children;
    size_t child_count;
    size_t child_capacity;
};

/* A page of a question. */
struct page {
    const char *column; /* NULL: none wanted */
    uint64_t value;
    uint32_t partition;
    uint64_t after;
    uint32_t limit;
    const void **list;
    size_t count;
};

struct row_list {
    struct row *first;
    size_t count;
};

/* What stands behind the declarations. */
struct reads {
    struct rows *rows;
    uint32_t partition;
    bool any_partition; /* questions; otherwise another partition's rows are absent, wherever they are */
    bool checking;      /* nothing is declared, only looked up: `missing` tells whether all of it was declared before */
    bool missing;
};

/* `layouts` and `arena` are borrowed and outlive it. */
struct rows *rows_make(const struct layouts *layouts, struct arena *arena);
void rows_free(struct rows **rows);

/* Forgets all rows, for the next batch. The arena is the caller's to clear. */
void rows_clear(struct rows *rows);
/* The same with another arena from now on. */
void rows_clear_into(struct rows *rows, struct arena *arena);

/* Everything that was not put is absent from now on; nothing needs a declaration. For replay and for tests of rules. */
void rows_complete(struct rows *rows);

/* Declared and not loaded yet. `family` for whole families. */
bool rows_are_wanted(const struct rows *rows);
struct row_list rows_wanted(const struct rows *rows, size_t table, bool family);
struct page *rows_wanted_page(struct rows *rows, size_t table);

/* A row as loaded. */
void rows_put(struct rows *rows, size_t table, void *message);
/* A row of the table's page, in order. */
void rows_put_page(struct rows *rows, size_t table, void *message);
/* Ends a load: what was wanted and did not come is absent. */
void rows_settle(struct rows *rows);

/* The row if it is present, whether declared or not. */
struct row *rows_find(const struct rows *rows, size_t table, uint64_t id, uint32_t ordinal);
void rows_mark_dirty(struct rows *rows, struct row *row);
struct row_list rows_dirty(const struct rows *rows, size_t table);

/* The rows that were changed or made since this was called last, chained by next_touched until it is called again. */
struct row *rows_take_touched(struct rows *rows, size_t table);

/* All rows present, called for each; for replay. */
void rows_each(const struct rows *rows, void (*visit)(void *data, const struct row *row), void *data);

void rows_set_past(struct rows *rows, const struct past *past, size_t count);
