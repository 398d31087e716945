/* SPDX-License-Identifier: Apache-2.0
 *
 * Scan: one pass over the bytes, one C frame a level.
 */
#include "common/net/scan.h"

#include "common/net/path.h"
#include "common/net/utf8.h"
#include "common/net/wire.h"

#include <assert.h>
#include <stdalign.h>

/* protobuf-c keeps a note of 32 bytes for each member of a message: the first 16 on its stack, the others in slabs that
 * double. An arena gets no slab back. */
enum { NOTE_SIZE = 32, NOTES_ON_STACK = 16 };

const struct scan_limits SCAN_DEFAULT = {.frame = 1 << 20,
                                         .depth = 8,
                                         .elements = 4096,
                                         .total = 16384,
                                         .string = 64 << 10,
                                         .bytes = 1 << 20,
                                         .memory = 8 << 20};

struct scan {
    const struct scan_limits *limits;
    struct arena *arena;
    struct refusal *refusal;
    size_t total;
    size_t memory;
};

/* One message of the walk. */
struct level {
    const ProtobufCMessageDescriptor *descriptor;
    const struct path *path;
    struct wire wire;
    unsigned depth;
    size_t members;
    size_t notes;                   /* members that the slabs so far have room for */
    uint32_t seen[SCAN_FIELDS_MAX]; /* values so far, by the field's place in the descriptor */
};

static enum status scan_level(struct scan *scan, struct level *level);

static enum status scan_fault(struct scan *scan, const struct path *path, const char *fault)
{
    return refuse(scan->refusal, INVALID, path_text(scan->arena, path), fault,
                  N_("send the message exactly as protobuf encodes it"));
}

static enum status scan_over(struct scan *scan, const struct path *path, const char *reason, size_t limit)
{
    return refuse_with(scan->refusal, TOO_LARGE, path_text(scan->arena, path), reason,
                       N_("send less at a time, or as several messages"), text_print(scan->arena, "%zu", limit));
}

static enum status scan_charge(struct scan *scan, const struct path *path, size_t size)
{
    size_t unit = alignof(max_align_t);
    scan->memory += (size + unit - 1) / unit * unit;
    if (scan->memory > scan->limits->memory)
        return scan_over(scan, path, N_("unpacked, the message takes more than %1 bytes"), scan->limits->memory);
    return OK;
}

size_t scan_element_size(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return sizeof(uint64_t);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    default:
        return sizeof(uint32_t);
    }
}

static ProtobufCWireType wire_type_of(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_FLOAT:
        return PROTOBUF_C_WIRE_TYPE_32BIT;
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return PROTOBUF_C_WIRE_TYPE_64BIT;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE:
        return PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED;
    default:
        return PROTOBUF_C_WIRE_TYPE_VARINT;
    }
}

/* NULL, or why the number is none of the field's. A bool is one byte: protobuf-c reads packed ones byte by byte. */
static const char *varint_fault(const ProtobufCFieldDescriptor *field, uint64_t value, size_t size)
{
    int64_t number = (int64_t)value;

    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return value <= 1 && size == 1 ? NULL : N_("this is neither true nor false");
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_SINT32:
        return value <= UINT32_MAX ? NULL : N_("the number does not fit into 32 bits");
    case PROTOBUF_C_TYPE_INT32:
        return number >= INT32_MIN && number <= INT32_MAX ? NULL : N_("the number does not fit into 32 bits");
    case PROTOBUF_C_TYPE_ENUM:
        if (number >= INT32_MIN && number <= INT32_MAX &&
            protobuf_c_enum_descriptor_get_value(field->descriptor, (int)number))
            return NULL;
        return N_("this value is not one of the field's names");
    default:
        return NULL;
    }
}

