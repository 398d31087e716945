/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines: a list of short texts as one text, one entry a line, "" for an empty list: how a row keeps a list in a column.
 *
 * Refuses   entries that are not one line: empty, too long, or with a control character in them.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <stdbool.h>

enum { LINE_BYTES_MAX = 200, TRACE_BYTES_MAX = 64 };

/* INVALID unless `text` is one line of 1 to LINE_BYTES_MAX bytes without control characters. */
MUST_CHECK enum status line_check(const char *text, const char *field, struct refusal *refusal);

/* INVALID unless `trace` can be a request's trace id: at most 64 letters, digits and -_.: */
MUST_CHECK enum status trace_check(const char *trace, struct refusal *refusal);

/* True when the list has this entry, compared whole; no list has "". */
bool lines_have(const char *lines, const char *entry);

/* Both in the arena. */
char *lines_join(char *const *entries, size_t count, struct arena *arena);
char **lines_split(const char *lines, size_t *count, struct arena *arena);
