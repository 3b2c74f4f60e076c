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

struct link {
    int before, behind; /* tasks, or -1 */
};

struct wait_queue {
    int first, last; /* tasks, or -1 */
};

static inline void wait_queue_init(struct wait_queue *queue)
{
    queue->first = -1;
    queue->last = -1;
}

static inline bool wait_queue_is_empty(const struct wait_queue *queue)
{
    return queue->first < 0;
}

/* Put task at the end. */
static inline void wait_queue_push(struct wait_queue *queue, struct link *link,
                                   int task)
{
    link[task].before = queue->last;
    link[task].behind = -1;
    if (queue->last < 0)
        queue->first = task;
    else
        link[queue->last].behind = task;
    queue->last = task;
}

/* Take task out, wherever it stands. */
static inline void wait_queue_remove(struct wait_queue *queue,
                                     struct link *link, int task)
{
    int before = link[task].before;
    int behind = link[task].behind;

    if (before < 0)
        queue->first = behind;
    else
        link[before].behind = behind;
    if (behind < 0)
        queue->last = before;
    else
        link[behind].before = before;
}

/* Take the first out; -1 if there is none. */
static inline int wait_queue_pop(struct wait_queue *queue, struct link *link)
{
    int task = queue->first;

    if (task >= 0)
        wait_queue_remove(queue, link, task);
    return task;
}

/* The first leaves and task, which stood nowhere, comes last; there must be a
 * first. Returns who left. */
static inline int wait_queue_rotate(struct wait_queue *queue, struct link *link,
                                    int task)
{
    int first = queue->first;
    int behind;

    link[queue->last].behind = task; /* so there is somebody behind the first */
    link[task].before = queue->last;
    link[task].behind = -1;
    queue->last = task;
    behind = link[first].behind;
    link[behind].before = -1;
    queue->first = behind;
    return first;
}

#endif
