/*
 * program_run.h -- MODE -- COMMAND: somebody else's program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_RUN_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_RUN_H

#include <stdbool.h>

struct options;

/* Become the program that stands after `--`, its threads as coroutines. Returns
 * only if that cannot be, with the exit status, after saying why. */
int program_run(const struct options *options);

/* Run a command (ends with NULL) as the system does, as the first word of options
 * says, look at it, and return the exit status. */
int program_run_observed(const char *const *command,
                         const struct options *options);

/* Is an option said that is not for other people's programs, nor of this scope
 * (FOR_...)? Then says so. */
bool program_run_refuse(const struct options *options, unsigned scope);

#endif
