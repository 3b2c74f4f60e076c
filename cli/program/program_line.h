/*
 * program_line.h -- from a place in a program to a line of its source.
 *
 * Where the program was compiled without -g, or concviz without libdw, no line
 * is known. One thread at a time.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_LINE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_LINE_H

#include <stdbool.h>
#include <stdint.h>

struct program_line;

/* Look at a program or a library, until it is freed (NULL is fine); fd is
 * borrowed. Returns NULL if it tells no lines. */
struct program_line *program_line_new(int fd);
void program_line_free(struct program_line *lines);

/*
 * Find the line of a place (an address as in its file, before it was loaded).
 * *file is as the compiler was given it, and belongs to lines. Returns false
 * if it is not known; lines may be NULL.
 */
bool program_line_find(struct program_line *lines, uint64_t place,
                       const char **file, int *line);

#endif
