/* SPDX-License-Identifier: Apache-2.0
 *
 * Identity number: the rules, in the order in which a clerk can mend them.
 */
#include "common/base/identity.h"

#include "common/base/instant.h"

#include <stdbool.h>
#include <string.h>

enum { DIGITS = IDENTITY_LENGTH - 1, DIVISION_LENGTH = 6 };

static const char *const REMEDY = N_("compare it with the document, figure by figure");

/* ISO 7064 MOD 11-2 over the first 17 digits: weights 2^(17-i) mod 11, values 0 to 9 and X. */
static char check_character(const char *text)
{
    unsigned sum = 0;
    for (int i = 0; i < DIGITS; i++)
        sum = (sum + (unsigned)(text[i] - '0')) * 2 % 11;
    return "10X98765432"[sum % 11];
}

static bool all_digits(const char *text, size_t length)
{
    return strspn(text, "0123456789") >= length;
}

/* The 18 characters that belong to what was typed; false where it has no such form. */
static bool normalise(const char *text, char normal[IDENTITY_LENGTH + 1])
{
    size_t length = strnlen(text, IDENTITY_LENGTH + 1);
    if (length == IDENTITY_FIRST_LENGTH && all_digits(text, length)) {
        memcpy(normal, text, DIVISION_LENGTH);
        memcpy(normal + DIVISION_LENGTH, "19", 2);
        memcpy(normal + DIVISION_LENGTH + 2, text + DIVISION_LENGTH, IDENTITY_FIRST_LENGTH - DIVISION_LENGTH);
        normal[DIGITS] = check_character(normal);
    } else if (length == IDENTITY_LENGTH && all_digits(text, DIGITS) && strchr("0123456789Xx", text[DIGITS])) {
        memcpy(normal, text, IDENTITY_LENGTH);
        if (normal[DIGITS] == 'x')
            normal[DIGITS] = 'X';
    } else {
        return false;
    }
    normal[IDENTITY_LENGTH] = '\0';
    return true;
}

static int number(const char *text, int length)
{
    int value = 0;
    for (int i = 0; i < length; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

static enum identity_kind kind_of(const char *normal)
{
    if (strncmp(normal, "81", 2) == 0)
        return IDENTITY_HONG_KONG_PERMIT;
    if (strncmp(normal, "82", 2) == 0)
        return IDENTITY_MACAO_PERMIT;
    if (strncmp(normal, "83", 2) == 0)
        return IDENTITY_TAIWAN_PERMIT;
    return IDENTITY_RESIDENT;
}

static struct identity parts_of(const char *normal)
{
    struct identity parts = {.kind = kind_of(normal)};
    memcpy(parts.text, normal, sizeof parts.text);
    parts.year = number(normal + 6, 4);
    parts.month = number(normal + 10, 2);
    parts.day = number(normal + 12, 2);
    parts.sex = (normal[16] - '0') % 2 ? IDENTITY_MALE : IDENTITY_FEMALE;
    return parts;
}

enum status identity_read(const char *text, int32_t today, const char *field, struct identity *identity,
                          struct refusal *refusal)
{
    char normal[IDENTITY_LENGTH + 1];

    memset(identity, 0, sizeof *identity);
    if (!normalise(text, normal))
        return refuse(refusal, INVALID, field,
                      N_("an identity number has 18 characters (17 digits and a digit or X) or 15 digits"),
                      N_("enter all of it, without spaces"));
    struct identity parts = parts_of(normal);
    const struct date birth = {parts.year, parts.month, parts.day};
    if (!date_exists(birth))
        return refuse(refusal, INVALID, field, N_("its birth date does not exist"), REMEDY);
    if (parts.year < IDENTITY_YEAR_MIN)
        return refuse(refusal, INVALID, field, N_("its birth date is before 1800"), REMEDY);
    parts.birth_day = day_from_date(birth);
    if (parts.birth_day > today)
        return refuse(refusal, INVALID, field, N_("its birth date is in the future"), REMEDY);
    if (normal[DIGITS] != check_character(normal))
        return refuse(refusal, INVALID, field, N_("its check digit does not fit"), REMEDY);
    *identity = parts;
    return OK;
}
