/* SPDX-License-Identifier: Apache-2.0
 *
 * What JSON reading lets pass is written, read and written again without a difference, and passes the scan.
 */
#include "common/net/json.h"
#include "common/net/scan.h"
#include "tests/unit/sample.pb-c.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A compact text that is read and comes out again must be the same text. */
static void check_again(const char *text, struct arena *arena)
{
    ProtobufCMessage *message;
    const char *again;
    struct refusal refusal;
    enum status status = json_read(&sample__sample__descriptor, text, strlen(text), arena, &message, &refusal);
    assert(status == OK);
    status = json_write(message, false, arena, &again);
    assert(status == OK);
    assert(strcmp(text, again) == 0);
}

static void check_scan(const ProtobufCMessage *message, struct arena *arena)
{
    size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(arena, size + 1);
    protobuf_c_message_pack(message, bytes);
    struct refusal refusal;
    enum status status = scan_message(message->descriptor, bytes, size, &SCAN_DEFAULT, arena, &refusal);
    assert(status == OK || status == TOO_LARGE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct refusal refusal;
    ProtobufCMessage *message;
    const char *text;
    struct arena *arena = arena_new(SIZE_MAX);

    if (json_read(&sample__sample__descriptor, (const char *)data, size, arena, &message, &refusal) == OK) {
        enum status status = json_write(message, false, arena, &text);
        assert(status == OK);
        check_again(text, arena);
        check_scan(message, arena);
    }
    arena_free(&arena);
    return 0;
}
