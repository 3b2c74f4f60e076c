/*
 * ready.h -- waiting for descriptors, to the nanosecond and with signals.
 */
#ifndef CONCVIZ_SCHED_BASE_READY_H
#define CONCVIZ_SCHED_BASE_READY_H

#include <poll.h>
#include <signal.h>
#include <time.h>

/*
 * What ppoll(2) does: wait until one of them is ready, for a time at most
 * (NULL: without end), with another mask of signals meanwhile (NULL: with ours).
 * Returns how many are ready, or -1 with errno set (EINTR after a signal). Any
 * thread.
 */
int ready_wait(struct pollfd *file, nfds_t count, const struct timespec *time,
               const sigset_t *mask);

#endif
