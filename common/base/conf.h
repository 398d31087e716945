/* SPDX-License-Identifier: Apache-2.0
 *
 * Conf: a configuration file of the form
 *
 *     [node]
 *     name = nanshan
 *
 * read once at start. What may stand in it is a const table; all of it is checked at once.
 * Refuses   sections and keys outside the table, values over their limits, a missing key that has no default.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <stdint.h>

struct conf;

struct conf_key {
    const char *section; /* "" for keys before any section */
    const char *name;
    const char *fallback; /* the value when it is missing; NULL: the key must be there */
    uint64_t low, high;   /* of a number; both 0: a text */
};

enum { CONF_VALUE_MAX = 1024 };

/* What stands in node.conf, which all processes of a node read. Ends with an empty entry, as every such table. */
extern const struct conf_key NODE_CONF[];

/* The file's values live in the arena, the refusal's too. INVALID names file, line, key and what is allowed. */
MUST_CHECK enum status conf_load(struct arena *arena, const char *path, const struct conf_key *known,
                                 struct conf **conf, struct refusal *refusal);

/* A value of a key that the table has (asserted). Texts are never NULL; "" is what an empty fallback gives. */
const char *conf_get(const struct conf *conf, const char *section, const char *name);
uint64_t conf_number(const struct conf *conf, const char *section, const char *name);
