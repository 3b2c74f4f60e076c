/*
 * speedscope_write.h -- runs as JSON for https://www.speedscope.app.
 *
 * A profile for each task, whose frames are what it did, and one for each
 * machine, whose frames are whom it served.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_SPEEDSCOPE_WRITE_H
#define CONCVIZ_SCHED_EXCHANGE_SPEEDSCOPE_WRITE_H

#include <stdio.h>

struct exported;

/* Write runs[0 .. count). Needs memory for names, none for events. Returns 0 or
 * a negative errno value. Any thread. */
int speedscope_write(FILE *out, const struct exported *run, int count);

#endif
