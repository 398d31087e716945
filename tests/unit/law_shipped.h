/* SPDX-License-Identifier: Apache-2.0
 *
 * Shipped law: all procedures of law/ in one law, for tests that say what must stand in them.
 */
#pragma once
#include "common/procedure/law.h"

#define TODAY "2026-08-03"

enum {
    BEIJING = 110108,
    NINGBO = 330203,
    HANGZHOU = 330106,
    ZHENGZHOU = 410105,
    GUANGZHOU = 440106,
    SHENZHEN = 440305,
    ANYWHERE = 510104, /* Chengdu: no rules of its own here */
};

struct setting {
    struct arena *arena;
    struct law *law;
};

/* cmocka's group setup and teardown; *state is a struct setting. */
int with_shipped_law(void **state);
int without_shipped_law(void **state);

/* NULL: none for this kind in this place on this day, such as "2026-08-03". */
const struct procedure *in_force(const struct setting *setting, const char *kind, uint32_t place, const char *date);
