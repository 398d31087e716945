/* SPDX-License-Identifier: Apache-2.0
 *
 * QR: bytes as a QR code (ISO/IEC 18004, by libqrencode), in a terminal or as a picture.
 *
 * Refuses   more than QR_BYTES_MAX: the largest code holds no more.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { QR_BYTES_MAX = 2953 }; /* version 40, level L, 8-bit mode */

struct qr {
    size_t width;           /* modules a side, without the quiet zone */
    const uint8_t *modules; /* row by row, 1 is dark */
};

/* TOO_LARGE over QR_BYTES_MAX, INVALID for nothing. The modules are in the arena. */
MUST_CHECK enum status qr_make(ProtobufCBinaryData bytes, struct qr *qr, struct arena *arena, struct refusal *refusal);

/* Two modules a character, light ones drawn. `colours`: black on white, whatever colours the terminal has. */
void qr_print(FILE *to, const struct qr *qr, bool colours);

/* Pictures: a drawing in modules; a bitmap (P4) of 8 dots a module. In the arena. */
ProtobufCBinaryData qr_svg(const struct qr *qr, struct arena *arena);
ProtobufCBinaryData qr_pbm(const struct qr *qr, struct arena *arena);
