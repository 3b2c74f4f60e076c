/*
 * chrome_write.h -- runs as Chrome Trace Event JSON.
 *
 * For ui.perfetto.dev, chrome://tracing, speedscope and whatever else reads the
 * format. A run is two processes: its tasks, each a thread whose slices are
 * what it did, and its machines, each a thread whose slices are whom it
 * served. Arrows lead from who woke or stopped a task to that task.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_CHROME_WRITE_H
#define CONCVIZ_SCHED_EXCHANGE_CHROME_WRITE_H

#include <stdbool.h>
#include <stdio.h>

struct exported;

/*
 * Write runs[0 .. count). states: also thread states, which only Perfetto
 * knows and chrome://tracing complains of. Needs memory for each task, none for
 * events. Returns 0 or a negative errno value. Any thread.
 */
int chrome_write(FILE *out, const struct exported *run, int count, bool states);

#endif
