/*
 * executor.h -- what runs a workload in each mode.
 */
#ifndef CONCVIZ_SCHED_RUN_EXECUTOR_H
#define CONCVIZ_SCHED_RUN_EXECUTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/mode.h"
#include "sched/trace/trace.h"

struct diag;
struct decision_source;
struct gate;
struct schedule;
struct workload;

enum policy {
    POLICY_FIFO,
    POLICY_PRIORITY,
    POLICY_RANDOM, /* seed */
    POLICY_PICK,   /* the gate asks a person */
};

/* What a run is asked to be; filled by run_options_init, then changed. */
struct run_options {
    bool model;       /* compute it on the ideal machine instead */
    bool foretell;    /* model only: programs in C need not really compute */
    int machines;     /* at least 1 */
    int64_t slice_ns; /* 0: none; only PREEMPTIVE modes look */
    enum policy policy;
    bool lines_own;         /* rule R18 */
    int64_t gil_ns;         /* 0: no GIL */
    int64_t switch_cost_ns; /* model only */
    int64_t limit_ns;       /* 0: none */
    uint64_t seed;
    struct gate *gate;         /* may be NULL; borrowed */
    int64_t iterations_per_ms; /* of the burner; 0: calibrate now */
    /* All borrowed, and NULL in an ordinary run: */
    const struct schedule *schedule;  /* replay this; schedule_apply sets it */
    struct decision_source *director; /* of a model; one machine, fifo */
    const struct trace *script;       /* of a real run: what to follow */
    /* Of a model with POLICY_PICK: who chooses instead of a person, as
     * scheduler_choose in scheduler.h. */
    int (*choose)(void *context, const int *candidate, size_t count,
                  int64_t *waited_ns);
    void *choose_context;
};

struct executor {
    const struct mode *mode; /* what it is called, and what it can do */
    /*
     * Run workload to its end and write what happened; blocks. Returns 0, or
     * a negative errno value when the system refused something, with diag
     * filled and the trace ended by OUTCOME_FAILED. Deadlock and limit are
     * outcomes, not errors.
     */
    int (*run)(const struct workload *workload,
               const struct run_options *options, struct trace *trace,
               struct diag *diag);
};

/* Indexed by enum mode_id; ends with NULL. */
extern const struct executor *const executor_table[MODE_COUNT + 1];

/* The mode called name, or NULL. */
const struct executor *executor_find(const char *name);

/*
 * The defaults of a mode for a workload: machines (1, or for PARALLEL modes
 * the workload's `machines`, else all usable cores), slice 100 ms, the
 * workload's lines.
 */
void run_options_init(struct run_options *options,
                      const struct executor *executor,
                      const struct workload *workload);

/* Can a run with these options replay a schedule? Coroutines can for real, the
 * model in all modes but sequential, which has but one. */
bool executor_can_follow(const struct executor *executor,
                         const struct run_options *options);

/* Make the trace a run with these options writes. */
struct trace *executor_trace(const struct executor *executor,
                             const struct workload *workload,
                             const struct run_options *options);

/*
 * Run: really with executor->run, or with the model when options->model.
 * Same contract as executor.run. trace may be NULL: a run nobody looks at.
 */
int executor_run(const struct executor *executor,
                 const struct workload *workload,
                 const struct run_options *options, struct trace *trace,
                 struct diag *diag);

#endif
