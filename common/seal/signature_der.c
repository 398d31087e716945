/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature: the two forms of an SM2 signature, ASN.1 DER (GM/T 0009-2012) and r | s.
 */
#include "common/seal/must.h"
#include "common/seal/signature.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <string.h>

enum { HALF = SIGNATURE_RAW_BYTES / 2 };

static bool half_put(const BIGNUM *number, uint8_t bytes[HALF])
{
    return !BN_is_negative(number) && BN_bn2binpad(number, bytes, HALF) == HALF;
}

/* A decoder is lenient; what it understood, written again, must give the same bytes. */
static bool same_again(const ECDSA_SIG *pair, ProtobufCBinaryData der)
{
    uint8_t *again = NULL;
    int size = i2d_ECDSA_SIG(pair, &again);
    bool same = size >= 0 && (size_t)size == der.len && memcmp(again, der.data, der.len) == 0;
    OPENSSL_free(again);
    return same;
}

enum status signature_raw_from_der(ProtobufCBinaryData der, uint8_t raw[SIGNATURE_RAW_BYTES])
{
    const uint8_t *at = der.data;

    memset(raw, 0, SIGNATURE_RAW_BYTES);
    if (der.len == 0 || der.len > SIGNATURE_MAX)
        return INVALID;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)der.len);
    bool good = pair && same_again(pair, der) && half_put(ECDSA_SIG_get0_r(pair), raw) &&
                half_put(ECDSA_SIG_get0_s(pair), raw + HALF);
    ECDSA_SIG_free(pair);
    return good ? OK : INVALID;
}

void signature_der_from_raw(const uint8_t raw[SIGNATURE_RAW_BYTES], struct signature *signature)
{
    memset(signature, 0, sizeof *signature);
    uint8_t *end = signature->bytes;
    ECDSA_SIG *pair = must_have(ECDSA_SIG_new(), "make a signature");
    BIGNUM *r = must_have(BN_bin2bn(raw, HALF, NULL), "read a number");
    BIGNUM *s = must_have(BN_bin2bn(raw + HALF, HALF, NULL), "read a number");
    must(ECDSA_SIG_set0(pair, r, s), "set a signature");
    int size = i2d_ECDSA_SIG(pair, NULL);
    must(size > 0 && size <= SIGNATURE_MAX && i2d_ECDSA_SIG(pair, &end) == size, "write a signature");
    signature->size = (size_t)size;
    ECDSA_SIG_free(pair);
}
