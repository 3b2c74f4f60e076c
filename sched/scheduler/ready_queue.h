/*
 * ready_queue.h -- the tasks that are ready, and who of them is next.
 *
 * What is kept depends on the policy: an order of arrival (fifo, pick), a heap
 * (priority), or a bag (random). One thread at a time.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_READY_QUEUE_H
#define CONCVIZ_SCHED_SCHEDULER_READY_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/run/executor.h"
#include "sched/scheduler/alarm_heap.h"
#include "sched/scheduler/wait_queue.h"

struct line {
    enum policy policy;
    size_t count;
    struct queue queue;  /* fifo, pick */
    struct heap heap;    /* priority: highest first, then by arrival */
    int *bag;            /* random; position[] says where each task is */
    size_t room;         /* of bag */
    struct link *link;   /* borrowed */
    int *position;       /* borrowed */
    int64_t tail, front; /* order numbers of the next who stands there */
};

/* link[] and position[] have room for every task and are borrowed; lines may
 * share them, as a task stands in one line only. */
void line_init(struct line *line, enum policy policy, struct link *link,
               int *position);
void line_fini(struct line *line);

/* Stand at the tail, or at the front of those of the same priority. */
void line_push(struct line *line, int task, int priority);
void line_push_front(struct line *line, int task, int priority);

/* Step out of the line. */
void line_remove(struct line *line, int task);

/* The next task by fifo, priority or random (which *random decides); it still
 * stands in the line. -1: nobody. With pick: the first. */
int line_next(const struct line *line, uint64_t *random);

/* Is somebody there with at least (or, if above, more than) this priority?
 * Without POLICY_PRIORITY all are equal. */
bool line_has(const struct line *line, int priority, bool above);

/* Fill task[] with all in the line in order (fifo and pick only). */
void line_list(const struct line *line, int *task);

#endif
