/* SPDX-License-Identifier: Apache-2.0
 *
 * Keyed: EVP_MAC with its key set once.
 */
#include "common/seal/keyed.h"

#include "common/seal/must.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct keyed {
    EVP_MAC *mac;
    EVP_MAC_CTX *context;
};

struct keyed *keyed_new(const struct seal_key *key)
{
    char sha256[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
                                 OSSL_PARAM_construct_end()};
    struct keyed *keyed = must_have(calloc(1, sizeof *keyed), "make a keyed hash");
    keyed->mac = must_have(EVP_MAC_fetch(NULL, "HMAC", NULL), "fetch HMAC");
    keyed->context = must_have(EVP_MAC_CTX_new(keyed->mac), "make an HMAC context");
    must(EVP_MAC_init(keyed->context, key->bytes, sizeof key->bytes, params), "set the HMAC key");
    return keyed;
}

void keyed_free(struct keyed **keyed)
{
    if (!*keyed)
        return;
    EVP_MAC_CTX_free((*keyed)->context);
    EVP_MAC_free((*keyed)->mac);
    free(*keyed);
    *keyed = NULL;
}

/* Without a key, EVP_MAC_init begins anew with the one that was set. */
static void begin(struct keyed *keyed)
{
    must(EVP_MAC_init(keyed->context, NULL, 0, NULL), "begin HMAC");
}

static void take(struct keyed *keyed, const void *bytes, size_t size)
{
    if (size > 0)
        must(EVP_MAC_update(keyed->context, bytes, size), "take bytes for HMAC");
}

static void end(struct keyed *keyed, uint8_t result[KEYED_BYTES])
{
    size_t size = 0;
    must(EVP_MAC_final(keyed->context, result, &size, KEYED_BYTES), "end HMAC");
}

void keyed_search(struct keyed *keyed, const char *kind, ProtobufCBinaryData value, uint8_t result[KEYED_BYTES])
{
    begin(keyed);
    take(keyed, kind, strlen(kind) + 1);
    take(keyed, value.data, value.len);
    end(keyed, result);
}

void keyed_digest(struct keyed *keyed, ProtobufCBinaryData body, uint8_t result[KEYED_BYTES])
{
    begin(keyed);
    take(keyed, body.data, body.len);
    end(keyed, result);
}
