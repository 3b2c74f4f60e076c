/*
 * build_folder.h -- a program that is run where it was built finds what belongs
 * to it beside itself, and not where it would be installed.
 */
#ifndef CONCVIZ_CLI_OPTIONS_BUILD_FOLDER_H
#define CONCVIZ_CLI_OPTIONS_BUILD_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* Write the path of name in the build folder. Returns false where the program
 * is installed, or name is not there. */
bool build_folder_find(char *path, size_t size, const char *name);

#endif
