/*
 * waker.c -- an eventfd where the system has them: one descriptor, one number.
 * Elsewhere a pipe: any byte is enough, and what does not fit is no news.
 */
#include "sched/base/waker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#ifdef HAVE_SYS_EVENTFD_H
#include <sys/eventfd.h>
#endif
#include <unistd.h>

enum {
    WAKE_ATTEMPTS = 100
};

#ifdef HAVE_SYS_EVENTFD_H
static int open_both(int end[2])
{
    end[0] = end[1] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return end[0] < 0 ? -errno : 0;
}
#else
static int open_both(int end[2])
{
    if (pipe(end) != 0)
        return -errno;
    for (int i = 0; i < 2; i++) {
        fcntl(end[i], F_SETFD, FD_CLOEXEC);
        fcntl(end[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
}
#endif

int waker_init(struct waker *waker)
{
    int end[2];
    int error = open_both(end);

    *waker = (struct waker){ -1, -1 };
    if (error == 0)
        *waker = (struct waker){ end[0], end[1] };
    return error;
}

void waker_fini(struct waker *waker)
{
    if (waker->fd >= 0)
        close(waker->fd);
    if (waker->wake != waker->fd)
        close(waker->wake);
    *waker = (struct waker){ -1, -1 };
}

/* Whoever waits might do so for ever, so the first refusals are no answer. */
void waker_wake(const struct waker *waker)
{
    uint64_t one = 1;
    int attempts = 0;

    while (write(waker->wake, &one, sizeof one) < 0 &&
           ++attempts < WAKE_ATTEMPTS)
        continue;
}

void waker_forget(const struct waker *waker)
{
    uint64_t counts[64];

    while (read(waker->fd, counts, sizeof counts) == (ssize_t)sizeof counts)
        continue;
}
