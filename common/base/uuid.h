/* SPDX-License-Identifier: Apache-2.0
 *
 * UUID version 7 (RFC 9562): ids of commands and envelopes. The first 48 bits are a time, so that an id says how old it
 * is.
 *
 * A command that a reader derives from an event has an id that follows from the event: however often it is derived, it
 * is the same command.
 */
#pragma once
#include "common/base/status.h"

#include <stddef.h>
#include <stdint.h>

enum { UUID_BYTES = 16, UUID_RANDOM_BYTES = 10, UUID_TEXT = 37 /* with its zero */ };

struct uuid {
    uint8_t bytes[UUID_BYTES];
};

/* An id of this time (milliseconds since 1970-01-01 UTC, its low 48 bits count) with 74 bits of `random`; the other six
 * are overwritten by version and variant. Pure. */
struct uuid uuid_make(int64_t unix_ms, const uint8_t random[UUID_RANDOM_BYTES]);

/* The same with fresh random bytes. A system without a source of them ends the process. */
struct uuid uuid_new(int64_t unix_ms);

/* The id that follows from a parent (an event's place: any bytes that name it), an ordinal (several commands of one
 * event) and the parent's time: time as given, the rest from SHA-256 of the parent's bytes and the ordinal (8 bytes,
 * big-endian), with version 7 and variant set. Pure. */
struct uuid uuid_derive(const void *parent, size_t size, uint64_t ordinal, int64_t unix_ms);

/* Canonical text of 36 characters, in either case. INVALID for anything else; any version passes. */
enum status uuid_parse(const char *text, struct uuid *uuid) MUST_CHECK;

/* Canonical text in lower case. */
void uuid_print(const struct uuid *uuid, char text[UUID_TEXT]);

/* The time within, in milliseconds since 1970-01-01 UTC; -1 when it is not a version 7 of the RFC's variant. */
int64_t uuid_time(const struct uuid *uuid);
