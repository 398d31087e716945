/* SPDX-License-Identifier: Apache-2.0
 *
 * Wire: protobuf's encoding read piece by piece, never past the end.
 *
 * Owns      nothing: it borrows the bytes.
 * Refuses   what protobuf-c would read in an undefined way: tags with bits above 32, numbers of more than 10 bytes.
 * Each function returns NULL, or the reason (a template without values) why the bytes cannot be read.
 */
#pragma once
#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

struct wire {
    const uint8_t *at;
    const uint8_t *end;
};

struct wire_tag {
    uint32_t number; /* 1 to 2^29 - 1 */
    ProtobufCWireType type;
};

/* Groups (types 3 and 4) and the unassigned types 6 and 7 are faults. */
const char *wire_read_tag(struct wire *wire, struct wire_tag *tag);

const char *wire_read_varint(struct wire *wire, uint64_t *value);

/* Takes `size` bytes off the front. */
const char *wire_read_bytes(struct wire *wire, size_t size, struct wire *bytes);

/* Takes a length of at most 5 bytes and then as many bytes as it says. */
const char *wire_read_prefixed(struct wire *wire, struct wire *bytes);
