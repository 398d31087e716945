/* SPDX-License-Identifier: Apache-2.0
 *
 * Conf: a file is taken as a whole or refused with the key that is wrong.
 */
#include "common/base/conf.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct conf_key KEYS[] = {
    {"", "title", "none", 0, 0},
    {"node", "name", NULL, 0, 0},
    {"node", "partitions", "8", 1, 256},
    {NULL, NULL, NULL, 0, 0},
};

struct bench {
    struct arena *arena;
    struct conf *conf;
    struct refusal refusal;
    char path[32];
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    bench->arena = arena_new(SIZE_MAX);
    strcpy(bench->path, "/tmp/tj-conf-XXXXXX");
    close(mkstemp(bench->path));
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;

    unlink(bench->path);
    arena_free(&bench->arena);
    free(bench);
    return 0;
}

static enum status load(struct bench *bench, const char *text)
{
    FILE *file = fopen(bench->path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return conf_load(bench->arena, bench->path, KEYS, &bench->conf, &bench->refusal);
}

static void test_what_is_written_is_read_and_what_is_missing_has_its_default(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(load(bench, "[node]\nname = nan shan\n; a comment\n"), OK);
    assert_string_equal(conf_get(bench->conf, "node", "name"), "nan shan");
    assert_string_equal(conf_get(bench->conf, "", "title"), "none");
    assert_int_equal(conf_number(bench->conf, "node", "partitions"), 8);
}

static void test_a_key_before_any_section_is_read(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(load(bench, "title = #1=a:b\n[node]\nname = n\npartitions = 256\n"), OK);
    assert_string_equal(conf_get(bench->conf, "", "title"), "#1=a:b");
    assert_int_equal(conf_number(bench->conf, "node", "partitions"), 256);
}

static void test_an_unknown_key_is_refused_by_name_with_those_that_are_known(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(load(bench, "[node]\nname = n\npartition = 8\n"), INVALID);
    assert_string_equal(bench->refusal.field, "node.partition");
    assert_string_equal(bench->refusal.values[1], "title, node.name, node.partitions");
}

static void test_a_missing_key_without_default_is_refused_by_name(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(load(bench, "[node]\npartitions = 8\n"), INVALID);
    assert_string_equal(bench->refusal.field, "node.name");
}

static void test_a_number_outside_its_limits_or_with_other_letters_is_refused(void **state)
{
    struct bench *bench = *state;
    const char *const bad[] = {"0", "257", "-1", "8x", "", "99999999999999999999999", "0x8"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(load(bench, text_print(bench->arena, "[node]\nname = n\npartitions = %s\n", bad[i])), INVALID);
        assert_string_equal(bench->refusal.field, "node.partitions");
    }
}

static void test_a_key_that_stands_twice_is_refused(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(load(bench, "[node]\nname = a\nname = b\n"), INVALID);
    assert_string_equal(bench->refusal.field, "node.name");
}

static void test_a_line_that_is_neither_section_nor_key_is_refused_with_its_number(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(load(bench, "[node]\nname = a\nrubbish\n"), INVALID);
    assert_string_equal(bench->refusal.values[1], "3");
}

static void test_a_file_that_is_not_there_is_refused_by_its_path(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(conf_load(bench->arena, "/tmp/tj-no-such-file", KEYS, &bench->conf, &bench->refusal), INVALID);
    assert_string_equal(bench->refusal.values[0], "/tmp/tj-no-such-file");
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BENCH(test_what_is_written_is_read_and_what_is_missing_has_its_default),
        BENCH(test_a_key_before_any_section_is_read),
        BENCH(test_an_unknown_key_is_refused_by_name_with_those_that_are_known),
        BENCH(test_a_missing_key_without_default_is_refused_by_name),
        BENCH(test_a_number_outside_its_limits_or_with_other_letters_is_refused),
        BENCH(test_a_key_that_stands_twice_is_refused),
        BENCH(test_a_line_that_is_neither_section_nor_key_is_refused_with_its_number),
        BENCH(test_a_file_that_is_not_there_is_refused_by_its_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
