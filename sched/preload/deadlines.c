/*
 * deadlines.c -- a binary heap for each clock, the nearest at the top.
 *
 * Each fiber knows its place in the heap, so that one that is woken earlier
 * leaves in log n steps. Equal deadlines come in the order in which they were
 * asked for, so that two runs are alike.
 */
#include "sched/preload/deadlines.h"

#include <stddef.h>

#include "sched/base/clock.h"
#include "sched/preload/fiber.h"
#include "sched/preload/pages.h"
#include "sched/preload/virtual_clock.h"

struct deadline_entry {
    int64_t ns;
    uint64_t order;
    struct fiber *fiber;
};

struct heap {
    struct deadline_entry *entry; /* from 1 */
    size_t count, bytes;
};

static struct {
    struct heap real, monotonic;
    uint64_t order;
} all;

int64_t deadlines_now(clockid_t clock)
{
    return virtual_clock_now(clock);
}

bool deadlines_valid(const struct timespec *time)
{
    return time->tv_nsec >= 0 && time->tv_nsec < NS_PER_S;
}

bool deadlines_has_clock(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

/* Times beyond what 64 bits of nanoseconds hold, 292 years, are that far. */
static int64_t in_ns(const struct timespec *time)
{
    if (time->tv_sec >= INT64_MAX / NS_PER_S)
        return INT64_MAX;
    if (time->tv_sec < 0)
        return 0;
    return (int64_t)time->tv_sec * NS_PER_S + time->tv_nsec;
}

struct deadline deadlines_at(clockid_t clock, const struct timespec *time)
{
    return (struct deadline){ clock, in_ns(time) };
}

bool deadlines_read(struct deadline *until, clockid_t clock,
                    const struct timespec *time)
{
    if (!deadlines_has_clock(clock) || !deadlines_valid(time))
        return false;
    *until = deadlines_at(clock, time);
    return true;
}

struct deadline deadlines_in(const struct timespec *time)
{
    int64_t now = deadlines_now(CLOCK_MONOTONIC), ns = in_ns(time);

    return (struct deadline){ CLOCK_MONOTONIC,
                              ns > INT64_MAX - now ? INT64_MAX : now + ns };
}

static struct heap *heap_of(const struct fiber *fiber)
{
    return fiber->deadline.clock == CLOCK_REALTIME ? &all.real : &all.monotonic;
}

static bool is_before(const struct deadline_entry *a,
                      const struct deadline_entry *b)
{
    return a->ns != b->ns ? a->ns < b->ns : a->order < b->order;
}

static void place(struct heap *heap, size_t at, struct deadline_entry entry)
{
    heap->entry[at] = entry;
    entry.fiber->deadline_at = at;
}

/* Find entry its place above this free one. */
static void rise(struct heap *heap, size_t at, struct deadline_entry entry)
{
    while (at > 1 && is_before(&entry, &heap->entry[at / 2])) {
        place(heap, at, heap->entry[at / 2]);
        at /= 2;
    }
    place(heap, at, entry);
}

/* And below. */
static void sink(struct heap *heap, size_t at, struct deadline_entry entry)
{
    for (size_t child; (child = at * 2) <= heap->count; at = child) {
        if (child < heap->count &&
            is_before(&heap->entry[child + 1], &heap->entry[child]))
            child++;
        if (!is_before(&heap->entry[child], &entry))
            break;
        place(heap, at, heap->entry[child]);
    }
    place(heap, at, entry);
}

void deadlines_add(struct fiber *fiber)
{
    struct heap *heap = heap_of(fiber);

    heap->entry = pages_grow(heap->entry, &heap->bytes,
                             (heap->count + 2) * sizeof *heap->entry);
    rise(heap, ++heap->count,
         (struct deadline_entry){ fiber->deadline.ns, all.order++, fiber });
}

void deadlines_remove(struct fiber *fiber)
{
    struct heap *heap = heap_of(fiber);
    size_t at = fiber->deadline_at;
    struct deadline_entry last;

    if (!at)
        return;
    fiber->deadline_at = 0;
    last = heap->entry[heap->count--];
    if (last.fiber == fiber)
        return;
    if (at > 1 && is_before(&last, &heap->entry[at / 2]))
        rise(heap, at, last);
    else
        sink(heap, at, last);
}

/* How long until the top; the clock is not asked where there is none. */
static int64_t wait_of(const struct heap *heap, clockid_t clock)
{
    int64_t ns;

    if (heap->count == 0)
        return INT64_MAX;
    ns = heap->entry[1].ns;
    if (ns == INT64_MAX)
        return ns;
    ns -= deadlines_now(clock);
    return ns > 0 ? ns : 0;
}

struct fiber *deadlines_passed(void)
{
    if (wait_of(&all.monotonic, CLOCK_MONOTONIC) == 0)
        return all.monotonic.entry[1].fiber;
    if (wait_of(&all.real, CLOCK_REALTIME) == 0)
        return all.real.entry[1].fiber;
    return NULL;
}

int64_t deadlines_wait(void)
{
    int64_t monotonic = wait_of(&all.monotonic, CLOCK_MONOTONIC);
    int64_t real = wait_of(&all.real, CLOCK_REALTIME);

    return monotonic < real ? monotonic : real;
}

void deadlines_forget(void)
{
    all.real.count = all.monotonic.count = 0;
}
