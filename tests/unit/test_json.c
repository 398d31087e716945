/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: contracts come out as people write them and go in again; what is wrong is named with its path.
 */
#include "common/net/base64.h"
#include "common/net/json.h"
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

static enum status try_read(struct bench *bench, const char *text, Sample__Sample **sample)
{
    ProtobufCMessage *message;
    enum status status =
        json_read(&sample__sample__descriptor, text, strlen(text), bench->arena, &message, &bench->refusal);
    *sample = (Sample__Sample *)message;
    return status;
}

static Sample__Sample *read_ok(struct bench *bench, const char *text)
{
    Sample__Sample *sample;
    if (try_read(bench, text, &sample) != OK)
        fail_msg("%s: %s", bench->refusal.field, bench->refusal.reason);
    return sample;
}

static const char *written(struct bench *bench, const Sample__Sample *sample, bool readable)
{
    const char *text = NULL;
    assert_int_equal(json_write(&sample->base, readable, bench->arena, &text), OK);
    return text;
}

static void told(struct bench *bench, const char *field, const char *reason, const char *remedy)
{
    const struct refusal *refusal = &bench->refusal;
    const char *why = text_fill(bench->arena, refusal->reason, refusal->values, refusal->value_count);
    const char *mend = text_fill(bench->arena, refusal->remedy, refusal->values, refusal->value_count);
    assert_string_equal(refusal->field, field);
    if (!strstr(why, reason))
        fail_msg("reason \"%s\" does not say \"%s\"", why, reason);
    if (!strstr(mend, remedy))
        fail_msg("remedy \"%s\" does not say \"%s\"", mend, remedy);
}

static void refused(struct bench *bench, const char *text, const char *field, const char *reason, const char *remedy)
{
    Sample__Sample *sample;
    assert_int_equal(try_read(bench, text, &sample), INVALID);
    assert_null(sample);
    told(bench, field, reason, remedy);
}

/* Every kind of field, with the numbers that are hard for JSON; in the order and spelling that writing gives. */
static const char FULL[] =
    "{\"name\":\"\xE9\x98\xBF\xE4\xBE\x9D\xC2\xB7\xF0\xA0\x80\x80\",\"digest\":\"AAH+/w==\","
    "\"amount_fen\":\"-9223372036854775808\",\"id\":\"18446744073709551615\",\"year\":-2147483648,\"change\":-6,"
    "\"closed\":true,\"colour\":\"dark_blue\",\"claims\":[{\"worker\":{\"name\":\"Li\",\"colour\":\"red\"},"
    "\"amount_fen\":9007199254740992},{\"note\":{\"sealed\":\"/wA=\",\"subject\":7}},{}],"
    "\"instalments\":[1,-9007199254740992,\"9007199254740993\"],\"tags\":[\"a\",\"\"],\"limit\":0,"
    "\"no\":{\"name\":\"Wu\"},\"note\":\"at "
    "home\",\"stamp\":5,\"flags\":[true,false],\"colours\":[\"unknown\",\"red\"],"
    "\"parts\":[\"AA==\",\"\"],\"step\":-1,\"marks\":[4294967295]}";

static void test_a_message_with_every_kind_of_field_comes_out_as_it_went_in(void **state)
{
    struct bench *bench = *state;
    assert_string_equal(written(bench, read_ok(bench, FULL), false), FULL);
}

static void test_what_is_read_is_what_the_wire_carries(void **state)
{
    struct bench *bench = *state;
    Sample__Sample *sample = read_ok(bench, FULL);

    uint8_t bytes[1024];
    assert_in_range(sample__sample__get_packed_size(sample), 1, sizeof bytes);
    size_t size = sample__sample__pack(sample, bytes);
    sample = sample__sample__unpack(arena_allocator(bench->arena), size, bytes);
    assert_non_null(sample);
    assert_true(sample->amount_fen == INT64_MIN && sample->id == UINT64_MAX && sample->year == INT32_MIN);
    assert_int_equal(sample->colour, SAMPLE__COLOUR__COLOUR_DARK_BLUE);
    assert_int_equal(sample->n_claims, 3);
    assert_string_equal(sample->claims[0]->worker->name, "Li");
    assert_memory_equal(sample->digest.data, "\x00\x01\xFE\xFF", sample->digest.len);
    assert_memory_equal(sample->note->plain.data, "at home", sample->note->plain.len);
    assert_int_equal(sample->claims[1]->note->subject, 7);
    assert_string_equal(written(bench, sample, false), FULL);
}

