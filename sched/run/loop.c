/*
 * loop.c -- one poll for everything.
 *
 * The array given to poll begins with two descriptors that are no task's: the
 * one other threads write to, and the one that becomes readable when a person
 * stops the run. The time to wait is computed anew from the absolute deadline
 * each time, so a signal in the middle makes nobody late.
 *
 * poll looks at all descriptors each time: with n of them that is O(n), but for
 * the few dozen of a lesson it is faster than epoll, which needs one call to
 * watch and one to forget each of them.
 */
#include "sched/run/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "sched/base/clock.h"
#include "sched/base/ready.h"
#include "sched/base/waker.h"
#include "sched/base/xalloc.h"

enum {
    WAKE,  /* index of the waker */
    STOP,  /* index of stop_fd; -1 there is skipped by poll */
    FIRST, /* the first descriptor of a task */
};

struct loop {
    struct waker waker;
    struct pollfd *poll;
    size_t polls, poll_room;
    uint32_t *item; /* item[i] waits for poll[FIRST + i] */
    size_t item_room;
    size_t looked; /* loop_ready has looked at the items before this one */
};

/* The first two descriptors are ours for good. */
struct loop *loop_new(int stop_fd)
{
    struct loop *loop = xcalloc(1, sizeof *loop);

    loop->poll_room = FIRST;
    loop->poll = xcalloc(FIRST, sizeof *loop->poll);
    loop->polls = FIRST;
    waker_init(&loop->waker);
    loop->poll[WAKE].fd = loop->waker.fd;
    loop->poll[STOP].fd = stop_fd;
    loop->poll[WAKE].events = loop->poll[STOP].events = POLLIN;
    return loop;
}

void loop_free(struct loop *loop)
{
    if (!loop)
        return;
    waker_fini(&loop->waker);
    free(loop->poll);
    free(loop->item);
    free(loop);
}

void loop_wake(struct loop *loop)
{
    waker_wake(&loop->waker);
}

bool loop_can_wake(const struct loop *loop)
{
    return loop->waker.fd >= 0;
}

/* Early is fine, late is not: every caller looks at the clock itself. */
int loop_wait(struct loop *loop, int64_t until_ns)
{
    struct timespec span, *timeout = NULL;
    int ready;

    do {
        if (until_ns != TIME_NEVER) {
            int64_t left_ns = until_ns - clock_now_ns();

            if (left_ns < 0)
                left_ns = 0;
            span.tv_sec = (time_t)(left_ns / NS_PER_S);
            span.tv_nsec = (long)(left_ns % NS_PER_S);
            timeout = &span;
        }
        ready = ready_wait(loop->poll, loop->polls, timeout, NULL);
    } while (ready < 0 && errno == EINTR);
    if (ready < 0)
        return -errno;
    /* Several wakes count as one: whoever waits looks at everything anyway. */
    if (loop->poll[WAKE].revents)
        waker_forget(&loop->waker);
    loop->looked = 0;
    return 0;
}

/* A descriptor may stand here several times, once for each task that waits. */
void loop_watch(struct loop *loop, int fd, short events, uint32_t item)
{
    size_t at = loop->polls - FIRST;

    loop->poll = xgrow(loop->poll, loop->polls, &loop->poll_room,
                       sizeof *loop->poll);
    loop->item = xgrow(loop->item, at, &loop->item_room, sizeof *loop->item);
    loop->poll[loop->polls++] = (struct pollfd){ .fd = fd, .events = events };
    loop->item[at] = item;
}

size_t loop_watching(const struct loop *loop)
{
    return loop->polls - FIRST;
}

/* Close the gap that item number `at` leaves; the order stays. */
static void unwatch(struct loop *loop, size_t at)
{
    loop->polls--;
    for (size_t i = at; FIRST + i < loop->polls; i++) {
        loop->poll[FIRST + i] = loop->poll[FIRST + i + 1];
        loop->item[i] = loop->item[i + 1];
    }
}

/* What is told is forgotten, so the next call goes on where this one was. */
bool loop_ready(struct loop *loop, uint32_t *item)
{
    for (; FIRST + loop->looked < loop->polls; loop->looked++) {
        if (loop->poll[FIRST + loop->looked].revents == 0)
            continue;
        *item = loop->item[loop->looked];
        unwatch(loop, loop->looked);
        return true;
    }
    return false;
}
