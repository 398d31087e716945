/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: reading. jansson parses, the descriptor decides.
 */
#include "common/net/json.h"
#include "common/net/json_value.h"
#include "common/net/scan.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

static enum status read_message(struct json_reading *reading, const ProtobufCMessageDescriptor *descriptor,
                                const json_t *json, const struct path *path, ProtobufCMessage **message);

static const char *type_name(const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return "{...}";
    case JSON_ARRAY:
        return "[...]";
    case JSON_STRING:
        return "\"...\"";
    case JSON_INTEGER:
        return "123";
    case JSON_REAL:
        return "1.5";
    case JSON_NULL:
        return "null";
    default:
        return "true";
    }
}

/* The found and the expected type are shown as JSON, which needs no translation. */
static enum status refuse_type(struct json_reading *reading, const struct path *path, const json_t *found,
                               const char *expected)
{
    if (json_is_null(found))
        return refuse(reading->refusal, INVALID, path_text(reading->arena, path), N_("null is no value"),
                      N_("leave the key out where there is no value"));
    return refuse_with(reading->refusal, INVALID, path_text(reading->arena, path),
                       N_("a value like %1 stands here, one like %2 is expected"), N_("write a value like %2"),
                       type_name(found), expected);
}

static enum status read_whole(struct json_reading *reading, const struct json_place *place, const json_t *json)
{
    if (json_is_real(json))
        return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                           N_("%1 is a real number and a whole number is expected"),
                           N_("write digits only, without a point or an exponent"),
                           text_print(reading->arena, "%.17g", json_real_value(json)));
    if (!json_is_integer(json))
        return refuse_type(reading, place->path, json, "123");
    json_int_t value = json_integer_value(json);
    if (value > JSON_EXACT_MAX || value < -JSON_EXACT_MAX)
        return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                           N_("%1 is beyond 2^53, where JSON numbers lose digits"), N_("write it as a string: \"%1\""),
                           text_print(reading->arena, "%lld", (long long)value));
    return json_store_whole(reading, place, value < 0, (uint64_t)(value < 0 ? -value : value));
}

static enum status read_bool(struct json_reading *reading, const struct json_place *place, const json_t *json)
{
    if (!json_is_boolean(json))
        return refuse_type(reading, place->path, json, "true");
    *(protobuf_c_boolean *)place->slot = json_is_true(json);
    return OK;
}

static bool takes_text(const ProtobufCFieldDescriptor *field)
{
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return json_is_sealed(field->descriptor);
    return field->type != PROTOBUF_C_TYPE_BOOL;
}

static enum status read_value(struct json_reading *reading, const struct json_place *place, const json_t *json)
{
    if (json_is_string(json) && takes_text(place->field))
        return json_store_text(reading, place, json_string_value(json), json_string_length(json));
    switch (place->field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return read_bool(reading, place, json);
    case PROTOBUF_C_TYPE_MESSAGE:
        if (takes_text(place->field) && !json_is_object(json))
            return refuse_type(reading, place->path, json, "\"...\"");
        return read_message(reading, place->field->descriptor, json, place->path, place->slot);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_ENUM:
        return refuse_type(reading, place->path, json, "\"...\"");
    default:
        assert(json_is_whole(place->field->type));
        return read_whole(reading, place, json);
    }
}

static enum status read_repeated(struct json_reading *reading, const ProtobufCFieldDescriptor *field,
                                 const json_t *json, const struct path *parent, ProtobufCMessage *message)
{
    struct path path = {parent, field->name, PATH_NO_INDEX};
    if (!json_is_array(json))
        return refuse_type(reading, &path, json, "[...]");
    size_t count = json_array_size(json);
    size_t size = scan_element_size(field->type);
    if (count == 0)
        return OK;
    char *elements = json_memory(reading, &path, count * size); /* fewer than JSON_TEXT_MAX elements: no overflow */
    if (!elements)
        return reading->refusal->status;
    for (path.index = 0; path.index < count; path.index++) {
        struct json_place place = {field, &path, elements + path.index * size};
        enum status status = read_value(reading, &place, json_array_get(json, path.index));
        if (status != OK)
            return status;
    }
    *(void **)((char *)message + field->offset) = elements;
    *(size_t *)((char *)message + field->quantifier_offset) = count;
    return OK;
}

