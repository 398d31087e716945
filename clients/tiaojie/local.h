/* SPDX-License-Identifier: Apache-2.0
 *
 * Local: commands that need no node: a file, one option, and what is done with them. No profile, no connection, no key
 * of one's own.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <stdio.h>

struct local_call {
    struct arena *arena;
    const char *file;   /* "-": standard input */
    const char *option; /* its value; NULL: not given */
    struct refusal refusal;
};

struct local {
    const char *name; /* words as typed: "proof verify" */
    const char *help;
    const char *option; /* the only one, without dashes */
    const char *option_help;
    bool option_needed;
    const char *example;
    enum status (*run)(struct local_call *call);
};

/* Ends with NULL. */
extern const struct local *const LOCALS[];

/* The one that the first words name; NULL: none. */
const struct local *local_find(size_t count, const char *const *words);

/* Takes what follows the name. INVALID names the word. */
MUST_CHECK enum status local_parse(const struct local *local, size_t count, const char *const *words,
                                   struct local_call *call);

/* Parses and runs; a refusal is printed on standard error. Returns the exit code. */
int local_run(const struct local *local, struct arena *arena, size_t count, const char *const *words);

/* One line of `tiaojie help`, and the page of one. */
void local_line(FILE *to, const struct local *local);
void local_page(FILE *to, const struct local *local);