static enum status scan_scalar(struct scan *scan, const ProtobufCFieldDescriptor *field, struct wire *wire,
                               const struct path *path)
{
    struct wire bytes;
    uint64_t value;
    const char *fault;
    const uint8_t *start = wire->at;

    switch (wire_type_of(field->type)) {
    case PROTOBUF_C_WIRE_TYPE_32BIT:
        fault = wire_read_bytes(wire, sizeof(uint32_t), &bytes);
        break;
    case PROTOBUF_C_WIRE_TYPE_64BIT:
        fault = wire_read_bytes(wire, sizeof(uint64_t), &bytes);
        break;
    default:
        fault = wire_read_varint(wire, &value);
        if (!fault)
            fault = varint_fault(field, value, (size_t)(wire->at - start));
    }
    return fault ? scan_fault(scan, path, fault) : OK;
}

static enum status scan_string(struct scan *scan, const struct wire *text, const struct path *path)
{
    size_t size = (size_t)(text->end - text->at);

    if (size > scan->limits->string)
        return scan_over(scan, path, N_("the text is longer than %1 bytes"), scan->limits->string);
    if (!utf8_is_valid(text->at, size))
        return refuse(scan->refusal, INVALID, path_text(scan->arena, path), N_("the text is not valid UTF-8"),
                      N_("send text as UTF-8"));
    if (!utf8_is_text(text->at, size))
        return refuse(scan->refusal, INVALID, path_text(scan->arena, path), N_("the text contains U+0000"),
                      N_("remove the zero character"));
    return scan_charge(scan, path, size + 1);
}

static enum status scan_prefixed(struct scan *scan, const struct level *level, const ProtobufCFieldDescriptor *field,
                                 const struct wire *content, const struct path *path)
{
    size_t size = (size_t)(content->end - content->at);

    if (field->type == PROTOBUF_C_TYPE_STRING)
        return scan_string(scan, content, path);
    if (field->type == PROTOBUF_C_TYPE_BYTES) {
        if (size > scan->limits->bytes)
            return scan_over(scan, path, N_("these are more than %1 bytes"), scan->limits->bytes);
        return scan_charge(scan, path, size);
    }
    if (level->depth == scan->limits->depth)
        return scan_over(scan, path, N_("messages stand within messages more than %1 deep"), scan->limits->depth);
    return scan_level(
        scan,
        &(struct level){.descriptor = field->descriptor, .path = path, .wire = *content, .depth = level->depth + 1});
}

/* Counts one more element of a repeated field. protobuf-c makes one array of them, rounded up by the arena. */
static enum status scan_element(struct scan *scan, const ProtobufCFieldDescriptor *field, uint32_t *seen,
                                const struct path *path)
{
    if (++*seen > scan->limits->elements)
        return scan_over(scan, path, N_("the field has more than %1 elements"), scan->limits->elements);
    if (++scan->total > scan->limits->total)
        return scan_over(scan, path, N_("the message has more than %1 elements in all"), scan->limits->total);
    size_t size = scan_element_size(field->type);
    size_t a_unit_holds = alignof(max_align_t) / size;
    if (a_unit_holds > 1 && *seen % a_unit_holds != 1)
        return OK;
    return scan_charge(scan, path, size);
}

static enum status scan_packed(struct scan *scan, const struct level *level, const ProtobufCFieldDescriptor *field,
                               uint32_t *seen, struct wire *content)
{
    while (content->at < content->end) {
        struct path path = {level->path, field->name, *seen};
        enum status status = scan_element(scan, field, seen, &path);
        if (status == OK)
            status = scan_scalar(scan, field, content, &path);
        if (status != OK)
            return status;
    }
    return OK;
}

static bool in_one_oneof(const ProtobufCFieldDescriptor *a, const ProtobufCFieldDescriptor *b)
{
    return (a->flags & b->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) && a->quantifier_offset == b->quantifier_offset;
}