static enum status read_single(struct json_reading *reading, const ProtobufCFieldDescriptor *field, const json_t *json,
                               const struct path *parent, ProtobufCMessage *message)
{
    struct path path = {parent, field->name, PATH_NO_INDEX};
    if (json_oneof_taken(message, field))
        return refuse(reading->refusal, INVALID, path_text(reading->arena, &path),
                      N_("another key that excludes this one is given too"), N_("give one of them"));
    json_oneof_set(message, field);
    struct json_place place = {field, &path, (char *)message + field->offset};
    return read_value(reading, &place, json);
}

static enum status read_key(struct json_reading *reading, const char *key, const json_t *json,
                            const struct path *parent, ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(message->descriptor, key);
    if (!field) {
        struct path path = {parent, path_excerpt(reading->arena, key), PATH_NO_INDEX};
        return refuse_with(reading->refusal, INVALID, path_text(reading->arena, &path),
                           N_("there is no key \"%1\" here"), N_("known keys: %2"), path.name,
                           json_known_names(reading->arena, message->descriptor));
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return read_repeated(reading, field, json, parent, message);
    return read_single(reading, field, json, parent, message);
}

/* The recursion ends: a contract does not contain itself (scan_descriptor_fault), and unknown keys are refused. */
static enum status read_message(struct json_reading *reading, const ProtobufCMessageDescriptor *descriptor,
                                const json_t *json, const struct path *path, ProtobufCMessage **message)
{
    if (!json_is_object(json))
        return refuse_type(reading, path, json, "{...}");
    *message = json_message_new(reading, path, descriptor);
    if (!*message)
        return reading->refusal->status;

    const char *key;
    json_t *value;
    json_object_foreach((json_t *)json, key, value)
    {
        enum status status = read_key(reading, key, value, path, *message);
        if (status != OK)
            return status;
    }
    return OK;
}

/* jansson says what it met; where it says it by itself, in English, is left to the value. */
static enum status refuse_syntax(struct json_reading *reading, const json_error_t *error)
{
    const char *line = text_print(reading->arena, "%d", error->line);
    const char *column = text_print(reading->arena, "%d", error->column);
    const char *met = arena_text(reading->arena, error->text);

    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return refuse_with(reading->refusal, INVALID, "message", N_("a key is given twice (line %1, column %2): %3"),
                           N_("give each key once"), line, column, met);
    case json_error_numeric_overflow:
        return refuse_with(reading->refusal, INVALID, "message", N_("a number is too big (line %1, column %2)"),
                           N_("write numbers beyond 2^53 as strings"), line, column);
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return refuse_with(reading->refusal, INVALID, "message", N_("a text contains U+0000 (line %1, column %2)"),
                           N_("remove the zero character"), line, column);
    default:
        return refuse_with(reading->refusal, INVALID, "message", N_("this is not JSON (line %1, column %2): %3"),
                           N_("correct the text there"), line, column, met);
    }
}

enum status json_read(const ProtobufCMessageDescriptor *descriptor, const char *text, size_t size, struct arena *arena,
                      ProtobufCMessage **message, struct refusal *refusal)
{
    struct json_reading reading = {arena, refusal};
    *message = NULL;
    if (size > JSON_TEXT_MAX)
        return refuse_with(refusal, TOO_LARGE, "message", N_("the text is longer than %1 bytes"),
                           N_("send less at a time"), text_print(arena, "%d", JSON_TEXT_MAX));

    assert(scan_descriptor_depth(descriptor) > 0);
    json_error_t error;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!json)
        return refuse_syntax(&reading, &error);
    enum status status = read_message(&reading, descriptor, json, NULL, message);
    json_decref(json);
    if (status != OK)
        *message = NULL;
    return status;
}
