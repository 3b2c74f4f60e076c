/*
 * philosophers.c -- five at a round table, and a fork between each two.
 *
 * Who wants to eat needs both forks beside him. If everybody takes the left one
 * first, all can have one fork and wait for ever for the other: a circle. One
 * rule is enough to make that impossible: take the fork with the lower number
 * first. Then no circle can close, as the numbers only go up along it.
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
static const char names[] = "barrier toast 5\n"
                            "task Plato Hypatia Laozi Kant Hume:\n";

struct table {
    bool taken[SEATS]; /* who eats sees that nobody else has his forks */
};

static void *open_table(int size, bool foretells)
{
    (void)size;
    (void)foretells;
    return xcalloc(1, sizeof(struct table));
}

static void take(struct task_calls *calls, int fork)
{
    struct table *table = task_data(calls);

    task_lock(calls, fork);
    if (table->taken[fork])
        task_fail(calls, _("%s was in two hands"), fork_name[fork]);
    table->taken[fork] = true;
}

static void lay_down(struct task_calls *calls, int fork)
{
    struct table *table = task_data(calls);

    table->taken[fork] = false;
    task_unlock(calls, fork);
}

static void eat(struct task_calls *calls, int first, int second)
{
    take(calls, first);
    task_sleep(calls, 100 * NS_PER_MS); /* reaches over the table */
    take(calls, second);
    task_cpu(calls, 250 * NS_PER_MS);
    lay_down(calls, second);
    lay_down(calls, first);
}

/* The lower number first. */
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

/* As long as they are not hungry at the same moment all goes well. Then they
 * raise their forks for a toast, and everybody has one. */
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

static struct workload *make(const char *name, const struct part *part,
                             int size)
{
    struct workload *workload = make_workload(
        name, names, part,
        &(struct program_data){
            .size = size, .open = open_table, .close = free });

    make_locks(workload, fork_name, SEATS);
    return workload;
}

struct workload *make_philosophers(int size)
{
    static const struct part part[] = { { NULL, in_order } };

    return make("philosophers", part, size);
}

struct workload *make_philosophers_deadlock(int size)
{
    static const struct part part[] = { { NULL, left_first } };

    return make("philosophers-deadlock", part, size);
}
