/*
 * policy_rm.c -- rate monotonic: the shorter the period, the more important,
 * for good (Liu and Layland, "Scheduling Algorithms for Multiprogramming in a
 * Hard-Real-Time Environment", JACM 1973). On one machine no deadline is missed
 * as long as n tasks use no more than n (2^(1/n) - 1) of it: 69 % for many.
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return task->period_ns;
}

const struct policy_rules policy_rm = {
    .name = "rm",
    .line = LINE_RANK,
    .stops = true,
    .must_stop = true,
    .rank = rank,
};
