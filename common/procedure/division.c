/* SPDX-License-Identifier: Apache-2.0
 *
 * Division: reading the table, and looking codes up by halves.
 */
#include "common/procedure/division.h"

#include "common/base/text.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 5, CODE_DIGITS = 6 };

struct divisions {
    struct division *list; /* by code, of one code the latest last */
    size_t count;
};

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* Cuts a line at its tabs; false unless it has exactly the table's columns. */
static bool split(char *line, char *columns[COLUMNS])
{
    size_t count = 0;
    for (char *column; (column = strsep(&line, "\t"));) {
        if (count == COLUMNS)
            return false;
        columns[count++] = column;
    }
    return count == COLUMNS;
}

/* Six digits, or 0. */
static uint32_t code_of(const char *text)
{
    if (strlen(text) != CODE_DIGITS || strspn(text, "0123456789") != CODE_DIGITS)
        return 0;
    return (uint32_t)strtoul(text, NULL, 10);
}

static bool read_line(char *line, struct division *division)
{
    char *columns[COLUMNS];
    if (!split(line, columns))
        return false;
    *division = (struct division){.code = code_of(columns[0]),
                                  .name = columns[1],
                                  .from = columns[2],
                                  .until = columns[3],
                                  .successor = code_of(columns[4])};
    return division->code && *division->name && (division->successor || !*columns[4]);
}

const struct divisions *divisions_new(struct arena *arena, const char *text)
{
    struct divisions *divisions = arena_take(arena, sizeof *divisions);
    char *line = arena_text(arena, text);
    size_t lines = count_lines(text);

    if (!lines)
        return NULL;
    divisions->list = arena_array(arena, lines, sizeof *divisions->list);
    line = strchr(line, '\n') + 1; /* the heading */
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        struct division *division = &divisions->list[divisions->count];
        *end = '\0';
        if (!read_line(line, division) || (divisions->count && division[-1].code > division->code))
            return NULL;
        divisions->count++;
    }
    return divisions;
}

const struct division *divisions_find(const struct divisions *divisions, uint32_t code)
{
    size_t low = 0, high = divisions->count; /* the last row with at most this code lies before high */

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (divisions->list[middle].code <= code)
            low = middle + 1;
        else
            high = middle;
    }
    return low && divisions->list[low - 1].code == code ? &divisions->list[low - 1] : NULL;
}

bool division_stands(const struct division *division)
{
    return !*division->until;
}

const char *divisions_full_name(const struct divisions *divisions, uint32_t code, struct arena *arena)
{
    const uint32_t codes[] = {code - code % 10000, code - code % 100, code};
    const char *name = "";

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const struct division *division = divisions_find(divisions, codes[i]);
        if (division && (i == 0 || codes[i] != codes[i - 1]))
            name = text_print(arena, "%s%s", name, division->name);
    }
    return name;
}
