/*
 * bench_threads.c -- what making a thousand threads costs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

enum {
    THREADS = 1000
};

/* Run text; returns how long it took in all. */
static int64_t run(const char *text)
{
    const struct executor *executor = executor_find("threads");
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("bench", "bench", text,
                                               strlen(text), &diag);
    struct run_options options;
    struct trace *trace;
    int64_t began = clock_now_ns();
    int64_t taken;

    executor_defaults(&options, executor, workload);
    options.iterations_per_ms = 600000;
    trace = executor_trace(executor, workload, &options);
    if (executor_run(executor, workload, &options, trace, &diag) != 0) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    taken = clock_now_ns() - began;
    trace_free(trace);
    workload_free(workload);
    return taken;
}

static int64_t make_once(void *context)
{
    static char text[THREADS * 24];
    size_t length = 0;

    (void)context;
    for (int i = 0; i < THREADS; i++) {
        length += (size_t)snprintf(text + length, sizeof(text) - length,
                                   "task T%d: sum 1..2\n", i);
    }
    return run(text);
}

void bench_threads(void)
{
    bench_group("threads");
    bench_time("make, run and join 1,000 threads, each", 9, THREADS, "us", 0,
               make_once, NULL);
}
