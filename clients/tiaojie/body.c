/* SPDX-License-Identifier: Apache-2.0
 *
 * Body: reading, and turning dates into numbers before the contract's own JSON reader sees them.
 */
#include "clients/tiaojie/body.h"

#include "common/base/file.h"
#include "common/base/instant.h"
#include "common/net/json.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ProtobufCFieldDescriptor *find_field(const ProtobufCMessageDescriptor *descriptor, const char *name)
{
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const char *field = descriptor->fields[i].name, *given = name;
        while (*field && *field == (*given == '-' ? '_' : *given))
            field++, given++;
        if (!*field && !*given)
            return &descriptor->fields[i];
    }
    return NULL;
}

bool body_has_field(const ProtobufCMessageDescriptor *descriptor, const char *name)
{
    return find_field(descriptor, name) != NULL;
}

static bool is_whole_number(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_UINT64:
        return true;
    default:
        return false;
    }
}

/* "2026-05-31" or "2026-05-31T...", by form only. */
static bool looks_like_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    size_t i = 0;

    while (form[i] && (form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i]))
        i++;
    return !form[i] && (text[i] == '\0' || text[i] == 'T');
}

/* The number that a date stands for, in *number. */
static enum status date_number(const char *text, const char *field, int64_t *number, struct refusal *refusal)
{
    int32_t day;

    if (strchr(text, 'T'))
        return instant_parse(text, field, number, refusal);
    enum status status = day_parse(text, field, &day, refusal);
    *number = day;
    return status;
}

/* ---- the file ---- */

static enum status convert(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, json_t *object,
                           struct refusal *refusal);

/* One value of a field: a date becomes its number, an object is looked into. *changed is a new reference or NULL. */
static enum status convert_value(struct arena *arena, const ProtobufCFieldDescriptor *field, json_t *value,
                                 json_t **changed, struct refusal *refusal)
{
    int64_t number;

    *changed = NULL;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE && json_is_object(value))
        return convert(arena, field->descriptor, value, refusal);
    if (!is_whole_number(field) || !json_is_string(value) || !looks_like_date(json_string_value(value)))
        return OK;
    enum status status = date_number(arena_text(arena, json_string_value(value)), field->name, &number, refusal);
    if (status == OK)
        *changed = json_integer(number);
    return status;
}

static enum status convert_array(struct arena *arena, const ProtobufCFieldDescriptor *field, json_t *array,
                                 struct refusal *refusal)
{
    enum status status = OK;
    json_t *changed;

    for (size_t i = 0; i < json_array_size(array) && status == OK; i++) {
        status = convert_value(arena, field, json_array_get(array, i), &changed, refusal);
        if (changed)
            json_array_set_new(array, i, changed);
    }
    return status;
}

/* Contracts have no recursive message, so this ends; what the contract doesn't know is left for json_read to refuse. */
static enum status convert(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, json_t *object,
                           struct refusal *refusal)
{
    enum status status = OK;
    const char *name;
    json_t *value, *changed;
    void *next;

    json_object_foreach_safe(object, next, name, value)
    {
        const ProtobufCFieldDescriptor *field = find_field(descriptor, name);
        if (!field || status != OK)
            continue;
        changed = NULL;
        status = json_is_array(value) ? convert_array(arena, field, value, refusal)
                                      : convert_value(arena, field, value, &changed, refusal);
        if (changed)
            json_object_set_new(object, name, changed);
    }
    return status;
}

static enum status read_file(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, const char *file,
                             ProtobufCMessage **body, struct refusal *refusal)
{
    ProtobufCBinaryData bytes;
    enum status status = file_read(arena, "--from", file, JSON_TEXT_MAX, &bytes, refusal);

    if (status != OK)
        return status;
    const char *text = (const char *)bytes.data;
    json_t *json = json_loadb(text, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(json)) { /* json_read says better what is wrong and where */
        json_decref(json);
        return json_read(descriptor, text, bytes.len, arena, body, refusal);
    }
    status = convert(arena, descriptor, json, refusal);
    char *converted = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (status == OK)
        status = json_read(descriptor, converted, strlen(converted), arena, body, refusal);
    free(converted);
    return status;
}

/* ---- fields ---- */

static enum status set_field(struct arena *arena, ProtobufCMessage *body, const struct line_field *given,
                             struct refusal *refusal)
{
    const ProtobufCFieldDescriptor *field = find_field(body->descriptor, given->name);
    const char *value = given->value;
    int64_t number;

    if (is_whole_number(field) && looks_like_date(value)) {
        enum status status = date_number(value, field->name, &number, refusal);
        if (status != OK)
            return status;
        value = text_print(arena, "%lld", (long long)number);
    }
    return json_set_field(body, arena, given->name, value, refusal);
}

enum status body_make(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, const char *file,
                      const struct line_field *fields, size_t count, ProtobufCMessage **body, struct refusal *refusal)
{
    enum status status = OK;

    *body = arena_take(arena, descriptor->sizeof_message);
    protobuf_c_message_init(descriptor, *body);
    if (file)
        status = read_file(arena, descriptor, file, body, refusal);
    for (size_t i = 0; i < count && status == OK; i++)
        status = set_field(arena, *body, &fields[i], refusal);
    return status;
}
