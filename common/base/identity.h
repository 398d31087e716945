/* SPDX-License-Identifier: Apache-2.0
 *
 * Identity number of the People's Republic of China (GB 11643-1999): six digits of a division, eight of the birth date,
 * three of an order (odd: male), one check character (ISO 7064, MOD 11-2).
 *
 * Accepts   18 characters, a lower-case x too; 15 digits of the first generation, kept as the 18 that belong to them
 *           (19 before the year, check character added); residence permits of residents of Hong Kong (81), Macao (82)
 * and Taiwan (83). Refuses   a date that does not exist, a birth before 1800 or after today, a check character that
 * does not fit. It does not look the division up: numbers keep codes that were abolished long ago, and permits have
 * none. Never     repeats a number, or says which check character would fit: a refusal can be shown and logged.
 */
#pragma once
#include "common/base/refusal.h"

#include <stdint.h>

enum { IDENTITY_LENGTH = 18, IDENTITY_FIRST_LENGTH = 15, IDENTITY_YEAR_MIN = 1800 };

enum identity_kind {
    IDENTITY_RESIDENT,
    IDENTITY_HONG_KONG_PERMIT,
    IDENTITY_MACAO_PERMIT,
    IDENTITY_TAIWAN_PERMIT,
};

enum identity_sex { IDENTITY_FEMALE, IDENTITY_MALE };

struct identity {
    char text[IDENTITY_LENGTH + 1]; /* normalised: 18 characters, X in upper case */
    enum identity_kind kind;
    enum identity_sex sex;
    int year, month, day; /* of birth */
    int32_t birth_day;    /* the same in days since 1970-01-01 */
};

/* Reads a number as typed. `today` in days since 1970-01-01; `field` is the caller's name for where it stood. INVALID
 * with the rule that it breaks; `*identity` is zero then. */
enum status identity_read(const char *text, int32_t today, const char *field, struct identity *identity,
                          struct refusal *refusal) MUST_CHECK;
