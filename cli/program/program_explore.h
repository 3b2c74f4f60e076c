/*
 * program_explore.h -- explore -- COMMAND: look for an order in which somebody
 * else's program goes wrong.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_EXPLORE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_EXPLORE_H

struct explore_options;
struct options;

/* Explore the command of options, and say what was found. Returns the exit
 * status. Main thread. */
int program_explore(const struct options *options,
                    const struct explore_options *explore);

#endif
