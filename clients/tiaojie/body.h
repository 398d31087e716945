/* SPDX-License-Identifier: Apache-2.0
 *
 * Body: a command's message from a JSON file and from fields on the command line.
 *
 * Owns      how people write days and moments: a whole-number field may be given as 2026-05-31 (a day) or as
 *           2026-05-31T23:59:00+08:00 (a moment).
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

struct line_field {
    const char *name;
    const char *value;
};

/* Dashes and underscores are equal. */
bool body_has_field(const ProtobufCMessageDescriptor *descriptor, const char *name);

/* `file` may be NULL, "-" is standard input. Fields come on top of the file. */
MUST_CHECK enum status body_make(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, const char *file,
                                 const struct line_field *fields, size_t count, ProtobufCMessage **body,
                                 struct refusal *refusal);
