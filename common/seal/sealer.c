/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealer: AES-256-GCM through EVP.
 */
#include "common/seal/sealer.h"

#include "common/seal/must.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Random bytes are drawn for many nonces at once: drawn one by one they cost more than the encryption. */
enum { NONCES = 64 };

struct sealer {
    EVP_CIPHER *cipher;
    EVP_CIPHER_CTX *context;
    uint8_t nonces[NONCES][SEAL_NONCE_BYTES];
    size_t nonces_left;
    pid_t nonces_of; /* the process that drew them */
};

struct seal_key seal_key_make(void)
{
    struct seal_key key;
    must(RAND_priv_bytes(key.bytes, sizeof key.bytes), "make a random key");
    return key;
}

void seal_key_wipe(struct seal_key *key)
{
    OPENSSL_cleanse(key->bytes, sizeof key->bytes);
}

struct sealer *sealer_new(void)
{
    struct sealer *sealer = must_have(calloc(1, sizeof *sealer), "make a sealer");
    sealer->cipher = must_have(EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL), "fetch AES-256-GCM");
    sealer->context = must_have(EVP_CIPHER_CTX_new(), "make a cipher context");
    return sealer;
}

void sealer_free(struct sealer **sealer)
{
    if (!*sealer)
        return;
    EVP_CIPHER_CTX_free((*sealer)->context);
    EVP_CIPHER_free((*sealer)->cipher);
    free(*sealer);
    *sealer = NULL;
}

/* A nonce that was never used. A forked child would share those that are left, and under one key a nonce used twice
 * gives both texts away: it draws its own. */
static void nonce_take(struct sealer *sealer, uint8_t *nonce)
{
    pid_t self = getpid();
    if (sealer->nonces_left == 0 || sealer->nonces_of != self) {
        must(RAND_bytes(sealer->nonces[0], sizeof sealer->nonces), "make random nonces");
        sealer->nonces_left = NONCES;
        sealer->nonces_of = self;
    }
    memcpy(nonce, sealer->nonces[--sealer->nonces_left], SEAL_NONCE_BYTES);
}

/* Key, nonce and associated data for one message; `encrypt` 1 to seal, 0 to open. */
static void begin(struct sealer *sealer, const struct seal_key *key, const uint8_t *sealed,
                  ProtobufCBinaryData associated, int encrypt)
{
    int length;
    const uint8_t *nonce = sealed + 1;
    must(EVP_CipherInit_ex2(sealer->context, sealer->cipher, key->bytes, nonce, encrypt, NULL), "begin AES-256-GCM");
    must(EVP_CipherUpdate(sealer->context, NULL, &length, sealed, 1), "take the version byte");
    if (associated.len > 0)
        must(EVP_CipherUpdate(sealer->context, NULL, &length, associated.data, (int)associated.len),
             "take associated data");
}

enum status sealer_seal(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                        ProtobufCBinaryData associated, ProtobufCBinaryData plain, ProtobufCBinaryData *sealed)
{
    int length;

    *sealed = (ProtobufCBinaryData){0, NULL};
    if (plain.len > SEAL_PLAIN_MAX || associated.len > SEAL_PLAIN_MAX)
        return TOO_LARGE;
    uint8_t *out = arena_alloc(arena, plain.len + SEAL_OVERHEAD);
    if (!out)
        return TOO_LARGE;
    uint8_t *text = out + 1 + SEAL_NONCE_BYTES;
    out[0] = SEAL_VERSION;
    nonce_take(sealer, out + 1);
    begin(sealer, key, out, associated, 1);
    if (plain.len > 0)
        must(EVP_CipherUpdate(sealer->context, text, &length, plain.data, (int)plain.len), "encrypt");
    must(EVP_CipherFinal_ex(sealer->context, text + plain.len, &length), "end AES-256-GCM");
    must(EVP_CIPHER_CTX_ctrl(sealer->context, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG_BYTES, text + plain.len), "read the tag");
    *sealed = (ProtobufCBinaryData){plain.len + SEAL_OVERHEAD, out};
    return OK;
}

enum status sealer_open(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                        ProtobufCBinaryData associated, ProtobufCBinaryData sealed, ProtobufCBinaryData *plain)
{
    int length;

    *plain = (ProtobufCBinaryData){0, NULL};
    if (sealed.len > SEAL_PLAIN_MAX + SEAL_OVERHEAD || associated.len > SEAL_PLAIN_MAX)
        return TOO_LARGE;
    if (sealed.len < SEAL_OVERHEAD || sealed.data[0] != SEAL_VERSION)
        return UNVERIFIED;
    size_t size = sealed.len - SEAL_OVERHEAD;
    uint8_t *text = sealed.data + 1 + SEAL_NONCE_BYTES;
    uint8_t *out = arena_alloc(arena, size + 1);
    if (!out)
        return TOO_LARGE;
    begin(sealer, key, sealed.data, associated, 0);
    if (size > 0)
        must(EVP_CipherUpdate(sealer->context, out, &length, text, (int)size), "decrypt");
    must(EVP_CIPHER_CTX_ctrl(sealer->context, EVP_CTRL_AEAD_SET_TAG, SEAL_TAG_BYTES, text + size), "set the tag");
    if (EVP_CipherFinal_ex(sealer->context, out + size, &length) != 1) {
        OPENSSL_cleanse(out, size);
        return UNVERIFIED;
    }
    *plain = (ProtobufCBinaryData){size, out};
    return OK;
}
