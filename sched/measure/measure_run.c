/*
 * measure_run.c -- what runs cost: whole ones, made from a text as a person
 * would write it, so that everything a task meets between two steps is in the
 * figure.
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/cpu/cores.h"
#include "sched/measure/measure.h"
#include "sched/measure/measure_internal.h"
#include "sched/run/executor.h"
#include "sched/run/loop.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

struct trial {
    const char *mode;
    const char *step; /* what each task does … */
    int tasks;
    int times; /* … how often */
    bool model, traced;
    enum observe observe; /* of a traced one */
};

/* A text, as it comes from a file: parsing is part of what is offered. */
static struct workload *write_workload(const struct trial *trial)
{
    struct strbuf text;
    struct workload *workload;
    struct diag diag;

    strbuf_init(&text);
    for (int i = 0; i < trial->tasks; i++)
        strbuf_addf(&text, "task T%d: repeat %d (%s)\n", i, trial->times,
                    trial->step);
    workload = workload_parse("bench", "bench", text.text, text.length, &diag);
    strbuf_fini(&text);
    return workload;
}

/* How long the run takes, without what is made before and freed after it. */
static int64_t time_run(const struct trial *trial,
                        const struct workload *workload)
{
    const struct executor *executor = executor_find(trial->mode);
    struct run_options options;
    struct trace *trace = NULL;
    struct diag diag;
    int64_t began;
    int error;

    executor_defaults(&options, executor, workload);
    options.model = trial->model;
    options.observe = trial->observe;
    options.iterations_per_ms = 1; /* nobody works */
    if (trial->traced)
        trace = executor_trace(executor, workload, &options);
    began = clock_now_ns();
    error = executor_run(executor, workload, &options, trace, &diag);
    began = clock_now_ns() - began;
    trace_free(trace);
    return error ? error : began;
}

static int64_t take(const struct trial *trial)
{
    struct workload *workload = write_workload(trial);
    int64_t taken = time_run(trial, workload);

    workload_free(workload);
    return taken;
}

/* Two tasks: the fewest that can take turns. */
int64_t measure_yield(void)
{
    return take(&(struct trial){ .mode = "coroutine",
                                 .step = "yield",
                                 .tasks = 2,
                                 .times = MEASURE_YIELDS / 2 });
}

/* Their stacks do not fit into the cache of one core. */
int64_t measure_yield_crowd(void)
{
    return take(&(struct trial){ .mode = "coroutine",
                                 .step = "yield",
                                 .tasks = MEASURE_CROWD,
                                 .times = MEASURE_YIELDS / MEASURE_CROWD });
}

/* Each yield writes three events: the step, READY and RUN. */
int64_t measure_yield_traced(void)
{
    return take(&(struct trial){ .mode = "coroutine",
                                 .step = "yield",
                                 .tasks = 2,
                                 .times = MEASURE_YIELDS_TRACED / 2,
                                 .traced = true });
}

/* Six events a round: two steps, work begun and ended, READY and RUN. */
int64_t measure_model(void)
{
    return take(&(struct trial){ .mode = "coroutine",
                                 .step = "cpu 1, yield",
                                 .tasks = 100,
                                 .times = MEASURE_MODEL_EVENTS / 600,
                                 .model = true,
                                 .traced = true });
}

/* Threads are made and joined in it; a yield costs a hundred times more. */
static int64_t hand_over(enum observe observe)
{
    return take(&(struct trial){ .mode = "threads",
                                 .step = "yield",
                                 .tasks = 2,
                                 .times = MEASURE_HAND_OVERS / 2,
                                 .traced = true,
                                 .observe = observe });
}

/* Nobody observes the bare threads, either. */
int64_t measure_hand_over(void)
{
    return hand_over(OBSERVE_NOTHING);
}

int64_t measure_hand_over_observed(void)
{
    return hand_over(OBSERVE_BEST);
}

/* --- the trace ------------------------------------------------------------ */

/* The floor of what an event can cost, as it needs its time. */
int64_t measure_clock(void)
{
    int64_t began = clock_now_ns();

    for (int i = 0; i < MEASURE_EVENTS; i++)
        clock_now_ns();
    return clock_now_ns() - began;
}

/* Write events into a new trace, which has memory for some at hand. */
static int64_t write_events(size_t prepared, int events)
{
    static const struct workload nothing = { .task_count = 0 };
    static const struct trace_info info = { .mode = "coroutine" };
    struct trace *trace = trace_new(&nothing, &info);
    int64_t began;

    trace_prepare(trace, prepared);
    began = clock_now_ns();
    for (int i = 0; i < events; i++) {
        struct event *event = trace_place(trace, clock_now_ns());

        event->value = event->object = i;
        event->task = event->spare = 0;
        event->kind = event->machine = 0;
        trace_placed(trace);
    }
    began = clock_now_ns() - began;
    trace_free(trace);
    return began;
}

/* In pieces, so that memory is there before the clock runs. */
int64_t measure_event(void)
{
    int64_t taken = 0;

    for (int i = 0; i < MEASURE_EVENTS; i += MEASURE_PREPARED)
        taken += write_events(MEASURE_PREPARED, MEASURE_PREPARED);
    return taken;
}

int64_t measure_event_new(void)
{
    return write_events(0, MEASURE_EVENTS);
}

/* --- time ----------------------------------------------------------------- */

/* How late a sleep of 1 ms ends: one of many, which are put in order. */
static int64_t late_sleep(int which)
{
    int64_t late_ns[MEASURE_SLEEPS];
    struct loop *loop = loop_new(-1);
    int error = 0;

    cores_sharpen_timers();
    for (int i = 0; i < MEASURE_SLEEPS && !error; i++) {
        int64_t until_ns = clock_now_ns() + NS_PER_MS;

        error = loop_wait(loop, until_ns);
        late_ns[i] = clock_now_ns() - until_ns;
    }
    loop_free(loop);
    qsort(late_ns, MEASURE_SLEEPS, sizeof *late_ns, measure_by_size);
    return error ? error : late_ns[which];
}

int64_t measure_late(void)
{
    return late_sleep(MEASURE_SLEEPS / 2);
}

int64_t measure_late_worst(void)
{
    return late_sleep(MEASURE_SLEEPS - 1);
}
