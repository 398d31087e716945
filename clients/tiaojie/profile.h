/* SPDX-License-Identifier: Apache-2.0
 *
 * Profile: who is typing, and which node they speak with: a file, so that a command line is short.
 *
 *     endpoint = tcp://127.0.0.1:7440
 *     server_key = the gateway's public key
 *     key = clerk.key                      (a path is relative to the profile's folder)
 *     office = 7                           (what creations go to when nothing else is said)
 *
 * Owns      the file beside it, PROFILE.seen: how far the node's answers were, so that the next command sees its own
 * past.
 */
#pragma once
#include "clients/partner/partner.h"
#include "common/base/conf.h"

struct profile {
    const char *path;
    const char *endpoint;
    const char *server_key;
    const char *key_path;
    uint64_t office; /* 0: none */
};

/* The file that TIAOJIE_PROFILE names, when no other is named; NULL: none. */
const char *profile_path_default(void);

MUST_CHECK enum status profile_load(struct arena *arena, const char *path, struct profile *profile,
                                    struct refusal *refusal);

/* Lines of `service partition position`. A file that isn't there is empty; a line that is none is left out. */
void profile_read_seen(const char *path, struct partner *partner);

/* Written anew as a whole; when that fails, a warning is all: the next command may see a little less. */
void profile_write_seen(struct arena *arena, const char *path, const struct partner *partner);

/* The .seen file's name. */
const char *profile_seen_path(struct arena *arena, const struct profile *profile);
