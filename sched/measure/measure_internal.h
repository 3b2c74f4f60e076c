/*
 * measure_internal.h -- the things measured, each as measure_table wants it.
 *
 * Only measure*.c and tests include it.
 */
#ifndef CONCVIZ_SCHED_MEASURE_MEASURE_INTERNAL_H
#define CONCVIZ_SCHED_MEASURE_MEASURE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

/* How often in one go: some tens of milliseconds each. */
enum {
    MEASURE_SWITCHES = 2000000,
    MEASURE_TASKS = 100000, /* made, or idle */
    MEASURE_YIELDS = 2000000,
    MEASURE_YIELDS_TRACED = 400000, /* each leaves 96 bytes */
    MEASURE_CROWD = 1000,           /* tasks */
    MEASURE_EVENTS = 960000,
    MEASURE_PREPARED = 30000,
    MEASURE_MODEL_EVENTS = 800000,
    MEASURE_HAND_OVERS = 50000,
    MEASURE_SLEEPS = 50,
};

/* For qsort: of two int64_t, the smaller first. */
int measure_by_size(const void *left, const void *right);

/* measure_switch.c */
int64_t measure_context(void);
int64_t measure_coroutine(void);
int64_t measure_ucontext(void);
int64_t measure_create(void);
int64_t measure_memory(void);

/* measure_run.c */
int64_t measure_clock(void);
int64_t measure_event(void);
int64_t measure_event_new(void);
int64_t measure_yield(void);
int64_t measure_yield_crowd(void);
int64_t measure_yield_traced(void);
int64_t measure_model(void);
int64_t measure_late(void);
int64_t measure_late_worst(void);

/* measure_thread.c */
int64_t measure_hand_over(void);
int64_t measure_hand_over_observed(void);
int64_t measure_hand_over_bare(void);

#endif
