/*
 * checksum.h -- a number that is the same if the same work was done.
 *
 * Every task keeps a checksum of what it has completed, in its own order: cpu
 * requests and sums. What the mode decides (pieces, places, times, who was
 * first) does not enter. The checksums of all tasks are added up, so the order
 * between tasks does not matter; 0 stands for no work at all.
 *
 * Tasks written in C may share their work out among them while they run: who
 * does which row of an image is the mode's to decide. Their pieces are
 * simply added up, whoever does them.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_CHECKSUM_H
#define CONCVIZ_SCHED_SCHEDULER_CHECKSUM_H

#include <stdint.h>

#include "sched/base/random.h"

/* The task completed a cpu request of ns. */
static inline uint64_t checksum_work(uint64_t checksum, int64_t ns)
{
    return random_mix(checksum + UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)ns);
}

/* The task's result after it added numbers. */
static inline uint64_t checksum_sum(uint64_t checksum, int64_t result)
{
    return random_mix(~checksum + random_mix((uint64_t)result));
}

/* What a task contributes to the checksum of the run. */
static inline uint64_t checksum_task(uint64_t checksum, int task)
{
    if (checksum == 0)
        return 0;
    return random_mix(checksum ^ random_mix((uint64_t)task + 1));
}

#endif
