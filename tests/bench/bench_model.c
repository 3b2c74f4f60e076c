#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/programs/programs.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

struct model_case {
    const struct executor *executor;
    const struct workload *workload;
    size_t events; /* of the last run */
};

static struct trace *run(struct model_case *one)
{
    struct run_options options;
    struct trace *trace;
    struct diag diag;

    executor_defaults(&options, one->executor, one->workload);
    options.model = true;
    trace = executor_trace(one->executor, one->workload, &options);
    if (executor_run(one->executor, one->workload, &options, trace, &diag)) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    one->events = trace_count(trace);
    return trace;
}

static int64_t model_once(void *context)
{
    int64_t began = clock_now_ns();
    struct trace *trace = run(context);
    int64_t taken = clock_now_ns() - began;

    trace_free(trace);
    return taken;
}

static int64_t history_once(void *context)
{
    struct trace *trace = run(context);
    int64_t began = clock_now_ns();
    struct history *history = history_new(trace);
    int64_t taken;

    history_update(history);
    taken = clock_now_ns() - began;
    history_free(history);
    trace_free(trace);
    return taken;
}

/* A hundred tasks that mostly step aside: many events, little else. */
static struct workload *busy_workload(struct diag *diag)
{
    struct strbuf text;
    struct workload *workload;

    strbuf_init(&text);
    for (int i = 0; i < 100; i++)
        strbuf_addf(&text, "task T%d: repeat 2000 (cpu 1, yield)\n", i);
    workload = workload_parse("bench", "bench", text.text, text.length, diag);
    strbuf_fini(&text);
    return workload;
}

/* Two tasks that count together: each round is a load, a sum and a store. */
static struct workload *counting_workload(struct diag *diag)
{
    static const char text[] = "shared n = 0\n"
                               "task A B: repeat 100000 (n = n + 1)\n";

    return workload_parse("bench", "bench", text, sizeof text - 1, diag);
}

void bench_model(void)
{
    struct diag diag;
    struct workload *sum = programs_open("async-sum", &diag);
    struct workload *busy = busy_workload(&diag);
    struct workload *counting = counting_workload(&diag);
    struct model_case small = { executor_find("coroutine"), sum, 0 };
    struct model_case large = { executor_find("coroutine"), busy, 0 };
    struct model_case sums = { executor_find("coroutine"), counting, 0 };

    bench_group("model");
    bench_time("async-sum, whole run", 11, 1, "ms", 5, model_once, &small);
    model_once(&large);
    bench_time("an event, written", 5, (int64_t)large.events, "ns", 200,
               model_once, &large);
    model_once(&sums);
    bench_time("an event of a sum, written", 5, (int64_t)sums.events, "ns", 200,
               model_once, &sums);
    bench_time("an event, indexed", 5, (int64_t)large.events, "ns", 0,
               history_once, &large);
    workload_free(sum);
    workload_free(busy);
    workload_free(counting);
}
