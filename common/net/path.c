/* SPDX-License-Identifier: Apache-2.0
 *
 * Path: made into text.
 */
#include "common/net/path.h"

#include "common/base/arena.h"
#include "common/base/text.h"

#include <string.h>

enum { EXCERPT_MAX = 60 };

const char *path_text(struct arena *arena, const struct path *path)
{
    if (!path)
        return "message";
    const char *before = path->parent ? path_text(arena, path->parent) : "";
    const char *point = path->parent ? "." : "";
    if (path->index == PATH_NO_INDEX)
        return text_print(arena, "%s%s%s", before, point, path->name);
    return text_print(arena, "%s%s%s[%zu]", before, point, path->name, path->index);
}

const char *path_excerpt(struct arena *arena, const char *text)
{
    size_t size = strnlen(text, EXCERPT_MAX + 1);
    if (size <= EXCERPT_MAX)
        return arena_text(arena, text);
    size = EXCERPT_MAX;
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--;
    return text_print(arena, "%.*s...", (int)size, text);
}
