/*
 * ready_queue.h -- the tasks that are ready, and who of them is next.
 *
 * What is kept depends on the policy: an order of arrival (fifo, pick,
 * lottery), a heap (all that rank their tasks), or a bag (random). One thread
 * at a time.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_READY_QUEUE_H
#define CONCVIZ_SCHED_SCHEDULER_READY_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/policy/policy.h"
#include "sched/scheduler/alarm_heap.h"
#include "sched/scheduler/wait_queue.h"

struct ready_queue {
    enum policy_line kind;
    size_t count;
    struct wait_queue list; /* LINE_ORDER, LINE_TICKETS */
    struct alarm_heap heap; /* LINE_RANK: smallest first, then by arrival */
    int *bag;               /* LINE_CHANCE; position[]: where each task is */
    size_t room;            /* of bag */
    struct wait_link *link; /* borrowed */
    int *position;          /* borrowed */
    const struct policy_task
        *known;          /* LINE_TICKETS: whose they are; borrowed */
    int64_t tickets;     /* of all in the queue */
    int64_t tail, front; /* order numbers of the next to be pushed there */
};

/* link[], position[] and known[] have room for every task and are borrowed;
 * queues may share them, as a task is in one queue only. Only LINE_TICKETS needs
 * known. */
void ready_queue_init(struct ready_queue *queue, enum policy_line kind,
                      struct wait_link *link, int *position,
                      const struct policy_task *known);
void ready_queue_fini(struct ready_queue *queue);

/* Add task at the tail, or at the front of those of the same rank (without
 * ranks: at the tail). */
void ready_queue_push(struct ready_queue *queue, int task, int64_t rank,
                      bool front);
void ready_queue_remove(struct ready_queue *queue, int task);

/* The next task, by chance if need be (which *random decides); it stays in the
 * queue. -1: nobody. */
int ready_queue_next(const struct ready_queue *queue, uint64_t *random);

/* The smallest rank there; INT64_MAX if nobody is. LINE_RANK only. */
int64_t ready_queue_least(const struct ready_queue *queue);

/* Is somebody there with at most (or, if below, less than) this rank? Without
 * ranks all are equal. */
bool ready_queue_has(const struct ready_queue *queue, int64_t rank, bool below);

/* All there have this rank now; those who were equal stay in order, as those
 * do who came one after the other. LINE_RANK only. */
void ready_queue_level(struct ready_queue *queue, int64_t rank);

/* Fill task[] with all in the queue in order (LINE_ORDER only). */
void ready_queue_list(const struct ready_queue *queue, int *task);

#endif
