/*
 * A heap with four children a node: half as deep as a binary one, and the
 * four keys that are compared stand side by side in memory.
 */
#include "sched/scheduler/alarm_heap.h"

#include <stdbool.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"

enum {
    CHILDREN = 4
};

void alarm_heap_init(struct alarm_heap *heap, int *position)
{
    *heap = (struct alarm_heap){ .position = position };
}

void alarm_heap_fini(struct alarm_heap *heap)
{
    free(heap->entry);
}

/* At equal times the order decides, so the heap never leaves anything to
 * chance. */
static bool comes_before(const struct alarm *a, const struct alarm *b)
{
    return a->key < b->key || (a->key == b->key && a->order < b->order);
}

/* Every move goes through here, so that position[] always finds a task. */
static void put(struct alarm_heap *heap, size_t i, struct alarm entry)
{
    heap->entry[i] = entry;
    heap->position[entry.task] = (int)i;
}

/* Move parents down until entry fits; it is written only once, at its
 * place. */
static void sift_up(struct alarm_heap *heap, size_t i, struct alarm entry)
{
    while (i > 0) {
        size_t parent = (i - 1) / CHILDREN;

        if (!comes_before(&entry, &heap->entry[parent]))
            break;
        put(heap, i, heap->entry[parent]);
        i = parent;
    }
    put(heap, i, entry);
}

/* The child of i that comes first, or heap->count if i has none. */
static size_t first_child(const struct alarm_heap *heap, size_t i)
{
    size_t best = CHILDREN * i + 1;
    size_t end = best + CHILDREN;

    if (best >= heap->count)
        return heap->count;
    if (end > heap->count)
        end = heap->count;
    for (size_t j = best + 1; j < end; j++) {
        if (comes_before(&heap->entry[j], &heap->entry[best]))
            best = j;
    }
    return best;
}

/* The same towards the leaves, past the child that comes first. */
static void sift_down(struct alarm_heap *heap, size_t i, struct alarm entry)
{
    for (;;) {
        size_t child = first_child(heap, i);

        if (child == heap->count || !comes_before(&heap->entry[child], &entry))
            break;
        put(heap, i, heap->entry[child]);
        i = child;
    }
    put(heap, i, entry);
}

void alarm_heap_push(struct alarm_heap *heap, int task, int64_t key,
                     int64_t order)
{
    heap->entry = xgrow(heap->entry, heap->count, &heap->room,
                        sizeof *heap->entry);
    sift_up(heap, heap->count++, (struct alarm){ key, order, task });
}

/* The last entry fills the gap, and may belong above it as well as below: the
 * gap need not have been at the top. */
void alarm_heap_remove(struct alarm_heap *heap, int task)
{
    size_t i = (size_t)heap->position[task];
    struct alarm moved = heap->entry[--heap->count];

    if (i == heap->count)
        return;
    if (i > 0 && comes_before(&moved, &heap->entry[(i - 1) / CHILDREN]))
        sift_up(heap, i, moved);
    else
        sift_down(heap, i, moved);
}
