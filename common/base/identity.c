/* SPDX-License-Identifier: Apache-2.0
 *
 * Identity number: the rules, in the order in which a clerk can mend them.
 */
#include "common/base/identity.h"

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

static bool date_exists(int year, int month, int day)
{
    static const int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= LENGTHS[month - 1] + (month == 2 && leap);
}

/* Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is a year's last. */
static int32_t day_number(int year, int month, int day)
{
    int y = month > 2 ? year : year - 1;
    int since_march = (month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (since_march * 153 + 2) / 5 + day - 1 - 719468;
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
    if (!date_exists(parts.year, parts.month, parts.day))
        return refuse(refusal, INVALID, field, N_("its birth date does not exist"), REMEDY);
    if (parts.year < IDENTITY_YEAR_MIN)
        return refuse(refusal, INVALID, field, N_("its birth date is before 1800"), REMEDY);
    parts.birth_day = day_number(parts.year, parts.month, parts.day);
    if (parts.birth_day > today)
        return refuse(refusal, INVALID, field, N_("its birth date is in the future"), REMEDY);
    if (normal[DIGITS] != check_character(normal))
        return refuse(refusal, INVALID, field, N_("its check digit does not fit"), REMEDY);
    *identity = parts;
    return OK;
}
