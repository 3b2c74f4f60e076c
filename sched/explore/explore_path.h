/*
 * explore_path.h -- the states one run has been in, and when: where it comes
 * back to one of them it goes round in a circle. For the search only.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_PATH_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_PATH_H

#include <stddef.h>
#include <stdint.h>

struct explore_path {
    struct path_place {
        uint64_t state; /* 0: the place is free */
        size_t events;
    } * place;
    size_t room, count; /* room: a power of two, or 0 */
};

/* An empty path is all zeros; release what it holds. */
void explore_path_fini(struct explore_path *path);

/* Another run begins. */
void explore_path_begin(struct explore_path *path);

/* The run is in this state and has had so many events, at least one. Returns
 * how many it had when it was there before, or 0, and then it is remembered. */
size_t explore_path_come(struct explore_path *path, uint64_t state,
                         size_t events);

#endif
