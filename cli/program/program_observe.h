/*
 * program_observe.h -- threads|parallel|watch -- COMMAND: what the system does
 * with somebody else's program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_OBSERVE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_OBSERVE_H

struct options;

/* Run the command behind `--` as its first word says, look at it as options ask,
 * and return the exit status. */
int program_observe(const struct options *options);

#endif
