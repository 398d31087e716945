/* SPDX-License-Identifier: Apache-2.0
 *
 * Wrap: a subject's key under the node's master key, as the vault stores it. Erasing a person is destroying this row.
 *
 * The form is sealer.h's; the associated data are seal.h's, with the field "key". So a wrapped key opens for its own
 * subject only: rows that were swapped do not.
 */
#pragma once
#include "common/seal/sealer.h"

enum { SEAL_WRAPPED_BYTES = SEAL_KEY_BYTES + SEAL_OVERHEAD }; /* 61 */

/* Wraps `key` of `subject`; `*wrapped` is in the arena, SEAL_WRAPPED_BYTES long. INVALID for a node name over
 * SEAL_NAME_MAX. */
enum status wrap_key(struct sealer *sealer, struct arena *arena, const struct seal_key *master, const char *node,
                     uint64_t subject, const struct seal_key *key, ProtobufCBinaryData *wrapped) MUST_CHECK;

/* Unwraps it into `*key`, which the caller wipes. UNVERIFIED where anything differs; the key is zero then. */
enum status wrap_open(struct sealer *sealer, struct arena *arena, const struct seal_key *master, const char *node,
                      uint64_t subject, ProtobufCBinaryData wrapped, struct seal_key *key) MUST_CHECK;
