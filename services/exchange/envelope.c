/* SPDX-License-Identifier: Apache-2.0
 *
 * Envelope: hashing, signing, judging.
 */
#include "services/exchange/envelope.h"

#include "common/base/instant.h"
#include "common/base/lines.h"
#include "common/base/uuid.h"
#include "common/net/scan.h"

#include <string.h>

/* ---- bytes ---- */

enum status envelope_unpack(const ProtobufCMessageDescriptor *descriptor, ProtobufCBinaryData bytes,
                            struct arena *arena, ProtobufCMessage **message, struct refusal *refusal)
{
    const enum status status = scan_message(descriptor, bytes.data, bytes.len, &SCAN_DEFAULT, arena, refusal);

    if (status)
        return status;
    *message = protobuf_c_message_unpack(descriptor, arena_allocator(arena), bytes.len, bytes.data);
    if (!*message)
        return refuse(refusal, INVALID, "content", N_("these bytes could not be read"),
                      N_("send them as the contract says"));
    return OK;
}

ProtobufCBinaryData envelope_pack(const ProtobufCMessage *message, struct arena *arena)
{
    const size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(arena, size + 1);

    protobuf_c_message_pack(message, bytes);
    return (ProtobufCBinaryData){size, bytes};
}

/* ---- hashes and signatures ---- */

static struct hash *hash_of(uint32_t suite)
{
    return hash_new(suite == SIGNATURE_SM2_SM3 ? HASH_SM3 : HASH_SHA256);
}

void envelope_digest(uint32_t suite, ProtobufCBinaryData bytes, uint8_t digest[HASH_BYTES])
{
    struct hash *hash = hash_of(suite);

    hash_update(hash, bytes.data, bytes.len);
    hash_final(hash, digest);
    hash_free(&hash);
}

/* What is signed: the domain with its zero byte keeps an envelope from passing for a receipt. */
static void hash_to_sign(uint32_t suite, enum envelope_kind kind, ProtobufCBinaryData content,
                         uint8_t result[HASH_BYTES])
{
    static const char *const DOMAINS[] = {"tiaojie envelope 1", "tiaojie receipt 1"};
    struct hash *hash = hash_of(suite);

    hash_update(hash, DOMAINS[kind], strlen(DOMAINS[kind]) + 1);
    hash_update(hash, content.data, content.len);
    hash_final(hash, result);
    hash_free(&hash);
}

enum status envelope_sign(const struct signature_key *key, enum envelope_kind kind, ProtobufCBinaryData content,
                          struct arena *arena, Exchange__Signed **result)
{
    uint8_t hash[HASH_BYTES];
    struct signature signature;
    const uint32_t suite = (uint32_t)key->public_key.suite;

    hash_to_sign(suite, kind, content, hash);
    const enum status status =
        signature_sign(key, SIGNATURE_SM2_ID, (ProtobufCBinaryData){sizeof hash, hash}, &signature);
    if (status)
        return status;
    *result = arena_take(arena, sizeof **result);
    exchange__signed__init(*result);
    (*result)->content = content;
    (*result)->suite = suite;
    (*result)->signature = (ProtobufCBinaryData){signature.size, arena_copy(arena, signature.bytes, signature.size)};
    return OK;
}

static enum status verify(enum envelope_kind kind, const Exchange__Signed *what, const struct signature_public *key)
{
    uint8_t hash[HASH_BYTES];

    if (what->suite != (uint32_t)key->suite)
        return UNVERIFIED;
    hash_to_sign(what->suite, kind, what->content, hash);
    return signature_verify(key, SIGNATURE_SM2_ID, (ProtobufCBinaryData){sizeof hash, hash}, what->signature);
}

enum status envelope_verify(enum envelope_kind kind, const Exchange__Signed *what, ProtobufCBinaryData key)
{
    struct signature_public read;

    if (what->suite != SIGNATURE_ED25519 && what->suite != SIGNATURE_SM2_SM3)
        return UNVERIFIED;
    if (signature_public_read((enum signature_suite)what->suite, key, &read))
        return UNVERIFIED;
    return verify(kind, what, &read);
}

/* ---- judging what came ---- */

/* Names go into the arena: the directory may be read again before the refusal is told. */
static enum status judge_signature(enum envelope_kind kind, const Exchange__Signed *what, const struct link *link,
                                   struct arena *arena, struct refusal *refusal)
{
    if (what->suite != (uint32_t)link->signing.suite)
        return refuse_with(refusal, UNVERIFIED, "suite", N_("it is not signed as the link %1 agreed"),
                           N_("both nodes must name the same suite for the link"), arena_text(arena, link->name));
    if (verify(kind, what, &link->signing))
        return refuse_with(refusal, UNVERIFIED, "signature", N_("the signature is not that of %1 over these bytes"),
                           N_("this node's directory must hold the sender's present signing key"),
                           arena_text(arena, link->name));
    return OK;
}

