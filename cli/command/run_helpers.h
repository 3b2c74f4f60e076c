/*
 * run_helpers.h -- what the commands that run something have in common.
 *
 * Main thread.
 */
#ifndef CONCVIZ_CLI_COMMAND_RUN_HELPERS_H
#define CONCVIZ_CLI_COMMAND_RUN_HELPERS_H

#include <stdbool.h>

struct options;
struct run_plan;
struct runner;

/* Say what can be seen to be wrong before anything is opened: more than a
 * command and a workload, options that contradict each other. Returns whether
 * anything is. */
bool request_refuse(const struct options *options);

/* Is the live screen wanted? */
bool request_live(const struct options *options);

/* How many cores this process may use. */
int request_machines(void);

/* If a real run on several machines is to begin while others want the cores,
 * say so in the plan's note. Looks for at most 10 ms. */
void request_note_busy(struct run_plan *plan);

/* Wait for the run; if it failed, say why. Returns the exit status. */
int request_finish(struct runner *runner);

/* Is that the exit status of a run that was refused? */
bool request_failed(int status);

/* After the live screen: wait for the run, or the two, say how it went, and
 * free them. runner[1] may be NULL. Returns the exit status. */
int request_close(struct runner *runner[2]);

#endif
