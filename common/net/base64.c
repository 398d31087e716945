/* SPDX-License-Identifier: Apache-2.0
 *
 * Base64: three bytes to four characters and back.
 */
#include "common/net/base64.h"

#include <string.h>

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { GROUP_BYTES = 3, GROUP_TEXT = 4, BITS = 6, MASK = 63 };

size_t base64_text_size(size_t size)
{
    return (size + GROUP_BYTES - 1) / GROUP_BYTES * GROUP_TEXT;
}

void base64_encode(const uint8_t *bytes, size_t size, char *text)
{
    for (size_t i = 0; i < size; i += GROUP_BYTES) {
        size_t rest = size - i;
        uint32_t group = (uint32_t)bytes[i] << 16;
        group |= rest > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        group |= rest > 2 ? (uint32_t)bytes[i + 2] : 0;
        *text++ = ALPHABET[group >> 3 * BITS];
        *text++ = ALPHABET[group >> 2 * BITS & MASK];
        *text++ = rest > 1 ? ALPHABET[group >> BITS & MASK] : '=';
        *text++ = rest > 2 ? ALPHABET[group & MASK] : '=';
    }
    *text = '\0';
}

/* The bits of `count` characters (2 to 4), left-aligned in 24. */
static bool decode_group(const char *text, size_t count, uint32_t *group)
{
    *group = 0;
    for (size_t i = 0; i < GROUP_TEXT; i++) {
        const char *letter = i < count && text[i] ? strchr(ALPHABET, text[i]) : NULL;
        if (i < count && !letter)
            return false;
        *group = *group << BITS | (letter ? (uint32_t)(letter - ALPHABET) : 0);
    }
    return true;
}

bool base64_decode(const char *text, size_t text_size, uint8_t *bytes, size_t *size)
{
    *size = 0;
    if (text_size % GROUP_TEXT != 0)
        return false;
    for (size_t i = 0; i < text_size; i += GROUP_TEXT) {
        bool last = i + GROUP_TEXT == text_size;
        size_t padding = 0;
        while (last && padding < 2 && text[i + GROUP_TEXT - 1 - padding] == '=')
            padding++;
        uint32_t group;
        if (!decode_group(text + i, GROUP_TEXT - padding, &group))
            return false;
        /* Bits below the last byte must be zero, or two texts would mean the same bytes. */
        if (padding > 0 && (group & ((1U << 8 * padding) - 1)) != 0)
            return false;
        for (size_t k = 0; k < GROUP_BYTES - padding; k++)
            bytes[(*size)++] = (uint8_t)(group >> (16 - 8 * k));
    }
    return true;
}
