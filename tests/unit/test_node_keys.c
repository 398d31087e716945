/* SPDX-License-Identifier: Apache-2.0
 *
 * A node's key file: who may have it, and what is wrong with one that is refused.
 */
#include "common/base/arena.h"
#include "common/base/text.h"
#include "common/seal/node_keys.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int arena_up(void **state)
{
    *state = arena_new(SIZE_MAX);
    return 0;
}

static int arena_down(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

/* A path in a new directory of its own, in the arena. */
static char *new_path(struct arena *arena)
{
    const char *parent = getenv("TMPDIR");
    char directory[200];
    snprintf(directory, sizeof directory, "%s/keys.XXXXXX", parent ? parent : "/tmp");
    assert_non_null(mkdtemp(directory));
    return (char *)text_print(arena, "%s/node.keys", directory);
}

static void remove_path(char *path)
{
    unlink(path);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
}

static void load_refused(const char *path, enum status status, const char *reason)
{
    struct node_keys keys;
    struct refusal refusal;
    static const struct node_keys NOTHING;
    assert_int_equal(node_keys_load(path, &keys, &refusal), status);
    assert_non_null(strstr(refusal.reason, reason));
    assert_true(strlen(refusal.remedy) > 0);
    assert_memory_equal(&keys, &NOTHING, sizeof keys);
}

static void test_a_key_file_is_private_and_gives_the_same_keys_each_time(void **state)
{
    struct arena *arena = *state;
    char *path = new_path(arena);
    struct node_keys one, two;
    struct refusal refusal;
    struct stat facts;

    assert_int_equal(node_keys_make(path, &refusal), OK);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0600);
    assert_int_equal(node_keys_load(path, &one, &refusal), OK);
    assert_int_equal(node_keys_load(path, &two, &refusal), OK);
    assert_memory_equal(&one, &two, sizeof one);
    assert_memory_not_equal(one.master.bytes, one.search.bytes, SEAL_KEY_BYTES);
    assert_memory_not_equal(one.search.bytes, one.digest.bytes, SEAL_KEY_BYTES);
    assert_int_equal(one.signing.public_key.suite, SIGNATURE_ED25519);
    assert_int_equal(one.signing_sm2.public_key.suite, SIGNATURE_SM2_SM3);
    node_keys_wipe(&one);
    node_keys_wipe(&two);
    remove_path(path);
}

static void test_a_key_file_is_never_overwritten(void **state)
{
    struct arena *arena = *state;
    char *path = new_path(arena);
    struct node_keys before, after;
    struct refusal refusal;

    assert_int_equal(node_keys_make(path, &refusal), OK);
    assert_int_equal(node_keys_load(path, &before, &refusal), OK);
    assert_int_equal(node_keys_make(path, &refusal), CONFLICT);
    assert_int_equal(node_keys_load(path, &after, &refusal), OK);
    assert_memory_equal(&before, &after, sizeof before);
    remove_path(path);
}

static void test_a_key_file_that_others_can_get_at_is_refused(void **state)
{
    struct arena *arena = *state;
    static const mode_t MODES[] = {0640, 0604, 0620, 0602, 0644, 0610};
    char *path = new_path(arena);
    struct refusal refusal;

    assert_int_equal(node_keys_make(path, &refusal), OK);
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        assert_int_equal(chmod(path, MODES[i]), 0);
        load_refused(path, FORBIDDEN, "other users can read or write");
    }
    assert_int_equal(chmod(path, 0400), 0);
    struct node_keys keys;
    assert_int_equal(node_keys_load(path, &keys, &refusal), OK);
    remove_path(path);
}

static void test_a_missing_key_file_and_a_directory_are_refused(void **state)
{
    struct arena *arena = *state;
    char *path = new_path(arena);
    load_refused(path, UNKNOWN, "there is no key file");
    assert_int_equal(mkdir(path, 0700), 0);
    load_refused(path, INVALID, "is no key file");
    assert_int_equal(rmdir(path), 0);
    remove_path(path);
}

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddee01"

static void test_a_damaged_key_file_is_refused_with_what_is_wrong(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *text, *reason;
    } CASES[] = {
        {"", "lacks %1"},
        {"master=" HEX64 "\nsearch=" HEX64 "\n", "lacks %1"},
        {"master=" HEX64 "\nmaster=" HEX64 "\n", "names %1 twice"},
        {"master=0011\n", "not 64 lower-case hex digits"},
        {"master=" HEX64 "0\n", "not 64 lower-case hex digits"},
        {"master=g" HEX64 "\n", "not 64 lower-case hex digits"},
        {"maister=" HEX64 "\n", "does not know"},
        {"master\n", "not name=hex"},
        {"master=" HEX64 "\nsearch=" HEX64 "\ndigest=" HEX64 "\nsigning=" HEX64 "\ntransport=" HEX64 "\nsigning_sm2="
         "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\n",
         "no SM2 key"},
    };
    char *path = new_path(arena);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        write_file(path, CASES[i].text);
        load_refused(path, INVALID, CASES[i].reason);
    }
    remove_path(path);
}

static void test_a_key_file_in_a_missing_directory_cannot_be_made(void **state)
{
    struct arena *arena = *state;
    char *path = new_path(arena);
    struct refusal refusal;
    const char *below = text_print(arena, "%s/missing/node.keys", path);
    assert_int_equal(node_keys_make(below, &refusal), UNAVAILABLE);
    assert_string_equal(refusal.values[0], below);
    remove_path(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_key_file_is_private_and_gives_the_same_keys_each_time),
        cmocka_unit_test(test_a_key_file_is_never_overwritten),
        cmocka_unit_test(test_a_key_file_that_others_can_get_at_is_refused),
        cmocka_unit_test(test_a_missing_key_file_and_a_directory_are_refused),
        cmocka_unit_test(test_a_damaged_key_file_is_refused_with_what_is_wrong),
        cmocka_unit_test(test_a_key_file_in_a_missing_directory_cannot_be_made),
    };
    return cmocka_run_group_tests(tests, arena_up, arena_down);
}
