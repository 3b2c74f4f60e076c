/*
 * choice.c -- see choice.h. Whoever is stopped stands in line like one who has
 * stepped aside.
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
    if (line_is_busy() || !line_anybody())
        return;
    choice = order_choose(fiber_current(), line_first());
    if (choice > 0)
        turn_give(choice - 1);
}
