/*
 * ready_queue.c -- four ways to be next: by arrival, by rank, by chance, by
 * ticket.
 *
 * Each keeps its tasks in the structure that finds the next one fastest: a
 * linked list, a heap whose key is the rank, or an array in which any index is
 * as good as any other. Tickets are counted in order of arrival, so they need
 * the list, and a walk along it.
 */
#include "sched/scheduler/ready_queue.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"

void ready_queue_init(struct ready_queue *queue, enum policy_line kind,
                      struct wait_link *link, int *position,
                      const struct policy_task *known)
{
    *queue = (struct ready_queue){
        .kind = kind,
        .link = link,
        .position = position,
        .known = known,
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

/* Only with ranks is the front another place than the tail: whoever was stopped
 * there comes before its equals. */
void ready_queue_push(struct ready_queue *queue, int task, int64_t rank,
                      bool front)
{
    int64_t order = front ? queue->front-- : queue->tail++;

    switch (queue->kind) {
    case LINE_RANK:
        alarm_heap_push(&queue->heap, task, rank, order);
        break;
    case LINE_CHANCE:
        bag_push(queue, task);
        break;
    case LINE_TICKETS:
        queue->tickets += queue->known[task].tickets;
        wait_queue_push(&queue->list, queue->link, task);
        break;
    case LINE_ORDER:
        wait_queue_push(&queue->list, queue->link, task);
        break;
    }
    queue->count++;
}

void ready_queue_remove(struct ready_queue *queue, int task)
{
    switch (queue->kind) {
    case LINE_RANK:
        alarm_heap_remove(&queue->heap, task);
        break;
    case LINE_CHANCE:
        bag_remove(queue, task);
        break;
    case LINE_TICKETS:
        queue->tickets -= queue->known[task].tickets;
        wait_queue_remove(&queue->list, queue->link, task);
        break;
    case LINE_ORDER:
        wait_queue_remove(&queue->list, queue->link, task);
        break;
    }
    queue->count--;
}

/* Whose ticket is drawn, if they are counted from the first in the line. */
static int draw(const struct ready_queue *queue, uint64_t *random)
{
    int64_t ticket = (int64_t)random_below(random, (uint64_t)queue->tickets);
    int task = queue->list.first;

    while ((ticket -= queue->known[task].tickets) >= 0)
        task = queue->link[task].next;
    return task;
}

/* Where it is chance each call draws anew, though nobody leaves. */
int ready_queue_next(const struct ready_queue *queue, uint64_t *random)
{
    if (queue->kind == LINE_ORDER)
        return queue->list.first;
    if (queue->count == 0)
        return -1;
    if (queue->kind == LINE_RANK)
        return queue->heap.entry[0].task;
    if (queue->kind == LINE_CHANCE)
        return queue->bag[random_below(random, queue->count)];
    return draw(queue, random);
}

int64_t ready_queue_least(const struct ready_queue *queue)
{
    return queue->count == 0 ? INT64_MAX : queue->heap.entry[0].key;
}

/* Without ranks everybody is as important as the one who runs. */
bool ready_queue_has(const struct ready_queue *queue, int64_t rank, bool below)
{
    int64_t least;

    if (queue->count == 0)
        return false;
    if (queue->kind != LINE_RANK)
        return !below;
    least = queue->heap.entry[0].key;
    return below ? least < rank : least <= rank;
}

/* The order numbers tell who came first, whatever the rank was. */
void ready_queue_level(struct ready_queue *queue, int64_t rank)
{
    struct alarm_heap old = queue->heap;

    alarm_heap_init(&queue->heap, queue->position);
    for (size_t i = 0; i < old.count; i++)
        alarm_heap_push(&queue->heap, old.entry[i].task, rank,
                        old.entry[i].order);
    alarm_heap_fini(&old);
}

void ready_queue_list(const struct ready_queue *queue, int *task)
{
    for (int t = queue->list.first; t >= 0; t = queue->link[t].next)
        *task++ = t;
}
