/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealing: what opens, what does not, and the bytes that other programs would have to produce. The sealed samples were
 * computed with another implementation (Python's cryptography) from the layouts in the headers.
 */
#include "common/base/arena.h"
#include "common/seal/hash.h"
#include "common/seal/keyed.h"
#include "common/seal/seal.h"
#include "common/seal/transport.h"
#include "common/seal/wrap.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct stage {
    struct arena *arena;
    struct sealer *sealer;
    struct seal_key key;
};

static const struct seal_context CONTEXT = {"nanshan", 1025, "person.name"};

static int stage_up(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    stage->arena = arena_new(SIZE_MAX);
    stage->sealer = sealer_new();
    for (size_t i = 0; i < SEAL_KEY_BYTES; i++)
        stage->key.bytes[i] = (uint8_t)i;
    *state = stage;
    return 0;
}

static int stage_down(void **state)
{
    struct stage *stage = *state;
    sealer_free(&stage->sealer);
    arena_free(&stage->arena);
    free(stage);
    return 0;
}

static ProtobufCBinaryData text_bytes(struct stage *stage, const char *text)
{
    return (ProtobufCBinaryData){strlen(text), (uint8_t *)arena_text(stage->arena, text)};
}

static ProtobufCBinaryData hex_bytes(struct stage *stage, const char *hex)
{
    ProtobufCBinaryData bytes = {strlen(hex) / 2, arena_take(stage->arena, strlen(hex) / 2 + 1)};
    for (size_t i = 0; i < bytes.len; i++) {
        const char pair[] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes.data[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return bytes;
}

static void is_hex(struct stage *stage, const uint8_t *bytes, const char *hex)
{
    ProtobufCBinaryData wanted = hex_bytes(stage, hex);
    assert_memory_equal(bytes, wanted.data, wanted.len);
}

static ProtobufCBinaryData sealed_name(struct stage *stage)
{
    ProtobufCBinaryData sealed;
    assert_int_equal(seal_text(stage->sealer, stage->arena, &stage->key, &CONTEXT, text_bytes(stage, "李四"), &sealed),
                     OK);
    return sealed;
}

static enum status open_with(struct stage *stage, const struct seal_key *key, const struct seal_context *context,
                             ProtobufCBinaryData sealed)
{
    ProtobufCBinaryData plain;
    enum status status = seal_open(stage->sealer, stage->arena, key, context, sealed, &plain);
    assert_true((status == OK) == (plain.data != NULL));
    return status;
}

static void test_a_sealed_field_opens_to_the_same_text(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData sealed = sealed_name(stage), plain;
    assert_int_equal(sealed.len, strlen("李四") + SEAL_OVERHEAD);
    assert_int_equal(seal_open(stage->sealer, stage->arena, &stage->key, &CONTEXT, sealed, &plain), OK);
    assert_int_equal(plain.len, strlen("李四"));
    assert_string_equal((char *)plain.data, "李四");
}

static void test_a_field_sealed_by_another_implementation_opens(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData plain;
    ProtobufCBinaryData sealed =
        hex_bytes(stage, "01a0a1a2a3a4a5a6a7a8a9aaab0085f2c8de50e3ab4937b25bee474e034d65398f8cb9");
    assert_int_equal(seal_open(stage->sealer, stage->arena, &stage->key, &CONTEXT, sealed, &plain), OK);
    assert_string_equal((char *)plain.data, "李四");
}

static void test_an_empty_text_is_sealed_too(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData sealed, plain, nothing = {0, NULL};
    assert_int_equal(seal_text(stage->sealer, stage->arena, &stage->key, &CONTEXT, nothing, &sealed), OK);
    assert_int_equal(sealed.len, SEAL_OVERHEAD);
    assert_int_equal(seal_open(stage->sealer, stage->arena, &stage->key, &CONTEXT, sealed, &plain), OK);
    assert_int_equal(plain.len, 0);
    assert_string_equal((char *)plain.data, "");
}

static void test_the_same_text_is_never_sealed_to_the_same_bytes(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData one = sealed_name(stage), two = sealed_name(stage);
    assert_int_equal(one.len, two.len);
    assert_memory_not_equal(one.data + 1, two.data + 1, SEAL_NONCE_BYTES);
    assert_memory_not_equal(one.data + 13, two.data + 13, one.len - 13);
}

static int nonces_compare(const void *one, const void *two)
{
    return memcmp(one, two, SEAL_NONCE_BYTES);
}

static void test_no_nonce_comes_twice_in_a_thousand_seals(void **state)
{
    enum { SEALS = 1000 };
    static uint8_t nonces[SEALS][SEAL_NONCE_BYTES];
    for (size_t i = 0; i < SEALS; i++)
        memcpy(nonces[i], sealed_name(*state).data + 1, SEAL_NONCE_BYTES);
    qsort(nonces, SEALS, SEAL_NONCE_BYTES, nonces_compare);
    for (size_t i = 1; i < SEALS; i++)
        assert_memory_not_equal(nonces[i - 1], nonces[i], SEAL_NONCE_BYTES);
}

static void test_a_forked_process_never_uses_its_parents_nonces(void **state)
{
    struct stage *stage = *state;
    int ends[2], outcome;
    uint8_t childs[SEAL_NONCE_BYTES];

    /* Two seals: whatever the first used up, nonces are left after the second. */
    sealed_name(stage);
    sealed_name(stage);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        ProtobufCBinaryData sealed = sealed_name(stage);
        _exit(write(ends[1], sealed.data + 1, SEAL_NONCE_BYTES) == SEAL_NONCE_BYTES ? 0 : 1);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(outcome, 0);
    assert_int_equal(read(ends[0], childs, sizeof childs), SEAL_NONCE_BYTES);
    assert_memory_not_equal(sealed_name(stage).data + 1, childs, SEAL_NONCE_BYTES);
    close(ends[0]);
    close(ends[1]);
}

static void test_a_sealed_field_moved_elsewhere_does_not_open(void **state)
{
    struct stage *stage = *state;
    static const struct seal_context ELSEWHERE[] = {
        {"futian", 1025, "person.name"},  {"nanshan", 1026, "person.name"},  {"nanshan", 1025, "person.phone"},
        {"nanshan", 1025, "person.name"}, {"nanshan1", 1025, "person.name"},
    };
    ProtobufCBinaryData sealed = sealed_name(stage);
    for (size_t i = 0; i < sizeof ELSEWHERE / sizeof *ELSEWHERE; i++)
        assert_int_equal(open_with(stage, &stage->key, &ELSEWHERE[i], sealed), i == 3 ? OK : UNVERIFIED);
}

static void test_another_key_does_not_open_a_sealed_field(void **state)
{
    struct stage *stage = *state;
    struct seal_key other = seal_key_make();
    assert_int_equal(open_with(stage, &other, &CONTEXT, sealed_name(stage)), UNVERIFIED);
}

static void test_no_bit_of_a_sealed_field_can_be_changed(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData sealed = sealed_name(stage);
    for (size_t bit = 0; bit < sealed.len * 8; bit++) {
        sealed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(open_with(stage, &stage->key, &CONTEXT, sealed), UNVERIFIED);
        sealed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_int_equal(open_with(stage, &stage->key, &CONTEXT, sealed), OK);
}

static void test_a_sealed_field_cut_anywhere_does_not_open(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData sealed = sealed_name(stage);
    for (size_t length = 0; length < sealed.len; length++)
        assert_int_equal(open_with(stage, &stage->key, &CONTEXT, (ProtobufCBinaryData){length, sealed.data}),
                         UNVERIFIED);
}

static void test_sizes_over_a_limit_are_refused(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData sealed, large = {SEAL_PLAIN_MAX + 1, arena_take(stage->arena, SEAL_PLAIN_MAX + 1)};
    assert_int_equal(seal_text(stage->sealer, stage->arena, &stage->key, &CONTEXT, large, &sealed), TOO_LARGE);
    large.len--;
    assert_int_equal(seal_text(stage->sealer, stage->arena, &stage->key, &CONTEXT, large, &sealed), OK);
    assert_int_equal(open_with(stage, &stage->key, &CONTEXT, sealed), OK);

    struct arena *narrow = arena_new(16);
    large.len = 1;
    assert_int_equal(seal_text(stage->sealer, narrow, &stage->key, &CONTEXT, large, &sealed), TOO_LARGE);
    arena_free(&narrow);
}

static void test_a_name_too_long_for_the_layout_is_refused(void **state)
{
    struct stage *stage = *state;
    ProtobufCBinaryData sealed;
    char name[SEAL_NAME_MAX + 2];
    memset(name, 'n', sizeof name);
    name[SEAL_NAME_MAX + 1] = '\0';
    const struct seal_context context = {name, 1, "field"};
    assert_int_equal(seal_text(stage->sealer, stage->arena, &stage->key, &context, text_bytes(stage, "x"), &sealed),
                     INVALID);
    name[SEAL_NAME_MAX] = '\0';
    assert_int_equal(seal_text(stage->sealer, stage->arena, &stage->key, &context, text_bytes(stage, "x"), &sealed),
                     OK);
}

static void test_a_wrapped_key_opens_for_its_own_subject_only(void **state)
{
    struct stage *stage = *state;
    struct seal_key subject = seal_key_make(), opened;
    ProtobufCBinaryData wrapped;
    static const uint8_t NOTHING[SEAL_KEY_BYTES] = {0};

    assert_int_equal(wrap_key(stage->sealer, stage->arena, &stage->key, "nanshan", 7, &subject, &wrapped), OK);
    assert_int_equal(wrapped.len, SEAL_WRAPPED_BYTES);
    assert_int_equal(wrap_open(stage->sealer, stage->arena, &stage->key, "nanshan", 7, wrapped, &opened), OK);
    assert_memory_equal(opened.bytes, subject.bytes, SEAL_KEY_BYTES);
    assert_int_equal(wrap_open(stage->sealer, stage->arena, &stage->key, "nanshan", 8, wrapped, &opened), UNVERIFIED);
    assert_memory_equal(opened.bytes, NOTHING, SEAL_KEY_BYTES);
    assert_int_equal(wrap_open(stage->sealer, stage->arena, &subject, "nanshan", 7, wrapped, &opened), UNVERIFIED);
    wrapped.len--;
    assert_int_equal(wrap_open(stage->sealer, stage->arena, &stage->key, "nanshan", 7, wrapped, &opened), UNVERIFIED);
}

static void test_sm3_and_sha256_give_the_published_values(void **state)
{
    struct stage *stage = *state;
    static const struct {
        enum hash_kind kind;
        const char *text, *hex;
    } CASES[] = {
        {HASH_SM3, "", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
        {HASH_SM3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
        {HASH_SM3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
         "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
        {HASH_SM3, "abcd", "82ec580fe6d36ae4f81cae3c73f4a5b3b5a09c943172dc9053c69fd8e18dca1e"},
        {HASH_SM3, "工资", "e1639027d17c10575c8a909ae534d0a01fe5833213134d47a48bc9c93cc4aedb"},
        {HASH_SHA256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {HASH_SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        uint8_t result[HASH_BYTES];
        struct hash *hash = hash_new(CASES[i].kind);
        hash_update(hash, CASES[i].text, strlen(CASES[i].text));
        hash_final(hash, result);
        is_hex(stage, result, CASES[i].hex);
        hash_free(&hash);
        assert_null(hash);
    }
}

static void test_a_hash_in_pieces_is_the_hash_of_the_whole_and_begins_anew(void **state)
{
    (void)state;
    static const char TEXT[] = "the log's chain: position 0000000000000017";
    uint8_t whole[HASH_BYTES], pieces[HASH_BYTES];
    struct hash *hash = hash_new(HASH_SHA256);
    hash_update(hash, TEXT, strlen(TEXT));
    hash_final(hash, whole);
    for (const char *c = TEXT; *c; c++)
        hash_update(hash, c, 1);
    hash_final(hash, pieces);
    assert_memory_equal(whole, pieces, HASH_BYTES);

    hash_number(hash, 0x0102030405060708);
    hash_final(hash, pieces);
    hash_update(hash, "\1\2\3\4\5\6\7\10", 8);
    hash_final(hash, whole);
    assert_memory_equal(whole, pieces, HASH_BYTES);
    hash_free(&hash);
}

/* HMAC fills a short key up with zeros, so that the 20 bytes of RFC 4231, test case 1, fit into 32. */
static struct keyed *rfc_4231_keyed(void)
{
    struct seal_key key = {{0}};
    memset(key.bytes, 0x0b, 20);
    return keyed_new(&key);
}

static void test_a_digest_is_the_hmac_of_rfc_4231_each_time(void **state)
{
    struct stage *stage = *state;
    uint8_t result[KEYED_BYTES];
    struct keyed *keyed = rfc_4231_keyed();
    for (int i = 0; i < 3; i++) {
        keyed_digest(keyed, text_bytes(stage, "Hi There"), result);
        is_hex(stage, result, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }
    keyed_free(&keyed);
    assert_null(keyed);
}

static void test_a_search_hash_keeps_kinds_of_numbers_apart(void **state)
{
    struct stage *stage = *state;
    uint8_t identity[KEYED_BYTES], phone[KEYED_BYTES];
    struct keyed *keyed = rfc_4231_keyed();
    ProtobufCBinaryData value = text_bytes(stage, "11010119900307803X");
    keyed_search(keyed, "identity_number", value, identity);
    is_hex(stage, identity, "41a7b661c1e8e728e8152d77b730a252f5499392ddb0cca264524853047cb3c1");
    keyed_search(keyed, "phone", value, phone);
    assert_memory_not_equal(identity, phone, KEYED_BYTES);
    keyed_free(&keyed);
}

static void test_what_is_sealed_for_a_node_opens_there_and_nowhere_else(void **state)
{
    struct stage *stage = *state;
    struct transport_key here, elsewhere;
    ProtobufCBinaryData sealed, plain, envelope = text_bytes(stage, "envelope 7"), name = text_bytes(stage, "李四");
    transport_key_make(&here);
    transport_key_make(&elsewhere);

    assert_int_equal(transport_seal(stage->sealer, stage->arena, here.public_key, envelope, name, &sealed), OK);
    assert_int_equal(sealed.len, name.len + TRANSPORT_OVERHEAD);
    assert_int_equal(transport_open(stage->sealer, stage->arena, &here, envelope, sealed, &plain), OK);
    assert_string_equal((char *)plain.data, "李四");
    assert_int_equal(transport_open(stage->sealer, stage->arena, &elsewhere, envelope, sealed, &plain), UNVERIFIED);
    assert_int_equal(
        transport_open(stage->sealer, stage->arena, &here, text_bytes(stage, "envelope 8"), sealed, &plain),
        UNVERIFIED);
    /* The highest bit of an X25519 key is ignored by the curve and must not be by us. */
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 0x80;
        assert_int_equal(transport_open(stage->sealer, stage->arena, &here, envelope, sealed, &plain), UNVERIFIED);
        sealed.data[i] ^= 0x80;
    }
    for (size_t length = 0; length < sealed.len; length++)
        assert_int_equal(transport_open(stage->sealer, stage->arena, &here, envelope,
                                        (ProtobufCBinaryData){length, sealed.data}, &plain),
                         UNVERIFIED);
}

static void test_transport_by_another_implementation_opens(void **state)
{
    struct stage *stage = *state;
    struct transport_key key;
    uint8_t secret[TRANSPORT_KEY_BYTES];
    ProtobufCBinaryData plain,
        sealed = hex_bytes(stage, "5714769d116bf76436ae74bc793d2c30ad1903c59ac5273805c7e2698b410c36"
                                  "01a0a1a2a3a4a5a6a7a8a9aaabdcbfbf8b973e9bc18617831485eb6510c763"
                                  "fa95bee2");
    for (size_t i = 0; i < sizeof secret; i++)
        secret[i] = (uint8_t)(i + 1);
    transport_key_read(secret, &key);
    is_hex(stage, key.public_key, "07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c");
    assert_int_equal(transport_open(stage->sealer, stage->arena, &key, text_bytes(stage, "envelope 7"), sealed, &plain),
                     OK);
    assert_string_equal((char *)plain.data, "李四");
}

static void test_nothing_is_sealed_for_a_public_key_of_zeros(void **state)
{
    struct stage *stage = *state;
    static const uint8_t ZEROS[TRANSPORT_KEY_BYTES] = {0};
    ProtobufCBinaryData sealed, name = text_bytes(stage, "李四");
    assert_int_equal(transport_seal(stage->sealer, stage->arena, ZEROS, name, name, &sealed), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sealed_field_opens_to_the_same_text),
        cmocka_unit_test(test_a_field_sealed_by_another_implementation_opens),
        cmocka_unit_test(test_an_empty_text_is_sealed_too),
        cmocka_unit_test(test_the_same_text_is_never_sealed_to_the_same_bytes),
        cmocka_unit_test(test_no_nonce_comes_twice_in_a_thousand_seals),
        cmocka_unit_test(test_a_forked_process_never_uses_its_parents_nonces),
        cmocka_unit_test(test_a_sealed_field_moved_elsewhere_does_not_open),
        cmocka_unit_test(test_another_key_does_not_open_a_sealed_field),
        cmocka_unit_test(test_no_bit_of_a_sealed_field_can_be_changed),
        cmocka_unit_test(test_a_sealed_field_cut_anywhere_does_not_open),
        cmocka_unit_test(test_sizes_over_a_limit_are_refused),
        cmocka_unit_test(test_a_name_too_long_for_the_layout_is_refused),
        cmocka_unit_test(test_a_wrapped_key_opens_for_its_own_subject_only),
        cmocka_unit_test(test_sm3_and_sha256_give_the_published_values),
        cmocka_unit_test(test_a_hash_in_pieces_is_the_hash_of_the_whole_and_begins_anew),
        cmocka_unit_test(test_a_digest_is_the_hmac_of_rfc_4231_each_time),
        cmocka_unit_test(test_a_search_hash_keeps_kinds_of_numbers_apart),
        cmocka_unit_test(test_what_is_sealed_for_a_node_opens_there_and_nowhere_else),
        cmocka_unit_test(test_transport_by_another_implementation_opens),
        cmocka_unit_test(test_nothing_is_sealed_for_a_public_key_of_zeros),
    };
    return cmocka_run_group_tests(tests, stage_up, stage_down);
}
