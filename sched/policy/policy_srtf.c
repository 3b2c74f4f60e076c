/*
 * policy_srtf.c -- shortest remaining time first: sjf that stops who runs when
 * somebody comes into line who needs less than is left (OSTEP calls it STCF).
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return task->left_ns;
}

const struct policy_rules policy_srtf = {
    .name = "srtf",
    .line = LINE_RANK,
    .stops = true,
    .must_stop = true,
    .looks_ahead = true,
    .rank = rank,
};
