/*
 * orders_live.h -- the bad orders of somebody else's program on a terminal: a
 * page, from which each can be walked on the live screen.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_EXPLORE_ORDERS_LIVE_H
#define CONCVIZ_CLI_EXPLORE_ORDERS_LIVE_H

#include <stdbool.h>

struct diag;
struct options;
struct orders_report;

/* Let the person choose until they quit; there is something to choose. Returns
 * false with diag filled when there is no screen. */
bool orders_live(const struct orders_report *report,
                 const struct options *options, struct diag *diag);

#endif
