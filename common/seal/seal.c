/* SPDX-License-Identifier: Apache-2.0
 *
 * Seal: the layout of a field's associated data.
 */
#include "common/seal/seal.h"

#include <stdbool.h>
#include <string.h>

enum { ASSOCIATED_MAX = 1 + SEAL_NAME_MAX + 8 + 1 + SEAL_NAME_MAX };

static uint8_t *put_name(uint8_t *end, const char *name, size_t length)
{
    *end++ = (uint8_t)length;
    memcpy(end, name, length);
    return end + length;
}

/* Fills `bytes` (ASSOCIATED_MAX of them) and says how many it used; 0 where a name is too long. */
static size_t associated_put(const struct seal_context *context, uint8_t *bytes)
{
    size_t node = strlen(context->node), field = strlen(context->field);
    if (node > SEAL_NAME_MAX || field > SEAL_NAME_MAX)
        return 0;
    uint8_t *end = put_name(bytes, context->node, node);
    for (int shift = 56; shift >= 0; shift -= 8)
        *end++ = (uint8_t)(context->subject >> shift);
    return (size_t)(put_name(end, context->field, field) - bytes);
}

enum status seal_text(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                      const struct seal_context *context, ProtobufCBinaryData plain, ProtobufCBinaryData *sealed)
{
    uint8_t bytes[ASSOCIATED_MAX];
    ProtobufCBinaryData associated = {associated_put(context, bytes), bytes};

    *sealed = (ProtobufCBinaryData){0, NULL};
    return associated.len ? sealer_seal(sealer, arena, key, associated, plain, sealed) : INVALID;
}

enum status seal_open(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                      const struct seal_context *context, ProtobufCBinaryData sealed, ProtobufCBinaryData *plain)
{
    uint8_t bytes[ASSOCIATED_MAX];
    ProtobufCBinaryData associated = {associated_put(context, bytes), bytes};

    *plain = (ProtobufCBinaryData){0, NULL};
    return associated.len ? sealer_open(sealer, arena, key, associated, sealed, plain) : INVALID;
}
