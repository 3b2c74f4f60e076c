/*
 * scheduler.h -- who is where, and who is next: decisions as plain data.
 *
 * All modes, real and modelled, share this one scheduler. It has no clock, no
 * threads and never sleeps: the caller (a "host") says what time it is, lets
 * tasks work, and serialises all calls (one thread, or one lock). It keeps the
 * place of every task, the ready queues, the machines, all objects tasks wait
 * for, the alarms and the GIL, and it alone writes events of place and of
 * synchronisation. Rules R2-R20 (ARCHITECTURE.md, The rules) live here.
 *
 * A host is a loop around this:
 *
 *     scheduler_begin(s, now);
 *     while (scheduler_unfinished(s)) {
 *         scheduler_tick(s, now);                 // alarms, arrivals
 *         while ((m = scheduler_idle_machine(s)) >= 0)
 *             scheduler_dispatch(s, m, now);      // that task runs now
 *         for a task that runs:
 *             if (scheduler_left_ns(s, task) > 0) // was stopped in mid-work
 *                 what = scheduler_work(s, task, now);
 *             else if (task_input_next(input, &request))
 *                 what = scheduler_perform(s, task, &request, now);
 *             else
 *                 what = scheduler_done(s, task, now);
 *         if (scheduler_stuck(s)) …deadlock…
 *         nobody runs: wait until scheduler_next_ns(s)
 *     }
 *     scheduler_finish(s, outcome, now);
 *
 * Machines are numbered from 0. A task that waits for another task's action
 * is granted what it waits for at that action (direct hand-over, first come
 * first served): when it runs again it simply goes on with its next request.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_SCHEDULER_H
#define CONCVIZ_SCHED_SCHEDULER_SCHEDULER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/scheduler/run_options.h"
#include "sched/trace/event.h"

struct diag;
struct request;
struct scheduler;
struct step;
struct workload;

enum task_place {
    PLACE_NOWHERE,  /* not spawned yet, or a generator nobody is asking */
    PLACE_EXPECTED, /* will arrive: at its time, or after another task */
    PLACE_IN_LINE,
    PLACE_SWITCHING, /* at a machine that is changing over to it */
    PLACE_RUNNING,   /* at a machine; computes or does its next step */
    PLACE_HELD,      /* at a machine, waiting there */
    PLACE_CALLING,   /* at a machine, while a generator runs in its turn */
    PLACE_AWAY,      /* asleep */
    PLACE_BLOCKED,
    PLACE_DONE,
};

/* What the host does next with the task whose request was performed. */
enum performed {
    PERFORMED_GO_ON, /* ask scheduler_runner(machine) for the next request: it,
                           or the generator it has called */
    PERFORMED_WORK,  /* let it work for scheduler_left_ns(), then call
                           scheduler_worked */
    PERFORMED_HELD,  /* it waits at its machine until
                           scheduler_until_ns(): then call scheduler_wake
                           (or scheduler_tick does) and it goes on;
                           TIME_NEVER: nobody can help it any more */
    PERFORMED_RETURNED, /* it was a generator: its caller
                           scheduler_runner(machine) goes on: ask that one */
    PERFORMED_LEFT,     /* it is off the machine, which is free now */
};

/*
 * Make a scheduler for one run. traits are of enum mode_trait; workload,
 * options and trace (NULL: nobody looks) are borrowed. With POLICY_PICK
 * options->choose must be set. Free with scheduler_free (NULL is fine).
 */
struct scheduler *scheduler_new(const struct workload *workload,
                                unsigned traits,
                                const struct run_options *options,
                                struct trace *trace);
void scheduler_free(struct scheduler *scheduler);

/* Who knows where tasks are in their steps: returns how long the next cpu step
 * of a task that is between two of them is (step_ahead.h). */
typedef int64_t scheduler_ahead(const void *host, int task);
void scheduler_set_ahead(struct scheduler *s, scheduler_ahead *ahead,
                         const void *host);

/* --- the run -------------------------------------------------------------- */

/* Write START and CREATED, and let those arrive whose time is 0. */
void scheduler_begin(struct scheduler *s, int64_t now_ns);

/*
 * Write what is known of tasks that are not done (RESULT, CHECKSUM) and END.
 * Nothing may be called after it but scheduler_free and questions.
 */
void scheduler_finish(struct scheduler *s, enum outcome outcome,
                      int64_t now_ns);

/* Are there tasks that are not done? Generators, daemons and tasks nobody
 * spawned do not count. */
bool scheduler_unfinished(const struct scheduler *s);

/*
 * Is it a deadlock: nobody runs, can be dispatched, sleeps or is to arrive,
 * but not all are done? Also when every machine is held for ever.
 */
bool scheduler_stuck(const struct scheduler *s);

/* --- time ----------------------------------------------------------------- */

