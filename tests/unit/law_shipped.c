/* SPDX-License-Identifier: Apache-2.0
 *
 * Shipped law: loading it.
 */
#include "tests/unit/law_shipped.h"

#include "common/base/instant.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <glob.h>

int with_shipped_law(void **state)
{
    static struct setting setting;
    glob_t files;

    setting = (struct setting){.arena = arena_new(SIZE_MAX), .law = law_new()};
    assert_int_equal(glob("law/procedures/*.txtpb", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        law_file_add_procedure(setting.law, setting.arena, files.gl_pathv[i]);
    globfree(&files);
    *state = &setting;
    return 0;
}

int without_shipped_law(void **state)
{
    struct setting *setting = *state;
    law_free(&setting->law);
    arena_free(&setting->arena);
    return 0;
}

const struct procedure *in_force(const struct setting *setting, const char *kind, uint32_t place, const char *date)
{
    struct refusal refusal;
    int32_t day;

    assert_int_equal(day_parse(date, "day", &day, &refusal), OK);
    return law_choose(setting->law, kind, place, day);
}
