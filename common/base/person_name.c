/* SPDX-License-Identifier: Apache-2.0
 *
 * Person's name: characters, dots and cells.
 */
#include "common/base/person_name.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    MIDDLE_DOT = 0xB7,
    FULL_STOP = '.',
    FULL_STOP_WIDE = 0xFF0E,
    FULL_STOP_CHINESE = 0x3002,
    CHARACTER_MAX = 0x10FFFF,
};

struct range {
    uint32_t first, last;
};

/* Surrogates are no characters; U+FFFD shows that an earlier conversion lost one. */
static const struct range FORBIDDEN_CHARACTERS[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x200B, 0x200F}, {0x2028, 0x202E},
    {0x2060, 0x206F}, {0xFDD0, 0xFDEF}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFF}, {0xE0000, 0xE007F},
};

static const struct range CHINESE[] = {
    {0x3007, 0x3007}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xE000, 0xF8FF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFD},
};

static const struct range ZERO_WIDTH[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x064B, 0x065F}, {0x0F71, 0x0F7E}, {0x0F80, 0x0F84},
    {0x0F8D, 0x0FBC}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
    {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF},
};

static const struct range WIDE[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},
    {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FB}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool within(uint32_t character, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

#define WITHIN(character, RANGES) within(character, (RANGES), sizeof(RANGES) / sizeof *(RANGES))

/* Bytes of the UTF-8 character at `text` (1 to 4), with its value; 0 where it is cut, overlong, a surrogate or too
 * high. */
static size_t decode(const char *text, size_t size, uint32_t *character)
{
    static const uint32_t LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text[0];
    size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;

    if (length == 0 || length > size)
        return 0;
    uint32_t value = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)text[i];
        if (next >> 6 != 2)
            return 0;
        value = value << 6 | (next & 0x3F);
    }
    *character = value;
    return value < LEAST[length] || value > CHARACTER_MAX || (value >= 0xD800 && value <= 0xDFFF) ? 0 : length;
}

static bool is_space(uint32_t character)
{
    return character == ' ' || character == 0xA0 || (character >= 0x2000 && character <= 0x200A) ||
           character == 0x202F || character == 0x205F || character == 0x3000;
}

static bool is_full_stop(uint32_t character)
{
    return character == FULL_STOP || character == FULL_STOP_WIDE || character == FULL_STOP_CHINESE;
}

static uint32_t normal_dot(uint32_t before, uint32_t character, uint32_t after)
{
    if (character == 0x2022 || character == 0x2027 || character == 0x30FB)
        return MIDDLE_DOT;
    if (is_full_stop(character) && WITHIN(before, CHINESE) && WITHIN(after, CHINESE))
        return MIDDLE_DOT;
    return character;
}

static const char *const REMEDY = N_("enter the name as the document shows it");

/* Bytes into characters; the rules that need only one character at a time. */
static enum status characters_read(const char *bytes, size_t size, const char *field, uint32_t *characters,
                                   size_t *count, struct refusal *refusal)
{
    *count = 0;
    for (size_t at = 0; at < size;) {
        if (*count == PERSON_NAME_CHARACTERS_MAX)
            return refuse(refusal, INVALID, field, N_("a name has at most 50 characters"),
                          N_("enter the name only; what else is to be said belongs in the description"));
        uint32_t character;
        size_t length = decode(bytes + at, size - at, &character);
        if (length == 0)
            return refuse(refusal, INVALID, field, N_("the name is not UTF-8"), N_("send it encoded in UTF-8"));
        if (WITHIN(character, FORBIDDEN_CHARACTERS) || (character & 0xFFFE) == 0xFFFE)
            return refuse(refusal, INVALID, field, N_("the name holds a zero, control or invisible character"), REMEDY);
        characters[(*count)++] = character;
        at += length;
    }
    if (*count == 0)
        return refuse(refusal, INVALID, field, N_("the name is empty"), REMEDY);
    return OK;
}

static bool is_dot(uint32_t character)
{
    return character == MIDDLE_DOT || is_full_stop(character);
}

static enum status ends_check(const uint32_t *characters, size_t count, const char *field, struct refusal *refusal)
{
    uint32_t first = characters[0], last = characters[count - 1];
    if (is_space(first) || is_space(last))
        return refuse(refusal, INVALID, field, N_("the name begins or ends with a space, or is nothing else"), REMEDY);
    if (is_dot(first) || is_dot(last))
        return refuse(refusal, INVALID, field, N_("the name begins or ends with a dot"), REMEDY);
    for (size_t i = 1; i < count; i++)
        if (is_dot(characters[i]) && is_dot(characters[i - 1]))
            return refuse(refusal, INVALID, field, N_("the name has two dots in a row"), REMEDY);
    return OK;
}

/* Writes one character and says how many bytes it took. */
static size_t encode(uint32_t character, char *text)
{
    if (character < 0x80) {
        text[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        text[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    text[0] = (char)((0xF00u >> length & 0xFF) | character);
    return length;
}

enum status person_name_read(const char *bytes, size_t size, const char *field, struct person_name *name,
                             struct refusal *refusal)
{
    /* One more at the end, so that each has a neighbour after it. */
    uint32_t characters[PERSON_NAME_CHARACTERS_MAX + 1] = {0};
    size_t count;

    memset(name, 0, sizeof *name);
    enum status status = characters_read(bytes, size, field, characters, &count, refusal);
    if (status != OK)
        return status;
    for (size_t i = 0; i < count; i++)
        characters[i] = normal_dot(i ? characters[i - 1] : 0, characters[i], characters[i + 1]);
    status = ends_check(characters, count, field, refusal);
    if (status != OK)
        return status;
    char *end = name->text;
    for (size_t i = 0; i < count; i++)
        end += encode(characters[i], end);
    name->characters = count;
    return OK;
}

/* The character at `text`, as a terminal sees it: bytes that it takes, and its cells. */
static size_t cell(const char *text, size_t *columns)
{
    uint32_t character;
    size_t length = decode(text, strnlen(text, 4), &character);
    if (length == 0) {
        *columns = 1;
        return 1;
    }
    *columns = WITHIN(character, ZERO_WIDTH) ? 0 : WITHIN(character, WIDE) ? 2 : 1;
    return length;
}

size_t name_columns(const char *text)
{
    size_t total = 0, columns;
    while (*text) {
        text += cell(text, &columns);
        total += columns;
    }
    return total;
}

size_t name_cut(const char *text, size_t columns)
{
    size_t used = 0, at = 0, wide;
    while (text[at]) {
        size_t length = cell(text + at, &wide);
        if (used + wide > columns)
            break;
        used += wide;
        at += length;
    }
    return at;
}
