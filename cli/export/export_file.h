/*
 * export_file.h -- a file that is there as a whole, or not at all.
 *
 * Main thread.
 */
#ifndef CONCVIZ_CLI_EXPORT_EXPORT_FILE_H
#define CONCVIZ_CLI_EXPORT_EXPORT_FILE_H

#include <stdbool.h>
#include <stdio.h>

/* All zero: nothing is open. */
struct export_file {
    FILE *stream;
    char *name;  /* of the file; NULL: standard output */
    char *draft; /* what is written instead, until it is whole; or NULL */
};

/* Open the file with that name for writing (NULL: standard output), and leave
 * what it holds. Returns 0 or a negative errno value. */
int export_file_open(struct export_file *file, const char *name);

/* Close it. keep: now it holds what was written; else it is as it was. Returns
 * 0 or a negative errno value, and then, too, it is as it was. (A device or a
 * pipe has got what was written in any case.) */
int export_file_close(struct export_file *file, bool keep);

#endif
