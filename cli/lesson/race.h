/*
 * race.h -- a data race, for real: two threads add to one number.
 *
 * Each adds one by loading the number and storing it back one larger, which
 * are two operations; both are atomic and relaxed, so nothing here is
 * undefined, and an update can still be lost.
 */
#ifndef CONCVIZ_CLI_LESSON_RACE_H
#define CONCVIZ_CLI_LESSON_RACE_H

#include <stdint.h>

struct race {
    int64_t additions;  /* that were made, by both together */
    int64_t number;     /* what stands there afterwards */
    int64_t overlap_ns; /* how long both were adding */
};

/*
 * Let two threads add for at least duration_ns, which both begin together.
 * Blocks. Returns 0, or a negative errno value when there are no threads.
 */
int race_run(int64_t duration_ns, struct race *race);

#endif
