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

#include "sched/scheduler/alarm_heap.h"
#include "sched/scheduler/run_options.h"
#include "sched/scheduler/wait_queue.h"

struct ready_queue {
    enum policy policy;
    size_t count;
    struct wait_queue list; /* fifo, pick */
    struct alarm_heap heap; /* priority: highest first, then by arrival */
    int *bag;               /* random; position[] says where each task is */
    size_t room;            /* of bag */
    struct wait_link *link; /* borrowed */
    int *position;          /* borrowed */
    int64_t tail, front;    /* order numbers of the next to be pushed there */
};

/* link[] and position[] have room for every task and are borrowed; queues may
 * share them, as a task is in one queue only. */
void ready_queue_init(struct ready_queue *queue, enum policy policy,
                      struct wait_link *link, int *position);
void ready_queue_fini(struct ready_queue *queue);

/* Add task at the tail, or at the front of those of the same priority (without
 * priorities: at the tail). */
void ready_queue_push(struct ready_queue *queue, int task, int priority,
                      bool front);
void ready_queue_remove(struct ready_queue *queue, int task);

/* The next task by fifo, priority or random (which *random decides); it stays
 * in the queue. -1: nobody. With pick: the first. */
int ready_queue_next(const struct ready_queue *queue, uint64_t *random);

/* Is somebody there with at least (or, if above, more than) this priority?
 * Without POLICY_PRIORITY all are equal. */
bool ready_queue_has(const struct ready_queue *queue, int priority, bool above);

/* Fill task[] with all in the queue in order (fifo and pick only). */
void ready_queue_list(const struct ready_queue *queue, int *task);

#endif
