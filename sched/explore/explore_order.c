/*
 * explore_order.c -- schedules one after the other, those with the fewest
 * preemptions first.
 *
 * From the usual run (all decisions 0) come all that depart from it once; from
 * each of these those that depart once more, later; and so on. A run tells
 * where it could have departed, so each one makes the list of those to try
 * longer:
 *
 *     list of  ┌────┬────┬────┬── … ──┐      node = its parent's departures
 *     nodes    │root│ a  │ b  │       │             and one more, later
 *              └────┴────┴────┴── … ──┘
 *                 try this ──> append its children
 *
 * Departures that preempt nobody are free; the others are counted, and level k
 * of the search is all nodes with k preemptions. A few are enough for nearly
 * every mistake (Musuvathi and Qadeer, "Iterative context bounding", PLDI
 * 2007), but not for every one, so a level that is done is followed by the
 * next, until there is none or it is time to stop. What was not tried then is
 * told.
 *
 * A run that comes to a state in which another one has been, with no more
 * preemptions, has nothing new before it: its departures from there on are left
 * out. That makes the whole search of a small workload possible: it visits
 * states, of which there are thousands, and not schedules, of which there are
 * billions.
 */
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/explore/explore_internal.h"

enum {
    NODES_MAX = 1 << 22, /* of one level, and never more than can be tried */
    NOBODY = 0,          /* the root is nobody's child and nobody's next */
};

/* One departure more than the parent's; node 0 has none. */
struct node {
    uint32_t parent, next; /* next of the same level */
    uint32_t at, choice;
};

struct level {
    uint32_t first, last;
    size_t count;
    bool whole; /* no node of it was left out */
};

struct order {
    struct explorer *explorer;
    struct node *node;
    size_t nodes, room, nodes_max;
    struct level now, later; /* as many preemptions, one more */
};

/* Each level is a list threaded through one array, because the children of a
 * node belong to two levels. A level that has lost a node is marked, so that it
 * is never claimed to have been searched completely; returns false then. */
static bool add_node(struct order *order, struct level *level, struct node node)
{
    uint32_t i = (uint32_t)order->nodes;

    if (level->count >= order->nodes_max) {
        level->whole = false;
        return false;
    }
    order->node = xgrow(order->node, order->nodes, &order->room,
                        sizeof *order->node);
    order->node[order->nodes++] = node;
    if (level->count++ == 0)
        level->first = i;
    else
        order->node[level->last].next = i;
    level->last = i;
    return true;
}

/* The departures of a node, earliest first, into the schedule to be tried. */
static void take_node(const struct order *order, size_t i)
{
    struct schedule *schedule = &order->explorer->schedule;
    const struct node *node = order->node;
    size_t left, right;

    schedule->count = 0;
    for (; i > 0; i = node[i].parent)
        schedule_add(schedule, node[i].at, node[i].choice);
    for (left = 0, right = schedule->count; left + 1 < right; left++) {
        struct departure last = schedule->departure[--right];

        schedule->departure[right] = schedule->departure[left];
        schedule->departure[left] = last;
    }
}

/* Where the run of node i could have departed later. Somebody else's program
 * may say that it had billions of choices. */
static void add_children(struct order *order, uint32_t i)
{
    const struct explorer *explorer = order->explorer;

    for (size_t at = 0; at < explorer->points; at++) {
        const struct point *point = &explorer->point[at];
        struct level *level = point->stops ? &order->later : &order->now;

        for (uint32_t choice = 1; point->open && choice < point->count;
             choice++)
            if (!add_node(order, level,
                          (struct node){ i, NOBODY, (uint32_t)at, choice }))
                break;
    }
}

/* Try all nodes of the level, which grows meanwhile. Returns whether that is
 * all there are. */
static bool try_level(struct order *order)
{
    struct explorer *explorer = order->explorer;
    uint32_t i = order->now.first;

    for (size_t tried = 0; tried < order->now.count; tried++) {
        if (explore_run_enough(explorer))
            return false;
        take_node(order, i);
        explorer->explored->in_order++;
        explore_run(explorer);
        explore_found_note(explorer);
        add_children(order, i);
        i = order->node[i].next;
    }
    return order->now.whole && !explorer->error && !explorer->unfinished;
}

/* Nodes beyond the number of remaining runs would only cost memory. */
static size_t nodes_that_can_be_tried(const struct explorer *explorer)
{
    int64_t left = explorer->options->schedules - explorer->explored->by_chance;

    return explorer->options->schedules > 0 && left < NODES_MAX ? (size_t)left
                                                                : NODES_MAX;
}

/* all_up_to is raised only when a level has been searched completely. If there
 * is then no later level, no schedule is left: that is the proof. */
void explore_order(struct explorer *explorer)
{
    struct explored *explored = explorer->explored;
    int max = explorer->options->max_preemptions;
    struct order order = {
        .explorer = explorer,
        .nodes_max = nodes_that_can_be_tried(explorer),
        .now = { .whole = true },
        .later = { .whole = true },
    };

    explored->all_up_to = -1;
    add_node(&order, &order.now, (struct node){ .parent = NOBODY });
    while (try_level(&order)) {
        explored->all_up_to++;
        explored->exhaustive = order.later.count == 0 && order.later.whole;
        explored->complete = explored->exhaustive || explored->all_up_to == max;
        if (explored->complete)
            break;
        order.now = order.later;
        order.later = (struct level){ .whole = true };
    }
    free(order.node);
}
