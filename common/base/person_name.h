/* SPDX-License-Identifier: Apache-2.0
 *
 * Person's name, as it stands in a document: 1 to 50 characters (not bytes), of any script.
 *
 * Accepts   a name of one or two characters, rare characters outside the basic plane (U+20BB7), private-use characters
 * that registers gave to characters before Unicode had them; the middle dot of transcribed names, U+00B7, and what is
 *           typed for it: U+2022, U+2027, U+30FB anywhere, a full stop ('.', U+FF0E, U+3002) between two Chinese
 * characters. All of these become U+00B7, so that the same name is found again. Refuses   bytes that are not UTF-8,
 * U+0000, control and invisible formatting characters, a space at either end (U+00A0 and U+3000 too), a dot at either
 * end, two dots in a row. It knows no list of surnames.
 */
#pragma once
#include "common/base/refusal.h"

#include <stddef.h>

enum { PERSON_NAME_CHARACTERS_MAX = 50, PERSON_NAME_TEXT = PERSON_NAME_CHARACTERS_MAX * 4 + 1 };

struct person_name {
    char text[PERSON_NAME_TEXT]; /* UTF-8, normalised */
    size_t characters;
};

/* Reads a name of `size` bytes (they may hold zero bytes: that is refused, not cut). `field` is the caller's name for
 * where it stood. INVALID with the rule that it breaks; `*name` is zero then. */
enum status person_name_read(const char *bytes, size_t size, const char *field, struct person_name *name,
                             struct refusal *refusal) MUST_CHECK;

/* Cells that a text takes in a terminal: 2 for wide characters (Unicode Standard Annex 11: W and F), 0 for combining
 * marks and variation selectors, 1 for others. A byte that is no UTF-8 counts as one cell. */
size_t name_columns(const char *text);

/* Bytes of the longest beginning that fits into `columns` cells. Never splits a character, nor takes a mark from it. */
size_t name_cut(const char *text, size_t columns);
