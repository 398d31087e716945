/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: one field from a command line's text.
 */
#include "common/net/json.h"
#include "common/net/json_value.h"
#include "common/net/scan.h"

#include <string.h>

static bool names_equal(const char *contract, const char *given)
{
    for (; *contract && *given; contract++, given++)
        if (*contract != (*given == '-' ? '_' : *given))
            return false;
    return *contract == *given;
}

static const ProtobufCFieldDescriptor *field_named(const ProtobufCMessageDescriptor *descriptor, const char *name)
{
    for (unsigned i = 0; i < descriptor->n_fields; i++)
        if (names_equal(descriptor->fields[i].name, name))
            return &descriptor->fields[i];
    return NULL;
}

static enum status store(struct json_reading *reading, const struct json_place *place, const char *value)
{
    if (place->field->type == PROTOBUF_C_TYPE_MESSAGE && !json_is_sealed(place->field->descriptor))
        return refuse(reading->refusal, INVALID, path_text(reading->arena, place->path),
                      N_("this field has fields of its own and cannot be given as one text"),
                      N_("write it into a JSON file and give that with --from"));
    if (place->field->type != PROTOBUF_C_TYPE_BOOL)
        return json_store_text(reading, place, value, strlen(value));
    if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
        return refuse_with(reading->refusal, INVALID, path_text(reading->arena, place->path),
                           N_("\"%1\" is neither true nor false"), N_("write true or false"),
                           path_excerpt(reading->arena, value));
    *(protobuf_c_boolean *)place->slot = strcmp(value, "true") == 0;
    return OK;
}

/* The array is made anew with one more element: a command line has few, and an arena frees nothing. */
static enum status append(struct json_reading *reading, ProtobufCMessage *message,
                          const ProtobufCFieldDescriptor *field, const char *value)
{
    size_t *count = (size_t *)((char *)message + field->quantifier_offset);
    void **elements = (void **)((char *)message + field->offset);
    size_t size = scan_element_size(field->type);
    struct path path = {NULL, field->name, *count};

    char *longer = json_memory(reading, &path, (*count + 1) * size);
    if (!longer)
        return reading->refusal->status;
    if (*count > 0)
        memcpy(longer, *elements, *count * size);
    struct json_place place = {field, &path, longer + *count * size};
    enum status status = store(reading, &place, value);
    if (status != OK)
        return status;
    *elements = longer;
    *count += 1;
    return OK;
}

enum status json_set_field(ProtobufCMessage *message, struct arena *arena, const char *name, const char *value,
                           struct refusal *refusal)
{
    struct json_reading reading = {arena, refusal};
    const ProtobufCFieldDescriptor *field = field_named(message->descriptor, name);
    if (!field)
        return refuse_with(refusal, INVALID, path_excerpt(arena, name), N_("there is no field with this name"),
                           N_("known fields: %1"), json_known_names(arena, message->descriptor));
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return append(&reading, message, field, value);

    struct path path = {NULL, field->name, PATH_NO_INDEX};
    if (json_oneof_taken(message, field))
        return refuse(refusal, INVALID, field->name, N_("another field that excludes this one is given too"),
                      N_("give one of them"));
    struct json_place place = {field, &path, (char *)message + field->offset};
    enum status status = store(&reading, &place, value);
    if (status == OK)
        json_oneof_set(message, field);
    return status;
}
