/* SPDX-License-Identifier: Apache-2.0
 *
 * Scan: walks a message's bytes against its descriptor before anything is unpacked.
 *
 * protobuf-c trusts what it unpacks: it does not check UTF-8, cuts strings at U+0000, keeps unknown fields, follows any
 * depth, and a small frame can make it allocate a large message. What passes the scan unpacks within the memory limit.
 * Refuses   the first thing that is wrong, with its path; all that a contract does not say.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/base/status.h"

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

/* What any contract keeps to, whatever the limits: bounds of the walk's own stack. */
enum { SCAN_DEPTH_MAX = 32, SCAN_FIELDS_MAX = 128 };

struct scan_limits {
    size_t frame;    /* bytes of the whole message */
    unsigned depth;  /* messages within messages, the outermost counted; at most SCAN_DEPTH_MAX */
    size_t elements; /* of one repeated field */
    size_t total;    /* elements of all repeated fields together */
    size_t string;   /* bytes of one string */
    size_t bytes;    /* bytes of one bytes field */
    size_t memory;   /* bytes that protobuf-c will take from an arena to unpack it */
};

/* 1 MiB a frame, depth 8, 4096 elements a field and 16384 in all, 64 KiB a string, 1 MiB a bytes field, 8 MiB unpacked.
 */
extern const struct scan_limits SCAN_DEFAULT;

/* OK, or INVALID (form) or TOO_LARGE (a limit) with the refusal filled; its texts are in the arena.
 * OK means: protobuf_c_message_unpack succeeds with an arena of `limits->memory` free bytes. */
enum status scan_message(const ProtobufCMessageDescriptor *descriptor, const uint8_t *bytes, size_t size,
                         const struct scan_limits *limits, struct arena *arena, struct refusal *refusal) MUST_CHECK;

/* Bytes that one value of a field takes in the struct that protobuf-c generates, or one element in its array. */
size_t scan_element_size(ProtobufCType type);

/* Levels of messages that a contract has, 1 for one without sub-messages; 0 when it contains itself. */
unsigned scan_descriptor_depth(const ProtobufCMessageDescriptor *descriptor);

/* NULL for a descriptor that can be a contract, else what is wrong with it or with a message in it: it contains itself,
 * is too deep or has too many fields, has a real number (amounts are in fen), is not proto3. For a test over all of
 * them. */
const char *scan_descriptor_fault(const ProtobufCMessageDescriptor *descriptor);
