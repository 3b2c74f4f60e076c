/*
 * carried_files.h -- what the one file carries. carry.sh makes the list;
 * carried_none.c is the list of all other builds.
 */
#ifndef CONCVIZ_CLI_CARRIED_CARRIED_FILES_H
#define CONCVIZ_CLI_CARRIED_CARRIED_FILES_H

#include <stddef.h>

struct carried_file {
    const char *name; /* with folders; NULL ends the list */
    const char *bytes;
    size_t length;
};

extern const struct carried_file carried_files[];

/* Names these files and no others. */
extern const char carried_files_mark[];

#endif
