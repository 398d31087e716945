/* SPDX-License-Identifier: Apache-2.0
 *
 * What the scan lets pass, protobuf-c unpacks within the memory limit, and packed again it passes once more.
 */
#include "common/net/scan.h"
#include "tests/unit/sample.pb-c.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct refusal refusal;
    struct arena *texts = arena_new(SIZE_MAX);
    struct arena *arena = arena_new(SCAN_DEFAULT.memory);

    if (scan_message(&sample__sample__descriptor, data, size, &SCAN_DEFAULT, texts, &refusal) == OK) {
        Sample__Sample *sample = sample__sample__unpack(arena_allocator(arena), size, data);
        assert(sample);
        uint8_t *again = arena_take(texts, sample__sample__get_packed_size(sample) + 1);
        size = sample__sample__pack(sample, again);
        enum status status = scan_message(&sample__sample__descriptor, again, size, &SCAN_DEFAULT, texts, &refusal);
        assert(status == OK);
    }
    arena_free(&arena);
    arena_free(&texts);
    return 0;
}
