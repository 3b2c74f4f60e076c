/*
 * run_end.h -- how a run ends for the person who asked for it: what is said,
 * and with which status the program exits. Main thread.
 */
#ifndef CONCVIZ_CLI_COMMAND_RUN_END_H
#define CONCVIZ_CLI_COMMAND_RUN_END_H

#include <stdbool.h>

struct options;
struct run_plan;
struct runner;

/* Run it to its end, unseen: *runner (NULL if it could not begin) is the
 * caller's. Says what there is to say. Returns the exit status. */
int run_end_of(const struct run_plan *plan, struct runner **runner);

/* Wait for the run; if it failed, say why. Returns the exit status. */
int run_end_wait(struct runner *runner);

/* The same of several, one after the other. Returns the status of the first
 * that did not go well. */
int run_end_wait_all(struct runner *const *runner, int count);

/* Was a run (NULL: it did not begin) that has ended refused by the system, so that
 * there is nothing to show? */
bool run_end_refused(const struct runner *runner);

/* After the live screen: wait for the run, or the two, say how it went, and
 * free them. runner[1] may be NULL. Returns the exit status. */
int run_end_close(struct runner *runner[2]);

/* The same of a run that was planned so, and first what else options ask for;
 * sound is what sound_open has returned. */
int run_end_live(struct runner *runner[2], const struct run_plan *plan,
                 const struct options *options, int sound);

/* Without a live screen: print what options ask for while the run goes on and
 * at its end. Returns the exit status. */
int run_end_unseen(struct runner *runner, const struct options *options,
                   int sound);

#endif
