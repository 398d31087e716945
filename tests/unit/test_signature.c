/* SPDX-License-Identifier: Apache-2.0
 *
 * Signatures: vectors of RFC 8032 and GB/T 32918.5, and forms that must not pass.
 */
#include "common/seal/signature.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEX_MAX = 256 };

struct bytes {
    uint8_t data[HEX_MAX];
    size_t size;
};

static struct bytes hex(const char *text)
{
    struct bytes bytes = {.size = strlen(text) / 2};
    assert_true(bytes.size <= HEX_MAX);
    for (size_t i = 0; i < bytes.size; i++) {
        const char pair[] = {text[2 * i], text[2 * i + 1], '\0'};
        bytes.data[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return bytes;
}

static ProtobufCBinaryData view(struct bytes *bytes)
{
    return (ProtobufCBinaryData){bytes->size, bytes->data};
}

static ProtobufCBinaryData signature_view(struct signature *signature)
{
    return (ProtobufCBinaryData){signature->size, signature->bytes};
}

static ProtobufCBinaryData text_view(char *text)
{
    return (ProtobufCBinaryData){strlen(text), (uint8_t *)text};
}

/* ---- Ed25519 ---- */

static const struct {
    const char *secret, *public_key, *message, *signature;
} RFC_8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "5"
     "5141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "0"
     "0d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "0"
     "27beceea1ec40a"},
};

static void test_ed25519_signs_as_rfc_8032_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof RFC_8032 / sizeof *RFC_8032; i++) {
        struct bytes secret = hex(RFC_8032[i].secret), public_key = hex(RFC_8032[i].public_key);
        struct bytes message = hex(RFC_8032[i].message), wanted = hex(RFC_8032[i].signature);
        struct signature_key key;
        struct signature signature;
        assert_int_equal(signature_key_read(SIGNATURE_ED25519, view(&secret), &key), OK);
        assert_int_equal(key.public_key.size, 32);
        assert_memory_equal(key.public_key.bytes, public_key.data, 32);
        assert_int_equal(signature_sign(&key, "", view(&message), &signature), OK);
        assert_int_equal(signature.size, 64);
        assert_memory_equal(signature.bytes, wanted.data, 64);
        assert_int_equal(signature_verify(&key.public_key, "", view(&message), view(&wanted)), OK);
    }
}

static void test_an_ed25519_signature_holds_for_its_own_bytes_and_key_only(void **state)
{
    (void)state;
    struct bytes message = hex("af82"), signature = hex(RFC_8032[2].signature);
    struct bytes own = hex(RFC_8032[2].public_key), other = hex(RFC_8032[1].public_key);
    struct signature_public owner, stranger;
    assert_int_equal(signature_public_read(SIGNATURE_ED25519, view(&own), &owner), OK);
    assert_int_equal(signature_public_read(SIGNATURE_ED25519, view(&other), &stranger), OK);
    assert_int_equal(signature_verify(&stranger, "", view(&message), view(&signature)), UNVERIFIED);

    for (size_t bit = 0; bit < signature.size * 8; bit++) {
        signature.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(signature_verify(&owner, "", view(&message), view(&signature)), UNVERIFIED);
        signature.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t size = 0; size <= 65; size++) {
        signature.size = size;
        assert_int_equal(signature_verify(&owner, "", view(&message), view(&signature)), size == 64 ? OK : UNVERIFIED);
    }
    signature.size = 64;
    message.size = 1;
    assert_int_equal(signature_verify(&owner, "", view(&message), view(&signature)), UNVERIFIED);
}

/* ---- SM2 with SM3 ---- */

static const char SM2_SECRET[] = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
static const char SM2_PUBLIC[] = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                                 "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
static const char SM2_R[] = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
static const char SM2_S[] = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
static char sm2_message[] = "message digest";

static struct signature_public sm2_public(void)
{
    struct bytes point = hex(SM2_PUBLIC);
    struct signature_public public_key;
    assert_int_equal(signature_public_read(SIGNATURE_SM2_SM3, view(&point), &public_key), OK);
    return public_key;
}

