/* SPDX-License-Identifier: Apache-2.0
 *
 * Node keys: the secrets of one node, in one text file of mode 0600. A line each, `name=hex`, 64 digits:
 *
 *     master       wraps the keys of persons and cases (wrap.h)
 *     search       finds a person by a number (keyed.h)
 *     digest       tells repeated commands apart (keyed.h)
 *     signing      Ed25519 secret for envelopes and receipts (signature.h)
 *     signing_sm2  SM2 secret for links that want SM2/SM3
 *     transport    X25519 secret that other nodes seal for (transport.h)
 *
 * Lines that are empty or begin with # are skipped. Whoever loses `master` has lost every sealed word: it belongs in
 * the backup, and the backup in a safe.
 *
 * Refuses   a file that anybody but its owner can read or write, that belongs to neither this user nor root, that is no
 *           plain file, or that lacks, repeats or does not know a name. Never overwrites a file.
 */
#pragma once
#include "common/base/refusal.h"
#include "common/seal/sealer.h"
#include "common/seal/signature.h"
#include "common/seal/transport.h"

struct node_keys {
    struct seal_key master;
    struct seal_key search;
    struct seal_key digest;
    struct signature_key signing;
    struct signature_key signing_sm2;
    struct transport_key transport;
};

/* Writes a new file with fresh keys, durably. CONFLICT when there is one already, UNAVAILABLE when it cannot be
 * written. A refusal's texts borrow `path`. */
enum status node_keys_make(const char *path, struct refusal *refusal) MUST_CHECK;

/* Reads a file. UNKNOWN when there is none, FORBIDDEN when others can get at it, INVALID for its content, UNAVAILABLE
 * when it cannot be read. `*keys` is zero unless OK; the caller wipes it. A refusal's texts borrow `path`. */
enum status node_keys_load(const char *path, struct node_keys *keys, struct refusal *refusal) MUST_CHECK;

void node_keys_wipe(struct node_keys *keys);
