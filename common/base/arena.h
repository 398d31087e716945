/* SPDX-License-Identifier: Apache-2.0
 *
 * Arena: memory that a request or a batch allocates and that goes at once with it.
 *
 * Owns      its blocks. What comes out of an arena is never freed alone.
 * Refuses   more than its limit: outside data cannot make a process grow.
 */
#pragma once
#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct arena;

/* `limit` in bytes, SIZE_MAX for what only our own code fills. Never NULL: without memory the process ends. */
struct arena *arena_new(size_t limit);
void arena_free(struct arena **arena);

/* Forgets all that was allocated and keeps the first block for the next use. */
void arena_clear(struct arena *arena);

/* Zeroed memory, aligned for any type; NULL once the limit would be passed. For sizes that came from outside. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same without a limit, never NULL: for what our own code needs (an event, a text, an array of known size). */
void *arena_take(struct arena *arena, size_t size);

/* arena_take for an array; `count * size` is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A list of `count` elements with room for one more: itself, or a larger copy. For lists that only arena_more makes,
 * from NULL and 0 on. */
void *arena_more(struct arena *arena, void *list, size_t count, size_t size);

/* Copies into the arena (text with its terminator; bytes without one). */
char *arena_text(struct arena *arena, const char *text);
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* Bytes handed out since it was made or cleared. */
size_t arena_used(const struct arena *arena);

/* protobuf-c unpacks into the arena through this; freeing is a no-op. Lives as long as the arena. */
ProtobufCAllocator *arena_allocator(struct arena *arena);