/* A single field may be given once, of a oneof only one field once: what a second would replace is nobody's guess. */
static enum status scan_single(struct scan *scan, struct level *level, const ProtobufCFieldDescriptor *field,
                               const struct path *path)
{
    for (unsigned i = 0; i < level->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *other = &level->descriptor->fields[i];
        if (level->seen[i] == 0 || (other != field && !in_one_oneof(other, field)))
            continue;
        return refuse_with(scan->refusal, INVALID, path_text(scan->arena, path),
                           N_("it is given although %1 is given already"), N_("give one value"), other->name);
    }
    level->seen[field - level->descriptor->fields] = 1;
    return OK;
}

static enum status scan_member(struct scan *scan, struct level *level, const ProtobufCFieldDescriptor *field,
                               ProtobufCWireType type)
{
    uint32_t *seen = &level->seen[field - level->descriptor->fields];
    bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
    struct path path = {level->path, field->name, repeated ? *seen : PATH_NO_INDEX};
    ProtobufCWireType expected = wire_type_of(field->type);
    bool prefixed = type == PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED;
    bool packed = repeated && prefixed && expected != type;

    if (type != expected && !packed)
        return scan_fault(scan, &path, N_("the value is of another type than the field"));

    struct wire content;
    const char *fault = prefixed ? wire_read_prefixed(&level->wire, &content) : NULL;
    if (fault)
        return scan_fault(scan, &path, fault);
    if (packed)
        return scan_packed(scan, level, field, seen, &content);

    enum status status = repeated ? scan_element(scan, field, seen, &path) : scan_single(scan, level, field, &path);
    if (status != OK)
        return status;
    return prefixed ? scan_prefixed(scan, level, field, &content, &path)
                    : scan_scalar(scan, field, &level->wire, &path);
}

static enum status scan_unknown(struct scan *scan, const struct level *level, uint32_t number)
{
    const char *name = text_print(scan->arena, "%u", (unsigned)number);
    struct path path = {level->path, name, PATH_NO_INDEX};
    return refuse_with(scan->refusal, INVALID, path_text(scan->arena, &path), N_("%2 has no field with the number %1"),
                       N_("use the contract of this server's version"), name, level->descriptor->short_name);
}

/* One more member; each slab holds 16 more than all before it, so that room grows 16, 48, 112, ... */
static enum status scan_note(struct scan *scan, struct level *level)
{
    if (level->members++ < level->notes)
        return OK;
    size_t slab = level->notes + NOTES_ON_STACK;
    bool on_stack = level->notes == 0;
    level->notes += slab;
    return on_stack ? OK : scan_charge(scan, level->path, slab * NOTE_SIZE);
}

static enum status scan_level(struct scan *scan, struct level *level)
{
    assert(level->descriptor->n_fields <= SCAN_FIELDS_MAX);

    enum status status = scan_charge(scan, level->path, level->descriptor->sizeof_message);
    while (status == OK && level->wire.at < level->wire.end) {
        struct wire_tag tag;
        const char *fault = wire_read_tag(&level->wire, &tag);
        if (fault)
            return scan_fault(scan, level->path, fault);
        status = scan_note(scan, level);
        if (status != OK)
            return status;
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(level->descriptor, tag.number);
        status = field ? scan_member(scan, level, field, tag.type) : scan_unknown(scan, level, tag.number);
    }
    return status;
}

enum status scan_message(const ProtobufCMessageDescriptor *descriptor, const uint8_t *bytes, size_t size,
                         const struct scan_limits *limits, struct arena *arena, struct refusal *refusal)
{
    assert(limits->depth >= 1 && limits->depth <= SCAN_DEPTH_MAX);

    struct scan scan = {.limits = limits, .arena = arena, .refusal = refusal};
    if (size > limits->frame)
        return scan_over(&scan, NULL, N_("the message is longer than %1 bytes"), limits->frame);
    if (size == 0) /* the bytes may be NULL then */
        return OK;
    return scan_level(&scan, &(struct level){.descriptor = descriptor, .wire = {bytes, bytes + size}, .depth = 1});
}
