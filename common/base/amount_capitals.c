/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts in Chinese capital characters. An amount is laid out as symbols, some of which may be left out; printing
 * writes the usual ones, reading compares a text with all.
 */
#include "common/base/amount.h"
#include "common/base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum symbol { ZERO, NINE = 9, TEN, HUNDRED, THOUSAND, MYRIAD, MYRIAD_MYRIAD, YUAN, JIAO, FEN, WHOLE, SYMBOLS };

enum presence { ALWAYS, USUALLY, SELDOM }; /* the last two may be left out; printing writes what is usual */

enum { SYMBOL_BYTES = 3, LAYOUT_MAX = 64, SECTION = 10000, SECTIONS = 4 };

static const char *const WRITTEN[SYMBOLS] = {
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖", "拾", "佰", "仟", "万", "亿", "元", "角", "分", "整",
};

/* Other characters that the rules let stand for the same. */
static const struct {
    const char *text;
    enum symbol symbol;
} ALSO[] = {
    {"圆", YUAN}, {"圓", YUAN}, {"正", WHOLE}, {"萬", MYRIAD}, {"億", MYRIAD_MYRIAD}, {"貳", 2}, {"參", 3}, {"陸", 6},
};

static const char CURRENCY[] = "人民币";

struct layout {
    enum symbol symbols[LAYOUT_MAX];
    enum presence presence[LAYOUT_MAX];
    size_t count;
};

static void put(struct layout *layout, enum symbol symbol, enum presence presence)
{
    assert(layout->count < LAYOUT_MAX);
    layout->symbols[layout->count] = symbol;
    layout->presence[layout->count++] = presence;
}

/* 1 to 9999: one zero for any row of zeros within. */
static void section_put(struct layout *layout, unsigned section)
{
    static const unsigned PLACES[] = {1000, 100, 10, 1};
    static const enum symbol UNITS[] = {THOUSAND, HUNDRED, TEN, ZERO};
    bool begun = false, zero = false;

    for (size_t i = 0; i < SECTIONS; i++) {
        unsigned digit = section / PLACES[i] % 10;
        if (digit == 0) {
            zero = begun;
            continue;
        }
        if (zero)
            put(layout, ZERO, ALWAYS);
        put(layout, (enum symbol)digit, ALWAYS);
        if (PLACES[i] > 1)
            put(layout, UNITS[i], ALWAYS);
        begun = true;
        zero = false;
    }
}

/* Whole yuan, in sections of four digits. A zero between two of them must be there where the lower one begins with
 * zero, and may be where the higher one ends with it. */
static void yuan_put(struct layout *layout, uint64_t yuan)
{
    static const enum symbol UNITS[SECTIONS] = {ZERO, MYRIAD, MYRIAD_MYRIAD, MYRIAD};
    unsigned sections[SECTIONS];
    bool begun = false, zero = false;

    for (size_t i = 0; i < SECTIONS; i++, yuan /= SECTION)
        sections[i] = (unsigned)(yuan % SECTION);
    for (size_t i = SECTIONS; i-- > 0;) {
        unsigned section = sections[i];
        if (section > 0 && begun && (zero || section < SECTION / 10))
            put(layout, ZERO, section < SECTION / 10 ? ALWAYS : USUALLY);
        if (section > 0)
            section_put(layout, section);
        begun = begun || section > 0;
        if (UNITS[i] != ZERO && (section > 0 || (UNITS[i] == MYRIAD_MYRIAD && begun)))
            put(layout, UNITS[i], ALWAYS);
        zero = section % 10 == 0;
    }
}

static void cents_put(struct layout *layout, uint64_t yuan, unsigned jiao, unsigned fen)
{
    if (jiao > 0) {
        if (yuan > 0 && yuan % 10 == 0)
            put(layout, ZERO, SELDOM);
        put(layout, (enum symbol)jiao, ALWAYS);
        put(layout, JIAO, ALWAYS);
    } else if (yuan > 0) {
        put(layout, ZERO, ALWAYS);
        put(layout, JIAO, SELDOM);
    }
    if (fen > 0) {
        put(layout, (enum symbol)fen, ALWAYS);
        put(layout, FEN, ALWAYS);
    } else {
        put(layout, WHOLE, SELDOM);
    }
}

