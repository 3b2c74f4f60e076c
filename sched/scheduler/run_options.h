/*
 * run_options.h -- what a run is asked to be.
 *
 * The scheduler reads its rules here, the hosts what else they must know, and
 * executor.h fills in the defaults of a mode.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_RUN_OPTIONS_H
#define CONCVIZ_SCHED_SCHEDULER_RUN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/policy/policy.h"

struct decision_source;
struct gate;
struct schedule;
struct trace;
struct trace_listener;

/* How a real run tells who is on a core (run/observer.h). */
enum observe {
    OBSERVE_BEST,    /* by the kernel's records, else by clocks */
    OBSERVE_CLOCKS,  /* by clocks, though there are records */
    OBSERVE_NOTHING, /* not at all: to measure what it costs */
};

/*
 * Choose who is next (POLICY_PICK). Returns an index into candidate[], or -1
 * when the run was stopped meanwhile, and stores in *waited_ns how long the
 * answer took.
 */
typedef int run_choose(void *context, const int *candidate, size_t count,
                       int64_t *waited_ns);

/* Filled by executor_defaults, then changed. All pointers are borrowed. */
struct run_options {
    bool model;       /* compute it on the ideal machine instead */
    bool foretell;    /* model only: programs in C need not really compute */
    int machines;     /* at least 1 */
    int64_t slice_ns; /* 0: none; only PREEMPTIVE modes use it */
    enum policy policy;
    struct policy_levels levels; /* of mlfq */
    bool running_first;     /* model: at one instant, ends of slices come before
                           alarms and arrivals */
    bool preempted_last;    /* who is stopped by somebody more important goes to
                            the tail of its class; else to the front (R9) */
    bool lines_own;         /* rule R18 */
    int64_t gil_ns;         /* 0: no GIL */
    int64_t switch_cost_ns; /* model only */
    int64_t limit_ns;       /* 0: none */
    int64_t steps_max;      /* of all tasks; 0: WORKLOAD_PERFORMED_MAX */
    size_t events_max;      /* model only: stop there; 0: none */
    uint64_t seed;
    int64_t iterations_per_ms; /* of the burner; 0: calibrate now */
    enum observe observe;

    /* NULL, or how a person stops the run and picks who is next. */
    struct gate *gate;
    /* NULL, or who picks instead of the person at the gate. Hosts of real runs
     * set it themselves, as their clocks stand still meanwhile. */
    run_choose *choose;
    void *choose_context;

    /* NULL, or who is told of every event, unless it is only foretold. */
    struct trace_listener *listener;

    /* NULL in an ordinary run: */
    const struct schedule *schedule;   /* replay this; schedule_apply sets it */
    struct decision_source *decisions; /* of a model; one machine, fifo */
    const struct trace *script;        /* of a real run: what to follow */
};

#endif
