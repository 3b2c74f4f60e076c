/*
 * program_compare.h -- compare -- COMMAND: as coroutines, and as the threads of
 * the system.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_COMPARE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_COMPARE_H

struct options;

/* Run the command behind `--` in both modes, one after the other, look at both as
 * options ask, and return the exit status. */
int program_compare(const struct options *options);

#endif
