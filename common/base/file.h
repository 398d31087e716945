/* SPDX-License-Identifier: Apache-2.0
 *
 * File: whole files, read and written as they are; "-" is standard input.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

/* At most `most` bytes, TOO_LARGE beyond. `name` is what a refusal calls the argument. The bytes are in the arena,
 * followed by a zero byte that their length does not count. */
MUST_CHECK enum status file_read(struct arena *arena, const char *name, const char *path, size_t most,
                                 ProtobufCBinaryData *bytes, struct refusal *refusal);

/* Written anew, readable by its owner only: what is written so is about persons. */
MUST_CHECK enum status file_write(const char *name, const char *path, const void *bytes, size_t size,
                                  struct refusal *refusal);