static struct layout layout_of(uint64_t amount)
{
    struct layout layout = {.count = 0};
    uint64_t yuan = amount / 100;
    unsigned cents = (unsigned)(amount % 100);

    if (yuan == 0 && cents == 0)
        put(&layout, ZERO, ALWAYS);
    yuan_put(&layout, yuan);
    if (yuan > 0 || cents == 0)
        put(&layout, YUAN, ALWAYS);
    if (cents == 0)
        put(&layout, WHOLE, ALWAYS);
    else
        cents_put(&layout, yuan, cents / 10, cents % 10);
    return layout;
}

const char *amount_capitals(struct arena *arena, int64_t fen)
{
    assert(fen >= 0 && fen <= AMOUNT_MAX);
    struct layout layout = layout_of((uint64_t)fen);
    char *text = arena_take(arena, layout.count * SYMBOL_BYTES + 1), *end = text;
    for (size_t i = 0; i < layout.count; i++) {
        if (layout.presence[i] == SELDOM)
            continue;
        memcpy(end, WRITTEN[layout.symbols[i]], SYMBOL_BYTES);
        end += SYMBOL_BYTES;
    }
    *end = '\0';
    return text;
}

static bool symbol_read(const char *text, enum symbol *symbol)
{
    for (enum symbol s = ZERO; s < SYMBOLS; s++) {
        if (strncmp(text, WRITTEN[s], SYMBOL_BYTES) == 0) {
            *symbol = s;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof ALSO / sizeof *ALSO; i++) {
        if (strncmp(text, ALSO[i].text, SYMBOL_BYTES) == 0) {
            *symbol = ALSO[i].symbol;
            return true;
        }
    }
    return false;
}

/* A text's symbols; 0 where one is unknown or there are too many. */
static size_t symbols_read(const char *text, enum symbol symbols[LAYOUT_MAX])
{
    size_t count = 0;
    if (strncmp(text, CURRENCY, strlen(CURRENCY)) == 0)
        text += strlen(CURRENCY);
    for (; *text; text += SYMBOL_BYTES)
        if (count == LAYOUT_MAX || !symbol_read(text, &symbols[count++]))
            return 0;
    return count;
}

/* What the symbols are worth if they are well-formed; any number (it may wrap) if they are not, which matches shows. */
static uint64_t value_of(const enum symbol *symbols, size_t count)
{
    static const uint64_t PLACES[] = {[TEN] = 10, [HUNDRED] = 100, [THOUSAND] = 1000};
    uint64_t fen = 0, high = 0, low = 0, section = 0, digit = 0;

    for (size_t i = 0; i < count; i++) {
        enum symbol symbol = symbols[i];
        if (symbol <= NINE) {
            digit = symbol;
            continue;
        }
        if (symbol <= THOUSAND) {
            section += digit * PLACES[symbol];
        } else if (symbol == JIAO || symbol == FEN) {
            fen += digit * (symbol == JIAO ? 10 : 1);
        } else if (symbol == MYRIAD) {
            low += (section + digit) * SECTION;
            section = 0;
        } else if (symbol == MYRIAD_MYRIAD) {
            high += (low + section + digit) * SECTION * SECTION;
            low = section = 0;
        } else if (symbol == YUAN) {
            fen += (high + low + section + digit) * 100;
        }
        digit = 0;
    }
    return fen;
}

/* Whether these symbols are the layout, of which some may be left out. */
static bool matches(const struct layout *layout, const enum symbol *symbols, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < layout->count; i++) {
        if (at < count && symbols[at] == layout->symbols[i])
            at++;
        else if (layout->presence[i] == ALWAYS)
            return false;
    }
    return at == count;
}

enum status amount_capitals_read(const char *text, const char *field, int64_t *fen, struct refusal *refusal)
{
    enum symbol symbols[LAYOUT_MAX];
    size_t count = symbols_read(text, symbols);
    uint64_t value = value_of(symbols, count);

    *fen = 0;
    if (count > 0 && value <= (uint64_t)AMOUNT_MAX) {
        struct layout layout = layout_of(value);
        if (matches(&layout, symbols, count)) {
            *fen = (int64_t)value;
            return OK;
        }
    }
    return refuse(refusal, INVALID, field, N_("this is no amount in Chinese capital characters"),
                  N_("write it as on a bill, such as 壹仟肆佰零玖元伍角"));
}
