/*
 * perf_read.h -- what `perf script` prints of switches, into a journal.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_PERF_READ_H
#define CONCVIZ_SCHED_EXCHANGE_PERF_READ_H

#include <stdbool.h>
#include <stddef.h>

struct input;
struct journal;

/* Whether one of the lines at the beginning of a file is one of perf script. */
bool perf_read_knows(const char *text, size_t length);

/* Read to the end, or as far as it goes: remarks say so. */
void perf_read(struct journal *journal, struct input *input);

#endif
