/* SPDX-License-Identifier: Apache-2.0
 *
 * Value: from protobuf-c's memory to texts.
 */
#include "clients/tiaojie/value.h"

#include "clients/partner/say.h"
#include "common/base/amount.h"
#include "common/base/instant.h"
#include "common/net/scan.h"
#include "proto/command.pb-c.h"

#include <string.h>

static const struct value NOTHING = {false, ""};

static struct value shown(const char *text)
{
    return (struct value){true, text};
}

const char *value_label(struct arena *arena, const char *field_name)
{
    char *label = arena_text(arena, field_name);

    for (char *c = label; *c; c++)
        if (*c == '_')
            *c = ' ';
    return text_translate(label);
}

/* ---- protobuf-c's memory ---- */

static const void *member(const ProtobufCMessage *message, size_t offset)
{
    return (const char *)message + offset;
}

size_t value_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return *(const size_t *)member(message, field->quantifier_offset);
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        return *(const uint32_t *)member(message, field->quantifier_offset) == field->id;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return *(const ProtobufCMessage *const *)member(message, field->offset) != NULL;
    return 1;
}

static const void *element(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, size_t i)
{
    const void *value = member(message, field->offset);

    if (field->label != PROTOBUF_C_LABEL_REPEATED)
        return value;
    return *(const char *const *)value + i * scan_element_size(field->type);
}

const ProtobufCMessage *value_inner(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, size_t i)
{
    return *(const ProtobufCMessage *const *)element(message, field, i);
}

/* ---- texts ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);

    return a >= b && strcmp(text + a - b, end) == 0;
}

struct value value_day(struct arena *arena, int32_t day)
{
    char text[DAY_TEXT];

    return day ? shown(arena_text(arena, day_format(day, text))) : NOTHING;
}

static bool is_day(const char *name)
{
    return ends_with(name, "_day") || ends_with(name, "_on") || strcmp(name, "on_day") == 0 ||
           strcmp(name, "from") == 0 || strcmp(name, "until") == 0;
}

static struct value value_signed(struct arena *arena, const char *name, int64_t number, bool wide)
{
    char text[INSTANT_TEXT];

    if (number == 0)
        return NOTHING;
    if (wide && (ends_with(name, "_at") || strcmp(name, "at") == 0))
        return shown(arena_text(arena, instant_format(number, text)));
    if (ends_with(name, "_fen"))
        return shown(text_print(arena, "%s %s", amount_text(arena, number), text_translate(N_("yuan"))));
    if (!wide && is_day(name))
        return value_day(arena, (int32_t)number);
    return shown(text_print(arena, "%lld", (long long)number));
}

static struct value value_enum(const ProtobufCFieldDescriptor *field, struct arena *arena, int number)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(field->descriptor, number);

    if (number == 0 || !value)
        return NOTHING;
    /* ROLE_CLERK of Role: what follows the type's own name */
    const char *prefix = protobuf_c_enum_descriptor_get_value(field->descriptor, 0)->name;
    size_t common = 0;
    for (size_t i = 0; prefix[i] && prefix[i] == value->name[i]; i++)
        if (prefix[i] == '_')
            common = i + 1;
    char *name = arena_text(arena, value->name + common);
    for (char *c = name; *c; c++)
        *c = *c == '_' ? ' ' : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return shown(text_translate(name));
}

/* Contracts carry a text as a template and, in a field `values` beside it, what it is filled with (common/base/text.h).
 */
static struct value value_text(struct arena *arena, const ProtobufCMessage *message,
                               const ProtobufCFieldDescriptor *field, const char *text)
{
    const ProtobufCFieldDescriptor *values =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, "values");

    if (ends_with(field->name, "article"))
        return shown(say_article(arena, text));
    if (strcmp(field->name, "field") == 0)
        return shown(text); /* as it is typed */
    if (!values || values->type != PROTOBUF_C_TYPE_STRING || values->label != PROTOBUF_C_LABEL_REPEATED)
        return shown(text_translate(text));
    if (values == field)
        return NOTHING;
    return shown(text_fill(arena, text_translate(text), *(const char *const *const *)member(message, values->offset),
                           value_count(message, values)));
}

struct value value_scalar(struct arena *arena, const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                          size_t i)
{
    const void *at = element(message, field, i);

    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING: {
        const char *text = *(const char *const *)at;
        return text && text[0] ? value_text(arena, message, field, text) : NOTHING;
    }
    case PROTOBUF_C_TYPE_BOOL:
        return *(const protobuf_c_boolean *)at ? shown(text_translate(N_("yes"))) : NOTHING;
    case PROTOBUF_C_TYPE_ENUM:
        return value_enum(field, arena, *(const int *)at);
    case PROTOBUF_C_TYPE_BYTES:
        return NOTHING; /* for programs */
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64: /* ids and amounts are below 2^53 */
        return value_signed(arena, field->name, *(const int64_t *)at, true);
    default:
        return value_signed(arena, field->name, *(const int32_t *)at, false);
    }
}

static struct value value_sealed(const Tiaojie__Sealed *sealed, struct arena *arena)
{
    if (!sealed || (sealed->plain.len == 0 && sealed->sealed.len == 0))
        return NOTHING;
    if (sealed->plain.len == 0)
        return shown(text_translate(N_("(sealed)")));
    return shown(text_print(arena, "%.*s", (int)sealed->plain.len, (const char *)sealed->plain.data));
}

static struct value value_person(const Tiaojie__Person *person, struct arena *arena)
{
    struct value name = value_sealed(person->name, arena);

    return shown(text_print(arena, "%s %llu%s%s", text_translate(N_("person")), (unsigned long long)person->person,
                            name.known ? " " : "", name.text));
}

struct value value_message(struct arena *arena, const ProtobufCMessage *message)
{
    if (message->descriptor == &tiaojie__sealed__descriptor)
        return value_sealed((const Tiaojie__Sealed *)message, arena);
    if (message->descriptor == &tiaojie__person__descriptor)
        return value_person((const Tiaojie__Person *)message, arena);
    return NOTHING;
}
