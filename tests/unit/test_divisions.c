/* SPDX-License-Identifier: Apache-2.0 */
#include "common/procedure/division.h"

#include <cmocka.h>
#include <stdio.h>

struct setting {
    struct arena *arena;
    const struct divisions *divisions;
};

static int with_table(void **state)
{
    static struct setting setting;
    enum { TABLE_MAX = 1 << 20 };
    FILE *file = fopen("law/divisions/divisions.tsv", "r");
    if (!file)
        return -1;
    setting.arena = arena_new(SIZE_MAX);
    char *text = arena_take(setting.arena, TABLE_MAX);
    size_t size = fread(text, 1, TABLE_MAX - 1, file);
    fclose(file);
    setting.divisions = divisions_new(setting.arena, text);
    *state = &setting;
    return size && setting.divisions ? 0 : -1;
}

static int without_table(void **state)
{
    struct setting *setting = *state;
    arena_free(&setting->arena);
    return 0;
}

static const struct division *find(void **state, uint32_t code)
{
    const struct setting *setting = *state;
    return divisions_find(setting->divisions, code);
}

static void assert_name(void **state, uint32_t code, const char *name)
{
    const struct division *division = find(state, code);
    assert_non_null(division);
    assert_string_equal(division->name, name);
    assert_true(division_stands(division));
}

static void test_provinces_cities_and_counties_are_found_by_code(void **state)
{
    assert_name(state, 440000, "广东省");
    assert_name(state, 440300, "深圳市");
    assert_name(state, 440305, "南山区");
    assert_name(state, 110108, "海淀区");
    assert_name(state, 810000, "香港特别行政区");
}

static void test_a_code_that_never_was_is_not_found(void **state)
{
    static const uint32_t CODES[] = {0, 1, 440399, 999999, 990000, 440305000, 109999, UINT32_MAX};
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        assert_null(find(state, CODES[i]));
}

static void test_cities_without_districts_are_the_lowest_level_themselves(void **state)
{
    assert_name(state, 441900, "东莞市");
    assert_name(state, 442000, "中山市");
    assert_name(state, 460400, "儋州市");
    assert_name(state, 620200, "嘉峪关市");
    assert_name(state, 419001, "济源市");
}

static void test_an_abolished_code_keeps_its_name_and_knows_who_followed(void **state)
{
    const struct division *shangshui = find(state, 412723), *jiaonan = find(state, 370284);

    assert_string_equal(shangshui->name, "商水县");
    assert_false(division_stands(shangshui));
    assert_int_equal(shangshui->successor, 411623);
    assert_name(state, 411623, "商水县");
    assert_string_equal(jiaonan->name, "胶南市");
    assert_string_equal(jiaonan->until, "2012-10");
    assert_int_equal(jiaonan->successor, 370211);
    assert_name(state, 370211, "黄岛区");
}

static void test_every_successor_is_in_force(void **state)
{
    size_t known = 0;
    for (uint32_t code = 110000; code < 830000; code++) {
        const struct division *division = find(state, code);
        if (!division || !division->successor)
            continue;
        known++;
        assert_false(division_stands(division));
        assert_non_null(find(state, division->successor));
        assert_true(division_stands(find(state, division->successor)));
    }
    assert_true(known > 500);
}

static void test_a_full_name_goes_from_the_province_down(void **state)
{
    const struct setting *setting = *state;
    assert_string_equal(divisions_full_name(setting->divisions, 440305, setting->arena), "广东省深圳市南山区");
    assert_string_equal(divisions_full_name(setting->divisions, 440300, setting->arena), "广东省深圳市");
    assert_string_equal(divisions_full_name(setting->divisions, 440000, setting->arena), "广东省");
    assert_string_equal(divisions_full_name(setting->divisions, 441900, setting->arena), "广东省东莞市");
    assert_string_equal(divisions_full_name(setting->divisions, 990000, setting->arena), "");
}

static void test_of_two_names_of_a_code_the_later_one_is_found(void **state)
{
    const struct setting *setting = *state;
    const struct divisions *divisions = divisions_new(setting->arena, "code\tname\tfrom\tuntil\tsuccessor\n"
                                                                      "110101\told\t\t2009-12\t\n"
                                                                      "110101\tnew\t2010-12\t\t\n");
    assert_non_null(divisions);
    assert_string_equal(divisions_find(divisions, 110101)->name, "new");
}

static void test_a_table_that_is_not_in_form_is_not_read(void **state)
{
    static const char *const TABLES[] = {
        "",
        "h\n110101\tname\t\t\n",                       /* a column too few */
        "h\n110101\tname\t\t\t\t\n",                   /* one too many */
        "h\n11010\tname\t\t\t\n",                      /* a digit too few */
        "h\n110101\t\t\t\t\n",                         /* no name */
        "h\n110101\tname\t\t2009-12\tsomewhere\n",     /* a successor that is no code */
        "h\n110102\tname\t\t\t\n110101\tname\t\t\t\n", /* unsorted */
    };
    const struct setting *setting = *state;
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++)
        assert_null(divisions_new(setting->arena, TABLES[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_provinces_cities_and_counties_are_found_by_code),
        cmocka_unit_test(test_a_code_that_never_was_is_not_found),
        cmocka_unit_test(test_cities_without_districts_are_the_lowest_level_themselves),
        cmocka_unit_test(test_an_abolished_code_keeps_its_name_and_knows_who_followed),
        cmocka_unit_test(test_every_successor_is_in_force),
        cmocka_unit_test(test_a_full_name_goes_from_the_province_down),
        cmocka_unit_test(test_of_two_names_of_a_code_the_later_one_is_found),
        cmocka_unit_test(test_a_table_that_is_not_in_form_is_not_read),
    };
    return cmocka_run_group_tests(tests, with_table, without_table);
}
