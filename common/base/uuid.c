/* SPDX-License-Identifier: Apache-2.0
 *
 * UUID version 7: bits and text.
 */
#include "common/base/uuid.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdbool.h>
#include <string.h>

enum { TIME_BYTES = 6, VERSION_BYTE = 6, VARIANT_BYTE = 8, TEXT_LENGTH = UUID_TEXT - 1 };

struct uuid uuid_make(int64_t unix_ms, const uint8_t random[UUID_RANDOM_BYTES])
{
    struct uuid uuid;
    for (int i = 0; i < TIME_BYTES; i++)
        uuid.bytes[i] = (uint8_t)((uint64_t)unix_ms >> (40 - 8 * i));
    memcpy(uuid.bytes + TIME_BYTES, random, UUID_RANDOM_BYTES);
    uuid.bytes[VERSION_BYTE] = (uint8_t)(0x70 | (uuid.bytes[VERSION_BYTE] & 0x0f));
    uuid.bytes[VARIANT_BYTE] = (uint8_t)(0x80 | (uuid.bytes[VARIANT_BYTE] & 0x3f));
    return uuid;
}

struct uuid uuid_new(int64_t unix_ms)
{
    uint8_t random[UUID_RANDOM_BYTES];
    int made = RAND_bytes(random, sizeof random);
    assert(made == 1);
    return uuid_make(unix_ms, random);
}

struct uuid uuid_derive(const void *parent, size_t size, uint64_t ordinal, int64_t unix_ms)
{
    uint8_t number[8], hash[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    for (int i = 0; i < 8; i++)
        number[i] = (uint8_t)(ordinal >> (56 - 8 * i));
    bool hashed = context && EVP_DigestInit_ex2(context, EVP_sha256(), NULL) == 1 &&
                  EVP_DigestUpdate(context, parent, size) == 1 &&
                  EVP_DigestUpdate(context, number, sizeof number) == 1 && EVP_DigestFinal_ex(context, hash, NULL) == 1;
    assert(hashed);
    EVP_MD_CTX_free(context);
    return uuid_make(unix_ms, hash);
}

static bool is_dash(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

/* Value of a hex digit, 16 for any other character. */
static unsigned digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return 16;
}

enum status uuid_parse(const char *text, struct uuid *uuid)
{
    size_t nibble = 0;

    memset(uuid, 0, sizeof *uuid);
    if (strnlen(text, UUID_TEXT) != TEXT_LENGTH)
        return INVALID;
    for (size_t i = 0; i < TEXT_LENGTH; i++) {
        unsigned value = digit(text[i]);
        if (is_dash(i) ? text[i] != '-' : value > 15)
            return INVALID;
        if (is_dash(i))
            continue;
        uuid->bytes[nibble / 2] = (uint8_t)((unsigned)uuid->bytes[nibble / 2] << 4 | value);
        nibble++;
    }
    return OK;
}

void uuid_print(const struct uuid *uuid, char text[UUID_TEXT])
{
    static const char DIGITS[] = "0123456789abcdef";
    size_t nibble = 0;
    for (size_t i = 0; i < TEXT_LENGTH; i++) {
        if (is_dash(i)) {
            text[i] = '-';
            continue;
        }
        unsigned byte = uuid->bytes[nibble / 2];
        text[i] = DIGITS[nibble % 2 ? byte & 15 : byte >> 4];
        nibble++;
    }
    text[TEXT_LENGTH] = '\0';
}

int64_t uuid_time(const struct uuid *uuid)
{
    int64_t time = 0;
    if (uuid->bytes[VERSION_BYTE] >> 4 != 7 || uuid->bytes[VARIANT_BYTE] >> 6 != 2)
        return -1;
    for (int i = 0; i < TIME_BYTES; i++)
        time = time << 8 | uuid->bytes[i];
    return time;
}
