/* SPDX-License-Identifier: Apache-2.0
 *
 * Frame: writing and reading protobuf's outermost layers.
 */
#include "services/gateway/frame.h"

#include <assert.h>
#include <string.h>

/* Field numbers of proto/command.proto, as tags of length-prefixed fields. */
enum {
    FORWARDS_FORWARD = 1 << 3 | 2,
    FORWARD_ROUTE = 1 << 3 | 2,
    FORWARD_STAMP = 2 << 3 | 2,
    FORWARD_COMMAND = 3 << 3 | 2,
    COMMAND_TRACE = 9 << 3 | 2,
};
enum { COMMAND_ID = 1, REPLIES_REPLY = 1, REPLY_ROUTE = 1, REPLY_ANSWER = 2, ANSWER_STATUS = 2 };

static size_t prefix_size(size_t length)
{
    size_t size = 2; /* tag and one byte */

    for (; length >= 128; length >>= 7)
        size++;
    return size;
}

static void put_prefix(struct frame *frame, uint8_t tag, size_t length)
{
    frame->bytes[frame->size++] = tag;
    for (; length >= 128; length >>= 7)
        frame->bytes[frame->size++] = (uint8_t)(length | 128);
    frame->bytes[frame->size++] = (uint8_t)length;
}

static void put_bytes(struct frame *frame, const void *bytes, size_t size)
{
    memcpy(frame->bytes + frame->size, bytes, size);
    frame->size += size;
}

void frame_add(struct frame *frame, const uint8_t ticket[FLIGHT_TICKET_SIZE], const Tiaojie__Stamp *stamp,
               const uint8_t *command, size_t size, const char *trace)
{
    size_t trace_size = trace[0] ? prefix_size(strlen(trace)) + strlen(trace) : 0;
    size_t stamp_size = tiaojie__stamp__get_packed_size(stamp);
    size_t forward = prefix_size(FLIGHT_TICKET_SIZE) + FLIGHT_TICKET_SIZE + prefix_size(stamp_size) + stamp_size +
                     prefix_size(size + trace_size) + size + trace_size;

    assert(frame->size + prefix_size(forward) + forward <= sizeof frame->bytes);
    put_prefix(frame, FORWARDS_FORWARD, forward);
    put_prefix(frame, FORWARD_ROUTE, FLIGHT_TICKET_SIZE);
    put_bytes(frame, ticket, FLIGHT_TICKET_SIZE);
    put_prefix(frame, FORWARD_STAMP, stamp_size);
    frame->size += tiaojie__stamp__pack(stamp, frame->bytes + frame->size);
    put_prefix(frame, FORWARD_COMMAND, size + trace_size);
    put_bytes(frame, command, size);
    if (trace_size > 0) { /* a field that comes later replaces an earlier one */
        put_prefix(frame, COMMAND_TRACE, strlen(trace));
        put_bytes(frame, trace, strlen(trace));
    }
    frame->commands++;
}

/* One field: its number, and its bytes or its value. False at the end or where the bytes are no message. */
static bool next_field(struct wire *wire, uint32_t *number, struct wire *bytes, uint64_t *value)
{
    struct wire_tag tag;

    if (wire->at == wire->end || wire_read_tag(wire, &tag))
        return false;
    *number = tag.number;
    *bytes = (struct wire){wire->at, wire->at};
    *value = 0;
    switch (tag.type) {
    case PROTOBUF_C_WIRE_TYPE_VARINT:
        return !wire_read_varint(wire, value);
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
        return !wire_read_prefixed(wire, bytes);
    case PROTOBUF_C_WIRE_TYPE_64BIT:
        return !wire_read_bytes(wire, 8, bytes);
    case PROTOBUF_C_WIRE_TYPE_32BIT:
        return !wire_read_bytes(wire, 4, bytes);
    default:
        return false;
    }
}

static ProtobufCBinaryData data_of(const struct wire *wire)
{
    return (ProtobufCBinaryData){(size_t)(wire->end - wire->at), (uint8_t *)(uintptr_t)wire->at};
}

static enum status status_of(struct wire answer)
{
    uint32_t number;
    struct wire bytes;
    uint64_t value;

    while (next_field(&answer, &number, &bytes, &value))
        if (number == ANSWER_STATUS)
            return (enum status)value;
    return OK; /* 0 is left out */
}

bool frame_next_reply(struct wire *replies, struct reply *reply)
{
    uint32_t number;
    struct wire inside, bytes;
    uint64_t value;

    *reply = (struct reply){.status = OK};
    if (!next_field(replies, &number, &inside, &value) || number != REPLIES_REPLY)
        return false;
    while (next_field(&inside, &number, &bytes, &value)) {
        if (number == REPLY_ROUTE)
            reply->ticket = data_of(&bytes);
        if (number == REPLY_ANSWER) {
            reply->answer = data_of(&bytes);
            reply->status = status_of(bytes);
        }
    }
    return true;
}

ProtobufCBinaryData frame_glimpse_id(const uint8_t *bytes, size_t size)
{
    struct wire command = {bytes, bytes + size}, inside;
    uint32_t number;
    uint64_t value;

    while (next_field(&command, &number, &inside, &value))
        if (number == COMMAND_ID && inside.end - inside.at == COMMAND_ID_SIZE)
            return data_of(&inside);
    return (ProtobufCBinaryData){0, NULL};
}
