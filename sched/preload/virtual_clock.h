/*
 * virtual_clock.h -- time that passes only where everybody waits for it.
 *
 * In a directed run (order_told) clocks stand still but for a microsecond each
 * time they are read, so that a loop that waits for them ends, and jump to the
 * next deadline when nobody else can go on: a sleep takes no time and keeps its
 * place.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_VIRTUAL_CLOCK_H
#define CONCVIZ_SCHED_PRELOAD_VIRTUAL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Is time of that kind here? */
bool virtual_clock_runs(void);

/* So much of it has passed. */
void virtual_clock_pass(int64_t ns);

/* CLOCK_MONOTONIC, whatever time is here: for whoever watches. */
int64_t virtual_clock_real_ns(void);

/* What the clock says, in ns, virtual or not; does not move it. */
int64_t virtual_clock_now(clockid_t clock);

#endif
