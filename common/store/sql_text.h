/* SPDX-License-Identifier: Apache-2.0
 *
 * SQL text: the statements of common/store/sql, found by name.
 */
#pragma once

struct arena;

/* The text as embedded; the name must exist (asserted). */
const char *sql_text(const char *name);

/* Any text with each @name@ replaced. `replacements` is pairs of name and value, ended by NULL; values must be
 * identifiers. */
const char *sql_replace(struct arena *arena, const char *text, const char *const *replacements);

/* The statement for a service's schema: @schema@ replaced. */
const char *sql_for_schema(struct arena *arena, const char *name, const char *schema);
