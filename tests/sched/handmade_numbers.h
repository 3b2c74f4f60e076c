/*
 * handmade_numbers.h -- numbers of traces written by hand, with few words.
 */
#ifndef CONCVIZ_TESTS_SCHED_HANDMADE_NUMBERS_H
#define CONCVIZ_TESTS_SCHED_HANDMADE_NUMBERS_H

#include "sched/analysis/metrics.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/sched/handmade.h"

#define MS(ms) ((int64_t)(ms)*NS_PER_MS)

static struct handmade made;
static struct metrics *metrics;

static inline void begin(int tasks, int machines)
{
    handmade_init(&made, tasks, machines);
    handmade_begin(&made);
}

static inline void finish(int64_t ms, enum outcome outcome)
{
    handmade_end(&made, ms, outcome);
    metrics = metrics_new(made.history);
}

static inline void clean_up(void)
{
    metrics_free(metrics);
    handmade_fini(&made);
}

static inline void ready(int64_t ms, int task, enum ready_cause cause)
{
    handmade_add(&made, ms, EVENT_READY, task, (int)cause, -1);
}

static inline void run(int64_t ms, int task, int machine)
{
    handmade_at(&made, ms, EVENT_RUN, task, machine, 0);
}

static inline void add(int64_t ms, enum event_kind kind, int task,
                       int64_t value)
{
    handmade_add(&made, ms, kind, task, 0, value);
}

/* The task has the machine, works all the time, and says so. */
static inline void work(int64_t from_ms, int64_t to_ms, int task)
{
    add(from_ms, EVENT_CPU, task, MS(to_ms - from_ms));
    add(to_ms, EVENT_WORKED, task, MS(to_ms - from_ms));
}

static inline void all_ready(int tasks)
{
    for (int i = 0; i < tasks; i++)
        ready(0, i, READY_ARRIVED);
}

/* A 0-20, B 20-50 (in line until then), A again 60-70. */
static inline void three_visits(void)
{
    begin(2, 1);
    all_ready(2);
    run(0, 0, 0);
    work(0, 20, 0);
    add(20, EVENT_AWAIT, 0, MS(60));
    run(20, 1, 0);
    work(20, 50, 1);
    add(50, EVENT_DONE, 1, 0);
    ready(60, 0, READY_WOKEN);
    run(60, 0, 0);
    work(60, 70, 0);
    add(70, EVENT_DONE, 0, 0);
    finish(72, OUTCOME_FINISHED);
}

#endif
