/*
 * line.c -- a list, and a table of lists.
 *
 * The table's buckets are lists in order of arrival; one may hold several
 * addresses. A fiber knows its neighbours, so leaving early costs nothing.
 */
#include "sched/preload/line.h"

#include <string.h>

#include "sched/preload/access_seen.h"
#include "sched/preload/deadlines.h"
#include "sched/preload/happened.h"
#include "sched/preload/order.h"
#include "sched/preload/tell.h"

enum {
    BUCKETS = 4096
};

struct fiber_list {
    struct fiber *first, *last;
};

static struct {
    struct fiber_list line, bucket[BUCKETS];
    struct fiber *promised; /* the turn, or NULL: nobody is */
    volatile sig_atomic_t busy, look;
} line;

static void append(struct fiber_list *list, struct fiber *fiber)
{
    fiber->next = NULL;
    fiber->previous = list->last;
    if (list->last)
        list->last->next = fiber;
    else
        list->first = fiber;
    list->last = fiber;
}

static void take_out(struct fiber_list *list, struct fiber *fiber)
{
    if (fiber->previous)
        fiber->previous->next = fiber->next;
    else
        list->first = fiber->next;
    if (fiber->next)
        fiber->next->previous = fiber->previous;
    else
        list->last = fiber->previous;
}

static struct fiber_list *bucket_of(const volatile void *address)
{
    uint64_t x = (uint64_t)(uintptr_t)address;

    return &line.bucket[(x >> 3 ^ x >> 15) % BUCKETS];
}

void line_enter(void)
{
    line.busy++;
}

void line_leave(void)
{
    line.busy--;
}

bool line_is_busy(void)
{
    return line.busy > 0;
}

void line_look_later(void)
{
    line.look = true;
    if (happened_on)
        access_seen_forget();
}

static void join(struct fiber *fiber)
{
    append(&line.line, fiber);
    if (happened_on)
        access_seen_forget();
}

void line_add(struct fiber *fiber)
{
    line_enter();
    join(fiber);
    line_leave();
}

void line_wait(struct fiber *fiber, const struct deadline *until)
{
    append(bucket_of(fiber->address), fiber);
    if (fiber->wait == WAIT_SEMAPHORE_UP &&
        *(const volatile unsigned *)fiber->address > 0)
        line_look_later();
    if (!until)
        return;
    fiber->deadline = *until;
    deadlines_add(fiber);
}

void line_rouse(struct fiber *fiber, enum wait_end end)
{
    line_enter();
    take_out(bucket_of(fiber->address), fiber);
    deadlines_remove(fiber);
    fiber->end = end;
    tell_woken(fiber);
    fiber->wait = WAIT_NOTHING;
    join(fiber);
    line_leave();
}

/* Semaphores went up while a handler could not wake anybody. */
static void look_again(void)
{
    line.look = false;
    for (struct fiber *f = fiber_first(); f; f = f->newer)
        if (f->wait == WAIT_SEMAPHORE_UP)
            line_rouse(f, WAIT_ENDED);
}

bool line_anybody(void)
{
    if (line.look)
        look_again();
    return line.line.first;
}

struct fiber *line_first(void)
{
    return line.line.first;
}

static struct fiber *behind_first(size_t places)
{
    struct fiber *fiber = line.line.first;

    for (; places > 0; places--)
        fiber = fiber->next;
    return fiber;
}

void line_promise(size_t places)
{
    line.promised = behind_first(places);
}

struct fiber *line_take(void)
{
    struct fiber *fiber = line.promised;

    line.promised = NULL;
    if (!fiber)
        fiber = behind_first(order_choose(NULL, line.line.first));
    take_out(&line.line, fiber);
    return fiber;
}

static struct fiber *from(struct fiber *fiber, const volatile void *address)
{
    while (fiber && fiber->address != address)
        fiber = fiber->next;
    return fiber;
}

struct fiber *line_waiting(const volatile void *address)
{
    return from(bucket_of(address)->first, address);
}

struct fiber *line_waiting_after(const struct fiber *fiber)
{
    return from(fiber->next, fiber->address);
}

size_t line_wake(const volatile void *address, size_t count)
{
    struct fiber *fiber;
    size_t woken = 0;

    while (woken < count && (fiber = line_waiting(address))) {
        line_rouse(fiber, WAIT_ENDED);
        woken++;
    }
    return woken;
}

static void move(struct fiber *fiber, const volatile void *address)
{
    line_enter();
    take_out(bucket_of(fiber->address), fiber);
    fiber->address = address;
    append(bucket_of(address), fiber);
    line_leave();
}

size_t line_wake_futex(const volatile void *address, size_t count,
                       uint32_t bits, const volatile void *other,
                       size_t requeue)
{
    size_t done = 0;

    for (struct fiber *f = line_waiting(address), *next;
         f && done < count + requeue; f = next) {
        next = line_waiting_after(f);
        if (f->wait != WAIT_FUTEX || !(f->futex_bits & bits))
            continue;
        if (done++ < count)
            line_rouse(f, WAIT_ENDED);
        else
            move(f, other);
    }
    return done;
}

void line_forget(void)
{
    memset(&line.line, 0, sizeof line.line);
    memset(line.bucket, 0, sizeof line.bucket);
    deadlines_forget();
}