/* r | s of the vector, and its DER form. */
static struct bytes sm2_raw(void)
{
    struct bytes raw = hex(SM2_R), s = hex(SM2_S);
    memcpy(raw.data + 32, s.data, 32);
    raw.size = 64;
    return raw;
}

static struct bytes sm2_der(void)
{
    struct bytes raw = sm2_raw(), der = hex("30460221");
    memcpy(der.data + 4, "\0", 1);
    memcpy(der.data + 5, raw.data, 32);
    memcpy(der.data + 37, "\x02\x21\0", 3);
    memcpy(der.data + 40, raw.data + 32, 32);
    der.size = 72;
    return der;
}

static void test_sm2_derives_the_public_key_of_the_standard(void **state)
{
    (void)state;
    struct bytes secret = hex(SM2_SECRET), wanted = hex(SM2_PUBLIC);
    struct signature_key key;
    assert_int_equal(signature_key_read(SIGNATURE_SM2_SM3, view(&secret), &key), OK);
    assert_int_equal(key.public_key.size, 65);
    assert_memory_equal(key.public_key.bytes, wanted.data, 65);
}

static void test_the_signature_of_the_standard_holds_under_its_id_only(void **state)
{
    (void)state;
    struct signature_public key = sm2_public();
    struct bytes der = sm2_der();
    assert_int_equal(signature_verify(&key, SIGNATURE_SM2_ID, text_view(sm2_message), view(&der)), OK);
    assert_int_equal(signature_verify(&key, "", text_view(sm2_message), view(&der)), UNVERIFIED);
    assert_int_equal(signature_verify(&key, "1234567812345679", text_view(sm2_message), view(&der)), UNVERIFIED);
    char other[] = "message digesT";
    assert_int_equal(signature_verify(&key, SIGNATURE_SM2_ID, text_view(other), view(&der)), UNVERIFIED);
}

static void test_what_is_not_der_to_the_byte_does_not_hold(void **state)
{
    (void)state;
    struct signature_public key = sm2_public();
    struct bytes raw = sm2_raw(), longer = sm2_der(), long_form = sm2_der(), padded = sm2_der(), indefinite = sm2_der();
    longer.size = 73; /* one byte after it */
    memmove(long_form.data + 3, long_form.data + 2, 70);
    memcpy(long_form.data, "\x30\x81\x46", 3);
    long_form.size = 73;
    memmove(padded.data + 5, padded.data + 4, 68); /* one zero too many before r */
    memcpy(padded.data, "\x30\x47\x02\x22\0", 5);
    padded.size = 73;
    indefinite.data[1] = 0x80;
    memcpy(indefinite.data + 72, "\0\0", 2);
    indefinite.size = 74;
    struct bytes *const forms[] = {&raw, &longer, &long_form, &padded, &indefinite};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        uint8_t read[SIGNATURE_RAW_BYTES];
        assert_int_equal(signature_verify(&key, SIGNATURE_SM2_ID, text_view(sm2_message), view(forms[i])), UNVERIFIED);
        assert_int_equal(signature_raw_from_der(view(forms[i]), read), INVALID);
    }
    struct bytes der = sm2_der();
    for (der.size = 0; der.size < 72; der.size++)
        assert_int_equal(signature_verify(&key, SIGNATURE_SM2_ID, text_view(sm2_message), view(&der)), UNVERIFIED);
}

/* Shorter than SIGNATURE_MAX, so that length alone does not refuse them. */
static void test_short_numbers_with_a_wrong_form_are_no_der(void **state)
{
    (void)state;
    static const char *const FORMS[] = {
        "30080202000102020001",   /* zeros before 1 */
        "300702020001020101",     /* zero before r */
        "3006020180020101",       /* negative r */
        "308106020101020101",     /* long form of 6 */
        "300602010102010100",     /* a byte after it */
        "3106020101020101",       /* a set */
        "3003020101",             /* r only */
        "3009020101020101020101", /* three numbers */
    };
    uint8_t raw[SIGNATURE_RAW_BYTES];
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        struct bytes form = hex(FORMS[i]);
        assert_int_equal(signature_raw_from_der(view(&form), raw), INVALID);
    }
    struct bytes ones = hex("3006020101020101");
    assert_int_equal(signature_raw_from_der(view(&ones), raw), OK);
    assert_int_equal(raw[31], 1);
    assert_int_equal(raw[63], 1);
}

