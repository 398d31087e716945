/* SPDX-License-Identifier: Apache-2.0
 *
 * Scan: what protobuf-c would swallow is refused before it sees it, with the path where it stands.
 */
#include "common/net/scan.h"
#include "tests/unit/sample.pb-c.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* One test's arena and the last refusal. */
struct bench {
    struct arena *arena;
    struct refusal refusal;
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    bench->arena = arena_new(SIZE_MAX);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    arena_free(&bench->arena);
    free(bench);
    return 0;
}

/* The bytes are scanned in a block of exactly their size, so that the sanitizers see a read beyond them. */
static enum status scan(struct bench *bench, const void *bytes, size_t size, const struct scan_limits *limits)
{
    uint8_t *exact = malloc(size ? size : 1);
    memcpy(exact, bytes, size);
    enum status status = scan_message(&sample__sample__descriptor, exact, size, limits, bench->arena, &bench->refusal);
    free(exact);
    return status;
}

#define BYTES(literal) (literal), sizeof(literal) - 1

static void refused(struct bench *bench, enum status expected, const char *field, const char *reason, const char *bytes,
                    size_t size)
{
    assert_int_equal(scan(bench, bytes, size, &SCAN_DEFAULT), expected);
    assert_int_equal(bench->refusal.status, expected);
    assert_string_equal(bench->refusal.field, field);
    const char *text =
        text_fill(bench->arena, bench->refusal.reason, bench->refusal.values, bench->refusal.value_count);
    if (!strstr(text, reason))
        fail_msg("\"%s\" does not say \"%s\"", text, reason);
    assert_true(strlen(bench->refusal.remedy) > 0);
}

static uint8_t *packed(struct bench *bench, const Sample__Sample *sample, size_t *size)
{
    *size = sample__sample__get_packed_size(sample);
    uint8_t *bytes = arena_take(bench->arena, *size + 1);
    assert_int_equal(sample__sample__pack(sample, bytes), *size);
    return bytes;
}

/* A message that uses every kind of field. */
static uint8_t *full(struct bench *bench, size_t *size)
{
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    Sample__Worker worker = SAMPLE__WORKER__INIT, no = SAMPLE__WORKER__INIT;
    Sample__Sealed note = SAMPLE__SEALED__INIT;
    Sample__Claim first = SAMPLE__CLAIM__INIT, second = SAMPLE__CLAIM__INIT;
    uint8_t digest[] = {0, 1, 254, 255};

    worker.name = "\xE9\x98\xBF\xE4\xBE\x9D\xC2\xB7\xF0\xA0\x80\x80"; /* a middle dot, and a four-byte character */
    worker.colour = SAMPLE__COLOUR__COLOUR_DARK_BLUE;
    note.sealed = (ProtobufCBinaryData){sizeof digest, digest};
    first.worker = &worker;
    first.amount_fen = -1;
    second.note = &note;

    sample.name = "north";
    sample.digest = note.sealed;
    sample.amount_fen = INT64_MIN;
    sample.id = UINT64_MAX;
    sample.year = -5;
    sample.change = -6;
    sample.closed = 1;
    sample.colour = SAMPLE__COLOUR__COLOUR_RED;
    sample.claims = (Sample__Claim *[]){&first, &second};
    sample.n_claims = 2;
    sample.instalments = (int64_t[]){1, -2, 1LL << 40};
    sample.n_instalments = 3;
    sample.tags = (char *[]){"a", ""};
    sample.n_tags = 2;
    sample.has_limit_case = SAMPLE__SAMPLE__HAS_LIMIT_LIMIT;
    sample.answer_case = SAMPLE__SAMPLE__ANSWER_NO;
    sample.no = &no;
    sample.note = &note;
    sample.stamp = 7;
    sample.flags = (protobuf_c_boolean[]){1, 0, 1};
    sample.n_flags = 3;
    sample.colours = (Sample__Colour[]){SAMPLE__COLOUR__COLOUR_RED, SAMPLE__COLOUR__COLOUR_UNKNOWN};
    sample.n_colours = 2;
    sample.parts = (ProtobufCBinaryData[]){{sizeof digest, digest}, {0, NULL}};
    sample.n_parts = 2;
    sample.step = INT32_MIN;
    sample.marks = (uint32_t[]){1, 2};
    sample.n_marks = 2;
    return packed(bench, &sample, size);
}

