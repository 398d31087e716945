/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: contracts as people and scripts write them, driven by the descriptor.
 *
 * Names are the contract's snake_case. Enums stand by name, in lower case and without their type's prefix (ROLE_CLERK
 * of Role is "clerk"). Bytes are base64. Whole numbers are numbers up to 2^53 and decimal strings beyond. A field of a
 * one-field oneof is there or not; any other field at its default may be left out. A message `Sealed` is a plain string
 * when it holds plain text (its subject is then not shown), and an object otherwise. Refuses   unknown and repeated
 * keys, null, real numbers, U+0000, a value of another type: each with the path where it stands. Contracts have no real
 * numbers (see scan_descriptor_fault).
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/base/status.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes of JSON text read at most. */
enum { JSON_TEXT_MAX = 4 << 20 };

/* Text in the arena. Readable: indented, with defaults written out; else one line without them. BROKEN for a message
 * that could not have passed the scan (text that is not UTF-8). */
enum status json_write(const ProtobufCMessage *message, bool readable, struct arena *arena,
                       const char **text) MUST_CHECK;

/* The message and all in it are in the arena. INVALID, or TOO_LARGE when the arena's limit or JSON_TEXT_MAX is passed.
 */
enum status json_read(const ProtobufCMessageDescriptor *descriptor, const char *text, size_t size, struct arena *arena,
                      ProtobufCMessage **message, struct refusal *refusal) MUST_CHECK;

/* Sets one field of the message from a command line's text, `--amount_fen 100`; in `name` dashes and underscores are
 * equal. A repeated field gets one more element with each call. Fields that are messages, other than Sealed, are
 * refused. */
enum status json_set_field(ProtobufCMessage *message, struct arena *arena, const char *name, const char *value,
                           struct refusal *refusal) MUST_CHECK;
