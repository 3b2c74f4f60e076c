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

struct ready_queue {
    enum policy policy;
    size_t count;
    struct wait_queue queue; /* fifo, pick */
    struct alarm_heap heap;  /* priority: highest first, then by arrival */
    int *bag;                /* random; position[] says where each task is */
    size_t room;             /* of bag */
    struct link *link;       /* borrowed */
    int *position;           /* borrowed */
    int64_t tail, front;     /* order numbers of the next who stands there */
};

/* link[] and position[] have room for every task and are borrowed; lines may
 * share them, as a task stands in one line only. */
void ready_queue_init(struct ready_queue *line, enum policy policy,
                      struct link *link, int *position);
void ready_queue_fini(struct ready_queue *line);

/* Stand at the tail, or at the front of those of the same priority. */
void ready_queue_push(struct ready_queue *line, int task, int priority);
void ready_queue_push_front(struct ready_queue *line, int task, int priority);

/* Step out of the line. */
void ready_queue_remove(struct ready_queue *line, int task);

/* The next task by fifo, priority or random (which *random decides); it still
 * stands in the line. -1: nobody. With pick: the first. */
int ready_queue_next(const struct ready_queue *line, uint64_t *random);

/* Is somebody there with at least (or, if above, more than) this priority?
 * Without POLICY_PRIORITY all are equal. */
bool ready_queue_has(const struct ready_queue *line, int priority, bool above);

/* Fill task[] with all in the line in order (fifo and pick only). */
void ready_queue_list(const struct ready_queue *line, int *task);

#endif