static void test_zero_and_absent_differ_in_a_one_field_oneof(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(read_ok(bench, "{}")->has_limit_case, SAMPLE__SAMPLE__HAS_LIMIT__NOT_SET);
    Sample__Sample *sample = read_ok(bench, "{\"limit\":0}");
    assert_int_equal(sample->has_limit_case, SAMPLE__SAMPLE__HAS_LIMIT_LIMIT);
    assert_string_equal(written(bench, sample, false), "{\"limit\":0}");
    assert_string_equal(written(bench, read_ok(bench, "{\"year\":0,\"name\":\"\"}"), false), "{}");
}

static void test_the_readable_form_shows_defaults_and_no_absent_value(void **state)
{
    struct bench *bench = *state;
    const char *text = written(bench, read_ok(bench, "{}"), true);
    assert_non_null(strstr(text, "\n  \"amount_fen\": 0,\n"));
    assert_non_null(strstr(text, "\"colour\": \"unknown\""));
    assert_non_null(strstr(text, "\"claims\": []"));
    assert_null(strstr(text, "limit"));
    assert_null(strstr(text, "note"));
    assert_string_equal(written(bench, read_ok(bench, text), true), text);
}

static void test_an_enum_is_read_by_its_short_and_its_full_name(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(read_ok(bench, "{\"colour\":\"red\"}")->colour, SAMPLE__COLOUR__COLOUR_RED);
    assert_int_equal(read_ok(bench, "{\"colour\":\"COLOUR_RED\"}")->colour, SAMPLE__COLOUR__COLOUR_RED);
    refused(bench, "{\"colour\":\"green\"}", "colour", "\"green\" is not one", "unknown, red, dark_blue");
    refused(bench, "{\"colours\":[\"red\",1]}", "colours[1]", "like 123 stands here", "\"...\"");
}

static void test_an_enum_number_without_a_name_is_shown_as_a_number(void **state)
{
    struct bench *bench = *state;
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    sample.colour = (Sample__Colour)9;
    assert_string_equal(written(bench, &sample, false), "{\"colour\":9}");
}

static void test_a_sealed_value_is_a_string_while_it_is_plain_text(void **state)
{
    struct bench *bench = *state;
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    Sample__Sealed note = SAMPLE__SEALED__INIT;
    sample.note = &note;
    assert_string_equal(written(bench, &sample, false), "{\"note\":\"\"}");
    note.subject = 3;
    note.plain = (ProtobufCBinaryData){2, (uint8_t *)"hi"};
    assert_string_equal(written(bench, &sample, false), "{\"note\":\"hi\"}");
    note.plain = (ProtobufCBinaryData){2, (uint8_t *)"\xFF\xFE"};
    assert_string_equal(written(bench, &sample, false), "{\"note\":{\"plain\":\"//4=\",\"subject\":3}}");
    note.sealed = note.plain;
    note.plain = (ProtobufCBinaryData){0, NULL};
    assert_string_equal(written(bench, &sample, false), "{\"note\":{\"sealed\":\"//4=\",\"subject\":3}}");
    note.carried = note.sealed;
    note.sealed = note.plain;
    assert_string_equal(written(bench, &sample, false), "{\"note\":{\"subject\":3,\"carried\":\"//4=\"}}");
    refused(bench, "{\"note\":5}", "note", "like 123 stands here", "\"...\"");
}

static void test_a_real_number_is_refused_by_name_where_a_whole_one_belongs(void **state)
{
    refused(*state, "{\"claims\":[{},{\"amount_fen\":1.5}]}", "claims[1].amount_fen", "1.5 is a real number",
            "without a point");
    refused(*state, "{\"year\":1e3}", "year", "1000 is a real number", "exponent");
    refused(*state, "{\"id\":2.0}", "id", "2 is a real number", "digits only");
}

