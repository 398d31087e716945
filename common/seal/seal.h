/* SPDX-License-Identifier: Apache-2.0
 *
 * Seal: a personal field (a name, a number, the text of a session) sealed under the key of the person or case that it
 * is about. Where it belongs is part of the seal: moved to another node, subject or field, it does not open. The
 * associated data are, in this order:
 *
 *     1 byte length of the node's name | the name | 8 bytes subject, big-endian | 1 byte length of the field | the
 * field
 *
 * Refuses   to know keys by itself: the vault keeps them, wrapped (wrap.h).
 */
#pragma once
#include "common/seal/sealer.h"

enum { SEAL_NAME_MAX = 255 }; /* bytes of a node's or a field's name */

struct seal_context {
    const char *node;
    uint64_t subject; /* whose key it is: a person's id, or service number * 2^53 + id */
    const char *field;
};

/* Seals `plain`; `*sealed` is in the arena, in the form described in sealer.h. INVALID for a node or field name over
 * SEAL_NAME_MAX, TOO_LARGE over SEAL_PLAIN_MAX. */
enum status seal_text(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                      const struct seal_context *context, ProtobufCBinaryData plain,
                      ProtobufCBinaryData *sealed) MUST_CHECK;

/* Opens it again, as sealer_open does. UNVERIFIED for another key, node, subject, field, or changed bytes. */
enum status seal_open(struct sealer *sealer, struct arena *arena, const struct seal_key *key,
                      const struct seal_context *context, ProtobufCBinaryData sealed,
                      ProtobufCBinaryData *plain) MUST_CHECK;
