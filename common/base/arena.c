/* SPDX-License-Identifier: Apache-2.0
 *
 * Arena: a chain of blocks, filled from the front.
 */
#include "common/base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, BLOCK_MAX = 1 << 20 };

struct block {
    struct block *before;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *block;
    size_t limit;
    size_t used;
    size_t next_size;
    ProtobufCAllocator allocator;
};

static void *allocator_alloc(void *data, size_t size)
{
    return arena_alloc(data, size ? size : 1);
}

static void allocator_free(void *data, void *pointer)
{
    (void)data;
    (void)pointer;
}

static struct block *block_new(size_t size, struct block *before)
{
    struct block *block = malloc(sizeof *block + size);
    if (!block) {
        fputs("out of memory\n", stderr);
        abort();
    }
    block->before = before;
    block->size = size;
    block->used = 0;
    return block;
}

struct arena *arena_new(size_t limit)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena) {
        fputs("out of memory\n", stderr);
        abort();
    }
    arena->limit = limit;
    arena->next_size = FIRST_BLOCK;
    arena->allocator = (ProtobufCAllocator){allocator_alloc, allocator_free, arena};
    return arena;
}

void arena_free(struct arena **arena)
{
    if (!*arena)
        return;
    for (struct block *block = (*arena)->block, *before; block; block = before) {
        before = block->before;
        free(block);
    }
    free(*arena);
    *arena = NULL;
}

void arena_clear(struct arena *arena)
{
    while (arena->block && arena->block->before) {
        struct block *before = arena->block->before;
        free(arena->block);
        arena->block = before;
    }
    if (arena->block)
        arena->block->used = 0;
    arena->used = 0;
}

void *arena_take(struct arena *arena, size_t size)
{
    assert(size < SIZE_MAX / 2);
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!arena->block || arena->block->size - arena->block->used < rounded) {
        size_t wanted = rounded > arena->next_size ? rounded : arena->next_size;
        arena->block = block_new(wanted, arena->block);
        if (arena->next_size < BLOCK_MAX)
            arena->next_size *= 2;
    }
    void *memory = arena->block->bytes + arena->block->used;
    arena->block->used += rounded;
    arena->used += rounded;
    memset(memory, 0, size);
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > arena->limit || arena->used > arena->limit - size)
        return NULL;
    return arena_take(arena, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    assert(size == 0 || count <= SIZE_MAX / 2 / size);
    return arena_take(arena, count * size);
}

void *arena_more(struct arena *arena, void *list, size_t count, size_t size)
{
    /* Grows at powers of two. */
    if (count > 0 && (count & (count - 1)) != 0)
        return list;
    void *larger = arena_array(arena, count ? 2 * count : 1, size);
    if (count > 0)
        memcpy(larger, list, count * size);
    return larger;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text) + 1);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_take(arena, size);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}

ProtobufCAllocator *arena_allocator(struct arena *arena)
{
    return &arena->allocator;
}
