/*
 * explore_copies.h -- which steps store something made of an older copy: only
 * they can lose an update. For the search only.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_COPIES_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_COPIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event;
struct workload;

struct explore_copies {
    const struct workload *workload; /* borrowed */
    bool **made_of_copy;             /* by task and step; NULL: a task in C */
    uint64_t *stored;                /* by task: bits of what is so stored */
    size_t *step;                    /* of each task: the one under way */
};

void explore_copies_init(struct explore_copies *copies,
                         const struct workload *workload);
void explore_copies_fini(struct explore_copies *copies);

/* A task begins a step: event is its EVENT_STEP. */
void explore_copies_step(struct explore_copies *copies,
                         const struct event *event);

/* Does the task store anything made of a copy of this shared variable? */
bool explore_copies_matter(const struct explore_copies *copies, int task,
                           int shared);

/* Is what the task stores with the step under way made of a copy of that same
 * variable, or of an element of the same array? */
bool explore_copies_store(const struct explore_copies *copies, int task);

#endif
