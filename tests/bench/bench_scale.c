/*
 * bench_scale.c -- very many tasks and very long runs, once each.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/measure/measure.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

enum {
    IDLE = 1000000,
    TASKS = 100000,
    /* 8 hours at 1,000 events a second: four of them each 4 ms. */
    ROUNDS = 7200000,
};

static int64_t run(const char *text, size_t length, bool model, size_t *events)
{
    const struct executor *executor = executor_find("coroutine");
    struct diag diag = { .message = "" };
    int64_t began = clock_now_ns();
    struct workload *workload = workload_parse("bench", "bench", text, length,
                                               &diag);
    struct run_options options;
    struct trace *trace;
    int error;

    if (!workload)
        return -EINVAL;
    executor_defaults(&options, executor, workload);
    options.iterations_per_ms = 1; /* nobody works */
    options.model = model;
    trace = executor_trace(executor, workload, &options);
    error = executor_run(executor, workload, &options, trace, &diag);
    began = clock_now_ns() - began;
    *events = trace_count(trace);
    trace_free(trace);
    workload_free(workload);
    return error ? error : began;
}

static void print(const char *name, double value, const char *unit, double aim)
{
    printf("  %-46s %9.2f %s  aim <= %g\n", name, value, unit, aim);
    fflush(stdout);
}

static void many_tasks(void)
{
    struct strbuf text;
    size_t events;

    strbuf_init(&text);
    for (int i = 0; i < TASKS; i++)
        strbuf_addf(&text, "task T%d: yield\n", i);
    print("100,000 tasks: read, started, yielded, ended",
          (double)run(text.text, text.length, false, &events) / 1e9, "s", 2);
    strbuf_fini(&text);
}

static void long_run(void)
{
    struct strbuf text;
    size_t events;
    int64_t taken;

    strbuf_init(&text);
    strbuf_addf(&text, "task A: repeat %d (sleep 4)\n", ROUNDS);
    taken = run(text.text, text.length, true, &events);
    print("8 hours of the model at 1,000 events/s", (double)taken / 1e9, "s",
          60);
    printf("  %-46s %9.2f million\n", "  events in it", (double)events / 1e6);
    printf("  %-46s %9.2f million\n", "  events a second",
           (double)events * 1e3 / (double)taken);
    strbuf_fini(&text);
}

void bench_scale(void)
{
    int64_t bytes = measure_memory_of(IDLE);

    printf("\nscale\n");
    if (bytes < 0)
        printf("  %-46s refused by the system\n", "1,000,000 idle coroutines");
    else
        print("1,000,000 idle coroutines, each", (double)bytes / IDLE, "bytes",
              4.6 * 1024);
    many_tasks();
    long_run();
}
