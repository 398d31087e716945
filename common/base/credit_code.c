/* SPDX-License-Identifier: Apache-2.0
 *
 * Unified social credit code: alphabet and the two sums.
 */
#include "common/base/credit_code.h"

#include "common/base/identity.h"

#include <stdbool.h>
#include <string.h>

static const char ALPHABET[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum { MODULUS = 31, DIVISION = 2, DIVISION_LENGTH = 6, ORGANISATION = 8, ORGANISATION_LENGTH = 9 };

static const char *const REMEDY = N_("compare it with the business licence, character by character");

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool normalise(const char *text, char normal[CREDIT_CODE_LENGTH + 1])
{
    memset(normal, 0, CREDIT_CODE_LENGTH + 1);
    if (strnlen(text, CREDIT_CODE_LENGTH + 1) != CREDIT_CODE_LENGTH)
        return false;
    for (size_t i = 0; i < CREDIT_CODE_LENGTH; i++)
        normal[i] = upper(text[i]);
    return strspn(normal, ALPHABET) == CREDIT_CODE_LENGTH && strspn(normal + DIVISION, "0123456789") >= DIVISION_LENGTH;
}

/* GB 32100-2015: weights 3^i mod 31; 31 minus the rest, and 0 where there is no rest. */
static char check_character(const char *normal)
{
    unsigned sum = 0, weight = 1;
    for (size_t i = 0; i < CREDIT_CODE_LENGTH - 1; i++) {
        sum += (unsigned)(strchr(ALPHABET, normal[i]) - ALPHABET) * weight;
        weight = weight * 3 % MODULUS;
    }
    return ALPHABET[(MODULUS - sum % MODULUS) % MODULUS];
}

/* GB 11714-1997: letters count 10 to 35, with I, O, S, V, Z in their places; 10 is written X, 11 is written 0. */
static char organisation_check(const char *organisation)
{
    static const unsigned WEIGHTS[ORGANISATION_LENGTH - 1] = {3, 7, 9, 10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (size_t i = 0; i < ORGANISATION_LENGTH - 1; i++) {
        char c = organisation[i];
        unsigned value = c >= 'A' ? (unsigned)(c - 'A') + 10 : (unsigned)(c - '0');
        sum += value * WEIGHTS[i];
    }
    return "0X987654321"[sum % 11];
}

/* Of somebody born in this century or the last: older numbers are nobody's. */
static bool is_identity_number(const char *normal)
{
    enum { YEAR_2100 = 47482, YEAR_MIN = 1900 }; /* 2100-01-01 in days since 1970-01-01 */
    struct identity identity;
    struct refusal ignored;
    return identity_read(normal, YEAR_2100 - 1, "", &identity, &ignored) == OK && identity.year >= YEAR_MIN;
}

enum status credit_code_read(const char *text, const char *field, struct credit_code *code, struct refusal *refusal)
{
    char normal[CREDIT_CODE_LENGTH + 1];

    memset(code, 0, sizeof *code);
    if (!normalise(text, normal))
        return refuse(
            refusal, INVALID, field,
            N_("a credit code has 18 digits and letters (no I, O, S, V, Z), the third to eighth being digits"), REMEDY);
    if (normal[CREDIT_CODE_LENGTH - 1] != check_character(normal))
        return refuse(refusal, INVALID, field, N_("its last check character does not fit"), REMEDY);
    if (normal[ORGANISATION + ORGANISATION_LENGTH - 1] != organisation_check(normal + ORGANISATION))
        return refuse(refusal, INVALID, field, N_("the check character of its organisation code does not fit"), REMEDY);
    if (is_identity_number(normal))
        return refuse(refusal, INVALID, field, N_("this is a person's identity number"),
                      N_("enter the person's number with the person; an organisation whose code it truly is goes by "
                         "its name alone"));
    memcpy(code->text, normal, sizeof code->text);
    return OK;
}
