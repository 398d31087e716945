/* SPDX-License-Identifier: Apache-2.0
 *
 * Frame: many commands to one process in one frame (tiaojie.Forwards), and its answers back (tiaojie.Replies).
 *
 * Commands and answers pass as the bytes that they came as: the gateway has scanned them and writes only what is around
 * them. That is a third of the work of packing them again.
 */
#pragma once
#include "common/net/socket.h"
#include "common/net/wire.h"
#include "proto/command.pb-c.h"
#include "services/gateway/flights.h"

struct frame {
    size_t size;
    uint32_t commands;
    uint8_t bytes[SOCKET_FRAME_MAX];
};

/* Bytes around a command at most: ticket, stamp, trace and their prefixes. */
enum { FRAME_AROUND = 512 };

/* Adds one Forward; the frame has room for `size` and FRAME_AROUND bytes more. `trace` replaces the command's unless
 * "". */
void frame_add(struct frame *frame, const uint8_t ticket[FLIGHT_TICKET_SIZE], const Tiaojie__Stamp *stamp,
               const uint8_t *command, size_t size, const char *trace);

struct reply {
    ProtobufCBinaryData ticket;
    ProtobufCBinaryData answer; /* packed tiaojie.Answer */
    enum status status;         /* of the answer */
};

/* The next Reply of a Replies frame, borrowed from it; false at the end, and at bytes that are no Replies. */
bool frame_next_reply(struct wire *replies, struct reply *reply);

/* The id of a command that could not be unpacked, so that its refusal finds its sender; empty when there is none. */
ProtobufCBinaryData frame_glimpse_id(const uint8_t *bytes, size_t size);
