/*
 * arena.c -- a chain of blocks, filled from front to back.
 *
 *   newest block -> older block -> oldest block
 *   [used.....free]   [used]          [used]
 *
 * A request that does not fit in the newest block opens another one, twice
 * as large, so that n bytes cost O(log n) calls to malloc.
 */
#include "sched/base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"

struct block {
    struct block *older;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *newest;
};

enum {
    FIRST_BLOCK = 4096
};

struct arena *arena_new(void)
{
    return xcalloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->newest, *older; block; block = older) {
        older = block->older;
        free(block);
    }
    free(arena);
}

/* calloc, because what arena_alloc returns is zeroed. */
static void open_block(struct arena *arena, size_t least)
{
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK;
    struct block *block;

    if (size < least)
        size = least;
    block = xcalloc(1, sizeof *block + size);
    block->size = size;
    block->older = arena->newest;
    arena->newest = block;
}

/* Sizes are rounded up to the strictest alignment, so the next request is
 * aligned as well. Older blocks are never searched for free space, which keeps
 * this O(1). */
void *arena_alloc(struct arena *arena, size_t size)
{
    size_t unit = alignof(max_align_t);
    size_t rounded = (size + unit - 1) / unit * unit;
    void *memory;

    if (!arena->newest || arena->newest->size - arena->newest->used < rounded)
        open_block(arena, rounded);
    memory = arena->newest->bytes + arena->newest->used;
    arena->newest->used += rounded;
    return memory;
}

/* A count that is a power of two means that the array is full, so no
 * capacity has to be stored. The abandoned copies together are smaller
 * than the array. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
    void *moved;

    if (count & (count - 1)) /* between two powers of two */
        return items;
    moved = arena_alloc(arena, (count ? 2 * count : 1) * size);
    if (count)
        memcpy(moved, items, count * size);
    return moved;
}

/* The final NUL is already there, because arena memory is zeroed. */
char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    memcpy(copy, text, length);
    return copy;
}
