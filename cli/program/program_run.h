/*
 * program_run.h -- MODE -- COMMAND: somebody else's program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_RUN_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_RUN_H

struct options;

/* Become the program that stands after `--`, its threads as coroutines. Returns
 * only if that cannot be, with the exit status, after saying why. */
int program_run(const struct options *options);

#endif