/* The earliest alarm: end of a sleep, of a hold, or an arrival; TIME_NEVER if
 * there is none. */
int64_t scheduler_next_ns(const struct scheduler *s);

/*
 * Let everything happen whose time has come, in order of time (at one instant
 * sleepers before arrivals): sleepers and arrivals become ready, held tasks
 * run on. Returns how many there were.
 */
int scheduler_tick(struct scheduler *s, int64_t now_ns);

/* What else happens at an instant, before free machines are given away:
 * deadlines pass, tasks are boosted. */
void scheduler_settle(struct scheduler *s, int64_t now_ns);

/* The same for one task that is AWAY, HELD until a time, or EXPECTED. */
void scheduler_wake(struct scheduler *s, int task, int64_t now_ns);

/*
 * Tasks that wait for a file descriptor (only programs in C do): AWAY, or HELD,
 * until TIME_NEVER. The host knows when the descriptor is ready and calls
 * scheduler_ready then; while such a wait is under way nothing is stuck.
 */
bool scheduler_awaits(const struct scheduler *s, int task, int *fd,
                      short *events);
size_t scheduler_awaiting(const struct scheduler *s);
void scheduler_ready(struct scheduler *s, int task, int64_t now_ns);

/* --- machines ------------------------------------------------------------- */

/* The lowest free machine for which somebody is ready, or -1. */
int scheduler_idle_machine(const struct scheduler *s);

/*
 * Give the free machine to the next task in its queue. Writes RUN, or SWITCH
 * if changing over costs time: then the host calls scheduler_switched when
 * scheduler_until_ns(task) has come. Returns the task, which is to be asked
 * for its next request (or, if a generator runs in its turn, which has
 * scheduler_runner to be asked), or -1 if nobody was ready or the person who
 * picks stopped the run.
 */
int scheduler_dispatch(struct scheduler *s, int machine, int64_t now_ns);
void scheduler_switched(struct scheduler *s, int machine, int64_t now_ns);

/* Who computes at the machine: the generator if one is called; -1: nobody. */
int scheduler_runner(const struct scheduler *s, int machine);

/* Whose turn it is at the machine, -1: it is free. */
int scheduler_turn(const struct scheduler *s, int machine);

/* The machine a task (also a generator that runs) is at, or -1. */
int scheduler_machine(const struct scheduler *s, int task);
enum task_place scheduler_place(const struct scheduler *s, int task);

/* Does the task compute at its machine, as far as we know? (A task without the
 * GIL runs, but does not compute.) */
bool scheduler_computes(const struct scheduler *s, int task);

/* When a sleep, hold or changing over is planned to end, else TIME_NEVER. */
int64_t scheduler_until_ns(const struct scheduler *s, int task);

/* Is somebody ready whom this machine serves? */
bool scheduler_is_wanted(const struct scheduler *s, int machine);

/* --- what tasks do -------------------------------------------------------- */

/*
 * Perform a request of a task that runs. Everything but working itself is
 * done when it returns. The message that `send` in a text sends is its task.
 */
enum performed scheduler_perform(struct scheduler *s, int task,
                                 const struct request *request, int64_t now_ns);

/*
 * A request that the task made before and that was not performed, because a
 * decision source stopped it: to be performed instead of its next one. Returns
 * false when there is none.
 */
bool scheduler_postponed(struct scheduler *s, int task,
                         struct request *request);

/*
 * A number for the state the scheduler of one machine is in: when two runs of
 * a workload have the same one, and their tasks are at the same steps, what is
 * decided from there on has the same consequences.
 */
uint64_t scheduler_state(const struct scheduler *s);

/* With a script (run_options.h): does an alarm go off next, before tasks do
 * anything? Then the host waits until scheduler_next_ns, and ticks. */
bool scheduler_must_wait(const struct scheduler *s);

/* The host is about to wait for an alarm, as there is nothing else to do: a
 * script that knows of none has been left, and is forgotten. */
void scheduler_await(struct scheduler *s);

/*
 * The short way for a yield: scheduler_perform, scheduler_tick and
 * scheduler_dispatch in one, if nothing but the usual happens. Returns who runs
 * now, or -1: nothing was done, go the long way.
 */
int scheduler_yield_fast(struct scheduler *s, int task,
                         const struct step *yield, int64_t now_ns);

/* Is a task that runs to end now, as it was cancelled? Then it has no more
 * requests, whatever its text says. */
bool scheduler_quits(const struct scheduler *s, int task);

/*
 * A task that runs has no more requests: is there another job for it? Then the
 * host has it begin its steps anew, and calls scheduler_job_over: the task is
 * in line, or away until the job arrives.
 */
bool scheduler_has_job(const struct scheduler *s, int task);
enum performed scheduler_job_over(struct scheduler *s, int task,
                                  int64_t now_ns);