static void test_a_message_with_every_kind_of_field_passes(void **state)
{
    size_t size;
    uint8_t *bytes = full(*state, &size);
    assert_int_equal(scan(*state, bytes, size, &SCAN_DEFAULT), OK);
    assert_int_equal(scan(*state, bytes, 0, &SCAN_DEFAULT), OK);
}

/* What passes is unpacked within the limit; a prefix that ends between two fields is a message of its own. B23. */
static void test_every_prefix_is_refused_or_unpacks_again_to_itself(void **state)
{
    struct bench *bench = *state;
    size_t size, whole = 0;
    uint8_t *bytes = full(bench, &size);

    for (size_t cut = 0; cut < size; cut++) {
        if (scan(bench, bytes, cut, &SCAN_DEFAULT) != OK)
            continue;
        whole++;
        struct arena *arena = arena_new(SCAN_DEFAULT.memory);
        Sample__Sample *sample = sample__sample__unpack(arena_allocator(arena), cut, bytes);
        assert_non_null(sample);
        assert_int_equal(sample__sample__get_packed_size(sample), cut);
        arena_free(&arena);
    }
    /* 23 members of the outermost message follow one another; before each, the bytes so far are complete. */
    assert_int_equal(whole, 23);
}

static void test_every_single_changed_byte_is_refused_or_unpacks(void **state)
{
    struct bench *bench = *state;
    size_t size, passed = 0;
    uint8_t *bytes = full(bench, &size);

    for (size_t i = 0; i < size * 8; i++) {
        bytes[i / 8] ^= (uint8_t)(1U << i % 8);
        if (scan(bench, bytes, size, &SCAN_DEFAULT) == OK) {
            struct arena *arena = arena_new(SCAN_DEFAULT.memory);
            assert_non_null(sample__sample__unpack(arena_allocator(arena), size, bytes));
            arena_free(&arena);
            passed++;
        }
        bytes[i / 8] ^= (uint8_t)(1U << i % 8);
    }
    assert_in_range(passed, 1, size * 8 - 1);
}

/* B22, protobuf-c #726: these bytes unpack without a word. */
static void test_text_that_is_not_utf8_is_refused_by_name(void **state)
{
    refused(*state, INVALID, "name", "UTF-8", BYTES("\x0A\x02\xF0\x80"));
    refused(*state, INVALID, "name", "UTF-8", BYTES("\x0A\x02\xC0\x80"));         /* overlong U+0000 */
    refused(*state, INVALID, "name", "UTF-8", BYTES("\x0A\x03\xE0\x80\xAF"));     /* overlong slash */
    refused(*state, INVALID, "name", "UTF-8", BYTES("\x0A\x03\xED\xA0\x80"));     /* surrogate U+D800 */
    refused(*state, INVALID, "name", "UTF-8", BYTES("\x0A\x04\xF4\x90\x80\x80")); /* U+110000 */
    refused(*state, INVALID, "name", "UTF-8", BYTES("\x0A\x01\x80"));
    refused(*state, INVALID, "tags[1]", "UTF-8", BYTES("\x5A\x01z\x5A\x01\xFF"));
}

