/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: writing. Keys stand in the order of the field numbers.
 *
 * A value that cannot be written is NULL, which jansson's *_new functions pass on as a failure.
 */
#include "common/net/base64.h"
#include "common/net/json.h"
#include "common/net/json_value.h"
#include "common/net/scan.h"
#include "common/net/utf8.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 2 };

struct writing {
    struct arena *arena;
    bool readable;
};

static json_t *write_message(const struct writing *writing, const ProtobufCMessage *message);

static json_t *write_whole(const struct writing *writing, ProtobufCType type, const void *slot)
{
    int64_t number;
    switch (type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return json_integer(*(const int32_t *)slot);
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return json_integer(*(const uint32_t *)slot);
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        if (*(const uint64_t *)slot > JSON_EXACT_MAX)
            return json_string(text_print(writing->arena, "%llu", (unsigned long long)*(const uint64_t *)slot));
        return json_integer((json_int_t) * (const uint64_t *)slot);
    default:
        number = *(const int64_t *)slot;
        if (number > JSON_EXACT_MAX || number < -JSON_EXACT_MAX)
            return json_string(text_print(writing->arena, "%lld", (long long)number));
        return json_integer(number);
    }
}

/* A number without a name comes from a newer contract: it is shown as the number. */
static json_t *write_enum(const struct writing *writing, const ProtobufCEnumDescriptor *descriptor, int number)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(descriptor, number);
    return value ? json_string(json_enum_text(writing->arena, descriptor, value->name)) : json_integer(number);
}

static json_t *write_bytes(const struct writing *writing, const ProtobufCBinaryData *bytes)
{
    char *text = arena_take(writing->arena, base64_text_size(bytes->len) + 1);
    base64_encode(bytes->data, bytes->len, text);
    return json_string(text);
}

/* True for a Sealed that holds nothing but plain text: no bytes in any form but `plain`. */
static bool is_plain_text(const ProtobufCMessage *message)
{
    const ProtobufCBinaryData *plain = json_bytes_of(message, "plain");
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const void *slot = (const char *)message + field->offset;
        if (field->type == PROTOBUF_C_TYPE_BYTES && slot != plain && ((const ProtobufCBinaryData *)slot)->len > 0)
            return false;
    }
    return utf8_is_text(plain->data, plain->len);
}

static json_t *write_submessage(const struct writing *writing, const ProtobufCMessage *message)
{
    if (!json_is_sealed(message->descriptor) || !is_plain_text(message))
        return write_message(writing, message);
    const ProtobufCBinaryData *plain = json_bytes_of(message, "plain");
    return json_stringn(plain->len ? (const char *)plain->data : "", plain->len);
}

static json_t *write_value(const struct writing *writing, const ProtobufCFieldDescriptor *field, const void *slot)
{
    const char *text;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        text = *(char *const *)slot;
        return json_string(text ? text : "");
    case PROTOBUF_C_TYPE_BYTES:
        return write_bytes(writing, slot);
    case PROTOBUF_C_TYPE_BOOL:
        return json_boolean(*(const protobuf_c_boolean *)slot);
    case PROTOBUF_C_TYPE_ENUM:
        return write_enum(writing, field->descriptor, *(const int *)slot);
    case PROTOBUF_C_TYPE_MESSAGE:
        return write_submessage(writing, *(ProtobufCMessage *const *)slot);
    default:
        assert(json_is_whole(field->type));
        return write_whole(writing, field->type, slot);
    }
}

static json_t *write_repeated(const struct writing *writing, const ProtobufCFieldDescriptor *field,
                              const char *elements, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; array && i < count; i++) {
        if (json_array_append_new(array, write_value(writing, field, elements + i * scan_element_size(field->type))) !=
            0) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

static bool is_default(const ProtobufCFieldDescriptor *field, const void *slot)
{
    static const uint64_t ZERO;
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return !*(char *const *)slot || !**(char *const *)slot;
    if (field->type == PROTOBUF_C_TYPE_BYTES)
        return ((const ProtobufCBinaryData *)slot)->len == 0;
    return memcmp(slot, &ZERO, scan_element_size(field->type)) == 0;
}

static bool is_written(const struct writing *writing, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
    const char *base = (const char *)message;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        return *(const uint32_t *)(const void *)(base + field->quantifier_offset) == field->id;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return writing->readable || *(const size_t *)(const void *)(base + field->quantifier_offset) > 0;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return *(ProtobufCMessage *const *)(const void *)(base + field->offset);
    return writing->readable || !is_default(field, base + field->offset);
}

static json_t *write_field(const struct writing *writing, const ProtobufCMessage *message,
                           const ProtobufCFieldDescriptor *field)
{
    const char *slot = (const char *)message + field->offset;
    if (field->label != PROTOBUF_C_LABEL_REPEATED)
        return write_value(writing, field, slot);
    const size_t *count = (const void *)((const char *)message + field->quantifier_offset);
    return write_repeated(writing, field, *(char *const *)(const void *)slot, *count);
}

static json_t *write_message(const struct writing *writing, const ProtobufCMessage *message)
{
    json_t *object = json_object();
    for (unsigned i = 0; object && i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (!is_written(writing, message, field))
            continue;
        if (json_object_set_new(object, field->name, write_field(writing, message, field)) != 0) {
            json_decref(object);
            object = NULL;
        }
    }
    return object;
}

enum status json_write(const ProtobufCMessage *message, bool readable, struct arena *arena, const char **text)
{
    struct writing writing = {arena, readable};
    json_t *json = write_message(&writing, message);
    if (!json)
        return BROKEN;
    char *dump = json_dumps(json, readable ? JSON_INDENT(INDENT) : JSON_COMPACT);
    json_decref(json);
    if (!dump)
        return BROKEN;
    *text = arena_text(arena, dump);
    free(dump);
    return OK;
}
