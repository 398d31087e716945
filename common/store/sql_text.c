/* SPDX-License-Identifier: Apache-2.0
 *
 * SQL text: look-up and replacement of @names@.
 */
#include "common/store/sql_text.h"

#include "common/base/arena.h"
#include "common/base/embedded.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct embedded_file STORE_SQL[];

const char *sql_text(const char *name)
{
    const struct embedded_file *file = STORE_SQL;
    while (file->name && strcmp(file->name, name) != 0)
        file++;
    assert(file->name);
    return file->text;
}

/* What `@name@` at `at` is replaced by, or NULL; *size receives its length with both signs. */
static const char *value_at(const char *at, const char *const *replacements, size_t *size)
{
    for (; *at == '@' && *replacements; replacements += 2) {
        size_t length = strlen(replacements[0]);
        if (strncmp(at + 1, replacements[0], length) == 0 && at[1 + length] == '@') {
            *size = length + 2;
            return replacements[1];
        }
    }
    return NULL;
}

const char *sql_replace(struct arena *arena, const char *text, const char *const *replacements)
{
    char *filled = NULL;
    size_t filled_size = 0;
    FILE *out = open_memstream(&filled, &filled_size);
    assert(out);
    for (size_t size; *text; text += size) {
        size = 1;
        const char *value = value_at(text, replacements, &size);
        if (value)
            fputs(value, out);
        else
            fputc(*text, out);
    }
    fclose(out);
    const char *kept = arena_text(arena, filled);
    free(filled);
    return kept;
}

const char *sql_for_schema(struct arena *arena, const char *name, const char *schema)
{
    return sql_replace(arena, sql_text(name), (const char *const[]){"schema", schema, NULL});
}
