/* SPDX-License-Identifier: Apache-2.0
 *
 * Envelopes as they come from another node: which are believed, and what is said of the others.
 */
#include "common/base/instant.h"
#include "tests/unit/two_nodes.h"

#include <cmocka.h>
#include <string.h>

struct desk {
    struct arena *arena;
    struct link link;
    struct signature_key key;
    struct refusal refusal;
    enum status status;
};

static int open_desk(void **state)
{
    static struct desk desk;

    desk = (struct desk){
        .arena = arena_new(SIZE_MAX), .link = hrss_link(SIGNATURE_ED25519), .key = hrss_key(SIGNATURE_ED25519)};
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    arena_free(&desk->arena);
    return 0;
}

static enum status judge(struct desk *desk, const Exchange__Signed *what, int64_t now)
{
    Exchange__Envelope *read = NULL;

    desk->status = envelope_judge(what, &desk->link, "stage", now, desk->arena, &read, &desk->refusal);
    return desk->status;
}

static void then_not_believed(const struct desk *desk, enum status status, const char *field, const char *words)
{
    const char *text = text_fill(desk->arena, desk->refusal.reason, desk->refusal.values, desk->refusal.value_count);

    assert_int_equal(desk->status, status);
    assert_string_equal(desk->refusal.field, field);
    if (!strstr(text, words))
        fail_msg("no \"%s\" in: %s", words, text);
}

static Exchange__Envelope *sample(struct desk *desk)
{
    return envelope_new((uint32_t)desk->key.public_key.suite, 1, desk->arena);
}

static void test_an_envelope_with_the_links_signature_is_believed(void **state)
{
    struct desk *desk = *state;
    Exchange__Envelope *read = NULL;
    const Exchange__Signed *what = signed_new(&desk->key, sample(desk), desk->arena);

    assert_int_equal(envelope_judge(what, &desk->link, "stage", SENT_AT, desk->arena, &read, &desk->refusal), OK);
    assert_string_equal(read->conversation, "hrss/1025");
}

static void test_a_link_may_choose_sm2_and_sm3_instead(void **state)
{
    struct desk *desk = *state;

    desk->link = hrss_link(SIGNATURE_SM2_SM3);
    desk->key = hrss_key(SIGNATURE_SM2_SM3);
    assert_int_equal(judge(desk, signed_new(&desk->key, sample(desk), desk->arena), SENT_AT), OK);
}

static void test_one_changed_bit_is_noticed(void **state)
{
    struct desk *desk = *state;
    Exchange__Signed *what = signed_new(&desk->key, sample(desk), desk->arena);

    for (size_t i = 0; i < what->content.len; i++) {
        what->content.data[i] ^= 1;
        judge(desk, what, SENT_AT);
        then_not_believed(desk, UNVERIFIED, "signature", "hrss");
        what->content.data[i] ^= 1;
    }
    assert_int_equal(judge(desk, what, SENT_AT), OK);
}

static void test_a_signature_under_a_receipt_does_not_pass_under_an_envelope(void **state)
{
    struct desk *desk = *state;
    Exchange__Signed *what = NULL;
    const ProtobufCBinaryData content = envelope_pack(&sample(desk)->base, desk->arena);

    assert_int_equal(envelope_sign(&desk->key, KIND_RECEIPT, content, desk->arena, &what), OK);
    judge(desk, what, SENT_AT);
    then_not_believed(desk, UNVERIFIED, "signature", "hrss");
}

static void test_another_suite_than_the_links_is_refused(void **state)
{
    struct desk *desk = *state;

    desk->key = hrss_key(SIGNATURE_SM2_SM3);
    judge(desk, signed_new(&desk->key, sample(desk), desk->arena), SENT_AT);
    then_not_believed(desk, UNVERIFIED, "suite", "hrss");
}

static void test_an_envelope_for_another_node_is_refused(void **state)
{
    struct desk *desk = *state;
    Exchange__Envelope *envelope = sample(desk);

    envelope->to = arena_text(desk->arena, "court");
    judge(desk, signed_new(&desk->key, envelope, desk->arena), SENT_AT);
    then_not_believed(desk, FORBIDDEN, "to", "court");
}

static void test_a_node_speaks_for_itself_only(void **state)
{
    struct desk *desk = *state;
    Exchange__Envelope *envelope = sample(desk);

    envelope->from = arena_text(desk->arena, "court");
    judge(desk, signed_new(&desk->key, envelope, desk->arena), SENT_AT);
    then_not_believed(desk, FORBIDDEN, "from", "court");
}

