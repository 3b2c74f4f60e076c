/*
 * exec_model_internal.h -- what the files of the ideal machine share:
 * exec_model.c goes from instant to instant, exec_model_task.c does what tasks
 * do within one.
 */
#ifndef CONCVIZ_SCHED_RUN_EXEC_MODEL_INTERNAL_H
#define CONCVIZ_SCHED_RUN_EXEC_MODEL_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct programs;
struct run_options;
struct scheduler;
struct task_input;
struct trace;
struct workload;

/* The work under way at a machine. */
struct model_work {
    int task; /* who works there, or -1 */
    int64_t since_ns, until_ns;
};

struct model {
    struct scheduler *scheduler;
    struct programs *programs; /* NULL: no task is written in C */
    const struct workload *workload;
    const struct run_options *options;
    struct trace *trace;
    struct diag *diag;
    struct task_input **input; /* of each task that has begun */
    struct model_work *work;   /* by machine */
    int64_t now_ns;
    bool slices;
    int error;
};

/* Let who runs at the machine go on until time is needed or it leaves. */
void exec_model_go_on(struct model *model, int machine);

/* End the work at a machine, if there is any, now. */
void exec_model_end_work(struct model *model, int machine);

/* Must the run end here, whatever the tasks still want? */
bool exec_model_must_end(struct model *model);

/* Free what a task has brought. */
void exec_model_forget(struct model *model, int task);

#endif
