/* SPDX-License-Identifier: Apache-2.0
 *
 * Wrap: keys as sealed fields of their subject.
 */
#include "common/seal/wrap.h"

#include "common/seal/seal.h"

#include <openssl/crypto.h>
#include <string.h>

enum status wrap_key(struct sealer *sealer, struct arena *arena, const struct seal_key *master, const char *node,
                     uint64_t subject, const struct seal_key *key, ProtobufCBinaryData *wrapped)
{
    const struct seal_context context = {node, subject, "key"};
    struct seal_key copy = *key;
    ProtobufCBinaryData plain = {sizeof copy.bytes, copy.bytes};

    enum status status = seal_text(sealer, arena, master, &context, plain, wrapped);
    seal_key_wipe(&copy);
    return status;
}

enum status wrap_open(struct sealer *sealer, struct arena *arena, const struct seal_key *master, const char *node,
                      uint64_t subject, ProtobufCBinaryData wrapped, struct seal_key *key)
{
    const struct seal_context context = {node, subject, "key"};
    ProtobufCBinaryData plain;

    memset(key, 0, sizeof *key);
    if (wrapped.len != SEAL_WRAPPED_BYTES)
        return UNVERIFIED;
    enum status status = seal_open(sealer, arena, master, &context, wrapped, &plain);
    if (status != OK)
        return status;
    memcpy(key->bytes, plain.data, sizeof key->bytes);
    /* The arena's copy would outlive the caller's wipe. */
    OPENSSL_cleanse(plain.data, plain.len);
    return OK;
}