static void test_a_senders_clock_may_be_three_seconds_ahead_but_not_seven(void **state)
{
    struct desk *desk = *state;
    const Exchange__Signed *what = signed_new(&desk->key, sample(desk), desk->arena);

    assert_int_equal(judge(desk, what, SENT_AT - 3 * INSTANT_SECOND), OK);
    assert_int_equal(judge(desk, what, SENT_AT - 5 * INSTANT_SECOND), OK);
    judge(desk, what, SENT_AT - 7 * INSTANT_SECOND);
    then_not_believed(desk, INVALID, "sent_at", "7 s ahead");
}

static void test_an_envelope_that_expired_a_second_ago_is_refused(void **state)
{
    struct desk *desk = *state;
    const Exchange__Signed *what = signed_new(&desk->key, sample(desk), desk->arena);

    assert_int_equal(judge(desk, what, SENT_AT + INSTANT_DAY - 1), OK);
    judge(desk, what, SENT_AT + INSTANT_DAY + INSTANT_SECOND);
    then_not_believed(desk, EXPIRED, "expires_at", "1 s ago");
}

static void test_a_part_that_was_exchanged_for_another_is_noticed(void **state)
{
    struct desk *desk = *state;
    Exchange__Signed *what = signed_new(&desk->key, sample(desk), desk->arena);

    what->parts[0] = text_bytes("parts", desk->arena);
    judge(desk, what, SENT_AT);
    then_not_believed(desk, UNVERIFIED, "parts", "not the one");
}

static void test_moments_that_do_not_exist_are_refused(void **state)
{
    struct desk *desk = *state;
    Exchange__Envelope *envelope = sample(desk);

    envelope->sent_at = INT64_MIN;
    judge(desk, signed_new(&desk->key, envelope, desk->arena), SENT_AT);
    then_not_believed(desk, INVALID, "sent_at", "1970");
}

static void test_an_id_that_is_no_uuid_of_version_7_is_refused(void **state)
{
    struct desk *desk = *state;
    Exchange__Envelope *envelope = sample(desk);

    envelope->id.data[6] = 0x40;
    judge(desk, signed_new(&desk->key, envelope, desk->arena), SENT_AT);
    then_not_believed(desk, INVALID, "id", "version 7");
}

static void test_bad_utf_8_is_refused_even_with_a_good_signature(void **state)
{
    struct desk *desk = *state;
    Exchange__Envelope *envelope = sample(desk);

    envelope->type = arena_text(desk->arena, "\xf0\x80");
    judge(desk, signed_new(&desk->key, envelope, desk->arena), SENT_AT);
    then_not_believed(desk, INVALID, "type", "UTF-8");
}

static void test_a_receipt_is_judged_by_the_same_key(void **state)
{
    struct desk *desk = *state;
    Exchange__Receipt *read = NULL;
    const Exchange__Envelope *envelope = sample(desk);
    Exchange__Signed *what =
        receipt_new(&desk->key, envelope, envelope_pack(&envelope->base, desk->arena), "stored", desk->arena);

    assert_int_equal(receipt_judge(what, &desk->link, "stage", desk->arena, &read, &desk->refusal), OK);
    assert_string_equal(read->stage, "stored");
    what->signature.data[0] ^= 1;
    assert_int_equal(receipt_judge(what, &desk->link, "stage", desk->arena, &read, &desk->refusal), UNVERIFIED);
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_an_envelope_with_the_links_signature_is_believed),
        DESK_TEST(test_a_link_may_choose_sm2_and_sm3_instead),
        DESK_TEST(test_one_changed_bit_is_noticed),
        DESK_TEST(test_a_signature_under_a_receipt_does_not_pass_under_an_envelope),
        DESK_TEST(test_another_suite_than_the_links_is_refused),
        DESK_TEST(test_an_envelope_for_another_node_is_refused),
        DESK_TEST(test_a_node_speaks_for_itself_only),
        DESK_TEST(test_a_senders_clock_may_be_three_seconds_ahead_but_not_seven),
        DESK_TEST(test_an_envelope_that_expired_a_second_ago_is_refused),
        DESK_TEST(test_a_part_that_was_exchanged_for_another_is_noticed),
        DESK_TEST(test_moments_that_do_not_exist_are_refused),
        DESK_TEST(test_an_id_that_is_no_uuid_of_version_7_is_refused),
        DESK_TEST(test_bad_utf_8_is_refused_even_with_a_good_signature),
        DESK_TEST(test_a_receipt_is_judged_by_the_same_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
