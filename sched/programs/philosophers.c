/*
 * philosophers.c -- five at a round table, and a fork between each two.
 *
 * Whoever wants to eat needs the forks on both sides. If everybody takes the
 * left one first, each can hold one fork and wait for ever for the other: a
 * circle. One rule is enough to make that impossible: take the fork with the
 * lower number first. Then no circle can close, as the numbers only go up along
 * it.
 *
 * Dijkstra, Hierarchical Ordering of Sequential Processes (Acta Informatica 1,
 * 1971); there and in most books they are five.
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/program/task.h"
#include "sched/programs/program_source.h"

enum {
    SEATS = 5,
    TOAST = 0, /* the barrier */
};

static const char *const fork_name[SEATS] = { "fork1", "fork2", "fork3",
                                              "fork4", "fork5" };

struct dinner {
    bool taken[SEATS]; /* whoever eats sees that nobody else has the forks */
};

static void *open_table(int size, bool foretells)
{
    (void)size;
    (void)foretells;
    return xcalloc(1, sizeof(struct dinner));
}

/* The lock would be enough; the flag shows that it was. */
static void take(struct task_calls *calls, int fork)
{
    struct dinner *dinner = task_data(calls);

    task_lock(calls, fork);
    if (dinner->taken[fork])
        task_fail(calls, _("%s was in two hands"), fork_name[fork]);
    dinner->taken[fork] = true;
}

static void lay_down(struct task_calls *calls, int fork)
{
    struct dinner *dinner = task_data(calls);

    dinner->taken[fork] = false;
    task_unlock(calls, fork);
}

/* The time between the forks is when a neighbour can take the second one. */
static void eat(struct task_calls *calls, int first, int second)
{
    take(calls, first);
    task_sleep(calls, 100 * NS_PER_MS); /* reaches across the table */
    take(calls, second);
    task_cpu(calls, 250 * NS_PER_MS);
    lay_down(calls, second);
    lay_down(calls, first);
}

/* The rule that prevents the circle: only the last one turns round. */
static void in_order(struct task_calls *calls, int task)
{
    int left = task, right = (task + 1) % SEATS;

    for (int i = 1; i <= task_size(calls); i++) {
        task_sleep(calls, (150 + 50 * task) * NS_PER_MS); /* thinks */
        eat(calls, left < right ? left : right, left < right ? right : left);
        task_result(calls, i);
    }
    task_say(calls, _("has had enough"));
}

/* As long as they are not hungry at the same time all goes well. Then they
 * raise their forks for a toast, and each of them has one. */
static void left_first(struct task_calls *calls, int task)
{
    int left = task, right = (task + 1) % SEATS;

    for (int i = 1; i < task_size(calls); i++) {
        task_sleep(calls, 420 * task * NS_PER_MS);
        eat(calls, left, right);
        task_result(calls, i);
        task_sleep(calls, 420 * (SEATS - task) * NS_PER_MS);
    }
    task_say(calls, _("takes the left fork first"));
    take(calls, left);
    task_wait(calls, TOAST);
    task_sleep(calls, 400 * NS_PER_MS);
    take(calls, right);
}

#define NAMES                                                                  \
    "barrier toast 5\n"                                                        \
    "task Plato Hypatia Laozi Kant Hume:\n"

const struct program_source program_philosophers = {
    .name = "philosophers",
    .file = "philosophers.c",
    .text = NAMES,
    .part = (const struct part[]){ { NULL, in_order } },
    .lock = fork_name,
    .locks = SEATS,
    .open = open_table,
    .close = free,
};

const struct program_source program_philosophers_deadlock = {
    .name = "philosophers-deadlock",
    .file = "philosophers.c",
    .text = NAMES,
    .part = (const struct part[]){ { NULL, left_first } },
    .lock = fork_name,
    .locks = SEATS,
    .open = open_table,
    .close = free,
};
