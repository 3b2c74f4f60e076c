/*
 * access.c -- the other end of access_hooks.h: programs compiled with
 * `concviz cc` tell us of each access to memory that others may see.
 *
 * So it can be a place where another thread comes between, which is what makes
 * an n++ of two threads go wrong, and we know of data races. As long as there
 * has been only one thread there is neither.
 */
#include <stdint.h>

#include "sched/preload/access_hooks.h"
#include "sched/preload/access_seen.h"
#include "sched/preload/choice.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/line.h"
#include "sched/preload/order.h"
#include "sched/preload/race.h"

/* What lies on its own stack is hardly ever somebody else's business; and who
 * wants to use it has to stop in order to. Frames grow downwards. */
static bool is_own_stack(const volatile void *address)
{
    const struct fiber *me = fiber_current();
    uintptr_t low = (uintptr_t)__builtin_frame_address(0);
    uintptr_t end = (uintptr_t)me->stack.low + me->stack.size;

    return me->stack.size > 0 && (uintptr_t)address >= low &&
           (uintptr_t)address < end;
}

static bool is_watched(void)
{
    return happened_many && happened_on;
}

/* Is each access a decision? Only if there is somebody to come between. */
static bool is_decision(void)
{
    return order_directed && line_first();
}

static void touch(const volatile void *address, size_t bytes, bool writes,
                  const void *from)
{
    if (line_is_busy())
        return;
    if (is_watched()) {
        if (is_decision() && !is_own_stack(address))
            choice_point(CHOICE_ACCESS, address);
        race_touch(address, bytes, writes, false, from);
    }
    if (!is_decision())
        access_seen_add(address, bytes, writes);
}

static void atomic(const volatile void *address, size_t bytes,
                   enum access_atomic what, const void *from)
{
    if (!is_watched() || line_is_busy())
        return;
    choice_point(CHOICE_ACCESS, address);
    race_touch(address, bytes, what != ACCESS_LOAD, true, from);
}

static void ordered(const volatile void *address, enum access_atomic what,
                    int order)
{
    if (what == ACCESS_LOAD)
        happened_load(address, order);
    else if (what == ACCESS_STORE)
        happened_store(address, order);
    else
        happened_update(address, order);
}

/* Found by the program by its name. */
const struct access_hooks ACCESS_HOOKS = {
    .begin = race_begin,
    .seen = &access_seen,
    .touch = touch,
    .atomic = atomic,
    .ordered = ordered,
    .fence = happened_fence,
    .forget = race_forget,
    .acquire = happened_acquire,
    .release = happened_release,
};
