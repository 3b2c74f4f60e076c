/*
 * policy_priority.c -- the higher number first. In modes that stop tasks it
 * stops a less important one at once (rule R9).
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return -(int64_t)task->priority;
}

const struct policy_rules policy_priority = {
    .name = "priority",
    .line = LINE_RANK,
    .stops = true,
    .sliced = true,
    .rank = rank,
};
