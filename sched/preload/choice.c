/*
 * choice.c -- see choice.h. Whoever is stopped stands in line like one who has
 * stepped aside. In a handler that runs while all wait there is nobody to be
 * stopped: the fiber whose stack it is on waits itself, or is in line already.
 */
#include "sched/preload/choice.h"

#include "sched/preload/fiber.h"
#include "sched/preload/line.h"
#include "sched/preload/order.h"
#include "sched/preload/turn.h"

void choice_stop(enum choice_kind kind, const volatile void *object)
{
    size_t choice;

    (void)kind;
    (void)object;
    if (line_is_busy() || turn_is_nobodys() || !line_anybody())
        return;
    choice = order_choose(fiber_current(), line_first());
    if (choice > 0)
        turn_give(choice - 1);
}
