/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8: the table of well-formed byte sequences (Unicode 15, table 3-7).
 */
#include "common/net/utf8.h"

#include <stdint.h>
#include <string.h>

/* Bytes that follow a first byte, and the range that the second must be in; the others are 80..BF. */
struct form {
    uint8_t first_low, first_high;
    uint8_t following;
    uint8_t second_low, second_high;
};

static const struct form FORMS[] = {
    {0x00, 0x7F, 0, 0x00, 0x00}, {0xC2, 0xDF, 1, 0x80, 0xBF}, {0xE0, 0xE0, 2, 0xA0, 0xBF},
    {0xE1, 0xEC, 2, 0x80, 0xBF}, {0xED, 0xED, 2, 0x80, 0x9F}, {0xEE, 0xEF, 2, 0x80, 0xBF},
    {0xF0, 0xF0, 3, 0x90, 0xBF}, {0xF1, 0xF3, 3, 0x80, 0xBF}, {0xF4, 0xF4, 3, 0x80, 0x8F},
};

static const struct form *form_of(uint8_t first)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (first >= FORMS[i].first_low && first <= FORMS[i].first_high)
            return &FORMS[i];
    return NULL;
}

/* Length of the well-formed character at the front, 0 where there is none. */
static size_t character_size(const uint8_t *at, size_t rest)
{
    const struct form *form = form_of(at[0]);
    if (!form || rest <= form->following)
        return 0;
    if (form->following > 0 && (at[1] < form->second_low || at[1] > form->second_high))
        return 0;
    for (size_t i = 2; i <= form->following; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return (size_t)form->following + 1;
}

bool utf8_is_valid(const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size;) {
        size_t step = character_size(at + i, size - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

bool utf8_is_text(const void *bytes, size_t size)
{
    return size == 0 || (!memchr(bytes, '\0', size) && utf8_is_valid(bytes, size));
}
