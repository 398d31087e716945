/* SPDX-License-Identifier: Apache-2.0
 *
 * Text: what people read. Source text is English; clients translate it with gettext.
 *
 * A text travels as a template and its values, so that a server needs no language: "the case is %1; allowed now: %2".
 * Refuses   printf formats in anything that is translated: a template has only %1 to %9.
 */
#pragma once
#include <stddef.h>

struct arena;

enum { TEXT_VALUES_MAX = 9 };

/* Marks a template for translation where it is written and leaves it as it is. */
#define N_(template) template

/* Translates a template into the process's language (clients only; servers have none and get the English back). */
const char *text_translate(const char *template_text);

/* Replaces %1 to %9 by values[0] to values[8]; a missing value is left as it stands. Result in the arena. */
const char *text_fill(struct arena *arena, const char *template_text, const char *const *values, size_t count);

/* snprintf into the arena, for numbers, ids and dates that become values. */
const char *text_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
