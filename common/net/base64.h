/* SPDX-License-Identifier: Apache-2.0
 *
 * Base64: bytes in JSON (RFC 4648, section 4), with padding, without line breaks.
 *
 * Refuses   any text that encoding would not have made: each sequence of bytes has one text.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Characters of `size` bytes' text, without a terminator. */
size_t base64_text_size(size_t size);

/* `text` has room for base64_text_size(size) + 1; it is terminated. */
void base64_encode(const uint8_t *bytes, size_t size, char *text);

/* `bytes` has room for text_size / 4 * 3. False for what is not base64. */
bool base64_decode(const char *text, size_t text_size, uint8_t *bytes, size_t *size);
