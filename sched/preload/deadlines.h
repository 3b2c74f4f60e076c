/*
 * deadlines.h -- when waiting ends that has an end.
 *
 * The two clocks are kept apart: somebody may set CLOCK_REALTIME meanwhile.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_DEADLINES_H
#define CONCVIZ_SCHED_PRELOAD_DEADLINES_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct deadline;
struct fiber;

/* Note the fiber's deadline, which may have passed. */
void deadlines_add(struct fiber *fiber);

/* It waits no longer, or never had one. */
void deadlines_remove(struct fiber *fiber);

/* Of those whose time has come, the one that has waited longest for it; NULL:
 * nobody's has. It is still noted. */
struct fiber *deadlines_passed(void);

/* How long until the next, in ns; 0: it has passed; INT64_MAX: there is none. */
int64_t deadlines_wait(void);

void deadlines_forget(void);

int64_t deadlines_now(clockid_t clock);

/* May a wait end by this clock? */
bool deadlines_has_clock(clockid_t clock);

/* Is it a time at all? */
bool deadlines_valid(const struct timespec *time);

/* The deadline a program gives; false: there is no such clock or time. */
bool deadlines_read(struct deadline *until, clockid_t clock,
                    const struct timespec *time);

/* The time of this clock, or this long from now, where NULL is no time given. */
struct deadline deadlines_at(clockid_t clock, const struct timespec *time);
struct deadline deadlines_in(const struct timespec *time);

#endif
