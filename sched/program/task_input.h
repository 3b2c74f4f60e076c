/*
 * task_input.h -- what a task brings with it: its next step, and its work.
 *
 * A task is steps of a text or a program in C; this is the one place that knows
 * which. Every host asks its tasks here and has the scheduler perform what they
 * ask for, so all modes understand both in the same way.
 */
#ifndef CONCVIZ_SCHED_PROGRAM_TASK_INPUT_H
#define CONCVIZ_SCHED_PROGRAM_TASK_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/cpu/burner.h"
#include "sched/workload/step_cursor.h"

struct programs;
struct scheduler;
struct task_calls;

/* Stays where it is. */
struct task_input {
    struct step_cursor cursor;   /* of a text; without steps for a program */
    struct task_calls *calls;    /* of a program; else NULL */
    struct scheduler *scheduler; /* borrowed: it has the answers */
    int task;
    struct burner burner;
};

/*
 * Set input before the first step of a task. programs is that of the run (NULL:
 * no task is written in C); iterations_per_ms is the burner's, and means
 * nothing where no work is really done. Free with task_input_fini, at any time.
 */
void task_input_init(struct task_input *input, const struct workload *workload,
                     struct scheduler *scheduler, struct programs *programs,
                     int task, int64_t iterations_per_ms);
void task_input_fini(struct task_input *input);

/* Begin the steps anew, for the next job of a periodic task; false: it has
 * stopped, and wants no other. */
bool task_input_again(struct task_input *input);

/* How long the next cpu step will be (step_ahead.h); 0 for a program, and NULL
 * stands for a task that has not begun. */
int64_t task_input_ahead_ns(const struct task_input *input,
                            const struct workload *workload, int task,
                            uint64_t seed);

/* Fill request with what comes next. Returns false at the end. */
bool task_input_next(struct task_input *input, struct request *request);

/*
 * Really do the work the task has just asked for, of which left_ns are left,
 * until it is done or stop returns true; call it again to go on. Returns how
 * many ns of the work were done, and the processor time that took in *used_ns.
 * Needs no lock of the host.
 */
int64_t task_input_work(struct task_input *input, int64_t left_ns,
                        burner_stop *stop, void *context, int64_t *used_ns);

#endif
