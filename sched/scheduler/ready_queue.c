#include "sched/scheduler/ready_queue.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"

void line_init(struct line *line, enum policy policy, struct link *link,
               int *position)
{
    *line = (struct line){
        .policy = policy,
        .link = link,
        .position = position,
        .front = -1,
    };
    queue_init(&line->queue);
    heap_init(&line->heap, position);
}

void line_fini(struct line *line)
{
    heap_fini(&line->heap);
    free(line->bag);
}

static void bag_push(struct line *line, int task)
{
    line->bag = xgrow(line->bag, line->count, &line->room, sizeof(*line->bag));
    line->bag[line->count] = task;
    line->position[task] = (int)line->count;
}

/* The last one takes the place that becomes free. */
static void bag_remove(struct line *line, int task)
{
    int place = line->position[task];
    int last = line->bag[line->count - 1];

    line->bag[place] = last;
    line->position[last] = place;
}

static void push(struct line *line, int task, int priority, int64_t order)
{
    switch (line->policy) {
    case POLICY_PRIORITY:
        heap_push(&line->heap, task, -(int64_t)priority, order);
        break;
    case POLICY_RANDOM:
        bag_push(line, task);
        break;
    case POLICY_FIFO:
    case POLICY_PICK:
        queue_push(&line->queue, line->link, task);
        break;
    }
    line->count++;
}

void line_push(struct line *line, int task, int priority)
{
    push(line, task, priority, line->tail++);
}

void line_push_front(struct line *line, int task, int priority)
{
    push(line, task, priority, line->front--);
}

void line_remove(struct line *line, int task)
{
    switch (line->policy) {
    case POLICY_PRIORITY:
        heap_remove(&line->heap, task);
        break;
    case POLICY_RANDOM:
        bag_remove(line, task);
        break;
    case POLICY_FIFO:
    case POLICY_PICK:
        queue_remove(&line->queue, line->link, task);
        break;
    }
    line->count--;
}

int line_next(const struct line *line, uint64_t *random)
{
    if (line->count == 0)
        return -1;
    if (line->policy == POLICY_PRIORITY)
        return line->heap.entry[0].task;
    if (line->policy == POLICY_RANDOM)
        return line->bag[random_below(random, line->count)];
    return line->queue.first;
}

bool line_has(const struct line *line, int priority, bool above)
{
    int64_t highest;

    if (line->count == 0)
        return false;
    if (line->policy != POLICY_PRIORITY)
        return !above;
    highest = -line->heap.entry[0].key;
    return above ? highest > priority : highest >= priority;
}

void line_list(const struct line *line, int *task)
{
    size_t count = 0;

    for (int t = line->queue.first; t >= 0; t = line->link[t].behind)
        task[count++] = t;
}
