/*
 * ready.c -- ppoll, which is Linux's and the BSDs'; elsewhere the same by
 * pselect, which is POSIX's, and whose sets hold the first FD_SETSIZE
 * descriptors.
 */
#include "sched/base/ready.h"

#include <errno.h>
#include <stddef.h>
#include <sys/select.h>

#ifdef HAVE_PPOLL
int ready_wait(struct pollfd *file, nfds_t count, const struct timespec *time,
               const sigset_t *mask)
{
    return ppoll(file, count, time, mask);
}
#else
/* Returns the number that is above all, or -1 if one does not fit. */
static int fill(const struct pollfd *file, nfds_t count, fd_set *in,
                fd_set *out)
{
    int above = 0;

    FD_ZERO(in);
    FD_ZERO(out);
    for (nfds_t i = 0; i < count; i++) {
        int fd = file[i].fd;

        if (fd >= FD_SETSIZE)
            return -1;
        if (fd < 0)
            continue;
        if (file[i].events & POLLIN)
            FD_SET(fd, in);
        if (file[i].events & POLLOUT)
            FD_SET(fd, out);
        if (fd >= above)
            above = fd + 1;
    }
    return above;
}

/* Which they are says poll, at once. */
int ready_wait(struct pollfd *file, nfds_t count, const struct timespec *time,
               const sigset_t *mask)
{
    fd_set in, out;
    int above = fill(file, count, &in, &out), ready;

    for (nfds_t i = 0; i < count; i++)
        file[i].revents = 0;
    if (above < 0) {
        errno = EINVAL;
        return -1;
    }
    ready = pselect(above, &in, &out, NULL, time, mask);
    return ready > 0 || (ready < 0 && errno == EBADF) ? poll(file, count, 0)
                                                      : ready;
}
#endif
