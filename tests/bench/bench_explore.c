/*
 * bench_explore.c -- how long one schedule of a search takes: Peterson's lock, two
 * tasks that go through it twice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/explore/explore.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

enum {
    SCHEDULES = 5000
};

static const char peterson[] =
    "shared want[2] = 0\n"
    "shared turn = 0\n"
    "shared inside = 0\n"
    "never inside > 1\n"
    "task P[2]: repeat 2 (want[me] = 1, turn = 1 - me,\n"
    "    while want[1 - me] == 1 and turn == 1 - me (),\n"
    "    inside = inside + 1, inside = inside - 1, want[me] = 0)\n";

/* Half of them by chance, half in order. */
static int64_t explore_once(void *workload)
{
    struct explore_options options = { .preemptive = true,
                                       .schedules = SCHEDULES,
                                       .max_preemptions = -1,
                                       .seed = 1 };
    int64_t began = clock_now_ns(), taken, tried;
    struct diag diag;
    struct explored *explored = explore(workload, &options, &diag);

    taken = clock_now_ns() - began;
    if (!explored) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    tried = explored->by_chance + explored->in_order;
    explored_free(explored);
    return taken * SCHEDULES / tried;
}

void bench_explore(void)
{
    struct diag diag;
    struct workload *workload = workload_parse("bench", "bench", peterson,
                                               strlen(peterson), &diag);

    if (!workload) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    bench_group("explore");
    bench_time("a schedule of Peterson, two tasks", 11, SCHEDULES, "us", 100,
               explore_once, workload);
    workload_free(workload);
}
