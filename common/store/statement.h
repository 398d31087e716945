/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement: the SQL that loads and writes a table's rows, many at once, made from the table's layout.
 *
 * This is the one place where SQL is composed by code; everything else stands in sql/. tests/unit/test_rows.c shows it.
 */
#pragma once
#include "common/base/arena.h"
#include "common/store/column.h"

enum statement_kind {
    STATEMENT_LOAD,     /* by key:      $1 partitions, $2 ids (or parents), for a child $3 ordinals */
    STATEMENT_CHILDREN, /* by parent:   $1 partitions, $2 parents */
    STATEMENT_WRITE,    /* insert or update: $1 partitions, then an array for each column in layout order */
    STATEMENT_WALK,     /* a whole partition, by pages: $1 partition, $2 id and $3 ordinal it comes after, $4 limit */
    STATEMENT_PAGE      /* by a column: $1 partition, $2 value, $3 id it comes after, $4 limit */
};

/* A batch sweeps partitions ($1 is an array); as Citus wants it, a batch is one partition's ($1 is a scalar). */
enum statement_form { FORM_SWEEP, FORM_ONE_PARTITION };

/* `column` is for STATEMENT_PAGE only. Result in the arena. */
const char *statement_text(struct arena *arena, const struct layout *layout, const char *schema,
                           enum statement_kind kind, enum statement_form form, const char *column);

/* Its name as a prepared statement, such as "load case". */
const char *statement_name(struct arena *arena, const struct layout *layout, enum statement_kind kind,
                           const char *column);
