/* SPDX-License-Identifier: Apache-2.0
 *
 * Two nodes: making what they send.
 */
#include "tests/unit/two_nodes.h"

#include "common/base/instant.h"

#include <cmocka.h>
#include <string.h>

static uint8_t part_bytes[] = "part";
static const ProtobufCBinaryData PART = {4, part_bytes};

struct signature_key hrss_key(enum signature_suite suite)
{
    uint8_t secret[SIGNATURE_SECRET_BYTES];
    struct signature_key key;

    memset(secret, 0x21, sizeof secret);
    assert_int_equal(signature_key_read(suite, (ProtobufCBinaryData){sizeof secret, secret}, &key), OK);
    return key;
}

struct link hrss_link(enum signature_suite suite)
{
    struct link link = {.name = "hrss"};

    link.signing = hrss_key(suite).public_key;
    return link;
}

ProtobufCBinaryData text_bytes(const char *text, struct arena *arena)
{
    return (ProtobufCBinaryData){strlen(text), arena_copy(arena, text, strlen(text))};
}

ProtobufCBinaryData key_bytes(const struct signature_key *key, struct arena *arena)
{
    return (ProtobufCBinaryData){key->public_key.size, arena_copy(arena, key->public_key.bytes, key->public_key.size)};
}

Exchange__Envelope *envelope_new(uint32_t suite, uint8_t number, struct arena *arena)
{
    Exchange__Envelope *envelope = arena_take(arena, sizeof *envelope);
    uint8_t *id = arena_take(arena, 16);
    uint8_t *digest = arena_take(arena, HASH_BYTES);

    exchange__envelope__init(envelope);
    for (int i = 0; i < 6; i++)
        id[i] = (uint8_t)((SENT_AT / 1000) >> (40 - 8 * i));
    id[6] = 0x70;
    id[8] = 0x80;
    id[15] = number;
    envelope_digest(suite, PART, digest);
    envelope->id = (ProtobufCBinaryData){16, id};
    envelope->from = arena_text(arena, "hrss");
    envelope->to = arena_text(arena, "stage");
    envelope->sequence = number;
    envelope->incarnation = (ProtobufCBinaryData){16, arena_take(arena, 16)};
    envelope->type = arena_text(arena, "referral");
    envelope->conversation = arena_text(arena, "hrss/1025");
    envelope->sent_at = SENT_AT;
    envelope->expires_at = SENT_AT + INSTANT_DAY;
    envelope->n_digests = 1;
    envelope->digests = arena_take(arena, sizeof *envelope->digests);
    envelope->digests[0] = (ProtobufCBinaryData){HASH_BYTES, digest};
    return envelope;
}

Exchange__Signed *signed_new(const struct signature_key *key, const Exchange__Envelope *envelope, struct arena *arena)
{
    Exchange__Signed *result;

    assert_int_equal(envelope_sign(key, KIND_ENVELOPE, envelope_pack(&envelope->base, arena), arena, &result), OK);
    result->n_parts = 1;
    result->parts = arena_take(arena, sizeof *result->parts);
    result->parts[0] = PART;
    return result;
}

Exchange__Signed *receipt_new(const struct signature_key *key, const Exchange__Envelope *envelope,
                              ProtobufCBinaryData content, const char *stage, struct arena *arena)
{
    Exchange__Receipt receipt = EXCHANGE__RECEIPT__INIT;
    Exchange__Signed *result;
    uint8_t digest[HASH_BYTES];

    envelope_digest((uint32_t)key->public_key.suite, content, digest);
    receipt.from = arena_text(arena, "hrss");
    receipt.to = arena_text(arena, "stage");
    receipt.envelope_id = envelope->id;
    receipt.envelope_digest = (ProtobufCBinaryData){sizeof digest, digest};
    receipt.conversation = envelope->conversation;
    receipt.stage = arena_text(arena, stage);
    receipt.at = SENT_AT;
    assert_int_equal(envelope_sign(key, KIND_RECEIPT, envelope_pack(&receipt.base, arena), arena, &result), OK);
    return result;
}
