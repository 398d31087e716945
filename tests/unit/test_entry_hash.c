/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash that chains the log: its layout as documented, every part of it counted, no two layouts alike.
 */
#include "common/store/entry.h"

#include <cmocka.h>
#include <string.h>

static const struct entry EXAMPLE = {
    .partition = 3,
    .position = 42,
    .before = 40,
    .command_id = {{0x01, 0x8f, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}},
    .principal = 7,
    .target = 1027,
    .at = INT64_C(1740801600000000),
    .rules = "0123456789abcdef",
    .command = "instalment paid",
    .trace = "trace-1",
    .events = (const uint8_t *)"\x0a\x03\x0a\x01x",
    .events_size = 5,
};

static void hash_of(const struct entry *entry, uint8_t result[HASH_BYTES])
{
    static const uint8_t ZEROS[HASH_BYTES];
    struct hash *hash = hash_new(HASH_SHA256);
    entry_hash(hash, "mediation", ZEROS, entry, result);
    hash_free(&hash);
}

static void put_number(uint8_t **end, uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        *(*end)++ = (uint8_t)(number >> shift);
}

static void put_text(uint8_t **end, const void *bytes, size_t size)
{
    put_number(end, size);
    memcpy(*end, bytes, size);
    *end += size;
}

/* The documented layout, byte by byte, hashed in one piece. */
static void test_the_layout_is_the_documented_one(void **state)
{
    uint8_t bytes[512] = {0}, *end = bytes, expected[HASH_BYTES], result[HASH_BYTES];
    (void)state;
    memcpy(end, "tiaojie entry 1", 15);
    end += 15 + 32;
    put_text(&end, "mediation", 9);
    put_number(&end, 3);
    put_number(&end, 42);
    put_number(&end, 40);
    memcpy(end, EXAMPLE.command_id.bytes, 16);
    end += 16;
    put_number(&end, 7);
    put_number(&end, 1027);
    put_number(&end, UINT64_C(1740801600000000));
    put_text(&end, "0123456789abcdef", 16);
    put_text(&end, "instalment paid", 15);
    put_text(&end, "trace-1", 7);
    put_text(&end, "\x0a\x03\x0a\x01x", 5);
    struct hash *hash = hash_new(HASH_SHA256);
    hash_update(hash, bytes, (size_t)(end - bytes));
    hash_final(hash, expected);
    hash_free(&hash);
    hash_of(&EXAMPLE, result);
    assert_memory_equal(result, expected, HASH_BYTES);
}

static void changes(const struct entry *changed)
{
    uint8_t before[HASH_BYTES], after[HASH_BYTES];
    hash_of(&EXAMPLE, before);
    hash_of(changed, after);
    assert_memory_not_equal(before, after, HASH_BYTES);
}

static void test_every_part_of_an_entry_is_covered(void **state)
{
    (void)state;
#define changed_with(field, value)                                                                                     \
    do {                                                                                                               \
        struct entry changed = EXAMPLE;                                                                                \
        changed.field = value;                                                                                         \
        changes(&changed);                                                                                             \
    } while (0)
    changed_with(partition, 4);
    changed_with(position, 43);
    changed_with(before, 41);
    changed_with(command_id.bytes[15], 2);
    changed_with(principal, 8);
    changed_with(target, 1028);
    changed_with(at, EXAMPLE.at + 1);
    changed_with(rules, "");
    changed_with(command, "instalment");
    changed_with(trace, "");
    changed_with(events_size, 4);
    changed_with(events, (const uint8_t *)"\x0a\x03\x0a\x01y");
}

static void test_bytes_that_move_from_one_text_to_the_next_change_the_hash(void **state)
{
    struct entry moved = EXAMPLE;
    (void)state;
    moved.rules = "0123456789abcdefi";
    moved.command = "nstalment paid";
    changes(&moved);
}

static void test_the_entry_before_and_the_service_are_covered(void **state)
{
    uint8_t before[HASH_BYTES] = {1}, other[HASH_BYTES], result[HASH_BYTES];
    struct hash *hash = hash_new(HASH_SHA256);
    (void)state;
    hash_of(&EXAMPLE, result);
    entry_hash(hash, "mediation", before, &EXAMPLE, other);
    assert_memory_not_equal(result, other, HASH_BYTES);
    before[0] = 0;
    entry_hash(hash, "mediatioo", before, &EXAMPLE, other);
    assert_memory_not_equal(result, other, HASH_BYTES);
    hash_free(&hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_layout_is_the_documented_one),
        cmocka_unit_test(test_every_part_of_an_entry_is_covered),
        cmocka_unit_test(test_bytes_that_move_from_one_text_to_the_next_change_the_hash),
        cmocka_unit_test(test_the_entry_before_and_the_service_are_covered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
