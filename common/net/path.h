/* SPDX-License-Identifier: Apache-2.0
 *
 * Path: where in a message a value stands, such as "claims[3].worker.name".
 *
 * A walk keeps its path as links on the C stack and pays for text only when it refuses something.
 * Owns      nothing: names are borrowed from the descriptor or the arena.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The index of what is no element of a repeated field. */
#define PATH_NO_INDEX SIZE_MAX

struct path {
    const struct path *parent; /* NULL: a field of the outermost message */
    const char *name;
    size_t index;
};

/* The path as text in the arena; "message" for NULL, the outermost message itself. */
const char *path_text(struct arena *arena, const struct path *path);

/* At most 60 bytes of what came from outside, fit for a refusal: cut between characters, "..." where it was cut. */
const char *path_excerpt(struct arena *arena, const char *text);
