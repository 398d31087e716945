/* SPDX-License-Identifier: Apache-2.0
 *
 * Unified social credit code of an organisation (GB 32100-2015): one character of the registering department, one of
 * the category, six digits of a division, nine characters of the organisation code (GB 11714-1997, with its own check
 * character), one check character.
 *
 * Accepts   lower case; 31 characters: digits and letters without I, O, S, V, Z.
 * Refuses   either check character that does not fit, and a number that also reads as an identity number. By chance one
 *           identity number in some three hundred passes both sums; credit codes are public and not sealed, so that a
 *           person's number must never stand in their place. (An organisation whose true code has this form, about one
 * in a hundred thousand, is entered by its name alone.) Department, category and division are not looked up.
 */
#pragma once
#include "common/base/refusal.h"

enum { CREDIT_CODE_LENGTH = 18 };

struct credit_code {
    char text[CREDIT_CODE_LENGTH + 1]; /* upper case */
};

/* Reads a code as typed; `field` is the caller's name for where it stood. INVALID with the rule that it breaks; `*code`
 * is zero then. */
enum status credit_code_read(const char *text, const char *field, struct credit_code *code,
                             struct refusal *refusal) MUST_CHECK;
