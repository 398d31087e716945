/* SPDX-License-Identifier: Apache-2.0
 *
 * Params: PostgreSQL's binary format for scalars and one-dimensional arrays.
 */
#include "common/store/params.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4096 };

void params_clear(struct params *params)
{
    params->size = 0;
    params->count = 0;
}

void params_free(struct params *params)
{
    free(params->bytes);
    *params = (struct params){0};
}

static uint8_t *reserve(struct params *params, size_t size)
{
    if (params->capacity - params->size < size) {
        size_t capacity = params->capacity ? params->capacity : FIRST_CAPACITY;
        while (capacity - params->size < size)
            capacity *= 2;
        params->bytes = realloc(params->bytes, capacity);
        if (!params->bytes) {
            fputs("out of memory\n", stderr);
            abort();
        }
        params->capacity = capacity;
    }
    uint8_t *bytes = params->bytes + params->size;
    params->size += size;
    return bytes;
}

static void put16(struct params *params, uint16_t value)
{
    uint16_t big = htobe16(value);
    memcpy(reserve(params, sizeof big), &big, sizeof big);
}

static void put32(struct params *params, uint32_t value)
{
    uint32_t big = htobe32(value);
    memcpy(reserve(params, sizeof big), &big, sizeof big);
}

static void put64(struct params *params, uint64_t value)
{
    uint64_t big = htobe64(value);
    memcpy(reserve(params, sizeof big), &big, sizeof big);
}

static void begin(struct params *params)
{
    assert(params->count < PARAMS_MAX);
    params->starts[params->count++] = params->size;
}

void params_int32(struct params *params, int32_t value)
{
    begin(params);
    put32(params, (uint32_t)value);
}

void params_int64(struct params *params, int64_t value)
{
    begin(params);
    put64(params, (uint64_t)value);
}

void params_timestamp(struct params *params, int64_t unix_us)
{
    params_int64(params, unix_us - PG_EPOCH_US);
}

void params_text(struct params *params, const char *text)
{
    begin(params);
    size_t size = strlen(text);
    memcpy(reserve(params, size), text, size);
}

void params_uuid(struct params *params, const struct uuid *uuid)
{
    begin(params);
    memcpy(reserve(params, sizeof uuid->bytes), uuid->bytes, sizeof uuid->bytes);
}

void params_array(struct params *params, enum pg_type element, size_t count)
{
    begin(params);
    put32(params, count > 0 ? 1 : 0); /* dimensions */
    put32(params, 1);                 /* there may be nulls */
    put32(params, element);
    if (count > 0) {
        put32(params, (uint32_t)count);
        put32(params, 1); /* lower bound */
    }
}

void params_put_null(struct params *params)
{
    put32(params, UINT32_MAX);
}

void params_put_int16(struct params *params, int16_t value)
{
    put32(params, sizeof value);
    put16(params, (uint16_t)value);
}

void params_put_int32(struct params *params, int32_t value)
{
    put32(params, sizeof value);
    put32(params, (uint32_t)value);
}

void params_put_int64(struct params *params, int64_t value)
{
    put32(params, sizeof value);
    put64(params, (uint64_t)value);
}

void params_put_timestamp(struct params *params, int64_t unix_us)
{
    /* Unsigned, so that a time out of PostgreSQL's range wraps and is refused there instead of being undefined here. */
    params_put_int64(params, (int64_t)((uint64_t)unix_us - (uint64_t)PG_EPOCH_US));
}

void params_put_boolean(struct params *params, int value)
{
    uint8_t byte = value ? 1 : 0;
    params_put_bytes(params, &byte, 1);
}

void params_put_bytes(struct params *params, const void *bytes, size_t size)
{
    assert(size < INT32_MAX);
    put32(params, (uint32_t)size);
    if (size > 0)
        memcpy(reserve(params, size), bytes, size);
}

void params_put_text(struct params *params, const char *text)
{
    params_put_bytes(params, text, strlen(text));
}

void params_put_uuid(struct params *params, const struct uuid *uuid)
{
    params_put_bytes(params, uuid->bytes, sizeof uuid->bytes);
}

int16_t binary_int16(const void *bytes)
{
    uint16_t big;
    memcpy(&big, bytes, sizeof big);
    return (int16_t)be16toh(big);
}

int32_t binary_int32(const void *bytes)
{
    uint32_t big;
    memcpy(&big, bytes, sizeof big);
    return (int32_t)be32toh(big);
}

int64_t binary_int64(const void *bytes)
{
    uint64_t big;
    memcpy(&big, bytes, sizeof big);
    return (int64_t)be64toh(big);
}