static void test_a_number_beyond_2_to_the_53_must_be_a_string(void **state)
{
    refused(*state, "{\"amount_fen\":9007199254740993}", "amount_fen", "beyond 2^53", "\"9007199254740993\"");
    refused(*state, "{\"amount_fen\":-9007199254740993}", "amount_fen", "beyond 2^53", "\"-9007199254740993\"");
    refused(*state, "{\"amount_fen\":99999999999999999999}", "message", "too big", "strings");
    assert_int_equal(read_ok(*state, "{\"amount_fen\":\"9007199254740993\"}")->amount_fen, 9007199254740993);
    assert_int_equal(read_ok(*state, "{\"amount_fen\":9007199254740992}")->amount_fen, 9007199254740992);
}

static void test_a_number_outside_of_its_field_is_refused_with_the_range(void **state)
{
    refused(*state, "{\"year\":2147483648}", "year", "2147483648 is outside of -2147483648 to 2147483647", "range");
    refused(*state, "{\"limit\":-1}", "limit", "-1 is outside of 0 to 4294967295", "range");
    refused(*state, "{\"id\":-1}", "id", "-1 is outside of 0 to 18446744073709551615", "range");
    refused(*state, "{\"amount_fen\":\"9223372036854775808\"}", "amount_fen", "is outside of", "range");
    refused(*state, "{\"id\":\"18446744073709551616\"}", "id", "64 bits", "smaller");
}

static void test_text_that_is_no_number_is_refused(void **state)
{
    static const char *const TEXTS[] = {"", "-", "+1", " 1", "1 ", "1.0", "0x10", "1,000", "one"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct bench *bench = *state;
        const char *text = text_print(bench->arena, "{\"instalments\":[1,\"%s\"]}", TEXTS[i]);
        refused(bench, text, "instalments[1]", "is not a whole number", "digits only");
    }
}

static void test_an_unknown_key_is_refused_with_the_known_ones(void **state)
{
    refused(*state, "{\"claims\":[{\"amount\":5}]}", "claims[0].amount", "no key \"amount\"",
            "worker, amount_fen, note");
    refused(*state, "{\"Name\":\"x\"}", "Name", "no key \"Name\"", "name, digest");
}

static void test_a_value_of_another_type_is_refused_with_both(void **state)
{
    refused(*state, "{\"name\":5}", "name", "like 123 stands here, one like \"...\"", "\"...\"");
    refused(*state, "{\"closed\":\"true\"}", "closed", "like \"...\" stands here, one like true", "true");
    refused(*state, "{\"claims\":{}}", "claims", "like {...} stands here, one like [...]", "[...]");
    refused(*state, "{\"claims\":[[]]}", "claims[0]", "like [...] stands here, one like {...}", "{...}");
    refused(*state, "{\"year\":true}", "year", "like true stands here, one like 123", "123");
    refused(*state, "[]", "message", "like [...] stands here, one like {...}", "{...}");
    refused(*state, "{\"claims\":[{\"worker\":null}]}", "claims[0].worker", "null is no value", "leave the key out");
}

static void test_a_key_given_twice_is_refused(void **state)
{
    refused(*state, "{\"year\":1,\n\"year\":2}", "message", "given twice (line 2", "once");
    refused(*state, "{\"yes\":\"y\",\"no\":{}}", "no", "excludes this one", "one of them");
}

/* B22. */
static void test_a_zero_character_and_bad_utf8_are_refused(void **state)
{
    refused(*state, "{\"name\":\"Li\\u0000Ming\"}", "message", "U+0000 (line 1", "zero");
    refused(*state, "{\"name\":\"\xF0\x80\"}", "message", "not JSON (line 1", "correct");
    refused(*state, "{\"name\":\"\\ud800\"}", "message", "not JSON (line 1", "correct");
}

