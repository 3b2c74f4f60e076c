/*
 * order.c -- see order.h.
 */
#include "sched/preload/order.h"

#include "sched/base/random.h"
#include "sched/preload/fiber.h"

enum {
    STOP_ONE_IN = 4 /* who can go on is stopped so often */
};

static struct {
    bool directed;
    uint64_t luck;
} order;

bool order_directed(void)
{
    return order.directed;
}

void order_by_chance(uint64_t seed)
{
    order.directed = true;
    order.luck = seed;
}

void order_forget(void)
{
    order.directed = false;
}

static size_t count_from(const struct fiber *first)
{
    size_t count = 0;

    for (; first; first = first->next)
        count++;
    return count;
}

size_t order_choose(const struct fiber *running, const struct fiber *first)
{
    size_t count = count_from(first);

    if (!order.directed)
        return 0;
    if (!running)
        return random_below(&order.luck, count);
    if (random_below(&order.luck, STOP_ONE_IN) != 0)
        return 0;
    return 1 + random_below(&order.luck, count);
}
