/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: values.
 */
#include "common/net/json_value.h"

#include "common/net/base64.h"
#include "common/net/utf8.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

bool json_is_whole(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_BOOL:
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE:
        return false;
    default:
        assert(type != PROTOBUF_C_TYPE_FLOAT && type != PROTOBUF_C_TYPE_DOUBLE);
        return true;
    }
}

static const ProtobufCFieldDescriptor *bytes_field(const ProtobufCMessageDescriptor *descriptor, const char *name)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(descriptor, name);
    return field && field->type == PROTOBUF_C_TYPE_BYTES && field->label != PROTOBUF_C_LABEL_REPEATED ? field : NULL;
}

bool json_is_sealed(const ProtobufCMessageDescriptor *descriptor)
{
    return strcmp(descriptor->short_name, "Sealed") == 0 && bytes_field(descriptor, "plain") &&
           bytes_field(descriptor, "sealed");
}

ProtobufCBinaryData *json_bytes_of(const ProtobufCMessage *message, const char *name)
{
    const ProtobufCFieldDescriptor *field = bytes_field(message->descriptor, name);
    assert(field);
    return (ProtobufCBinaryData *)((char *)message + field->offset);
}

static uint32_t *oneof_case(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (uint32_t *)((char *)message + field->quantifier_offset);
}

bool json_oneof_taken(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return false;
    uint32_t set = *oneof_case(message, field);
    return set != 0 && set != field->id;
}

void json_oneof_set(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *oneof_case(message, field) = field->id;
}

/* Length of the prefix that repeats the type's name: "CASE_STATE_" in a value of CaseState; 0 where it is not repeated.
 */
static size_t enum_prefix(const ProtobufCEnumDescriptor *descriptor, const char *name)
{
    size_t size = 0;
    for (const char *type = descriptor->short_name; *type; type++) {
        bool word_begins = isupper((unsigned char)*type) && type != descriptor->short_name;
        if (word_begins && name[size] == '_')
            size++;
        if (name[size] != toupper((unsigned char)*type))
            return 0;
        size++;
    }
    return name[size] == '_' && name[size + 1] ? size + 1 : 0;
}

const char *json_enum_text(struct arena *arena, const ProtobufCEnumDescriptor *descriptor, const char *name)
{
    char *text = arena_text(arena, name + enum_prefix(descriptor, name));
    for (char *at = text; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return text;
}

/* "a, b, c", one name longer. */
static const char *name_added(struct arena *arena, const char *names, const char *name)
{
    return text_print(arena, "%s%s%s", names, *names ? ", " : "", name);
}

const char *json_known_names(struct arena *arena, const ProtobufCMessageDescriptor *descriptor)
{
    const char *names = "";
    for (unsigned i = 0; i < descriptor->n_fields; i++)
        names = name_added(arena, names, descriptor->fields[i].name);
    return names;
}

void *json_memory(struct json_reading *reading, const struct path *path, size_t size)
{
    void *memory = arena_alloc(reading->arena, size);
    if (!memory)
        (void)refuse(reading->refusal, TOO_LARGE, path_text(reading->arena, path),
                     N_("the message takes more memory than is allowed"), N_("send less at a time"));
    return memory;
}

ProtobufCMessage *json_message_new(struct json_reading *reading, const struct path *path,
                                   const ProtobufCMessageDescriptor *descriptor)
{
    ProtobufCMessage *message = json_memory(reading, path, descriptor->sizeof_message);
    if (message)
        protobuf_c_message_init(descriptor, message);
    return message;
}

/* The greatest magnitude of a type's negative and positive numbers, and its bytes in the message. */
struct range {
    uint64_t negative;
    uint64_t positive;
    size_t size;
};

static struct range range_of(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return (struct range){UINT64_C(1) << 31, INT32_MAX, sizeof(int32_t)};
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return (struct range){0, UINT32_MAX, sizeof(uint32_t)};
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return (struct range){0, UINT64_MAX, sizeof(uint64_t)};
    default:
        return (struct range){UINT64_C(1) << 63, INT64_MAX, sizeof(int64_t)};
    }
}

static const char *number_text(struct arena *arena, bool negative, uint64_t magnitude)
{
    return text_print(arena, "%s%llu", negative ? "-" : "", (unsigned long long)magnitude);
}

