/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines: a list as one text.
 */
#include "common/base/lines.h"

#include <string.h>

enum status line_check(const char *text, const char *field, struct refusal *refusal)
{
    const size_t length = strlen(text);

    if (length == 0 || length > LINE_BYTES_MAX)
        return refuse(refusal, INVALID, field, N_("empty, or longer than 200 bytes"), N_("give a short text"));
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            return refuse(refusal, INVALID, field, N_("a control character stands in it"), N_("give one line of text"));
    return OK;
}

enum status trace_check(const char *trace, struct refusal *refusal)
{
    static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:";

    if (strlen(trace) <= TRACE_BYTES_MAX && trace[strspn(trace, ALLOWED)] == '\0')
        return OK;
    return refuse(refusal, INVALID, "trace", N_("a trace id has at most 64 letters, digits and -_.:"),
                  N_("leave it empty, or send the command's id as text"));
}

bool lines_have(const char *lines, const char *entry)
{
    const size_t length = strlen(entry);

    if (length == 0)
        return false;
    for (const char *line = lines; *line != '\0';) {
        const char *end = strchrnul(line, '\n');
        if ((size_t)(end - line) == length && memcmp(line, entry, length) == 0)
            return true;
        line = *end == '\0' ? end : end + 1;
    }
    return false;
}

char *lines_join(char *const *entries, size_t count, struct arena *arena)
{
    size_t size = 1;

    for (size_t i = 0; i < count; i++)
        size += strlen(entries[i]) + 1;
    char *lines = arena_take(arena, size), *end = lines;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *end++ = '\n';
        end = stpcpy(end, entries[i]);
    }
    return lines;
}

char **lines_split(const char *lines, size_t *count, struct arena *arena)
{
    size_t found = *lines != '\0';

    for (const char *at = lines; *at != '\0'; at++)
        found += *at == '\n';
    char **entries = arena_array(arena, found + 1, sizeof *entries);
    char *copy = arena_text(arena, lines);
    for (size_t i = 0; i < found; i++) {
        char *end = strchrnul(copy, '\n');
        entries[i] = copy;
        copy = *end == '\0' ? end : end + 1;
        *end = '\0';
    }
    *count = found;
    return entries;
}
