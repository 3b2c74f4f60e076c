/*
 * tape_guard.h -- who writes to a mapped file that somebody else cuts short
 * meanwhile goes on, and is told.
 */
#ifndef CONCVIZ_SCHED_TAPE_TAPE_GUARD_H
#define CONCVIZ_SCHED_TAPE_TAPE_GUARD_H

#include <stdatomic.h>
#include <stddef.h>

/*
 * From now on a fault in this window of a file sets *error to -ESTALE, and what
 * is written to the window is lost. Both stay valid until tape_guard_end, which
 * comes before the window is unmapped. Any thread.
 */
void tape_guard_begin(void *memory, size_t size, atomic_int *error);
void tape_guard_end(const void *memory);

#endif
