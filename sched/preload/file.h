/*
 * file.h -- waiting for files, for those that do.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_FILE_H
#define CONCVIZ_SCHED_PRELOAD_FILE_H

#include <signal.h>
#include <stdbool.h>

struct deadline;
struct pollfd;

/*
 * poll(2) for the running fiber; others go on meanwhile. Returns how many files
 * are ready, 0 after the deadline (NULL: never), or a negative errno value.
 * blocked (NULL: as always): the signals meanwhile. It is a cancellation point.
 */
int file_poll(struct pollfd *file, unsigned long count,
              const struct deadline *until, const sigset_t *blocked);

/*
 * Wait until one may be read (POLLIN) or written (POLLOUT), if it is one that
 * waits: then true. False: the caller should do at once what it wants, and need
 * not be surprised by EAGAIN. *error: EINTR, or 0.
 */
bool file_wait(int fd, short events, int *error);

#endif
