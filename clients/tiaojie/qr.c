/* SPDX-License-Identifier: Apache-2.0
 *
 * QR: level L, because fewer modules are read more easily from a screen; the quiet zone is drawn too.
 */
#include "clients/tiaojie/qr.h"

#include <assert.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

enum { QUIET = 4 };

enum status qr_make(ProtobufCBinaryData bytes, struct qr *qr, struct arena *arena, struct refusal *refusal)
{
    QRcode *code = bytes.len <= QR_BYTES_MAX ? QRcode_encodeData((int)bytes.len, bytes.data, 0, QR_ECLEVEL_L) : NULL;
    if (!code && bytes.len == 0)
        return refuse(refusal, INVALID, "FILE", N_("it is empty"), N_("name a file that `proof issue` wrote"));
    if (!code)
        return refuse_with(refusal, TOO_LARGE, "FILE", N_("it has %1 bytes; the largest QR code holds %2"),
                           N_("hand out the text itself"), text_print(arena, "%zu", bytes.len),
                           text_print(arena, "%d", QR_BYTES_MAX));
    qr->width = (size_t)code->width;
    uint8_t *modules = arena_copy(arena, code->data, qr->width * qr->width);
    for (size_t i = 0; i < qr->width * qr->width; i++)
        modules[i] &= 1;
    qr->modules = modules;
    QRcode_free(code);
    return OK;
}

static size_t dots(const struct qr *qr)
{
    return qr->width + 2 * QUIET;
}

/* With the quiet zone: 0 to dots() - 1, and light beyond. */
static bool is_dark(const struct qr *qr, size_t row, size_t column)
{
    if (row < QUIET || column < QUIET || row >= qr->width + QUIET || column >= qr->width + QUIET)
        return false;
    return qr->modules[(row - QUIET) * qr->width + column - QUIET] != 0;
}

void qr_print(FILE *to, const struct qr *qr, bool colours)
{
    static const char *const HALVES[] = {"█", "▀", "▄", " "}; /* both light, upper light, lower light, both dark */

    for (size_t row = 0; row < dots(qr); row += 2) {
        fputs(colours ? "\033[97;40m" : "", to);
        for (size_t column = 0; column < dots(qr); column++)
            fputs(HALVES[(is_dark(qr, row, column) ? 2 : 0) + (is_dark(qr, row + 1, column) ? 1 : 0)], to);
        fputs(colours ? "\033[0m\n" : "\n", to);
    }
}

/* ---- pictures -------------------------------------------------------------------------------------------------- */

static size_t run_of_dark(const struct qr *qr, size_t row, size_t column)
{
    size_t length = 0;

    while (is_dark(qr, row, column + length))
        length++;
    return length;
}

ProtobufCBinaryData qr_svg(const struct qr *qr, struct arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    const size_t side = dots(qr);

    assert(memory);
    fprintf(memory,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" viewBox=\"0 0 %zu %zu\" "
            "shape-rendering=\"crispEdges\">\n<rect width=\"%zu\" height=\"%zu\" fill=\"#fff\"/>\n<path d=\"",
            4 * side, 4 * side, side, side, side, side);
    for (size_t row = 0; row < side; row++)
        for (size_t column = 0; column < side; column++) {
            const size_t length = run_of_dark(qr, row, column);
            if (length > 0)
                fprintf(memory, "M%zu %zuh%zuv1h-%zuz", column, row, length, length);
            column += length;
        }
    fputs("\" fill=\"#000\"/>\n</svg>\n", memory);
    fclose(memory);
    const ProtobufCBinaryData picture = {size, arena_copy(arena, text, size)};
    free(text);
    return picture;
}

/* A module is a byte a row: 8 dots. */
ProtobufCBinaryData qr_pbm(const struct qr *qr, struct arena *arena)
{
    const size_t side = dots(qr);
    const char *head = text_print(arena, "P4\n%zu %zu\n", 8 * side, 8 * side);
    ProtobufCBinaryData picture = {strlen(head) + 8 * side * side, NULL};

    picture.data = arena_take(arena, picture.len);
    memcpy(picture.data, head, strlen(head));
    uint8_t *at = picture.data + strlen(head);
    for (size_t row = 0; row < 8 * side; row++)
        for (size_t column = 0; column < side; column++)
            *at++ = is_dark(qr, row / 8, column) ? 0xff : 0;
    return picture;
}
