/*
 * policy_fair.c -- fair shares: who has had the least is next. What a task has
 * had is its virtual time, which grows by cpu / weight; a step of nice is a
 * quarter more or less, so weight = 1.25^-nice, and two busy tasks get machine
 * time like their weights.
 *
 * The idea is that of Linux's CFS and EEVDF, simplified: no virtual deadlines,
 * no wake-up preemption, no groups, one slice for all. Who was away is not paid
 * for it: back in line it has at least the least virtual time there.
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return task->virtual_ns;
}

static void arrives(struct policy_task *task, int64_t least)
{
    if (least != INT64_MAX && task->virtual_ns < least)
        task->virtual_ns = least;
}

/* Both weights are exact, and so is every result that is a whole number: the
 * same on all computers. */
static void ran(struct policy_task *task, int64_t ns)
{
    double grown = task->nice < 0 ? (double)ns / policy_weight(task->nice)
                                  : (double)ns * policy_weight(-task->nice);

    if (grown < (double)(INT64_MAX / 2 - task->virtual_ns))
        task->virtual_ns += (int64_t)grown;
    else
        task->virtual_ns = INT64_MAX / 2;
}

const struct policy_rules policy_fair = {
    .name = "fair",
    .line = LINE_RANK,
    .sliced = true,
    .rank = rank,
    .arrives = arrives,
    .ran = ran,
};
