/* SPDX-License-Identifier: Apache-2.0
 *
 * Wire: varints, tags and lengths.
 */
#include "common/net/wire.h"

#include "common/base/text.h"

enum { VARINT_BYTES = 10, SHORT_BYTES = 5, NUMBER_SHIFT = 3, TYPE_MASK = 7 };

static const char *const TRUNCATED = N_("the bytes end in the middle of a value");
static const char *const TOO_LONG = N_("a number is encoded in too many bytes");
static const char *const BAD_TAG = N_("a field's tag is out of range");
static const char *const GROUP = N_("groups are not part of any contract");
static const char *const BAD_TYPE = N_("a field has a wire type that does not exist");

/* `top` is the greatest value that the last possible byte may have. */
static const char *read_number(struct wire *wire, unsigned bytes, uint8_t top, uint64_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        if (wire->at == wire->end)
            return TRUNCATED;
        uint8_t byte = *wire->at++;
        if (i == bytes - 1 && byte > top)
            return TOO_LONG;
        *value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80)
            return NULL;
    }
    return TOO_LONG;
}

const char *wire_read_varint(struct wire *wire, uint64_t *value)
{
    return read_number(wire, VARINT_BYTES, 0x01, value);
}

const char *wire_read_tag(struct wire *wire, struct wire_tag *tag)
{
    uint64_t value;
    const char *fault = read_number(wire, SHORT_BYTES, 0x0F, &value);
    if (fault)
        return fault == TOO_LONG ? BAD_TAG : fault;
    tag->number = (uint32_t)(value >> NUMBER_SHIFT);
    if (tag->number == 0)
        return BAD_TAG;
    switch (value & TYPE_MASK) {
    case PROTOBUF_C_WIRE_TYPE_VARINT:
    case PROTOBUF_C_WIRE_TYPE_64BIT:
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
    case PROTOBUF_C_WIRE_TYPE_32BIT:
        tag->type = (ProtobufCWireType)(value & TYPE_MASK);
        return NULL;
    case 3:
    case 4:
        return GROUP;
    default:
        return BAD_TYPE;
    }
}

const char *wire_read_bytes(struct wire *wire, size_t size, struct wire *bytes)
{
    if ((size_t)(wire->end - wire->at) < size)
        return TRUNCATED;
    bytes->at = wire->at;
    bytes->end = wire->at + size;
    wire->at += size;
    return NULL;
}

const char *wire_read_prefixed(struct wire *wire, struct wire *bytes)
{
    uint64_t size;
    const char *fault = read_number(wire, SHORT_BYTES, 0x0F, &size);
    return fault ? fault : wire_read_bytes(wire, (size_t)size, bytes);
}