static void test_the_first_and_last_characters_of_utf8_pass(void **state)
{
    static const char *const TEXTS[] = {"\x0A\x01\x7F",         "\x0A\x02\xC2\x80",         "\x0A\x02\xDF\xBF",
                                        "\x0A\x03\xE0\xA0\x80", "\x0A\x03\xED\x9F\xBF",     "\x0A\x03\xEE\x80\x80",
                                        "\x0A\x03\xEF\xBF\xBF", "\x0A\x04\xF0\x90\x80\x80", "\x0A\x04\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_int_equal(scan(*state, TEXTS[i], strlen(TEXTS[i]), &SCAN_DEFAULT), OK);
}

/* B22, protobuf-c #203: "Li<U+0000>Ming" would be read as "Li". */
static void test_a_zero_character_in_a_name_is_refused_with_its_path(void **state)
{
    refused(*state, INVALID, "name", "U+0000", BYTES("\x0A\x07Li\0Ming"));
    refused(*state, INVALID, "claims[1].worker.name", "U+0000", BYTES("\x4A\x00\x4A\x06\x0A\x04\x0A\x02x\0"));
}

static void test_an_unknown_field_is_refused_with_number_and_path(void **state)
{
    refused(*state, INVALID, "99", "Sample has no field with the number 99", BYTES("\x98\x06\x01"));
    refused(*state, INVALID, "claims[0].5", "Claim has no field with the number 5", BYTES("\x4A\x02\x28\x01"));
    refused(*state, INVALID, "536870911", "536870911", BYTES("\xF8\xFF\xFF\xFF\x0F\x01"));
}

/* B23, protobuf-c #499: bits above 32 are shifted out of the tag's type. */
static void test_a_tag_out_of_range_is_refused(void **state)
{
    refused(*state, INVALID, "message", "tag", BYTES("\xF8\xFF\xFF\xFF\x1F\x01"));
    refused(*state, INVALID, "message", "tag", BYTES("\x88\x80\x80\x80\x80\x00\x01"));
    refused(*state, INVALID, "message", "tag", BYTES("\x00\x01"));
    refused(*state, INVALID, "claims[0]", "tag", BYTES("\x4A\x02\x02\x00"));
}

static void test_groups_and_unassigned_wire_types_are_refused(void **state)
{
    refused(*state, INVALID, "message", "groups", BYTES("\x0B\x0C"));
    refused(*state, INVALID, "message", "groups", BYTES("\x0C"));
    refused(*state, INVALID, "message", "does not exist", BYTES("\x0E\x01"));
    refused(*state, INVALID, "message", "does not exist", BYTES("\x0F\x01"));
}

static void test_a_value_of_another_wire_type_is_refused(void **state)
{
    refused(*state, INVALID, "name", "another type", BYTES("\x08\x01"));
    refused(*state, INVALID, "amount_fen", "another type", BYTES("\x1A\x01\x01"));
    refused(*state, INVALID, "stamp", "another type", BYTES("\x85\x01\x01\x02\x03\x04"));
    refused(*state, INVALID, "tags[0]", "another type", BYTES("\x58\x01"));
    refused(*state, INVALID, "marks[0]", "another type", BYTES("\xA8\x01\x01"));
}

static void test_a_number_of_too_many_bytes_is_refused(void **state)
{
    refused(*state, INVALID, "id", "too many bytes", BYTES("\x20\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00"));
    refused(*state, INVALID, "id", "too many bytes", BYTES("\x20\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"));
    refused(*state, INVALID, "name", "too many bytes", BYTES("\x0A\x80\x80\x80\x80\x80\x00"));
}

static void test_a_number_that_its_field_cannot_hold_is_refused(void **state)
{
    refused(*state, INVALID, "year", "32 bits", BYTES("\x28\xFF\xFF\xFF\xFF\x0F"));
    refused(*state, INVALID, "limit", "32 bits", BYTES("\x60\x80\x80\x80\x80\x10"));
    refused(*state, INVALID, "step", "32 bits", BYTES("\xA0\x01\x80\x80\x80\x80\x10"));
    refused(*state, INVALID, "closed", "neither true nor false", BYTES("\x38\x02"));
    refused(*state, INVALID, "closed", "neither true nor false", BYTES("\x38\x81\x00"));
    refused(*state, INVALID, "colour", "not one of the field's names", BYTES("\x40\x03"));
    refused(*state, INVALID, "colours[1]", "not one of the field's names", BYTES("\x92\x01\x02\x01\x09"));
}

static void test_bytes_that_end_inside_a_value_are_refused(void **state)
{
    refused(*state, INVALID, "name", "end in the middle", BYTES("\x0A\x05nor"));
    refused(*state, INVALID, "name", "end in the middle", BYTES("\x0A\xFF\xFF\xFF\xFF\x0F"));
    refused(*state, INVALID, "amount_fen", "end in the middle", BYTES("\x18\x80"));
    refused(*state, INVALID, "stamp", "end in the middle", BYTES("\x81\x01\x01\x02"));
    refused(*state, INVALID, "marks[1]", "end in the middle", BYTES("\xAA\x01\x06\x01\x00\x00\x00\x02\x00"));
    /* The sub-message ends within its string although the frame goes on. */
    refused(*state, INVALID, "claims[0].worker.name", "end in the middle", BYTES("\x4A\x04\x0A\x02\x0A\x05hello"));
}

static void test_a_single_field_given_twice_is_refused(void **state)
{
    refused(*state, INVALID, "amount_fen", "amount_fen is given already", BYTES("\x18\x01\x18\x01"));
    refused(*state, INVALID, "note", "note is given already", BYTES("\x7A\x00\x7A\x00"));
}

static void test_two_fields_of_one_oneof_are_refused(void **state)
{
    refused(*state, INVALID, "no", "yes is given already", BYTES("\x6A\x01y\x72\x00"));
    refused(*state, INVALID, "limit", "limit is given already", BYTES("\x60\x01\x60\x02"));
}

static void test_a_repeated_number_passes_packed_and_unpacked(void **state)
{
    assert_int_equal(scan(*state, BYTES("\x52\x02\x01\x02\x50\x03"), &SCAN_DEFAULT), OK);
    assert_int_equal(scan(*state, BYTES("\x52\x00"), &SCAN_DEFAULT), OK);
}

/* The limit passes, one more is refused: field, status and the limit's number are told. */
static void limited(struct bench *bench, const Sample__Sample *sample, const struct scan_limits *enough,
                    const struct scan_limits *less, const char *field, const char *number)
{
    size_t size;
    uint8_t *bytes = packed(bench, sample, &size);
    assert_int_equal(scan(bench, bytes, size, enough), OK);
    assert_int_equal(scan(bench, bytes, size, less), TOO_LARGE);
    assert_string_equal(bench->refusal.field, field);
    assert_string_equal(bench->refusal.values[0], number);
}

static void test_each_limit_lets_its_number_pass_and_no_more(void **state)
{
    Sample__Worker worker = SAMPLE__WORKER__INIT;
    Sample__Claim claim = SAMPLE__CLAIM__INIT;
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    struct scan_limits enough = SCAN_DEFAULT, less = SCAN_DEFAULT;

    claim.worker = &worker;
    sample.name = "north";
    sample.digest = (ProtobufCBinaryData){4, (uint8_t *)"four"};
    sample.claims = (Sample__Claim *[]){&claim};
    sample.n_claims = 1;
    sample.instalments = (int64_t[]){1, 2, 3};
    sample.n_instalments = 3;

    enough.string = 5, less.string = 4;
    limited(*state, &sample, &enough, &less, "name", "4");
    less = enough, enough.bytes = 4, less.bytes = 3;
    limited(*state, &sample, &enough, &less, "digest", "3");
    less = enough, enough.elements = 3, less.elements = 2;
    limited(*state, &sample, &enough, &less, "instalments[2]", "2");
    less = enough, enough.total = 4, less.total = 3;
    limited(*state, &sample, &enough, &less, "instalments[2]", "3");
    less = enough, enough.depth = 3, less.depth = 2;
    limited(*state, &sample, &enough, &less, "claims[0].worker", "2");
    less = enough, enough.frame = sample__sample__get_packed_size(&sample), less.frame = enough.frame - 1;
    limited(*state, &sample, &enough, &less, "message", "21");
}

/* 2 bytes on the wire become more than 100 in memory. */
static void test_a_frame_that_would_swell_is_refused(void **state)
{
    struct bench *bench = *state;
    enum { CLAIMS = 4000 };
    struct scan_limits limits = SCAN_DEFAULT;
    uint8_t *bytes = arena_take(bench->arena, 2 * CLAIMS);

    for (size_t i = 0; i < CLAIMS; i++)
        bytes[2 * i] = 0x4A;
    limits.memory = 128 << 10;
    assert_int_equal(scan(bench, bytes, 2 * CLAIMS, &limits), TOO_LARGE);
    assert_string_equal(bench->refusal.values[0], "131072");
    assert_int_equal(scan(bench, bytes, 2 * CLAIMS, &SCAN_DEFAULT), OK);
}

/* The least memory that the scan lets pass must be enough for protobuf-c: members, arrays, texts, sub-messages. */
static void test_what_passes_the_memory_limit_unpacks_within_it(void **state)
{
    struct bench *bench = *state;
    size_t size;
    uint8_t *once = full(bench, &size);
    enum { TAGS = 100, TAG_BYTES = 3 };
    uint8_t *bytes = arena_take(bench->arena, size + TAGS * TAG_BYTES);
    struct scan_limits limits = SCAN_DEFAULT;

    memcpy(bytes, once, size);
    for (size_t i = 0; i < TAGS; i++)
        memcpy(bytes + size + i * TAG_BYTES, "\x5A\x01t", TAG_BYTES);
    size += TAGS * TAG_BYTES;
    for (limits.memory = 1024; scan(bench, bytes, size, &limits) != OK; limits.memory += 16)
        assert_true(limits.memory < 64 << 10);

    struct arena *arena = arena_new(limits.memory);
    assert_non_null(sample__sample__unpack(arena_allocator(arena), size, bytes));
    assert_true(arena_used(arena) <= limits.memory);
    assert_true(limits.memory < 2 * arena_used(arena));
    arena_free(&arena);
}

/* A contract of 200 levels is no contract; bytes of 200 levels for one that contains itself end at the limit. */
static void test_deep_nesting_ends_at_the_limit(void **state)
{
    struct bench *bench = *state;
    enum { LEVELS = 60 };
    uint8_t bytes[2 * LEVELS];
    for (size_t i = 0; i < LEVELS; i++) {
        bytes[2 * i] = 0x0A;
        bytes[2 * i + 1] = (uint8_t)(sizeof bytes - 2 * i - 2);
    }
    struct refusal *refusal = &bench->refusal;
    assert_int_equal(scan_message(&sample__tree__descriptor, bytes, sizeof bytes, &SCAN_DEFAULT, bench->arena, refusal),
                     TOO_LARGE);
    assert_string_equal(refusal->field, "branches[0].tree.branches[0].tree.branches[0].tree.branches[0].tree");
}

static void test_a_descriptor_that_contains_itself_is_found(void **state)
{
    (void)state;
    assert_int_equal(scan_descriptor_depth(&sample__sample__descriptor), 3);
    assert_int_equal(scan_descriptor_depth(&sample__worker__descriptor), 1);
    assert_int_equal(scan_descriptor_depth(&sample__tree__descriptor), 0);
    assert_null(scan_descriptor_fault(&sample__sample__descriptor));
    assert_string_equal(scan_descriptor_fault(&sample__branch__descriptor), "it contains itself");
    assert_string_equal(scan_descriptor_fault(&sample__ratio__descriptor), "it has a real number");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_message_with_every_kind_of_field_passes),
        TEST(test_every_prefix_is_refused_or_unpacks_again_to_itself),
        TEST(test_every_single_changed_byte_is_refused_or_unpacks),
        TEST(test_text_that_is_not_utf8_is_refused_by_name),
        TEST(test_the_first_and_last_characters_of_utf8_pass),
        TEST(test_a_zero_character_in_a_name_is_refused_with_its_path),
        TEST(test_an_unknown_field_is_refused_with_number_and_path),
        TEST(test_a_tag_out_of_range_is_refused),
        TEST(test_groups_and_unassigned_wire_types_are_refused),
        TEST(test_a_value_of_another_wire_type_is_refused),
        TEST(test_a_number_of_too_many_bytes_is_refused),
        TEST(test_a_number_that_its_field_cannot_hold_is_refused),
        TEST(test_bytes_that_end_inside_a_value_are_refused),
        TEST(test_a_single_field_given_twice_is_refused),
        TEST(test_two_fields_of_one_oneof_are_refused),
        TEST(test_a_repeated_number_passes_packed_and_unpacked),
        TEST(test_each_limit_lets_its_number_pass_and_no_more),
        TEST(test_a_frame_that_would_swell_is_refused),
        TEST(test_what_passes_the_memory_limit_unpacks_within_it),
        TEST(test_deep_nesting_ends_at_the_limit),
        TEST(test_a_descriptor_that_contains_itself_is_found),
    };
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
