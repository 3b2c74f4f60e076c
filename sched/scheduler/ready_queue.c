#include "sched/scheduler/ready_queue.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"

void ready_queue_init(struct ready_queue *line, enum policy policy,
                      struct link *link, int *position)
{
    *line = (struct ready_queue){
        .policy = policy,
        .link = link,
        .position = position,
        .front = -1,
    };
    wait_queue_init(&line->queue);
    alarm_heap_init(&line->heap, position);
}

void ready_queue_fini(struct ready_queue *line)
{
    alarm_heap_fini(&line->heap);
    free(line->bag);
}

static void bag_push(struct ready_queue *line, int task)
{
    line->bag = xgrow(line->bag, line->count, &line->room, sizeof(*line->bag));
    line->bag[line->count] = task;
    line->position[task] = (int)line->count;
}

/* The last one takes the place that becomes free. */
static void bag_remove(struct ready_queue *line, int task)
{
    int place = line->position[task];
    int last = line->bag[line->count - 1];

    line->bag[place] = last;
    line->position[last] = place;
}

static void push(struct ready_queue *line, int task, int priority,
                 int64_t order)
{
    switch (line->policy) {
    case POLICY_PRIORITY:
        alarm_heap_push(&line->heap, task, -(int64_t)priority, order);
        break;
    case POLICY_RANDOM:
        bag_push(line, task);
        break;
    case POLICY_FIFO:
    case POLICY_PICK:
        wait_queue_push(&line->queue, line->link, task);
        break;
    }
    line->count++;
}

void ready_queue_push(struct ready_queue *line, int task, int priority)
{
    push(line, task, priority, line->tail++);
}

void ready_queue_push_front(struct ready_queue *line, int task, int priority)
{
    push(line, task, priority, line->front--);
}

void ready_queue_remove(struct ready_queue *line, int task)
{
    switch (line->policy) {
    case POLICY_PRIORITY:
        alarm_heap_remove(&line->heap, task);
        break;
    case POLICY_RANDOM:
        bag_remove(line, task);
        break;
    case POLICY_FIFO:
    case POLICY_PICK:
        wait_queue_remove(&line->queue, line->link, task);
        break;
    }
    line->count--;
}

int ready_queue_next(const struct ready_queue *line, uint64_t *random)
{
    if (line->count == 0)
        return -1;
    if (line->policy == POLICY_PRIORITY)
        return line->heap.entry[0].task;
    if (line->policy == POLICY_RANDOM)
        return line->bag[random_below(random, line->count)];
    return line->queue.first;
}

bool ready_queue_has(const struct ready_queue *line, int priority, bool above)
{
    int64_t highest;

    if (line->count == 0)
        return false;
    if (line->policy != POLICY_PRIORITY)
        return !above;
    highest = -line->heap.entry[0].key;
    return above ? highest > priority : highest >= priority;
}

void ready_queue_list(const struct ready_queue *line, int *task)
{
    size_t count = 0;

    for (int t = line->queue.first; t >= 0; t = line->link[t].behind)
        task[count++] = t;
}
