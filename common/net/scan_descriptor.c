/* SPDX-License-Identifier: Apache-2.0
 *
 * Scan: what a descriptor must keep to so that the walk, and the JSON of it, are bounded.
 */
#include "common/net/scan.h"

#include <stdbool.h>

/* The messages on the way down to one, so that a message within itself is seen. */
struct ancestor {
    const struct ancestor *parent;
    const ProtobufCMessageDescriptor *descriptor;
};

static bool contains(const struct ancestor *ancestor, const ProtobufCMessageDescriptor *descriptor)
{
    for (; ancestor; ancestor = ancestor->parent)
        if (ancestor->descriptor == descriptor)
            return true;
    return false;
}

/* Levels from here down, 0 when a message contains itself. */
static unsigned levels(const ProtobufCMessageDescriptor *descriptor, const struct ancestor *parent)
{
    if (contains(parent, descriptor))
        return 0;
    struct ancestor self = {parent, descriptor};
    unsigned deepest = 0;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        if (descriptor->fields[i].type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        unsigned below = levels(descriptor->fields[i].descriptor, &self);
        if (below == 0)
            return 0;
        if (below > deepest)
            deepest = below;
    }
    return deepest + 1;
}

unsigned scan_descriptor_depth(const ProtobufCMessageDescriptor *descriptor)
{
    return levels(descriptor, NULL);
}

static const char *field_fault(const ProtobufCFieldDescriptor *field);

static const char *fields_fault(const ProtobufCMessageDescriptor *descriptor)
{
    if (descriptor->n_fields > SCAN_FIELDS_MAX)
        return "it has more than 128 fields";
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const char *fault = field_fault(&descriptor->fields[i]);
        if (fault)
            return fault;
    }
    return NULL;
}

static const char *field_fault(const ProtobufCFieldDescriptor *field)
{
    if (field->label != PROTOBUF_C_LABEL_NONE && field->label != PROTOBUF_C_LABEL_REPEATED &&
        !(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return "it is not proto3: a field is required or optional";
    if (field->type == PROTOBUF_C_TYPE_FLOAT || field->type == PROTOBUF_C_TYPE_DOUBLE)
        return "it has a real number";
    return field->type == PROTOBUF_C_TYPE_MESSAGE ? fields_fault(field->descriptor) : NULL;
}

const char *scan_descriptor_fault(const ProtobufCMessageDescriptor *descriptor)
{
    unsigned depth = scan_descriptor_depth(descriptor);
    if (depth == 0)
        return "it contains itself";
    if (depth > SCAN_DEFAULT.depth)
        return "it is deeper than the default limit";
    return fields_fault(descriptor);
}
