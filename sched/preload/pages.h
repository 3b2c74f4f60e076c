/*
 * pages.h -- memory from the system and not from malloc: the program's malloc
 * may itself wait for a lock, that is call us, while we are in the middle of it.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_PAGES_H
#define CONCVIZ_SCHED_PRELOAD_PAGES_H

#include <stddef.h>

/* All zeros, or NULL: there is none. Give it back with munmap. */
void *pages_new(size_t bytes);

/*
 * Room for needed bytes: pages, of *bytes (0: none yet), or larger ones with
 * the same in them. Ends the program where there are none: what waits could not
 * be woken any more.
 */
void *pages_grow(void *pages, size_t *bytes, size_t needed);

#endif
