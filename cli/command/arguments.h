/*
 * arguments.h -- what the commands have to find out about their arguments.
 *
 * What is refused here is refused before anything is opened, and has been
 * explained to the person on return. Main thread.
 */
#ifndef CONCVIZ_CLI_COMMAND_ARGUMENTS_H
#define CONCVIZ_CLI_COMMAND_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct command;
struct options;
struct workload;

/* Refuse more words than `most`; the command itself is the first one. */
bool arguments_too_many(const struct options *options, size_t most);

/* Refuse options that contradict each other, for commands that run a workload
 * and nothing else. Returns whether there are any. */
bool arguments_refuse_run(const struct options *options);

/* The same of those that say how runs are looked at. */
bool arguments_refuse_look(const struct options *options);

/* Is the live screen wanted? */
bool arguments_live(const struct options *options);

/* Call run with the workload that is named, or the usual one, which lives only
 * as long. Returns its exit status, or EXIT_USAGE if there is no such
 * workload. */
int arguments_with_workload(const struct options *options,
                            int (*run)(const struct workload *workload,
                                       const struct options *options));

/* The part of a command that word (may be NULL) names, or NULL. part[] ends
 * with a NULL name. */
const struct command *arguments_part(const struct command *part,
                                     const char *word);

#endif
