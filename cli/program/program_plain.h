/*
 * program_plain.h -- a C file that knows nothing of concviz: compiled, and then
 * anybody's program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_PLAIN_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_PLAIN_H

#include <stdbool.h>

struct options;

/* Is the second word the name of a C file that does not use concviz.h? */
bool program_plain_takes(const struct options *options);

/* Compile it, and do what command does with `-- PROGRAM` in its place, in a
 * process of its own. Returns the exit status. */
int program_plain_run(const struct options *options,
                      int (*command)(const struct options *options));

#endif
