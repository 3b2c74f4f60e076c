/*
 * tls_block.h -- thread-local storage of its own for each thread.
 *
 * A compiler finds `errno` and every `_Thread_local` relative to one register,
 * the thread's base (FS on x86-64). The block that lies there belongs to the
 * loader, which knows how to make one; so what is a coroutine for us is a thread
 * for all code that looks at it. The base is what pthread_self() returns.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_TLS_BLOCK_H
#define CONCVIZ_SCHED_PRELOAD_TLS_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* Find out what this system offers. Once, before the others, on the first
 * thread. Returns false where this C library cannot make blocks. */
bool tls_block_init(void);

/* How many bytes below the base of a block hold variables, at most. */
size_t tls_block_bytes(void);

/* The base of the block that is in use. */
void *tls_block_current(void);

/* A new block, as the variables are at the start of a thread, or NULL: no
 * memory. Free it with tls_block_free. */
void *tls_block_new(void);

/* Must not be in use. What malloc keeps in it for its thread stays there, for
 * the next one that gets this block. */
void tls_block_free(void *base);

/* From here on all thread-local variables are those of this block. */
void tls_block_enter(void *base);

/* End what is thread-local and has a destructor (C++), for the block in use. */
void tls_block_destroy_objects(void);

#endif
