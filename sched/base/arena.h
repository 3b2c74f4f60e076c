/*
 * arena.h -- memory that dies together.
 *
 * The parts of a parsed file live and die as one: allocate them from an
 * arena, free the arena. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_BASE_ARENA_H
#define CONCVIZ_SCHED_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* Make an empty arena; free all that was allocated from it (NULL is fine). */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Return size zeroed bytes, aligned for any type; valid until arena_free. */
void *arena_alloc(struct arena *arena, size_t size);

/*
 * Make room for one more item in an array that lives in the arena: returns
 * items, moved whenever count reaches a power of two. NULL begins a new one.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size);

/* Copy length bytes of text and a NUL after them; valid until arena_free. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

#endif
