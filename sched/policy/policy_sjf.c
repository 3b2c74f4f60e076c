/*
 * policy_sjf.c -- shortest job first: who has the shortest cpu step before it
 * is next, and nobody is stopped. Nothing has a shorter average wait, if all
 * are there from the beginning; but the lengths must be known, and long steps
 * wait as long as short ones keep coming.
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return task->left_ns;
}

const struct policy_rules policy_sjf = {
    .name = "sjf",
    .line = LINE_RANK,
    .looks_ahead = true,
    .rank = rank,
};
