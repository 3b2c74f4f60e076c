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
#include "sched/preload/order_board.h"
#include "sched/preload/race.h"
#include "sched/preload/tell.h"

enum {
    TOLD_NEAR = 100, /* decisions */
    TOLD_MAX = 2000
};

static size_t access_told;

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

/* Does somebody want to be told of certain addresses? */
static bool is_told(void)
{
    return tell_on && order_told() && order_told()->telling > 0;
}

/* Tell if this is one of them, near where somebody is stopped and near the end:
 * a long run would be a long story. */
static void tell(enum tell_use use, const volatile void *address, size_t bytes,
                 const void *from)
{
    const struct order_board *board = order_told();

    if (!is_told() || access_told == TOLD_MAX || !order_is_near(TOLD_NEAR))
        return;
    for (uint32_t i = 0; i < board->telling && i < ORDER_BOARD_SHARED; i++)
        if (board->tell[i] == (uintptr_t)address) {
            access_told++;
            tell_used(use, address, bytes, from);
        }
}

static void touch(const volatile void *address, size_t bytes, bool writes,
                  const void *from)
{
    if (line_is_busy())
        return;
    if (is_watched()) {
        if (is_decision() && !is_own_stack(address))
            choice_point(CHOICE_ACCESS, address);
        tell(writes ? TELL_WRITE : TELL_READ, address, bytes, from);
        race_touch(address, bytes, writes, false, from);
    }
    if (!is_decision() && !is_told())
        access_seen_add(address, bytes, writes);
}

static void atomic(const volatile void *address, size_t bytes,
                   enum access_atomic what, const void *from)
{
    static const enum tell_use tells[] = { [ACCESS_LOAD] = TELL_READ,
                                           [ACCESS_STORE] = TELL_WRITE,
                                           [ACCESS_UPDATE] = TELL_UPDATE };

    if (!is_watched() || line_is_busy())
        return;
    choice_point(CHOICE_ACCESS, address);
    tell(tells[what], address, bytes, from);
    race_touch(address, bytes, what != ACCESS_LOAD, true, from);
}

/* It may be gone the next time we are called. */
static void forget(const volatile void *address, size_t bytes)
{
    tell_settle();
    race_forget(address, bytes);
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

static bool begin(void)
{
    race_begin();
    return is_told();
}

/* Found by the program by its name. */
const struct access_hooks ACCESS_HOOKS = {
    .begin = begin,
    .seen = &access_seen,
    .touch = touch,
    .atomic = atomic,
    .ordered = ordered,
    .fence = happened_fence,
    .forget = forget,
    .acquire = happened_acquire,
    .release = happened_release,
    .leave = tell_settle,
};
