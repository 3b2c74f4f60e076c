/*
 * build_folder.h -- a program that is run where it was built finds what belongs
 * to it beside itself, and not where it would be installed; the one file finds
 * it inside (carried.h).
 */
#ifndef CONCVIZ_CLI_OPTIONS_BUILD_FOLDER_H
#define CONCVIZ_CLI_OPTIONS_BUILD_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct diag;

/* Write the path of name in the build folder. Returns false where the program
 * is installed, or name is not there. */
bool build_folder_find(char *path, size_t size, const char *name);

/* Write the path of a file of ours: of name in the build folder or inside the
 * one file, else where it is installed. Returns false and says why if it cannot
 * be read. */
bool build_folder_or(char *path, size_t size, const char *name,
                     const char *installed, struct diag *diag);

#endif