static void test_bytes_that_are_not_base64_are_refused(void **state)
{
    static const char *const TEXTS[] = {
        "A", "AA", "AAA", "AA=", "A===", "AB==", "AAB=", "AA-_", "AA==AA==", "A A=", "="};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct bench *bench = *state;
        const char *text = text_print(bench->arena, "{\"digest\":\"%s\"}", TEXTS[i]);
        refused(bench, text, "digest", "not base64", "padding");
    }
}

/* RFC 4648, section 10. */
static void test_base64_agrees_with_the_standards_examples(void **state)
{
    static const char *const PLAIN[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    static const char *const TEXTS[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    (void)state;
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++) {
        char text[16];
        uint8_t bytes[16];
        size_t size;
        base64_encode((const uint8_t *)PLAIN[i], strlen(PLAIN[i]), text);
        assert_string_equal(text, TEXTS[i]);
        assert_true(base64_decode(text, strlen(text), bytes, &size));
        assert_int_equal(size, strlen(PLAIN[i]));
        assert_memory_equal(bytes, PLAIN[i], size);
    }
}

/* B23: a text cut anywhere is not JSON; the sanitizers watch that nothing is lost on the way out. */
static void test_every_prefix_of_a_text_is_refused(void **state)
{
    struct bench *bench = *state;
    ProtobufCMessage *message;
    for (size_t cut = 0; cut < sizeof FULL - 1; cut++)
        assert_int_equal(json_read(&sample__sample__descriptor, FULL, cut, bench->arena, &message, &bench->refusal),
                         INVALID);
}

static void test_more_memory_than_the_arena_allows_is_refused(void **state)
{
    struct bench *bench = *state;
    ProtobufCMessage *message;
    size_t tight = 0;
    for (size_t limit = 0; limit < 4096; limit += 64, tight++) {
        struct arena *arena = arena_new(limit);
        enum status status =
            json_read(&sample__sample__descriptor, FULL, sizeof FULL - 1, arena, &message, &bench->refusal);
        arena_free(&arena);
        if (status == OK)
            break;
        assert_int_equal(status, TOO_LARGE);
    }
    assert_in_range(tight, 10, 60);
}

static void test_deep_nesting_is_refused(void **state)
{
    struct bench *bench = *state;
    enum { DEEP = 100000 };
    char *text = arena_take(bench->arena, DEEP + 1);
    memset(text, '[', DEEP);
    refused(bench, text, "message", "not JSON", "correct");
}

static void test_a_text_over_the_limit_is_refused(void **state)
{
    struct bench *bench = *state;
    ProtobufCMessage *message;
    char *text = malloc(JSON_TEXT_MAX + 1);
    memset(text, ' ', JSON_TEXT_MAX + 1);
    memcpy(text, "{}", 2);
    enum status over =
        json_read(&sample__sample__descriptor, text, JSON_TEXT_MAX + 1, bench->arena, &message, &bench->refusal);
    enum status just =
        json_read(&sample__sample__descriptor, text, JSON_TEXT_MAX, bench->arena, &message, &bench->refusal);
    free(text);
    assert_int_equal(over, TOO_LARGE);
    assert_int_equal(just, OK);
}

static void test_a_text_of_ours_that_is_not_utf8_is_our_fault(void **state)
{
    struct bench *bench = *state;
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    const char *text = NULL;
    sample.tags = (char *[]){"fine", "\xFF"};
    sample.n_tags = 2;
    assert_int_equal(json_write(&sample.base, false, bench->arena, &text), BROKEN);
    assert_null(text);
}

static void set(struct bench *bench, Sample__Sample *sample, const char *name, const char *value)
{
    if (json_set_field(&sample->base, bench->arena, name, value, &bench->refusal) != OK)
        fail_msg("%s: %s", bench->refusal.field, bench->refusal.reason);
}

static void test_a_command_line_sets_fields_by_their_type(void **state)
{
    struct bench *bench = *state;
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    set(bench, &sample, "name", "north");
    set(bench, &sample, "amount-fen", "-9007199254740993");
    set(bench, &sample, "amount_fen", "100");
    set(bench, &sample, "closed", "true");
    set(bench, &sample, "colour", "red");
    set(bench, &sample, "digest", "AAE=");
    set(bench, &sample, "limit", "0");
    set(bench, &sample, "note", "at home");
    set(bench, &sample, "instalments", "5");
    set(bench, &sample, "instalments", "6");
    set(bench, &sample, "tags", "a");
    set(bench, &sample, "flags", "false");
    assert_string_equal(written(bench, &sample, false),
                        "{\"name\":\"north\",\"digest\":\"AAE=\",\"amount_fen\":100,\"closed\":true,\"colour\":\"red\","
                        "\"instalments\":[5,6],\"tags\":[\"a\"],\"limit\":0,\"note\":\"at home\",\"flags\":[false]}");
}

static void not_set(struct bench *bench, Sample__Sample *sample, const char *name, const char *value, const char *field,
                    const char *reason, const char *remedy)
{
    const char *before = written(bench, sample, false);
    assert_int_equal(json_set_field(&sample->base, bench->arena, name, value, &bench->refusal), INVALID);
    told(bench, field, reason, remedy);
    assert_string_equal(written(bench, sample, false), before);
}

static void test_a_command_lines_mistakes_are_named_and_change_nothing(void **state)
{
    struct bench *bench = *state;
    Sample__Sample sample = SAMPLE__SAMPLE__INIT;
    set(bench, &sample, "instalments", "5");
    not_set(bench, &sample, "amount-fen", "12.5", "amount_fen", "\"12.5\" is not a whole number", "digits only");
    not_set(bench, &sample, "instalments", "x", "instalments[1]", "\"x\" is not a whole number", "digits only");
    not_set(bench, &sample, "limit", "4294967296", "limit", "outside of 0 to 4294967295", "range");
    not_set(bench, &sample, "closed", "yes", "closed", "neither true nor false", "true or false");
    not_set(bench, &sample, "colour", "green", "colour", "\"green\" is not one", "red");
    not_set(bench, &sample, "name", "\xFF", "name", "not valid UTF-8", "UTF-8");
    not_set(bench, &sample, "amount", "5", "amount", "no field with this name", "amount_fen");
    not_set(bench, &sample, "claims", "5", "claims[0]", "fields of its own", "--from");
    set(bench, &sample, "yes", "of course");
    not_set(bench, &sample, "no", "x", "no", "excludes this one", "one of them");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_message_with_every_kind_of_field_comes_out_as_it_went_in),
        TEST(test_what_is_read_is_what_the_wire_carries),
        TEST(test_zero_and_absent_differ_in_a_one_field_oneof),
        TEST(test_the_readable_form_shows_defaults_and_no_absent_value),
        TEST(test_an_enum_is_read_by_its_short_and_its_full_name),
        TEST(test_an_enum_number_without_a_name_is_shown_as_a_number),
        TEST(test_a_sealed_value_is_a_string_while_it_is_plain_text),
        TEST(test_a_real_number_is_refused_by_name_where_a_whole_one_belongs),
        TEST(test_a_number_beyond_2_to_the_53_must_be_a_string),
        TEST(test_a_number_outside_of_its_field_is_refused_with_the_range),
        TEST(test_text_that_is_no_number_is_refused),
        TEST(test_an_unknown_key_is_refused_with_the_known_ones),
        TEST(test_a_value_of_another_type_is_refused_with_both),
        TEST(test_a_key_given_twice_is_refused),
        TEST(test_a_zero_character_and_bad_utf8_are_refused),
        TEST(test_bytes_that_are_not_base64_are_refused),
        TEST(test_base64_agrees_with_the_standards_examples),
        TEST(test_every_prefix_of_a_text_is_refused),
        TEST(test_more_memory_than_the_arena_allows_is_refused),
        TEST(test_deep_nesting_is_refused),
        TEST(test_a_text_over_the_limit_is_refused),
        TEST(test_a_text_of_ours_that_is_not_utf8_is_our_fault),
        TEST(test_a_command_line_sets_fields_by_their_type),
        TEST(test_a_command_lines_mistakes_are_named_and_change_nothing),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
