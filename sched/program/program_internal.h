/*
 * program_internal.h -- what program.c, the host's side of a program, and
 * task_calls.c, the program's own, share; nobody else includes it.
 */
#ifndef CONCVIZ_SCHED_PROGRAM_PROGRAM_INTERNAL_H
#define CONCVIZ_SCHED_PROGRAM_PROGRAM_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/base/diag.h"
#include "sched/coroutine/coroutine.h"
#include "sched/scheduler/scheduler.h"
#include "sched/workload/step_cursor.h"
#include "sched/workload/workload.h"

struct programs {
    const struct workload *workload; /* borrowed, as the next two */
    struct scheduler *scheduler;
    struct trace *trace;
    struct stack_pool *stacks;
    void *data;
    bool foretells;
    bool failed;
    struct diag failure;
};

struct task_calls {
    struct coroutine coroutine; /* first: task_current casts it back */
    struct programs *programs;
    int task;
    struct request request;
    int line;     /* of the call, in the program */
    bool asked;   /* request is there and nobody has fetched it */
    bool working; /* the last one fetched was task_work */
    bool work;    /* request is task_work */
    bool over;    /* it returned, failed, or never had a stack */
    bool failed;
    int64_t result;
    char text[WORKLOAD_SAY_BYTES_MAX + 1]; /* to be said, or why it failed */
};

#endif
