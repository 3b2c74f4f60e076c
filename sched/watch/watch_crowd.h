/*
 * watch_crowd.h -- threads of other programs: which there are, what each is
 * called.
 *
 * One thread of ours at a time.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_CROWD_H
#define CONCVIZ_SCHED_WATCH_WATCH_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal;

enum watched_where {
    NOWHERE,
    ON_CORE,
    IN_LINE,
    WAITING,
    GONE
};

/* A thread. */
struct watched {
    int tid, pid;
    uint32_t lane;
    int said;      /* word: what it is called, whatever we call it; or -1 */
    uint64_t self; /* its pthread_t, if it told us */
    enum watched_where where;
    int cpu;
    bool named; /* by itself or by us, not by its parent's name */
    bool asks;  /* it told that it waits, and not yet that it goes on */
    unsigned wait;
    uint64_t object;
    int64_t value, since_ns;
};

/* All of them, in the order in which they were met. Begins with journal and
 * first, which are borrowed, and nothing else. */
struct watch_crowd {
    struct journal *journal;
    const char *first; /* what the first is called, or NULL */
    struct watched *person;
    size_t count, room;
    uint32_t *of_tid; /* number + 1, or 0: of so many threads: */
    int tids;
};

void watch_crowd_fini(struct watch_crowd *crowd);

/* The thread of that number, or NULL. Valid until the next is met. */
struct watched *watch_crowd_find(const struct watch_crowd *crowd, int tid);

/* The same, but one that is not known, or has gone, is met. NULL: there can be
 * no such thread. */
struct watched *watch_crowd_meet(struct watch_crowd *crowd, int pid, int tid);

/* Its lane of the journal; -1: nobody knows it. */
int32_t watch_crowd_lane(const struct watch_crowd *crowd, int tid);

void watch_crowd_call(struct watch_crowd *crowd, struct watched *person,
                      const char *name);

/* Whoever is made is called as its parent is, until it is called otherwise. */
void watch_crowd_inherit(struct watch_crowd *crowd, struct watched *person,
                         const struct watched *parent);

/* Which thread of its process it is; the first one that was met is 0. */
int watch_crowd_number(const struct watch_crowd *crowd,
                       const struct watched *person);

#endif
