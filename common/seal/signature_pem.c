/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature PEM: through OpenSSL's own reader and writer.
 */
#include "common/seal/signature_pem.h"

#include "common/seal/must.h"
#include "common/seal/signature_key.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

const char *signature_pem(const struct signature_public *public_key, struct arena *arena)
{
    EVP_PKEY *key = must_have(signature_pkey(public_key, NULL), "read a key of this node");
    BIO *memory = must_have(BIO_new(BIO_s_mem()), "make a buffer");
    char *bytes;

    must(PEM_write_bio_PUBKEY(memory, key), "write a key");
    const size_t size = (size_t)BIO_get_mem_data(memory, &bytes);
    char *text = arena_take(arena, size + 1);
    memcpy(text, bytes, size);
    BIO_free(memory);
    EVP_PKEY_free(key);
    return text;
}

enum status signature_pem_read(ProtobufCBinaryData pem, const char *field, struct signature_public *public_key,
                               struct refusal *refusal)
{
    BIO *memory = must_have(BIO_new_mem_buf(pem.data, (int)pem.len), "make a buffer");
    EVP_PKEY *key = PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL);

    memset(public_key, 0, sizeof *public_key);
    public_key->suite = SIGNATURE_ED25519;
    public_key->size = sizeof public_key->bytes;
    const bool read = key && EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 &&
                      EVP_PKEY_get_raw_public_key(key, public_key->bytes, &public_key->size) == 1;
    EVP_PKEY_free(key);
    BIO_free(memory);
    if (read)
        return OK;
    return refuse(refusal, INVALID, field, N_("it is no Ed25519 public key in PEM"),
                  N_("take the file that the node's operator printed with `tiaojie-admin node key`"));
}

char *signature_fingerprint(const struct signature_public *public_key, char text[SIGNATURE_FINGERPRINT_TEXT])
{
    EVP_PKEY *key = must_have(signature_pkey(public_key, NULL), "read a public key");
    unsigned char *bytes = NULL;
    uint8_t result[HASH_BYTES];
    const int size = i2d_PUBKEY(key, &bytes);

    must(size > 0, "write a key");
    struct hash *hash = hash_new(HASH_SHA256);
    hash_update(hash, bytes, (size_t)size);
    hash_final(hash, result);
    hash_free(&hash);
    for (size_t i = 0; i < sizeof result; i++)
        snprintf(text + 2 * i, 3, "%02x", result[i]);
    OPENSSL_free(bytes);
    EVP_PKEY_free(key);
    return text;
}
