/* SPDX-License-Identifier: Apache-2.0
 *
 * Division: provinces, cities and counties by their code (GB/T 2260), abolished ones included: identity numbers and old
 * papers keep them.
 *
 * Owns      the table, read once from law/divisions/divisions.tsv.
 * Refuses   to judge whether a date fits: the months are those of the lists that have the code, not of the decisions.
 */
#pragma once
#include "common/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct division {
    uint32_t code;
    const char *name;
    const char *from;   /* "2008-12": first list that has it under this name; "": the oldest one has */
    const char *until;  /* last list that has it; "": in force */
    uint32_t successor; /* of an abolished code where it is known, else 0 */
};

struct divisions;

/* Reads the table's text; what it makes lives in the arena. NULL: a line is not in the table's form, or they are
 * unsorted. */
const struct divisions *divisions_new(struct arena *arena, const char *text);

/* The table that is built into the program; read at the first call, from any thread. */
const struct divisions *divisions_built_in(void);

/* The code as it is now, or as it was last; NULL: there never was one. */
const struct division *divisions_find(const struct divisions *divisions, uint32_t code);

/* True for a code that is in force. */
bool division_stands(const struct division *division);

/* The names from province to county, such as "广东省深圳市南山区", by the codes above it. In the arena. */
const char *divisions_full_name(const struct divisions *divisions, uint32_t code, struct arena *arena);