static void test_both_forms_of_a_signature_turn_into_each_other(void **state)
{
    (void)state;
    struct bytes raw = sm2_raw(), der = sm2_der();
    uint8_t read[SIGNATURE_RAW_BYTES];
    struct signature written;
    assert_int_equal(signature_raw_from_der(view(&der), read), OK);
    assert_memory_equal(read, raw.data, SIGNATURE_RAW_BYTES);
    signature_der_from_raw(raw.data, &written);
    assert_int_equal(written.size, 72);
    assert_memory_equal(written.bytes, der.data, 72);
}

/* About one in 128 has a leading zero in r or s: there other products write 63 bytes. */
static void test_signatures_with_leading_zeros_hold_in_both_forms(void **state)
{
    (void)state;
    enum { ROUNDS = 2000 };
    struct signature_key key;
    size_t short_ones = 0;
    assert_int_equal(signature_key_make(SIGNATURE_SM2_SM3, &key), OK);
    for (size_t i = 0; i < ROUNDS; i++) {
        uint8_t raw[SIGNATURE_RAW_BYTES];
        struct signature signature, again;
        assert_int_equal(signature_sign(&key, SIGNATURE_SM2_ID, text_view(sm2_message), &signature), OK);
        assert_int_equal(signature_raw_from_der(signature_view(&signature), raw), OK);
        signature_der_from_raw(raw, &again);
        assert_int_equal(again.size, signature.size);
        assert_memory_equal(again.bytes, signature.bytes, signature.size);
        /* Verifying costs most; what is rare is always verified. */
        bool leading = raw[0] == 0 || raw[32] == 0;
        short_ones += leading;
        if (leading || i % 20 == 0)
            assert_int_equal(
                signature_verify(&key.public_key, SIGNATURE_SM2_ID, text_view(sm2_message), signature_view(&again)),
                OK);
    }
    assert_true(short_ones > 0);
}

/* ---- both suites ---- */

static void test_a_new_key_signs_what_its_public_half_verifies(void **state)
{
    (void)state;
    for (enum signature_suite suite = SIGNATURE_ED25519; suite <= SIGNATURE_SM2_SM3; suite++) {
        struct signature_key key, other, again;
        struct signature signature;
        assert_int_equal(signature_key_make(suite, &key), OK);
        assert_int_equal(signature_key_make(suite, &other), OK);
        assert_int_equal(signature_key_read(suite, (ProtobufCBinaryData){32, key.secret}, &again), OK);
        assert_memory_equal(&again, &key, sizeof key);
        assert_int_equal(signature_sign(&key, "a signer", text_view(sm2_message), &signature), OK);
        ProtobufCBinaryData bytes = signature_view(&signature);
        assert_int_equal(signature_verify(&key.public_key, "a signer", text_view(sm2_message), bytes), OK);
        assert_int_equal(signature_verify(&other.public_key, "a signer", text_view(sm2_message), bytes), UNVERIFIED);
    }
}

static void test_an_empty_message_is_signed_too(void **state)
{
    (void)state;
    ProtobufCBinaryData nothing = {0, NULL};
    for (enum signature_suite suite = SIGNATURE_ED25519; suite <= SIGNATURE_SM2_SM3; suite++) {
        struct signature_key key;
        struct signature signature;
        assert_int_equal(signature_key_make(suite, &key), OK);
        assert_int_equal(signature_sign(&key, SIGNATURE_SM2_ID, nothing, &signature), OK);
        assert_int_equal(signature_verify(&key.public_key, SIGNATURE_SM2_ID, nothing, signature_view(&signature)), OK);
    }
}