static enum status judge_names(const char *from, const char *to, const struct link *link, const char *node,
                               struct arena *arena, struct refusal *refusal)
{
    if (strcmp(from, link->name) != 0)
        return refuse_with(refusal, FORBIDDEN, "from", N_("it says that it is from %1, but it came over the link %2"),
                           N_("each node sends for itself only"), from, arena_text(arena, link->name));
    if (strcmp(to, node) != 0)
        return refuse_with(refusal, FORBIDDEN, "to", N_("it is for %1; this node is %2"),
                           N_("send it to the node that it names"), to, node);
    return OK;
}

static enum status judge_times(const Exchange__Envelope *envelope, int64_t now, struct arena *arena,
                               struct refusal *refusal)
{
    /* A moment before 1970 is none, and its difference would not fit. */
    if (envelope->sent_at < 0 || envelope->expires_at < 0)
        return refuse(refusal, INVALID, "sent_at", N_("moments are microseconds since 1970"),
                      N_("send them as the contract says"));
    if (envelope->sent_at > now + CLOCK_AHEAD_MAX_S * INSTANT_SECOND)
        return refuse_with(refusal, INVALID, "sent_at",
                           N_("the sender's clock is %1 s ahead of this node's; %2 s are allowed"),
                           N_("set the clocks of both nodes by the same source"),
                           text_print(arena, "%lld", (long long)((envelope->sent_at - now) / INSTANT_SECOND)),
                           text_print(arena, "%d", CLOCK_AHEAD_MAX_S));
    if (envelope->expires_at <= now)
        return refuse_with(refusal, EXPIRED, "expires_at", N_("it expired %1 s ago"),
                           N_("send what it was about in a new envelope"),
                           text_print(arena, "%lld", (long long)((now - envelope->expires_at) / INSTANT_SECOND)));
    return OK;
}

static enum status judge_parts(const Exchange__Envelope *envelope, const Exchange__Signed *what,
                               struct refusal *refusal)
{
    if (what->n_parts != 1 || envelope->n_digests != 1)
        return refuse(refusal, INVALID, "parts", N_("an envelope has one part and its digest"),
                      N_("send each part in an envelope of its own"));
    uint8_t digest[HASH_BYTES];
    envelope_digest(what->suite, what->parts[0], digest);
    const ProtobufCBinaryData *said = envelope->digests;
    if (said->len != sizeof digest || memcmp(said->data, digest, sizeof digest) != 0)
        return refuse(refusal, UNVERIFIED, "parts", N_("the part is not the one that was signed"),
                      N_("send it again; if that does not help, look at both nodes' logs"));
    return OK;
}

static enum status judge_form(const Exchange__Envelope *envelope, struct refusal *refusal)
{
    struct uuid id;

    if (envelope->id.len != sizeof id.bytes)
        return refuse(refusal, INVALID, "id", N_("an envelope's id has 16 bytes"), N_("use a UUID of version 7"));
    memcpy(id.bytes, envelope->id.data, sizeof id.bytes);
    if (uuid_time(&id) < 0)
        return refuse(refusal, INVALID, "id", N_("the id is not a UUID of version 7"), N_("use a UUID of version 7"));
    if (envelope->sequence == 0 || envelope->sequence > INT64_MAX)
        return refuse(refusal, INVALID, "sequence", N_("a link's sequence counts from 1"),
                      N_("number the envelopes of a link in order"));
    enum status status = line_check(envelope->type, "type", refusal);
    if (!status)
        status = line_check(envelope->conversation, "conversation", refusal);
    return status;
}

enum status envelope_judge(const Exchange__Signed *what, const struct link *link, const char *node, int64_t now,
                           struct arena *arena, Exchange__Envelope **read, struct refusal *refusal)
{
    ProtobufCMessage *message = NULL;
    enum status status = judge_signature(KIND_ENVELOPE, what, link, arena, refusal);

    if (!status)
        status = envelope_unpack(&exchange__envelope__descriptor, what->content, arena, &message, refusal);
    if (status)
        return status;
    *read = (Exchange__Envelope *)message;
    status = judge_names((*read)->from, (*read)->to, link, node, arena, refusal);
    if (!status)
        status = judge_form(*read, refusal);
    if (!status)
        status = judge_times(*read, now, arena, refusal);
    return status ? status : judge_parts(*read, what, refusal);
}

enum status receipt_judge(const Exchange__Signed *what, const struct link *link, const char *node, struct arena *arena,
                          Exchange__Receipt **read, struct refusal *refusal)
{
    ProtobufCMessage *message = NULL;
    enum status status = judge_signature(KIND_RECEIPT, what, link, arena, refusal);

    if (!status)
        status = envelope_unpack(&exchange__receipt__descriptor, what->content, arena, &message, refusal);
    if (status)
        return status;
    *read = (Exchange__Receipt *)message;
    status = judge_names((*read)->from, (*read)->to, link, node, arena, refusal);
    if (!status)
        status = line_check((*read)->conversation, "conversation", refusal);
    if (!status)
        status = line_check((*read)->stage, "stage", refusal);
    return status;
}
