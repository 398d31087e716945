/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: one value of a field, what json_read, json_write and json_set share.
 *
 * Owns      how an enum is spelled, how a number fits, what a Sealed is.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/base/status.h"
#include "common/net/path.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whole numbers that every JSON reader keeps exactly. */
#define JSON_EXACT_MAX (INT64_C(1) << 53)

struct json_reading {
    struct arena *arena;
    struct refusal *refusal;
};

/* A value to be read: which field, where it stands, where it goes (a field, or an element of its array). */
struct json_place {
    const ProtobufCFieldDescriptor *field;
    const struct path *path;
    void *slot;
};

bool json_is_whole(ProtobufCType type);

/* True for a message named Sealed with bytes `plain` and `sealed`; its fields are then found by these names. */
bool json_is_sealed(const ProtobufCMessageDescriptor *descriptor);
ProtobufCBinaryData *json_bytes_of(const ProtobufCMessage *message, const char *name);

/* True when another field of the same oneof is set. A field outside of oneofs has no other. */
bool json_oneof_taken(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

/* Marks a field of a oneof as the one that is set; nothing for others. */
void json_oneof_set(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

/* The enum's value in JSON, in the arena. */
const char *json_enum_text(struct arena *arena, const ProtobufCEnumDescriptor *descriptor, const char *name);

/* The names of a message's fields, "a, b, c", for a remedy. */
const char *json_known_names(struct arena *arena, const ProtobufCMessageDescriptor *descriptor);

/* Arena memory for what is read; NULL and the refusal filled when the limit is passed. */
void *json_memory(struct json_reading *reading, const struct path *path, size_t size);
ProtobufCMessage *json_message_new(struct json_reading *reading, const struct path *path,
                                   const ProtobufCMessageDescriptor *descriptor);

/* Stores a whole number, given by sign and magnitude, if it fits into the field. */
enum status json_store_whole(struct json_reading *reading, const struct json_place *place, bool negative,
                             uint64_t magnitude) MUST_CHECK;

/* Stores a text into a field whose type a text can stand for: string, bytes, enum, whole number, Sealed. */
enum status json_store_text(struct json_reading *reading, const struct json_place *place, const char *text,
                            size_t size) MUST_CHECK;
