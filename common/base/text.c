/* SPDX-License-Identifier: Apache-2.0
 *
 * Text: filling of templates.
 */
#include "common/base/text.h"

#include "common/base/arena.h"

#include <assert.h>
#include <libintl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const char *text_translate(const char *template_text)
{
    /* gettext("") is the catalogue's header, never what was meant. */
    return *template_text ? gettext(template_text) : template_text;
}

/* The value that a placeholder at `at` stands for, or NULL where there is none. */
static const char *value_at(const char *at, const char *const *values, size_t count)
{
    if (at[0] != '%' || at[1] < '1' || at[1] > '9')
        return NULL;
    size_t index = (size_t)(at[1] - '1');
    return index < count ? values[index] : NULL;
}

const char *text_fill(struct arena *arena, const char *template_text, const char *const *values, size_t count)
{
    size_t size = 1;
    for (const char *at = template_text; *at; at++) {
        const char *value = value_at(at, values, count);
        size += value ? strlen(value) : 1;
        at += value ? 1 : 0;
    }
    char *text = arena_take(arena, size);
    char *end = text;
    for (const char *at = template_text; *at; at++) {
        const char *value = value_at(at, values, count);
        if (!value) {
            *end++ = *at;
            continue;
        }
        size_t length = strlen(value);
        memcpy(end, value, length);
        end += length;
        at++;
    }
    *end = '\0';
    return text;
}

const char *text_print(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(length >= 0);
    char *text = arena_take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}
