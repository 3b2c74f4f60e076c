/*
  * xalloc.h -- allocation that cannot fail.
 *
 * No function here returns NULL: when there is no memory, one line is printed
 * and the program ends with exit status 3. Any thread.
 */
#ifndef CONCVIZ_SCHED_BASE_XALLOC_H
#define CONCVIZ_SCHED_BASE_XALLOC_H

#include <stddef.h>

/* Allocate count * size zeroed bytes; the product is checked. Free with
 * free(). */
void *xcalloc(size_t count, size_t size);

/* Resize old to count * size bytes; new bytes are not zeroed. */
void *xreallocarray(void *old, size_t count, size_t size);

/* Allocate count * size bytes, not zeroed, for a table that is written from
 * front to back; best in multiples of 2 MiB. Free with free(). */
void *xtable(size_t count, size_t size);

/* Copy a string. Free with free(). */
char *xstrdup(const char *text);

/*
 * Make room for one more item in a growing array: returns array, moved if
 * length == *capacity; *capacity is in items and doubles.
 */
void *xgrow(void *array, size_t length, size_t *capacity, size_t item_size);

#endif
