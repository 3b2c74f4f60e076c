/*
 * waker.h -- a descriptor that becomes readable when another thread says so.
 */
#ifndef CONCVIZ_SCHED_BASE_WAKER_H
#define CONCVIZ_SCHED_BASE_WAKER_H

struct waker {
    int fd;   /* to be polled for POLLIN; -1: there is none */
    int wake; /* the other end, or the same */
};

/* Make one. Returns 0 or a negative errno value, with fd -1. */
int waker_init(struct waker *waker);
void waker_fini(struct waker *waker);

/* Make it readable, however often. Any thread; also in a signal handler. */
void waker_wake(const struct waker *waker);

/* Make it unreadable again: all wakes until now count as one. */
void waker_forget(const struct waker *waker);

#endif
