/* SPDX-License-Identifier: Apache-2.0
 *
 * Params: the binary parameters of one statement, written straight into one growing buffer that is kept for the next
 * batch.
 *
 * Owns      the bytes. An array parameter is begun with its element count, then exactly so many elements are put.
 * Refuses   text format: nothing is quoted, escaped or parsed.
 */
#pragma once
#include "common/base/uuid.h"

#include <stddef.h>
#include <stdint.h>

enum { PARAMS_MAX = 128 };

/* The types of PostgreSQL that columns have, by the number of each in pg_type. */
enum pg_type {
    PG_BOOLEAN = 16,
    PG_BYTEA = 17,
    PG_BIGINT = 20,
    PG_SMALLINT = 21,
    PG_INTEGER = 23,
    PG_TEXT = 25,
    PG_DATE = 1082,
    PG_TIMESTAMPTZ = 1184,
    PG_UUID = 2950
};

/* 2000-01-01 as days and microseconds after 1970-01-01: where PostgreSQL begins to count. */
enum { PG_EPOCH_DAYS = 10957 };
#define PG_EPOCH_US (INT64_C(10957) * 86400 * 1000000)

/* Begins zeroed. */
struct params {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
    size_t starts[PARAMS_MAX];
    int count;
};

void params_clear(struct params *params);
void params_free(struct params *params);

/* One value as a parameter of its own. */
void params_int32(struct params *params, int32_t value);
void params_int64(struct params *params, int64_t value);
void params_timestamp(struct params *params, int64_t unix_us);
void params_text(struct params *params, const char *text);
void params_uuid(struct params *params, const struct uuid *uuid);

/* A one-dimensional array. */
void params_array(struct params *params, enum pg_type element, size_t count);

/* The next element of the array that was begun last. */
void params_put_null(struct params *params);
void params_put_int16(struct params *params, int16_t value);
void params_put_int32(struct params *params, int32_t value);
void params_put_int64(struct params *params, int64_t value);
void params_put_timestamp(struct params *params, int64_t unix_us);
void params_put_boolean(struct params *params, int value);
void params_put_bytes(struct params *params, const void *bytes, size_t size);
void params_put_text(struct params *params, const char *text);
void params_put_uuid(struct params *params, const struct uuid *uuid);

/* Big-endian numbers of a binary result. */
int16_t binary_int16(const void *bytes);
int32_t binary_int32(const void *bytes);
int64_t binary_int64(const void *bytes);
