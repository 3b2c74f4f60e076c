/*
 * running.h -- run a few lines of workload text in a test.
 */
#ifndef CONCVIZ_TESTS_SCHED_RUNNING_H
#define CONCVIZ_TESTS_SCHED_RUNNING_H

#include <check.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/check/trace_check.h"

struct running {
    const struct executor *executor;
    struct workload *workload;
    struct run_options options; /* may be changed before running_go */
    struct trace *trace;        /* NULL before running_go */
    struct diag diag;
    int error;
};

/* Get ready: work is 20 times shorter than it says, slices are short. */
static inline void running_init(struct running *run,
                                const struct executor *executor, bool model,
                                const char *text)
{
    *run = (struct running){ .executor = executor };
    run->workload = workload_parse("test", "test", text, strlen(text),
                                   &run->diag);
    ck_assert_msg(run->workload != NULL, "%d:%d: %s", run->diag.line,
                  run->diag.column, run->diag.message);
    executor_defaults(&run->options, executor, run->workload);
    run->options.model = model;
    run->options.iterations_per_ms = 30000;
    if (executor->mode->traits & PREEMPTIVE) {
        run->options.slice_ns = NS_PER_MS / 2;
    }
}

/* Make the trace, so that another thread can watch it. */
static inline void running_prepare(struct running *run)
{
    run->trace = executor_trace(run->executor, run->workload, &run->options);
}

/* The checker looks at every trace there is. */
static inline void running_check(const struct running *run)
{
    struct diag why = { .message = "" };

    ck_assert_msg(trace_check(run->trace, &why), "%s %s: %s",
                  run->options.model ? "modelled" : "real",
                  run->executor->mode->name, why.message);
}

static inline void running_go(struct running *run)
{
    if (run->trace == NULL) {
        running_prepare(run);
    }
    run->error = executor_run(run->executor, run->workload, &run->options,
                              run->trace, &run->diag);
    running_check(run);
}

static inline void running_fini(struct running *run)
{
    trace_free(run->trace);
    workload_free(run->workload);
}

/* Events that only real runs have, where the system wants them: which core and
 * thread it was, how long they worked, who kept them from it. */
static inline bool running_by_system(const struct event *event)
{
    switch (event->kind) {
    case EVENT_MACHINE:
    case EVENT_OBSERVED:
    case EVENT_STOLEN:
    case EVENT_BACK:
    case EVENT_THREAD:
    case EVENT_CPU_ID:
    case EVENT_CPU_TIME:
        return true;
    default:
        return false;
    }
}

/* How it ended; -1 if the last event does not say so. */
static inline int running_outcome(const struct running *run)
{
    size_t count = trace_count(run->trace);
    const struct event *last = count > 0 ? trace_at(run->trace, count - 1)
                                         : NULL;

    return last != NULL && last->kind == EVENT_END ? last->object : -1;
}

/* How many events of a kind there are, of a task (-1: of all). */
static inline int running_count(const struct running *run, enum event_kind kind,
                                int task)
{
    int count = 0;

    for (size_t i = 0; i < trace_count(run->trace); i++) {
        const struct event *event = trace_at(run->trace, i);

        count += event->kind == kind &&
                 (task < 0 || event->task == (uint32_t)task);
    }
    return count;
}

/* Index of the first event of a kind and task from index on, or the count. */
static inline size_t running_find(const struct running *run,
                                  enum event_kind kind, int task, size_t from)
{
    size_t count = trace_count(run->trace);

    for (; from < count; from++) {
        const struct event *event = trace_at(run->trace, from);

        if (event->kind == kind && event->task == (uint32_t)task) {
            break;
        }
    }
    return from;
}

#endif
