/*
 * transition_internal.h -- how tasks go from one place to the next: the part of
 * scheduler_internal.h, which includes it, that transition.c makes.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_TRANSITION_INTERNAL_H
#define CONCVIZ_SCHED_SCHEDULER_TRANSITION_INTERNAL_H

#include "sched/scheduler/ready_queue.h"
#include "sched/scheduler/scheduler.h"
#include "sched/trace/event.h"

/* The queue a task is in, or would be in. */
struct ready_queue *transition_queue(struct scheduler *s, int task);

/* The task whose turn it is when task runs: itself, or its caller. */
int transition_turn(const struct scheduler *s, int task);

/* A task begins to exist for this run; and arrives if nothing is missing any
 * more (by is who caused it, or -1). */
void transition_create(struct scheduler *s, int task);
void transition_expect(struct scheduler *s, int task, int by);

/* Put a task that is nowhere or waits into its queue. */
void transition_ready(struct scheduler *s, int task, enum ready_cause cause,
                      int by);

/* What a blocked task waited for has happened. */
void transition_wake(struct scheduler *s, int task, int by);

/* A task that is blocked waits as long as it takes from now on. */
void transition_calm(struct scheduler *s, int task);

/* A task that is away is ready before its time, thanks to by. */
void transition_rouse(struct scheduler *s, int task, int by);

/* A ready task will be the next at a machine, whoever else is ready. */
void transition_promise(struct scheduler *s, int task, int machine);

/* End the turn of a task at a machine: it goes to the tail, or to the front of
 * its class; by is the task that stopped it, or -1. */
void transition_step_aside(struct scheduler *s, int task,
                           enum ready_cause cause, int by, bool front);

/* A task has nothing to do before its next job. */
void transition_rest(struct scheduler *s, int task, int64_t until_ns);

/* A task that has left its queue gets a free machine. */
void transition_serve(struct scheduler *s, int task, int machine);

/* The task is resumed at once after a yield. */
void transition_resume(struct scheduler *s, int task);

/* A task sleeps, or waits for its fd: away, or, if stay, at its machine. */
enum performed transition_sleep(struct scheduler *s, int task, bool stay,
                                int64_t ns);
enum performed transition_await(struct scheduler *s, int task, bool stay);

/* A task must wait for an object: away, or, TO_THE_END, at its machine. */
enum performed transition_block(struct scheduler *s, int task,
                                enum wait_kind kind, int object);

/* A task that is blocked waits for something else from now on. */
void transition_wait_on(struct scheduler *s, int task, enum wait_kind kind,
                        int object);

/* A task is as important as this from now on. */
void transition_prioritize(struct scheduler *s, int task, int priority,
                           bool by_itself);

/* A caller lets its generator run in its place; and back, for the generator
 * pauses (EVENT_PAUSE) or is done (EVENT_DONE). */
void transition_call(struct scheduler *s, int task);
void transition_return(struct scheduler *s, int generator,
                       enum event_kind kind);

/* A task that runs does not have the GIL: it is at its machine, but does not
 * compute. And it has it, or there is none: it computes from now on. */
void transition_lose_gil(struct scheduler *s, int task);
void transition_compute(struct scheduler *s, int task);

/* The alarm of a task that is away, held or expected has gone off. */
void transition_alarm(struct scheduler *s, int task);

/* A task is done and leaves its machine. */
void transition_done(struct scheduler *s, int task);

#endif
