/*
 * policy_fifo.c -- first come, first served. With slices it is round robin: who
 * has used up a slice comes last.
 */
#include "sched/policy/policy.h"

const struct policy_rules policy_fifo = {
    .name = "fifo",
    .line = LINE_ORDER,
    .sliced = true,
};
