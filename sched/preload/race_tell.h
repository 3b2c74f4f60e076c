/*
 * race_tell.h -- saying that there is a data race.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_RACE_TELL_H
#define CONCVIZ_SCHED_PRELOAD_RACE_TELL_H

#include <stdbool.h>

/* One of the two uses. */
struct race_use {
    int number; /* of the fiber; 0: it is not known any more */
    bool writes, atomic;
    const void *from; /* where in the program */
};

struct race_told {
    const void *address;    /* the first byte that both use */
    struct race_use use[2]; /* the older, and the one that is about to be */
};

/* On standard error; each variable once, and each pair of places. */
void race_tell(const struct race_told *told);

#endif
