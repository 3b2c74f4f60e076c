/*
 * explore_live.h -- what an exploration has found on a terminal: a page, from
 * which everything can be walked on the live screen.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_EXPLORE_EXPLORE_LIVE_H
#define CONCVIZ_CLI_EXPLORE_EXPLORE_LIVE_H

#include <stdbool.h>

struct diag;
struct explore_report;
struct options;

/* Let the person choose until they quit; everything is borrowed. Returns false
 * with diag filled when there is no screen. */
bool explore_live(const struct explore_report *report,
                  const struct options *options, struct diag *diag);

#endif
