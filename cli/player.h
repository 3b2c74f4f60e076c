/*
 * player.h -- the live screen: a run on one thread, its picture on this one.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_H
#define CONCVIZ_CLI_PLAYER_H

#include <stdbool.h>

struct diag;
struct options;
struct plan;
struct runner;

/*
 * Run plan and show it until the person quits. usable as in plan_make, for
 * other modes. Returns true and in *runner the last run (yours; it may have
 * been stopped, or still go on if the terminal went away), with plan changed
 * to its mode; false with diag filled when there is no screen to show it on or
 * no thread to run it, and nothing has been run.
 */
bool player_run(struct plan *plan, const struct options *options, int usable,
                struct runner **runner, struct diag *diag);

#endif
