/* SPDX-License-Identifier: Apache-2.0
 *
 * Links: the directory of other nodes: where they are, and their public keys.
 *
 * Owns      a copy of the node's directory, read again when asked. Refuses   links whose signing key is none.
 */
#pragma once
#include "common/net/socket.h"
#include "common/seal/signature.h"

struct link {
    char name[32];
    char endpoint[256];
    char curve_key[CURVE_TEXT_SIZE];
    struct signature_public signing;
};

enum { LINKS_MAX = 256 };

struct links {
    struct link list[LINKS_MAX];
    size_t count;
    uint8_t incarnation[16]; /* of this node's database */
};

/* Reads the directory. UNAVAILABLE: the database is away, what was read before stands. */
MUST_CHECK enum status links_load(struct links *links, const char *conninfo);

/* NULL: there is none. */
const struct link *links_by_name(const struct links *links, const char *name);
const struct link *links_by_key(const struct links *links, const char *curve_key);
