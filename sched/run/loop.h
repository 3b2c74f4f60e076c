/*
 * loop.h -- the one place where a thread that runs coroutines may wait.
 *
 * A thread with nobody to run waits here for everything at once: the next
 * alarm, a file descriptor some task waits for, another thread that has work
 * for it, and the person who stops the run. The scheduler knows when alarms are
 * due, and in which order; the loop only waits for the first.
 *
 * A loop belongs to the thread that waits in it; loop_wake is for the others.
 */
#ifndef CONCVIZ_SCHED_RUN_LOOP_H
#define CONCVIZ_SCHED_RUN_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;

/*
 * Make a loop. stop_fd (-1: none) is a descriptor that ends each wait as soon
 * as it is readable; borrowed. Free with loop_free.
 */
struct loop *loop_new(int stop_fd);
void loop_free(struct loop *loop);

/*
 * Wait until clock_now_ns() reaches until_ns (TIME_NEVER: for ever), a watched
 * descriptor is ready, somebody calls loop_wake, or stop_fd is readable. May
 * return early. Returns 0 or a negative errno value.
 */
int loop_wait(struct loop *loop, int64_t until_ns);

/* Make the wait that is under way, or the next one, end at once. Any thread.
 * Only if loop_can_wake: the system may have had no descriptor left for it. */
void loop_wake(struct loop *loop);
bool loop_can_wake(const struct loop *loop);

/*
 * Watch fd, once: as soon as events (POLLIN, POLLOUT) has come, loop_ready
 * tells the item, and fd is no longer watched. Several items may watch one fd.
 */
void loop_watch(struct loop *loop, int fd, short events, uint32_t item);

/* How many items are watching. */
size_t loop_watching(const struct loop *loop);

/* After a wait: an item whose descriptor is ready or broken, in order of
 * loop_watch. Returns false when there are no more. */
bool loop_ready(struct loop *loop, uint32_t *item);

#endif
