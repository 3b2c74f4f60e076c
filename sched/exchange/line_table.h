/*
 * line_table.h -- from a place in a program to a line of its source.
 *
 * Where the program was compiled without -g, or concviz without libdw, no line
 * is known. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_LINE_TABLE_H
#define CONCVIZ_SCHED_EXCHANGE_LINE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

struct line_table;

/* Look at a program or a library, until it is freed (NULL is fine); fd is
 * borrowed. Returns NULL if it tells no lines. */
struct line_table *line_table_new(int fd);
void line_table_free(struct line_table *lines);

/*
 * Find the line of a place (an address as in its file, before it was loaded).
 * *file is its whole path, and belongs to lines until the next call. Returns false
 * if it is not known; lines may be NULL.
 */
bool line_table_find(struct line_table *lines, uint64_t place,
                     const char **file, int *line);

/* The path of the file that has a function, until the next call; NULL: nobody
 * knows. lines may be NULL. */
const char *line_table_file(struct line_table *lines, const char *function);

#endif
