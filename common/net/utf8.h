/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8: whether bytes are text that protobuf-c, PostgreSQL and JSON all carry unchanged.
 *
 * Refuses   overlong forms, surrogates, anything above U+10FFFF (RFC 3629), and U+0000 as text.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* True for well-formed UTF-8; U+0000 counts as well-formed. */
bool utf8_is_valid(const void *bytes, size_t size);

/* True for well-formed UTF-8 without U+0000, which would cut a C string and which PostgreSQL does not store. */
bool utf8_is_text(const void *bytes, size_t size);
