/*
 * bench_threads.c -- what a machine handed from thread to thread costs.
 *
 * Beside it the least it can cost: two threads on one core that wake each
 * other by condition variables and do nothing else.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/run/executor.h"
#include "sched/run/machines.h"
#include "sched/trace/trace.h"
#include "sched/workload/parse.h"
#include "sched/workload/workload.h"
#include "tests/bench/bench.h"

enum {
    TURNS = 20000,
    THREADS = 1000
};

/* --- two bare threads ----------------------------------------------------- */

struct table {
    pthread_mutex_t mutex;
    pthread_cond_t changed[2];
    /* mutex must be held for these: */
    int turn;
    int players; /* how many have sat down */
};

static void *play(void *context)
{
    struct table *table = context;
    struct machines machines;
    int self;

    machines_init(&machines, NULL, NULL);
    machines_pin(machines.cpu[0]);
    machines_fini(&machines);
    pthread_mutex_lock(&table->mutex);
    self = table->players++;
    for (int i = 0; i < TURNS; i++) {
        while (table->turn != self) {
            pthread_cond_wait(&table->changed[self], &table->mutex);
        }
        table->turn = !self;
        pthread_mutex_unlock(&table->mutex);
        pthread_cond_signal(&table->changed[!self]);
        pthread_mutex_lock(&table->mutex);
    }
    pthread_mutex_unlock(&table->mutex);
    return NULL;
}

static int64_t bare_once(void *context)
{
    struct table table = { .mutex = PTHREAD_MUTEX_INITIALIZER,
                           .changed = { PTHREAD_COND_INITIALIZER,
                                        PTHREAD_COND_INITIALIZER } };
    int64_t began = clock_now_ns();
    pthread_t thread[2];

    (void)context;
    for (int i = 0; i < 2; i++) {
        pthread_create(&thread[i], NULL, play, &table);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(thread[i], NULL);
    }
    return clock_now_ns() - began;
}

/* --- ours ----------------------------------------------------------------- */

/* Run text; returns how long it took by its own trace, or in all. */
static int64_t run(const char *text, bool in_all)
{
    const struct executor *executor = executor_find("threads");
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("bench", "bench", text,
                                               strlen(text), &diag);
    struct run_options options;
    struct trace *trace;
    int64_t began = clock_now_ns();
    int64_t taken;

    run_options_init(&options, executor, workload);
    options.iterations_per_ms = 600000;
    trace = executor_trace(executor, workload, &options);
    if (executor_run(executor, workload, &options, trace, &diag) != 0) {
        fprintf(stderr, "bench: %s\n", diag.message);
        exit(1);
    }
    taken = in_all ? clock_now_ns() - began
                   : trace_at(trace, trace_count(trace) - 1)->t_ns;
    trace_free(trace);
    workload_free(workload);
    return taken;
}

static int64_t yield_once(void *context)
{
    char text[64];

    (void)context;
    snprintf(text, sizeof(text), "task A B: repeat %d (yield)", TURNS);
    return run(text, false);
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
    return run(text, true);
}

void bench_threads(void)
{
    bench_group("threads");
    bench_time("a bare hand-over by condition variables", 9, 2 * TURNS, "ns", 0,
               bare_once, NULL);
    bench_time("a yield of threads (aim: 1.2 x the above)", 9, 2 * TURNS, "ns",
               0, yield_once, NULL);
    bench_time("make, run and join 1,000 threads, each", 9, THREADS, "us", 0,
               make_once, NULL);
}
