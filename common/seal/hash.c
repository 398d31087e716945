/* SPDX-License-Identifier: Apache-2.0
 *
 * Hash: EVP digests.
 */
#include "common/seal/hash.h"

#include "common/seal/must.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct hash {
    EVP_MD *digest;
    EVP_MD_CTX *context;
};

static void begin(struct hash *hash)
{
    must(EVP_DigestInit_ex2(hash->context, hash->digest, NULL), "begin a hash");
}

struct hash *hash_new(enum hash_kind kind)
{
    struct hash *hash = must_have(calloc(1, sizeof *hash), "make a hash");
    hash->digest = must_have(EVP_MD_fetch(NULL, kind == HASH_SM3 ? "SM3" : "SHA256", NULL), "fetch a hash");
    hash->context = must_have(EVP_MD_CTX_new(), "make a hash context");
    begin(hash);
    return hash;
}

void hash_free(struct hash **hash)
{
    if (!*hash)
        return;
    EVP_MD_CTX_free((*hash)->context);
    EVP_MD_free((*hash)->digest);
    free(*hash);
    *hash = NULL;
}

void hash_update(struct hash *hash, const void *bytes, size_t size)
{
    must(EVP_DigestUpdate(hash->context, bytes, size), "hash");
}

void hash_number(struct hash *hash, uint64_t number)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(number >> (56 - 8 * i));
    hash_update(hash, bytes, sizeof bytes);
}

void hash_final(struct hash *hash, uint8_t result[HASH_BYTES])
{
    must(EVP_DigestFinal_ex(hash->context, result, NULL), "end a hash");
    begin(hash);
}