enum status json_store_whole(struct json_reading *reading, const struct json_place *place, bool negative,
                             uint64_t magnitude)
{
    struct range range = range_of(place->field->type);
    if (magnitude > (negative ? range.negative : range.positive))
        return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                           N_("%1 is outside of %2 to %3"), N_("give a number in this range"),
                           number_text(reading->arena, negative, magnitude),
                           number_text(reading->arena, range.negative > 0, range.negative),
                           number_text(reading->arena, false, range.positive));
    uint64_t bits = negative ? 0 - magnitude : magnitude;
    uint32_t low = (uint32_t)bits;
    memcpy(place->slot, range.size == sizeof low ? (void *)&low : (void *)&bits, range.size);
    return OK;
}

static enum status store_number(struct json_reading *reading, const struct json_place *place, const char *text,
                                size_t size)
{
    bool negative = size > 0 && text[0] == '-';
    uint64_t magnitude = 0;
    size_t digits = 0;

    for (size_t i = negative; i < size && isdigit((unsigned char)text[i]); i++, digits++)
        if (__builtin_mul_overflow(magnitude, 10, &magnitude) ||
            __builtin_add_overflow(magnitude, (uint64_t)(text[i] - '0'), &magnitude))
            return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                               N_("%1 does not fit into 64 bits"), N_("give a smaller number"),
                               path_excerpt(reading->arena, text));
    if (digits == 0 || digits + negative != size)
        return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                           N_("\"%1\" is not a whole number"), N_("write digits only, with - before a negative number"),
                           path_excerpt(reading->arena, text));
    return json_store_whole(reading, place, negative, magnitude);
}

static enum status store_enum(struct json_reading *reading, const struct json_place *place, const char *text)
{
    const ProtobufCEnumDescriptor *descriptor = place->field->descriptor;
    const char *names = "";

    for (unsigned i = 0; i < descriptor->n_values; i++) {
        const ProtobufCEnumValue *value = &descriptor->values[i];
        const char *name = json_enum_text(reading->arena, descriptor, value->name);
        if (strcmp(name, text) == 0 || strcmp(value->name, text) == 0) {
            memcpy(place->slot, &value->value, sizeof value->value);
            return OK;
        }
        names = name_added(reading->arena, names, name);
    }
    return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                       N_("\"%1\" is not one of its names"), N_("give one of: %2"), path_excerpt(reading->arena, text),
                       names);
}

static enum status store_bytes(struct json_reading *reading, const struct json_place *place, const char *text,
                               size_t size)
{
    ProtobufCBinaryData *bytes = place->slot;
    if (size == 0)
        return OK;
    bytes->data = json_memory(reading, place->path, size / 4 * 3 + 1);
    if (!bytes->data)
        return reading->refusal->status;
    if (!base64_decode(text, size, bytes->data, &bytes->len))
        return refuse(reading->refusal, INVALID, path_text(reading->arena, place->path), N_("this is not base64"),
                      N_("encode the bytes as base64 with padding, without spaces"));
    return OK;
}

static enum status store_string(struct json_reading *reading, const struct json_place *place, const char *text,
                                size_t size)
{
    char *copy = json_memory(reading, place->path, size + 1);
    if (!copy)
        return reading->refusal->status;
    memcpy(copy, text, size);
    *(char **)place->slot = copy;
    return OK;
}

static enum status store_sealed(struct json_reading *reading, const struct json_place *place, const char *text,
                                size_t size)
{
    ProtobufCMessage *sealed = json_message_new(reading, place->path, place->field->descriptor);
    uint8_t *copy = sealed ? json_memory(reading, place->path, size + 1) : NULL;
    if (!copy)
        return reading->refusal->status;
    memcpy(copy, text, size);
    if (size > 0)
        *json_bytes_of(sealed, "plain") = (ProtobufCBinaryData){.len = size, .data = copy};
    *(ProtobufCMessage **)place->slot = sealed;
    return OK;
}

enum status json_store_text(struct json_reading *reading, const struct json_place *place, const char *text, size_t size)
{
    if (!utf8_is_text(text, size))
        return refuse(reading->refusal, INVALID, path_text(reading->arena, place->path),
                      N_("the text is not valid UTF-8 or contains U+0000"), N_("give the text as UTF-8"));
    switch (place->field->type) {
    case PROTOBUF_C_TYPE_STRING:
        return store_string(reading, place, text, size);
    case PROTOBUF_C_TYPE_BYTES:
        return store_bytes(reading, place, text, size);
    case PROTOBUF_C_TYPE_ENUM:
        return store_enum(reading, place, text);
    case PROTOBUF_C_TYPE_MESSAGE:
        assert(json_is_sealed(place->field->descriptor));
        return store_sealed(reading, place, text, size);
    default:
        assert(json_is_whole(place->field->type));
        return store_number(reading, place, text, size);
    }
}
