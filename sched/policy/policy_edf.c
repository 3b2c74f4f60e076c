/*
 * policy_edf.c -- earliest deadline first (Liu and Layland, JACM 1973): whose
 * job must be done soonest is next. If deadlines are periods, one machine can
 * be used to 100 % and none is missed; above that, all may be late.
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return task->deadline_ns;
}

const struct policy_rules policy_edf = {
    .name = "edf",
    .line = LINE_RANK,
    .stops = true,
    .must_stop = true,
    .rank = rank,
};
