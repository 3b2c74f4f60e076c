/*
 * Facts about cores and threads come as events, often the same one many times;
 * at the end they are put in order, and each is kept once.
 */
#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_internal.h"
#include "sched/base/xalloc.h"
#include "sched/trace/event.h"

/* By task and then by id, so that duplicates end up next to each other. */
static int compare_seen(const void *a, const void *b)
{
    const struct metrics_seen *left = a, *right = b;

    if (left->task != right->task)
        return left->task < right->task ? -1 : 1;
    return left->id < right->id ? -1 : left->id > right->id;
}

void metrics_hand_out_cores(struct metrics_counter *c)
{
    struct metrics *n = c->metrics;
    size_t i, kept = 0;

    if (!c->seen_count)
        return;
    qsort(c->seen, c->seen_count, sizeof *c->seen, compare_seen);
    n->cpu = xcalloc(c->seen_count, sizeof *n->cpu);
    for (i = 0; i < c->seen_count; i++) {
        struct task_metrics *task = &n->task[c->seen[i].task];

        if (i && compare_seen(&c->seen[i - 1], &c->seen[i]) == 0)
            continue;
        if (!task->cpu_count)
            task->cpu = &n->cpu[kept];
        task->cpu_count++;
        n->cpu[kept++] = c->seen[i].id;
    }
}

/* Not a subtraction, which could overflow. */
static int compare_ids(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

void metrics_count_threads(struct metrics_counter *c)
{
    struct metrics *metrics = c->metrics;
    size_t room = metrics->task_count + (size_t)metrics->machines;
    int64_t *tid = xcalloc(room, sizeof *tid);
    size_t i, count = 0;

    for (i = 0; i < metrics->task_count; i++)
        if (metrics->task[i].tid)
            tid[count++] = metrics->task[i].tid;
    for (i = 0; i < (size_t)metrics->machines; i++)
        if (c->thread[i] && c->served[i] != EVENT_NO_TASK)
            tid[count++] = c->thread[i];
    if (count)
        qsort(tid, count, sizeof *tid, compare_ids);
    for (i = 0; i < count; i++)
        metrics->os_threads += i == 0 || tid[i] != tid[i - 1];
    free(tid);
}
