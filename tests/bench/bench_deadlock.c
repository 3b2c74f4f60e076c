/*
 * bench_deadlock.c -- how long nobody has been able to go on when it is named.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/analysis/diagnose.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

enum {
    TIMES = 21,
    AIM_US = 100000
};

static const char text[] = "barrier b 3\n"
                           "task A: lock spoon, wait b, sleep 1, lock cup\n"
                           "task B: lock cup, wait b, sleep 1, lock spoon\n"
                           "task C: wait b, cpu 1, lock cup\n";

/* From the event after which nobody could go on to the end of the run. */
static int64_t time_to_end(const struct trace *trace)
{
    int64_t last_ns = 0;

    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind == EVENT_BLOCKED)
            last_ns = event->t_ns;
        if (event->kind == EVENT_END)
            return event->t_ns - last_ns;
    }
    return 0;
}

/* Say it in a sentence; returns how long that took. */
static int64_t time_to_say(const struct trace *trace, const char *mode)
{
    int64_t began = clock_now_ns();
    struct history *history = history_new(trace);
    struct diagnose *diagnose;
    struct strbuf sentence;

    strbuf_init(&sentence);
    history_update(history);
    diagnose = diagnose_new(history);
    diagnose_update(diagnose);
    if (diagnose_count(diagnose) > 0)
        sentence_diagnosis(&sentence, history, diagnose_problem(diagnose, 0));
    began = clock_now_ns() - began;
    if (strncmp(sentence.text, "Deadlock", strlen("Deadlock")) != 0)
        fprintf(stderr, "bench: %s has no deadlock\n", mode);
    diagnose_free(diagnose);
    history_free(history);
    strbuf_fini(&sentence);
    return began;
}

static int64_t find_once(void *context)
{
    const struct executor *executor = context;
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("bench", "bench", text,
                                               strlen(text), &diag);
    struct run_options options;
    struct trace *trace;
    int64_t taken;

    executor_defaults(&options, executor, workload);
    options.iterations_per_ms = 600000;
    trace = executor_trace(executor, workload, &options);
    if (executor_run(executor, workload, &options, trace, &diag) != 0) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    taken = time_to_end(trace) + time_to_say(trace, executor->mode->name);
    trace_free(trace);
    workload_free(workload);
    return taken;
}

void bench_deadlock(void)
{
    static const char *const mode[] = { "coroutine", "threads", "parallel",
                                        "hybrid" };

    bench_group("a deadlock, from the moment nobody can go on");
    for (size_t i = 0; i < sizeof mode / sizeof mode[0]; i++) {
        char name[64];

        snprintf(name, sizeof name, "found and put into words, %s", mode[i]);
        bench_time(name, TIMES, 1, "us", AIM_US, find_once,
                   (void *)(uintptr_t)executor_find(mode[i]));
    }
}
