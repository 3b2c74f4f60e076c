/*
 * policy_mlfq.c -- the multi-level feedback queue, by the five rules of OSTEP
 * (Arpaci-Dusseau, "Operating Systems: Three Easy Pieces", chapter 8):
 *
 *   1, 2  a higher level goes first; within a level, in turn
 *   3     everybody begins in the highest level
 *   4     who has used up the allotment of a level, in one turn or in many,
 *         goes one level down
 *   5     after some time all go back to the highest
 *
 * It learns from what tasks did how long they will go on: who waits much stays
 * above, who computes much sinks.
 */
#include "sched/policy/policy.h"

static int64_t rank(const struct policy_task *task)
{
    return task->level;
}

/* Fresh means 0, so that everybody begins with a whole allotment. */
static int64_t slice(const struct policy_task *task,
                     const struct policy_levels *levels)
{
    return task->rest_ns > 0 ? task->rest_ns
                             : levels->allotment_ns[task->level];
}

/* The last level goes round. */
static void used_up(struct policy_task *task,
                    const struct policy_levels *levels)
{
    task->level += task->level + 1 < levels->count;
    task->rest_ns = 0;
}

static void boost(struct policy_task *task, const struct policy_levels *levels)
{
    (void)levels;
    task->level = 0;
    task->rest_ns = 0;
}

const struct policy_rules policy_mlfq = {
    .name = "mlfq",
    .line = LINE_RANK,
    .stops = true,
    .must_stop = true,
    .sliced = true,
    .rank = rank,
    .slice = slice,
    .used_up = used_up,
    .boost = boost,
};
