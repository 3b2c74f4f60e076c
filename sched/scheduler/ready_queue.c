/*
 * ready_queue.c -- three ways to be next: by arrival, by priority, by chance.
 *
 * Each policy keeps its tasks in the structure that finds the next one fastest:
 * a linked list, a heap whose key is the priority upside down, or an array in
 * which any index is as good as any other.
 */
#include "sched/scheduler/ready_queue.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"

void ready_queue_init(struct ready_queue *queue, enum policy policy,
                      struct wait_link *link, int *position)
{
    *queue = (struct ready_queue){
        .policy = policy,
        .link = link,
        .position = position,
        .front = -1,
    };
    wait_queue_init(&queue->list);
    alarm_heap_init(&queue->heap, position);
}

void ready_queue_fini(struct ready_queue *queue)
{
    alarm_heap_fini(&queue->heap);
    free(queue->bag);
}

/* At the end, because in a bag the order means nothing. */
static void bag_push(struct ready_queue *queue, int task)
{
    queue->bag = xgrow(queue->bag, queue->count, &queue->room,
                       sizeof *queue->bag);
    queue->bag[queue->count] = task;
    queue->position[task] = (int)queue->count;
}

/* The last one fills the gap, as the order means nothing. */
static void bag_remove(struct ready_queue *queue, int task)
{
    int gap = queue->position[task];
    int last = queue->bag[queue->count - 1];

    queue->bag[gap] = last;
    queue->position[last] = gap;
}

/* Only with priorities is the front another place than the tail: whoever was
 * stopped there comes before its equals. */
void ready_queue_push(struct ready_queue *queue, int task, int priority,
                      bool front)
{
    int64_t order = front ? queue->front-- : queue->tail++;

    switch (queue->policy) {
    case POLICY_PRIORITY:
        alarm_heap_push(&queue->heap, task, -(int64_t)priority, order);
        break;
    case POLICY_RANDOM:
        bag_push(queue, task);
        break;
    case POLICY_FIFO:
    case POLICY_PICK:
        wait_queue_push(&queue->list, queue->link, task);
        break;
    }
    queue->count++;
}

void ready_queue_remove(struct ready_queue *queue, int task)
{
    switch (queue->policy) {
    case POLICY_PRIORITY:
        alarm_heap_remove(&queue->heap, task);
        break;
    case POLICY_RANDOM:
        bag_remove(queue, task);
        break;
    case POLICY_FIFO:
    case POLICY_PICK:
        wait_queue_remove(&queue->list, queue->link, task);
        break;
    }
    queue->count--;
}

/* With a random policy each call draws anew, though nobody leaves. */
int ready_queue_next(const struct ready_queue *queue, uint64_t *random)
{
    if (queue->count == 0)
        return -1;
    if (queue->policy == POLICY_PRIORITY)
        return queue->heap.entry[0].task;
    if (queue->policy == POLICY_RANDOM)
        return queue->bag[random_below(random, queue->count)];
    return queue->list.first;
}

/* Without priorities everybody is as important as the one who runs. */
bool ready_queue_has(const struct ready_queue *queue, int priority, bool above)
{
    int64_t highest;

    if (queue->count == 0)
        return false;
    if (queue->policy != POLICY_PRIORITY)
        return !above;
    highest = -queue->heap.entry[0].key;
    return above ? highest > priority : highest >= priority;
}

void ready_queue_list(const struct ready_queue *queue, int *task)
{
    for (int t = queue->list.first; t >= 0; t = queue->link[t].next)
        *task++ = t;
}
