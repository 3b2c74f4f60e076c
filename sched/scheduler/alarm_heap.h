/*
 * alarm_heap.h -- who comes first by a key: alarms by time, lines by priority.
 *
 * The smallest key comes first, among equal keys the smallest order. Every
 * task is in a heap at most once. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_ALARM_HEAP_H
#define CONCVIZ_SCHED_SCHEDULER_ALARM_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct heap_entry {
    int64_t key, order;
    int task;
};

struct heap {
    struct heap_entry *entry;
    size_t count, room;
    int *position; /* of each task in entry[]; borrowed, heaps whose tasks
                      never overlap may share it */
};

void heap_init(struct heap *heap, int *position);
void heap_fini(struct heap *heap);

void heap_push(struct heap *heap, int task, int64_t key, int64_t order);
void heap_remove(struct heap *heap, int task);

#endif
