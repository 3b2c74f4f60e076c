/*
 * wait_queue.h -- tasks that wait, first come first served.
 *
 * A task waits in at most one place at a time, so one pair of links a task is
 * enough for all queues together, and no queue ever allocates. The links
 * belong to the scheduler: link[task].
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_WAIT_QUEUE_H
#define CONCVIZ_SCHED_SCHEDULER_WAIT_QUEUE_H

#include <stdbool.h>

struct wait_link {
    int previous, next; /* tasks, or -1 */
};

struct wait_queue {
    int first, last; /* tasks, or -1 */
};

static inline void wait_queue_init(struct wait_queue *queue)
{
    *queue = (struct wait_queue){ -1, -1 };
}

static inline bool wait_queue_is_empty(const struct wait_queue *queue)
{
    return queue->first < 0;
}

/* Put task at the end. */
static inline void wait_queue_push(struct wait_queue *queue,
                                   struct wait_link *link, int task)
{
    link[task] = (struct wait_link){ queue->last, -1 };
    if (queue->last < 0)
        queue->first = task;
    else
        link[queue->last].next = task;
    queue->last = task;
}

/* Take task out, wherever it is. */
static inline void wait_queue_remove(struct wait_queue *queue,
                                     struct wait_link *link, int task)
{
    int previous = link[task].previous;
    int next = link[task].next;

    if (previous < 0)
        queue->first = next;
    else
        link[previous].next = next;
    if (next < 0)
        queue->last = previous;
    else
        link[next].previous = previous;
}

/* Take the first out; -1 if there is none. */
static inline int wait_queue_pop(struct wait_queue *queue,
                                 struct wait_link *link)
{
    int task = queue->first;

    if (task >= 0)
        wait_queue_remove(queue, link, task);
    return task;
}

/* The first leaves and task, which was in no queue, becomes the last; there
 * must be a first. Returns who left. */
static inline int wait_queue_rotate(struct wait_queue *queue,
                                    struct wait_link *link, int task)
{
    int first = queue->first;
    int next;

    link[queue->last].next = task; /* so somebody comes after the first */
    link[task] = (struct wait_link){ queue->last, -1 };
    queue->last = task;
    next = link[first].next;
    link[next].previous = -1;
    queue->first = next;
    return first;
}

#endif
