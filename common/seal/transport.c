/* SPDX-License-Identifier: Apache-2.0
 *
 * Transport: X25519, HKDF and the sealer, in this order.
 */
#include "common/seal/transport.h"

#include "common/seal/must.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <string.h>

static const char INFO[] = "tiaojie transport 1";

enum { INFO_LENGTH = sizeof INFO - 1, INFO_BYTES = INFO_LENGTH + 2 * TRANSPORT_KEY_BYTES };

static EVP_PKEY *pair_pkey(const struct transport_key *key)
{
    return must_have(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, key->secret, sizeof key->secret),
                     "read a transport key");
}

void transport_key_make(struct transport_key *key)
{
    size_t size = TRANSPORT_KEY_BYTES;
    uint8_t secret[TRANSPORT_KEY_BYTES];
    EVP_PKEY *pkey = must_have(EVP_PKEY_Q_keygen(NULL, NULL, "X25519"), "make a transport key");
    must(EVP_PKEY_get_raw_private_key(pkey, secret, &size), "read a transport key");
    transport_key_read(secret, key);
    OPENSSL_cleanse(secret, sizeof secret);
    EVP_PKEY_free(pkey);
}

void transport_key_read(const uint8_t secret[TRANSPORT_KEY_BYTES], struct transport_key *key)
{
    size_t size = TRANSPORT_KEY_BYTES;
    memcpy(key->secret, secret, TRANSPORT_KEY_BYTES);
    EVP_PKEY *pkey = pair_pkey(key);
    must(EVP_PKEY_get_raw_public_key(pkey, key->public_key, &size), "derive a public key");
    EVP_PKEY_free(pkey);
}

void transport_key_wipe(struct transport_key *key)
{
    OPENSSL_cleanse(key, sizeof *key);
}

/* False where the other key gives the all-zero secret (RFC 7748, 6.1): OpenSSL refuses it. */
static bool agree(const struct transport_key *own, const uint8_t *other, uint8_t secret[TRANSPORT_KEY_BYTES])
{
    size_t size = TRANSPORT_KEY_BYTES;
    EVP_PKEY *pkey = pair_pkey(own);
    EVP_PKEY *peer =
        must_have(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, other, TRANSPORT_KEY_BYTES), "read a public key");
    EVP_PKEY_CTX *context = must_have(EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL), "make a key context");
    must(EVP_PKEY_derive_init(context), "begin a key agreement");
    bool agreed = EVP_PKEY_derive_set_peer(context, peer) == 1 && EVP_PKEY_derive(context, secret, &size) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(peer);
    EVP_PKEY_free(pkey);
    return agreed;
}

static void stretch(uint8_t secret[TRANSPORT_KEY_BYTES], const uint8_t *ephemeral, const uint8_t *receiver,
                    struct seal_key *key)
{
    char sha256[] = "SHA256";
    uint8_t info[INFO_BYTES];
    memcpy(info, INFO, INFO_LENGTH);
    memcpy(info + INFO_LENGTH, ephemeral, TRANSPORT_KEY_BYTES);
    memcpy(info + INFO_LENGTH + TRANSPORT_KEY_BYTES, receiver, TRANSPORT_KEY_BYTES);
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha256, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret, TRANSPORT_KEY_BYTES),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, sizeof info),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF *kdf = must_have(EVP_KDF_fetch(NULL, "HKDF", NULL), "fetch HKDF");
    EVP_KDF_CTX *context = must_have(EVP_KDF_CTX_new(kdf), "make an HKDF context");
    must(EVP_KDF_derive(context, key->bytes, sizeof key->bytes, params), "derive a key");
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
}

/* The message's key, from our pair's and the other's view alike. */
static bool message_key(const struct transport_key *own, const uint8_t *other, bool sending, struct seal_key *key)
{
    uint8_t secret[TRANSPORT_KEY_BYTES];
    if (!agree(own, other, secret))
        return false;
    stretch(secret, sending ? own->public_key : other, sending ? other : own->public_key, key);
    OPENSSL_cleanse(secret, sizeof secret);
    return true;
}

enum status transport_seal(struct sealer *sealer, struct arena *arena, const uint8_t to[TRANSPORT_KEY_BYTES],
                           ProtobufCBinaryData associated, ProtobufCBinaryData plain, ProtobufCBinaryData *sealed)
{
    struct transport_key ephemeral;
    struct seal_key key;
    ProtobufCBinaryData inner;

    *sealed = (ProtobufCBinaryData){0, NULL};
    transport_key_make(&ephemeral);
    bool agreed = message_key(&ephemeral, to, true, &key);
    OPENSSL_cleanse(ephemeral.secret, sizeof ephemeral.secret);
    if (!agreed)
        return INVALID;
    enum status status = sealer_seal(sealer, arena, &key, associated, plain, &inner);
    seal_key_wipe(&key);
    if (status != OK)
        return status;
    uint8_t *out = arena_alloc(arena, TRANSPORT_KEY_BYTES + inner.len);
    if (!out)
        return TOO_LARGE;
    memcpy(out, ephemeral.public_key, TRANSPORT_KEY_BYTES);
    memcpy(out + TRANSPORT_KEY_BYTES, inner.data, inner.len);
    *sealed = (ProtobufCBinaryData){TRANSPORT_KEY_BYTES + inner.len, out};
    return OK;
}

enum status transport_open(struct sealer *sealer, struct arena *arena, const struct transport_key *key,
                           ProtobufCBinaryData associated, ProtobufCBinaryData sealed, ProtobufCBinaryData *plain)
{
    struct seal_key message;

    *plain = (ProtobufCBinaryData){0, NULL};
    if (sealed.len < TRANSPORT_OVERHEAD || !message_key(key, sealed.data, false, &message))
        return UNVERIFIED;
    ProtobufCBinaryData inner = {sealed.len - TRANSPORT_KEY_BYTES, sealed.data + TRANSPORT_KEY_BYTES};
    enum status status = sealer_open(sealer, arena, &message, associated, inner, plain);
    seal_key_wipe(&message);
    return status;
}
