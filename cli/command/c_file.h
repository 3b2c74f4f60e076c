/*
 * c_file.h -- MODE FILE.c and compare FILE.c: a C file in a workload's place.
 */
#ifndef CONCVIZ_CLI_COMMAND_C_FILE_H
#define CONCVIZ_CLI_COMMAND_C_FILE_H

#include <stdbool.h>

struct options;

/* Is it one? Then it has been run as command does, which was called with it, and
 * status is what came of it; also where only another program can have what was
 * said. */
bool c_file_run(const struct options *options,
                int (*command)(const struct options *options), int *status);

#endif
