/*
 * alarm_heap.h -- who comes first: alarms by time, ready tasks by priority.
 *
 * The smallest key comes first, among equal keys the smallest order. Every
 * task is in a heap at most once. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_ALARM_HEAP_H
#define CONCVIZ_SCHED_SCHEDULER_ALARM_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct alarm {
    int64_t key, order;
    int task;
};

struct alarm_heap {
    struct alarm *entry;
    size_t count, room;
    int *position; /* of each task in entry[]; borrowed, heaps whose tasks
                      never overlap may share it */
};

void alarm_heap_init(struct alarm_heap *heap, int *position);
void alarm_heap_fini(struct alarm_heap *heap);

void alarm_heap_push(struct alarm_heap *heap, int task, int64_t key,
                     int64_t order);
void alarm_heap_remove(struct alarm_heap *heap, int task);

#endif
