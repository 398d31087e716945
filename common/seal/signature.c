/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature: signing and verifying through EVP. How keys become OpenSSL's objects stands in signature_key.c.
 */
#include "common/seal/signature.h"

#include "common/seal/must.h"
#include "common/seal/signature_key.h"

#include <openssl/evp.h>
#include <string.h>

const char *signature_suite_name(enum signature_suite suite)
{
    switch (suite) {
    case SIGNATURE_ED25519:
        return "ed25519";
    case SIGNATURE_SM2_SM3:
        return "sm2-sm3";
    }
    return NULL;
}

/* A context that has the key and, for SM2, the signer's id. NULL where OpenSSL refuses one of them. */
static EVP_MD_CTX *context_new(EVP_PKEY *key, enum signature_suite suite, const char *id, bool verify)
{
    bool sm2 = suite == SIGNATURE_SM2_SM3;
    const EVP_MD *digest = sm2 ? EVP_sm3() : NULL;
    EVP_MD_CTX *context = must_have(EVP_MD_CTX_new(), "make a signature context");
    EVP_PKEY_CTX *inner = NULL;

    int begun = verify ? EVP_DigestVerifyInit(context, &inner, digest, NULL, key)
                       : EVP_DigestSignInit(context, &inner, digest, NULL, key);
    if (begun == 1 && (!sm2 || EVP_PKEY_CTX_set1_id(inner, id, (int)strlen(id)) == 1))
        return context;
    EVP_MD_CTX_free(context);
    return NULL;
}

enum status signature_sign(const struct signature_key *key, const char *id, ProtobufCBinaryData message,
                           struct signature *signature)
{
    memset(signature, 0, sizeof *signature);
    if (strlen(id) > SIGNATURE_ID_MAX)
        return INVALID;
    EVP_PKEY *pkey = signature_pkey(&key->public_key, key->secret);
    if (!pkey)
        return INVALID;
    enum signature_suite suite = key->public_key.suite;
    EVP_MD_CTX *context = must_have(context_new(pkey, suite, id, false), "begin a signature");
    signature->size = sizeof signature->bytes;
    must(EVP_DigestSign(context, signature->bytes, &signature->size, message.data, message.len), "sign");
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return OK;
}

/* SM2 of OpenSSL takes DER only; that it is strict is not left to the version that is installed. */
static bool well_formed(enum signature_suite suite, ProtobufCBinaryData signature)
{
    uint8_t raw[SIGNATURE_RAW_BYTES];
    if (suite == SIGNATURE_SM2_SM3)
        return signature_raw_from_der(signature, raw) == OK;
    return signature.len == SIGNATURE_RAW_BYTES;
}

enum status signature_verify(const struct signature_public *public_key, const char *id, ProtobufCBinaryData message,
                             ProtobufCBinaryData signature)
{
    if (strlen(id) > SIGNATURE_ID_MAX || !well_formed(public_key->suite, signature))
        return UNVERIFIED;
    EVP_PKEY *pkey = signature_pkey(public_key, NULL);
    if (!pkey)
        return UNVERIFIED;
    EVP_MD_CTX *context = context_new(pkey, public_key->suite, id, true);
    bool holds = context && EVP_DigestVerify(context, signature.data, signature.len, message.data, message.len) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return holds ? OK : UNVERIFIED;
}
