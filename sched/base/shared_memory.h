/*
 * shared_memory.h -- memory that we share with other people's programs, which
 * cannot take it away from us.
 */
#ifndef CONCVIZ_SCHED_BASE_SHARED_MEMORY_H
#define CONCVIZ_SCHED_BASE_SHARED_MEMORY_H

#include <stddef.h>

/* Make some, all zeros, and its descriptor, which exec closes. Pages that nobody
 * touches cost nothing. The caller unmaps and closes. Returns NULL with errno set,
 * and -1 as descriptor. */
void *shared_memory_new(size_t bytes, int *fd);

#endif
