/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts: bounds, sums, parts and figures. The form in words stands in amount_capitals.c.
 */
#include "common/base/amount.h"

#include "common/base/arena.h"
#include "common/base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static enum status too_large(const char *field, struct refusal *refusal)
{
    return refuse(refusal, INVALID, field, N_("the amount is over 90,071,992,547,409.92 yuan (2^53 fen)"),
                  N_("check the unit: amounts are in fen, hundredths of a yuan"));
}

enum status amount_check(int64_t fen, const char *field, struct refusal *refusal)
{
    if (fen < 0)
        return refuse(refusal, INVALID, field, N_("the amount is negative"),
                      N_("enter what is owed as a positive number of fen"));
    if (fen == 0)
        return refuse(refusal, INVALID, field, N_("the amount is zero"), N_("enter at least one fen, or leave it out"));
    if (fen > AMOUNT_MAX)
        return too_large(field, refusal);
    return OK;
}

enum status amount_add(int64_t a, int64_t b, const char *field, int64_t *sum, struct refusal *refusal)
{
    if (a < 0 || b < 0)
        return amount_check(a < b ? a : b, field, refusal);
    if (a > AMOUNT_MAX || b > AMOUNT_MAX - a)
        return too_large(field, refusal);
    *sum = a + b;
    return OK;
}

enum status amount_times(int64_t fen, int64_t multiply, int64_t divide, const char *field, int64_t *result,
                         struct refusal *refusal)
{
    const int64_t factor_max = INT64_C(1) << 31;
    int64_t whole;

    assert(multiply >= 0 && multiply <= factor_max && divide > 0 && divide <= factor_max);
    if (fen < 0)
        return amount_check(fen, field, refusal);
    /* Whole and remainder apart: the remainder's product stays below 2^62, the whole's is checked. */
    if (fen > AMOUNT_MAX || __builtin_mul_overflow(fen / divide, multiply, &whole) || whole > AMOUNT_MAX)
        return too_large(field, refusal);
    int64_t rest = fen % divide * multiply;
    int64_t sum = whole + rest / divide + (rest % divide >= divide - rest % divide);
    if (sum > AMOUNT_MAX)
        return too_large(field, refusal);
    *result = sum;
    return OK;
}

const char *amount_plain(struct arena *arena, int64_t fen)
{
    uint64_t size = fen < 0 ? -(uint64_t)fen : (uint64_t)fen;
    return text_print(arena, "%s%" PRIu64 ".%02u", fen < 0 ? "-" : "", size / 100, (unsigned)(size % 100));
}

const char *amount_text(struct arena *arena, int64_t fen)
{
    const char *plain = amount_plain(arena, fen);
    size_t length = strlen(plain), digits = length - strlen(".00") - (fen < 0);
    char *text = arena_take(arena, length + digits / 3 + 1), *end = text;

    if (fen < 0)
        *end++ = *plain++;
    for (size_t left = digits; left > 0; left--) {
        *end++ = *plain++;
        if (left > 1 && left % 3 == 1)
            *end++ = ',';
    }
    memcpy(end, plain, strlen(plain) + 1);
    return text;
}

static enum status parts_check(int64_t fen, size_t count, const char *field, struct refusal *refusal)
{
    enum status status = amount_check(fen, field, refusal);
    if (status != OK)
        return status;
    if (count == 0 || count > AMOUNT_PARTS_MAX)
        return refuse(refusal, INVALID, field, N_("an amount has 1 to 1200 parts"), N_("change their number"));
    return OK;
}

static enum status too_small(const char *field, struct refusal *refusal)
{
    return refuse(refusal, INVALID, field, N_("a part would be less than a fen"), N_("make fewer or larger parts"));
}

enum status amount_split(int64_t fen, size_t count, int64_t *parts, const char *field, struct refusal *refusal)
{
    enum status status = parts_check(fen, count, field, refusal);
    if (status != OK)
        return status;
    int64_t part = fen / (int64_t)count, rest = fen;
    if (part == 0)
        return too_small(field, refusal);
    for (size_t i = 0; i + 1 < count; i++) {
        parts[i] = part;
        rest -= part;
    }
    parts[count - 1] = rest;
    return OK;
}

/* Shares that sum to the whole; none of them nothing. */
static bool shares_sum(const uint32_t *shares, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (shares[i] == 0)
            return false;
        sum += shares[i];
    }
    return sum == AMOUNT_SHARES_WHOLE;
}

enum status amount_shares(int64_t fen, const uint32_t *shares, size_t count, int64_t *parts, const char *field,
                          struct refusal *refusal)
{
    enum status status = parts_check(fen, count, field, refusal);
    if (status != OK)
        return status;
    if (!shares_sum(shares, count))
        return refuse(refusal, INVALID, field, N_("the shares do not sum to 100 percent, or one of them is zero"),
                      N_("give each share in hundredths of a percent, together 10000"));
    int64_t rest = fen;
    for (size_t i = 0; i + 1 < count; i++) {
        /* fen * share would pass 64 bits; whole and remainder apart do not. */
        int64_t share = shares[i];
        parts[i] = fen / AMOUNT_SHARES_WHOLE * share + fen % AMOUNT_SHARES_WHOLE * share / AMOUNT_SHARES_WHOLE;
        if (parts[i] == 0)
            return too_small(field, refusal);
        rest -= parts[i];
    }
    parts[count - 1] = rest;
    return rest > 0 ? OK : too_small(field, refusal);
}
