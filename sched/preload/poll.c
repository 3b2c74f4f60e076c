/*
 * poll.c -- poll, select and epoll: all of them are poll (file.c). A set of
 * epoll is itself a file, ready when one of its files is.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "sched/base/clock.h"
#include "sched/preload/cancel.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/fiber.h"
#include "sched/preload/file.h"
#include "sched/preload/kernel_call.h"
#include "sched/preload/tell.h"

enum {
    MS_PER_S = 1000,
    US_PER_S = 1000000
};

/* NULL is for ever, as in ppoll. */
static const struct timespec *of_ms(struct timespec *time, int ms)
{
    if (ms < 0)
        return NULL;
    *time = (struct timespec){ ms / MS_PER_S, ms % MS_PER_S * NS_PER_MS };
    return time;
}

int ppoll(struct pollfd *file, nfds_t count, const struct timespec *time,
          const sigset_t *mask)
{
    struct deadline until;
    int ready;

    TELL_HERE();
    cancel_point(fiber_current());
    if (!fiber_many()) {
        struct timespec left = time ? *time : (struct timespec){ 0 };

        long result;

        tell_away(TIME_NEVER);
        result = kernel_call_poll(file, count, time ? &left : NULL, mask);
        tell_back();
        return (int)kernel_call_errno(result);
    }
    if (time && (!deadlines_valid(time) || time->tv_sec < 0)) {
        errno = EINVAL;
        return -1;
    }
    if (time)
        until = deadlines_in(time);
    ready = file_poll(file, count, time ? &until : NULL, mask);
    return (int)kernel_call_errno(ready);
}

int poll(struct pollfd *file, nfds_t count, int ms)
{
    struct timespec time;

    TELL_HERE();
    return ppoll(file, count, of_ms(&time, ms), NULL);
}

int __poll_chk(struct pollfd *file, nfds_t count, int ms, size_t room);
int __ppoll_chk(struct pollfd *file, nfds_t count, const struct timespec *time,
                const sigset_t *mask, size_t room);

int __poll_chk(struct pollfd *file, nfds_t count, int ms, size_t room)
{
    if (room / sizeof *file < count)
        __builtin_trap();
    return poll(file, count, ms);
}

int __ppoll_chk(struct pollfd *file, nfds_t count, const struct timespec *time,
                const sigset_t *mask, size_t room)
{
    if (room / sizeof *file < count)
        __builtin_trap();
    return ppoll(file, count, time, mask);
}

/* --- select --------------------------------------------------------------- */

static bool is_in(int fd, const fd_set *set)
{
    return set && FD_ISSET(fd, set);
}

/* What the three sets ask of one file. */
static short asked(int fd, const fd_set *in, const fd_set *out,
                   const fd_set *other)
{
    return (short)((is_in(fd, in) ? POLLIN | POLLRDHUP : 0) |
                   (is_in(fd, out) ? POLLOUT : 0) |
                   (is_in(fd, other) ? POLLPRI : 0));
}

static int answer(const struct pollfd *file, fd_set *set, short events)
{
    if (!is_in(file->fd, set))
        return 0;
    if (file->revents & (events | POLLERR | POLLHUP))
        return 1;
    FD_CLR(file->fd, set);
    return 0;
}

int pselect(int count, fd_set *in, fd_set *out, fd_set *other,
            const struct timespec *time, const sigset_t *mask)
{
    struct pollfd file[FD_SETSIZE];
    int files = 0, ready, answers = 0;

    TELL_HERE();
    if (count < 0 || count > FD_SETSIZE) {
        errno = EINVAL;
        return -1;
    }
    for (int fd = 0; fd < count; fd++) {
        short events = asked(fd, in, out, other);

        if (events)
            file[files++] = (struct pollfd){ fd, events, 0 };
    }
    ready = ppoll(file, (nfds_t)files, time, mask);
    if (ready < 0)
        return -1;
    for (int i = 0; i < files; i++) {
        if (file[i].revents & POLLNVAL) {
            errno = EBADF;
            return -1;
        }
        answers += answer(&file[i], in, POLLIN | POLLRDHUP);
        answers += answer(&file[i], out, POLLOUT);
        answers += answer(&file[i], other, POLLPRI);
    }
    return answers;
}

int select(int count, fd_set *in, fd_set *out, fd_set *other,
           struct timeval *time)
{
    struct timespec wait;

    TELL_HERE();
    if (!time)
        return pselect(count, in, out, other, NULL, NULL);
    wait = (struct timespec){ time->tv_sec + time->tv_usec / US_PER_S,
                              time->tv_usec % US_PER_S * NS_PER_US };
    return pselect(count, in, out, other, &wait, NULL);
}

/* --- epoll ---------------------------------------------------------------- */

static int ask_epoll(int set, struct epoll_event *event, int most,
                     const sigset_t *mask, int ms)
{
    return (int)kernel_call(SYS_epoll_pwait, set, kernel_call_pointer(event),
                            most, ms, kernel_call_pointer(mask),
                            KERNEL_CALL_SET_BYTES);
}

int epoll_pwait(int set, struct epoll_event *event, int most, int ms,
                const sigset_t *mask)
{
    struct pollfd file = { set, POLLIN, 0 };
    struct timespec time;
    struct deadline until;
    int ready;

    TELL_HERE();
    cancel_point(fiber_current());
    if (!fiber_many())
        return (int)kernel_call_errno(ask_epoll(set, event, most, mask, ms));
    if (of_ms(&time, ms))
        until = deadlines_in(&time);
    do {
        ready = ask_epoll(set, event, most, mask, 0);
        if (ready || ms == 0)
            break;
        ready = file_poll(&file, 1, ms < 0 ? NULL : &until, mask);
    } while (ready > 0);
    return (int)kernel_call_errno(ready);
}

int epoll_wait(int set, struct epoll_event *event, int most, int ms)
{
    TELL_HERE();
    return epoll_pwait(set, event, most, ms, NULL);
}
