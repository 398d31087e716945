/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature key: making, reading and checking raw keys of both suites.
 */
#include "common/seal/signature_key.h"

#include "common/seal/must.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

enum { ED25519_PUBLIC_BYTES = 32, SM2_PUBLIC_BYTES = 65, SM2_UNCOMPRESSED = 0x04 };

static const char SM2_GROUP[] = "SM2";

/* OpenSSL takes an SM2 secret as a number of parameters, together with its public point. */
static EVP_PKEY *sm2_pkey(const struct signature_public *public_key, const uint8_t *secret)
{
    EVP_PKEY *key = NULL;
    OSSL_PARAM_BLD *builder = must_have(OSSL_PARAM_BLD_new(), "make a parameter list");
    BIGNUM *number = secret ? must_have(BN_secure_new(), "make a number") : NULL;

    must(OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, SM2_GROUP, 0), "name the curve");
    must(OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, public_key->bytes, public_key->size),
         "give the point");
    if (secret) {
        must_have(BN_bin2bn(secret, SIGNATURE_SECRET_BYTES, number), "read the secret");
        must(OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, number), "give the secret");
    }
    OSSL_PARAM *params = must_have(OSSL_PARAM_BLD_to_param(builder), "end a parameter list");
    EVP_PKEY_CTX *context = must_have(EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL), "make an SM2 context");
    must(EVP_PKEY_fromdata_init(context), "begin an SM2 key");
    if (EVP_PKEY_fromdata(context, &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(params);
    BN_clear_free(number);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

EVP_PKEY *signature_pkey(const struct signature_public *public_key, const uint8_t *secret)
{
    if (public_key->suite == SIGNATURE_SM2_SM3)
        return sm2_pkey(public_key, secret);
    if (secret)
        return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, SIGNATURE_SECRET_BYTES);
    return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key->bytes, public_key->size);
}

static void ed25519_public(struct signature_key *key)
{
    EVP_PKEY *pkey =
        must_have(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, key->secret, sizeof key->secret), "read a key");
    key->public_key.size = ED25519_PUBLIC_BYTES;
    must(EVP_PKEY_get_raw_public_key(pkey, key->public_key.bytes, &key->public_key.size), "derive a public key");
    EVP_PKEY_free(pkey);
}

/* EVP has no call that derives the point from the number alone. GB/T 32918.1, 6.1: the secret is in 1 to n-2. */
static enum status sm2_public(struct signature_key *key)
{
    EC_GROUP *group = must_have(EC_GROUP_new_by_curve_name(NID_sm2), "have the SM2 curve");
    EC_POINT *point = must_have(EC_POINT_new(group), "make a point");
    BIGNUM *number = must_have(BN_secure_new(), "make a number");
    BIGNUM *above = must_have(BN_dup(EC_GROUP_get0_order(group)), "have the curve's order");

    must_have(BN_bin2bn(key->secret, sizeof key->secret, number), "read the secret");
    must(BN_sub_word(above, 1), "count down");
    bool inside = !BN_is_zero(number) && BN_cmp(number, above) < 0;
    if (inside) {
        must(EC_POINT_mul(group, point, number, NULL, NULL, NULL), "derive a public key");
        key->public_key.size = EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, key->public_key.bytes,
                                                  sizeof key->public_key.bytes, NULL);
    }
    BN_free(above);
    BN_clear_free(number);
    EC_POINT_free(point);
    EC_GROUP_free(group);
    return inside ? OK : INVALID;
}

enum status signature_key_read(enum signature_suite suite, ProtobufCBinaryData secret, struct signature_key *key)
{
    memset(key, 0, sizeof *key);
    if (secret.len != SIGNATURE_SECRET_BYTES || !signature_suite_name(suite))
        return INVALID;
    memcpy(key->secret, secret.data, SIGNATURE_SECRET_BYTES);
    key->public_key.suite = suite;
    if (suite == SIGNATURE_SM2_SM3)
        return sm2_public(key);
    ed25519_public(key);
    return OK;
}

/* SM2's secret is read back from a pair of OpenSSL's making. */
static void sm2_make(uint8_t secret[SIGNATURE_SECRET_BYTES])
{
    EVP_PKEY *pkey = must_have(EVP_PKEY_Q_keygen(NULL, NULL, "SM2"), "make an SM2 key");
    BIGNUM *number = NULL;
    must(EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_PRIV_KEY, &number), "read an SM2 key");
    must(BN_bn2binpad(number, secret, SIGNATURE_SECRET_BYTES) == SIGNATURE_SECRET_BYTES, "write an SM2 key");
    BN_clear_free(number);
    EVP_PKEY_free(pkey);
}

static void ed25519_make(uint8_t secret[SIGNATURE_SECRET_BYTES])
{
    size_t size = SIGNATURE_SECRET_BYTES;
    EVP_PKEY *pkey = must_have(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), "make an Ed25519 key");
    must(EVP_PKEY_get_raw_private_key(pkey, secret, &size), "read an Ed25519 key");
    EVP_PKEY_free(pkey);
}

enum status signature_key_make(enum signature_suite suite, struct signature_key *key)
{
    uint8_t secret[SIGNATURE_SECRET_BYTES];
    if (!signature_suite_name(suite))
        return INVALID;
    if (suite == SIGNATURE_SM2_SM3)
        sm2_make(secret);
    else
        ed25519_make(secret);
    enum status status = signature_key_read(suite, (ProtobufCBinaryData){sizeof secret, secret}, key);
    OPENSSL_cleanse(secret, sizeof secret);
    return status;
}

void signature_key_wipe(struct signature_key *key)
{
    OPENSSL_cleanse(key, sizeof *key);
}

enum status signature_public_read(enum signature_suite suite, ProtobufCBinaryData bytes,
                                  struct signature_public *public_key)
{
    memset(public_key, 0, sizeof *public_key);
    if (!signature_suite_name(suite))
        return INVALID;
    if (bytes.len != (suite == SIGNATURE_SM2_SM3 ? SM2_PUBLIC_BYTES : ED25519_PUBLIC_BYTES))
        return INVALID;
    if (suite == SIGNATURE_SM2_SM3 && bytes.data[0] != SM2_UNCOMPRESSED)
        return INVALID;
    public_key->suite = suite;
    public_key->size = bytes.len;
    memcpy(public_key->bytes, bytes.data, bytes.len);
    EVP_PKEY *pkey = signature_pkey(public_key, NULL);
    if (!pkey)
        return INVALID;
    EVP_PKEY_free(pkey);
    return OK;
}
