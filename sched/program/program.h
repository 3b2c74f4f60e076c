/*
 * program.h -- tasks written in C, seen from those who run them.
 *
 * A run has one struct programs, which belongs to its host; each of its tasks
 * in C has calls, which belong to its task_input. Whoever has the scheduler's
 * lock (or is alone) may call these, except where stated.
 */
#ifndef CONCVIZ_SCHED_PROGRAM_PROGRAM_H
#define CONCVIZ_SCHED_PROGRAM_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/cpu/burner.h"

struct diag;
struct programs;
struct request;
struct scheduler;
struct task_calls;
struct trace;
struct workload;

/* Open the data of a run; all arguments are borrowed. In a run that only
 * foretells nothing need really be computed. Returns NULL if no task is written
 * in C. NULL is fine for programs_free, and everywhere below. */
struct programs *programs_new(const struct workload *workload,
                              struct scheduler *scheduler, struct trace *trace,
                              bool foretells);
void programs_free(struct programs *programs);

/*
 * The calling thread is going to run programs: a stack that overflows will be
 * named. Returns 0 or a negative errno value. A thread that has called
 * stack_overflow_enter itself only needs programs_watch.
 */
int programs_enter(const struct programs *programs);
void programs_leave(const struct programs *programs);
void programs_watch(const struct programs *programs);

/* Why the run must end as failed: a result is wrong, or there was no stack. 0,
 * or a negative errno value with diag (may be NULL) filled. */
int programs_error(const struct programs *programs, struct diag *diag);

/* Get a task ready to begin; free with program_end (NULL is fine), which may be
 * called in the middle. Without a stack the run has failed. */
struct task_calls *program_begin(struct programs *programs, int task);
void program_end(struct task_calls *calls);

/* Let the task go on to its next request. Returns false at the end. */
bool program_next(struct task_calls *calls, struct request *request);

/* Is what the task has just asked for work of its own (task_work), not the
 * burner's? calls may be NULL. */
bool program_works(const struct task_calls *calls);

/*
 * Let the task do its work, without the lock, until it is done (true) or stop
 * says so at a checkpoint (false): then call it again to go on.
 */
bool program_work(struct task_calls *calls, burner_stop *stop, void *context);

#endif