/* A task that runs has no more requests, and no job. Writes RESULT, CHECKSUM
 * and DONE; facts only the host knows (THREAD, …) are to be written before. */
enum performed scheduler_done(struct scheduler *s, int task, int64_t now_ns);

/*
 * Begin, or begin again, the work the task still has to do: scheduler_perform
 * has called it for the first piece; call it when a task that was stopped
 * runs again. Returns PERFORMED_WORK, or PERFORMED_LEFT if it had to step
 * aside first (its slice is used up, or somebody else has the GIL).
 */
enum performed scheduler_work(struct scheduler *s, int task, int64_t now_ns);

/* Work the task was asked to do and has not done; 0 between cpu requests. */
int64_t scheduler_left_ns(const struct scheduler *s, int task);

/*
 * End a piece of work: done_ns of it are done, at most what was left. To be
 * called before the task is stopped and when all is done. Writes WORKED.
 */
void scheduler_worked(struct scheduler *s, int task, int64_t done_ns,
                      int64_t now_ns);

/* What the task's last recv got. Returns false if the channel was closed; of a
 * step that was only tried: if it was given up. */
bool scheduler_received(const struct scheduler *s, int task, int64_t *value);

/* The value the task's last read copied. */
int64_t scheduler_copy(const struct scheduler *s, int task, int shared);

/* The answer to a task's last request that has one: the value of a shared
 * variable, or a message; false: there is none, the channel is closed. */
bool scheduler_answer(struct scheduler *s, int task, int64_t *value);

/* What chance in the tasks' own steps goes by. */
uint64_t scheduler_seed(const struct scheduler *s);

/* Why the run must end as failed: a task calculated what is no number. 0, or a
 * negative errno value with diag (may be NULL) filled. */
int scheduler_error(const struct scheduler *s, struct diag *diag);

/* A program in C says that the run has failed: why, and in which line (0: it is
 * not known). The first failure counts. */
void scheduler_fail(struct scheduler *s, int line, const char *why);

/* Is the work of a task over although it was not done: it only passed the time
 * (REQUEST_ROUND) until something changed? And is its work of that kind? */
bool scheduler_spun(const struct scheduler *s, int task);
bool scheduler_spins(const struct scheduler *s, int task);

/* Do tasks go round for ever, and nobody is left who could change what they
 * look at? */
bool scheduler_livelock(const struct scheduler *s);

/* The number of the choice that the task's last select took. */
int scheduler_chosen(const struct scheduler *s, int task);

/* Set a task's result, as programs in C do; `sum` adds to it. */
void scheduler_set_result(struct scheduler *s, int task, int64_t result);

/* --- preemption: only PREEMPTIVE modes ask -------------------------------- */

/* When the slice of the machine's turn ends; TIME_NEVER without slices. */
int64_t scheduler_slice_ns(const struct scheduler *s, int machine);

/* Is somebody ready for it who is at least as important as its task will be
 * then? If not, the end of the slice need not stop the work. */
bool scheduler_slice_wanted(const struct scheduler *s, int machine);

/* Must the host look at the end of the slice, although it may not be wanted?
 * Where a task becomes less important as it works, one of the next ones will
 * be. */
bool scheduler_slice_matters(const struct scheduler *s, int machine);

/*
 * A host that does not look at the end of every slice calls this before
 * anything else happens at now_ns: slices that ended before, while nobody
 * wanted the machine, were followed by new ones.
 */
void scheduler_slice_skip(struct scheduler *s, int machine, int64_t now_ns);

/*
 * The slice has ended (call scheduler_worked first): if it is wanted the turn
 * ends, READY is written and PERFORMED_LEFT returned; else it gets a new slice:
 * PERFORMED_GO_ON.
 */
enum performed scheduler_slice_over(struct scheduler *s, int machine,
                                    int64_t now_ns);

/*
 * With policies that stop tasks: the machine whose turn must end because
 * somebody more important is ready, or -1; of several the one with the least
 * important task, then of the lowest number. Stop its work, call
 * scheduler_worked and then scheduler_preempt, which puts it at the front of
 * its class, or, if the options say so, at the tail.
 */
int scheduler_victim(const struct scheduler *s);
void scheduler_preempt(struct scheduler *s, int machine, int64_t now_ns);

/* --- the GIL -------------------------------------------------------------- */

/* When the holder must hand the GIL over; TIME_NEVER if nobody waits. */
int64_t scheduler_gil_ns(const struct scheduler *s);

/* Who has the GIL, -1: nobody. */
int scheduler_gil_holder(const struct scheduler *s);

/*
 * Hand the GIL over to the first who waits. If the holder is at a machine
 * its work must have been stopped (scheduler_worked); it leaves the machine
 * if it still has work to do.
 */
void scheduler_gil_over(struct scheduler *s, int64_t now_ns);

#endif