static void test_the_empty_id_is_an_id_like_any_other(void **state)
{
    (void)state;
    struct signature_key key;
    struct signature signature;
    assert_int_equal(signature_key_make(SIGNATURE_SM2_SM3, &key), OK);
    assert_int_equal(signature_sign(&key, "", text_view(sm2_message), &signature), OK);
    ProtobufCBinaryData bytes = signature_view(&signature);
    assert_int_equal(signature_verify(&key.public_key, "", text_view(sm2_message), bytes), OK);
    assert_int_equal(signature_verify(&key.public_key, SIGNATURE_SM2_ID, text_view(sm2_message), bytes), UNVERIFIED);
}

static void test_a_signature_of_one_suite_does_not_hold_under_the_other(void **state)
{
    (void)state;
    struct signature_key ed25519, sm2;
    struct signature signature;
    assert_int_equal(signature_key_make(SIGNATURE_ED25519, &ed25519), OK);
    assert_int_equal(signature_key_make(SIGNATURE_SM2_SM3, &sm2), OK);
    assert_int_equal(signature_sign(&ed25519, "", text_view(sm2_message), &signature), OK);
    assert_int_equal(signature_verify(&sm2.public_key, "", text_view(sm2_message), signature_view(&signature)),
                     UNVERIFIED);
    assert_int_equal(signature_sign(&sm2, "", text_view(sm2_message), &signature), OK);
    assert_int_equal(signature_verify(&ed25519.public_key, "", text_view(sm2_message), signature_view(&signature)),
                     UNVERIFIED);
}

static void test_bytes_that_are_no_public_key_are_refused(void **state)
{
    (void)state;
    struct signature_public public_key;
    struct bytes off_curve = hex(SM2_PUBLIC), compressed = hex(SM2_PUBLIC), hybrid = hex(SM2_PUBLIC);
    off_curve.data[64] ^= 1;
    compressed.data[0] = 3;
    compressed.size = 33;
    hybrid.data[0] = 7;
    struct bytes *const points[] = {&off_curve, &compressed, &hybrid};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        assert_int_equal(signature_public_read(SIGNATURE_SM2_SM3, view(points[i]), &public_key), INVALID);
    struct bytes point = hex(SM2_PUBLIC);
    assert_int_equal(signature_public_read(SIGNATURE_ED25519, view(&point), &public_key), INVALID);
    assert_int_equal(signature_public_read((enum signature_suite)3, view(&point), &public_key), INVALID);
    point.size = 0;
    assert_int_equal(signature_public_read(SIGNATURE_SM2_SM3, view(&point), &public_key), INVALID);
}

static void test_sm2_secrets_outside_the_group_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *secret;
        enum status status;
    } CASES[] = {
        {"0000000000000000000000000000000000000000000000000000000000000000", INVALID},
        {"0000000000000000000000000000000000000000000000000000000000000001", OK},
        {"FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54121", OK}, /* n - 2 */
        {"FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54122", INVALID},
        {"FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", INVALID},
        {"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", INVALID},
        {"01", INVALID},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct bytes secret = hex(CASES[i].secret);
        struct signature_key key;
        assert_int_equal(signature_key_read(SIGNATURE_SM2_SM3, view(&secret), &key), CASES[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ed25519_signs_as_rfc_8032_says),
        cmocka_unit_test(test_an_ed25519_signature_holds_for_its_own_bytes_and_key_only),
        cmocka_unit_test(test_sm2_derives_the_public_key_of_the_standard),
        cmocka_unit_test(test_the_signature_of_the_standard_holds_under_its_id_only),
        cmocka_unit_test(test_what_is_not_der_to_the_byte_does_not_hold),
        cmocka_unit_test(test_short_numbers_with_a_wrong_form_are_no_der),
        cmocka_unit_test(test_both_forms_of_a_signature_turn_into_each_other),
        cmocka_unit_test(test_signatures_with_leading_zeros_hold_in_both_forms),
        cmocka_unit_test(test_a_new_key_signs_what_its_public_half_verifies),
        cmocka_unit_test(test_an_empty_message_is_signed_too),
        cmocka_unit_test(test_the_empty_id_is_an_id_like_any_other),
        cmocka_unit_test(test_a_signature_of_one_suite_does_not_hold_under_the_other),
        cmocka_unit_test(test_bytes_that_are_no_public_key_are_refused),
        cmocka_unit_test(test_sm2_secrets_outside_the_group_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
