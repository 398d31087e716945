/* SPDX-License-Identifier: Apache-2.0
 *
 * Days of tests.
 */
#include "tests/unit/days.h"

#include "common/base/instant.h"

#include <cmocka.h>

int32_t day(const char *text)
{
    struct refusal refusal;
    int32_t result = 0;
    assert_int_equal(day_parse(text, "day", &result, &refusal), OK);
    return result;
}

void assert_day(int32_t found, const char *expected)
{
    char text[DAY_TEXT];
    assert_string_equal(day_format(found, text), expected);
}
