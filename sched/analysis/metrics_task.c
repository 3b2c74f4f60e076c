/*
 * One pass over the events. A *visit* of a task lasts from a RUN that lets it
 * in until it leaves the machine; it stands in the order of visits if it used
 * the processor: in the model if it worked, in a real run also if it added
 * numbers, as that is real work. A generator splits the visit of its caller,
 * so that the order shows who really had the machine: G M G M.
 */
#include <limits.h>
#include <stdlib.h>

#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_internal.h"
#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/workload/says.h"
#include "sched/workload/workload.h"

#define NO_SLOT SIZE_MAX

/* --- visits --------------------------------------------------------------- */

/* Visits are kept in the order in which they begin, whoever computes first. */
static void begin_visit(struct metrics_counter *c, uint32_t task)
{
    struct metrics *n = c->metrics;
    struct metrics_course *course = &c->course[task];

    n->order = xgrow(n->order, n->order_count, &c->order_capacity,
                     sizeof *n->order);
    c->used = xgrow(c->used, n->order_count, &c->used_capacity,
                    sizeof *c->used);
    course->slot = n->order_count++;
    n->order[course->slot] = (int)task;
    c->used[course->slot] = false;
}

/* The visit is marked, not the task: the same task may have visits with and
 * without work. */
static void use_processor(struct metrics_counter *c, uint32_t task)
{
    if (c->course[task].slot == NO_SLOT) /* a damaged trace */
        begin_visit(c, task);
    c->used[c->course[task].slot] = true;
}

/* Only those visits stay in the order that used the processor. */
static void strike_out_unused(struct metrics_counter *c)
{
    struct metrics *n = c->metrics;
    size_t i, kept = 0;

    for (i = 0; i < n->order_count; i++)
        if (c->used[i])
            n->order[kept++] = n->order[i];
    n->order_count = kept;
}

/* --- places --------------------------------------------------------------- */

/* A generator is part of its caller, so entering one is not a switch. */
static void count_switch(struct metrics_counter *c, const struct event *event)
{
    uint32_t *served;

    if (event->machine >= c->metrics->machines ||
        c->workload->task[event->task].generator)
        return;
    served = &c->served[event->machine];
    if (*served != EVENT_NO_TASK && *served != event->task)
        c->metrics->switches++;
    *served = event->task;
}

/* Only stays that have ended are added up; close_course looks at the
 * open ones. */
static void leave_line(struct metrics_counter *c, const struct event *event)
{
    struct task_metrics *task = &c->metrics->task[event->task];
    struct metrics_course *course = &c->course[event->task];
    int64_t wait;

    if (course->in_line_ns == TIME_NEVER)
        return;
    wait = event->t_ns - course->in_line_ns;
    course->in_line_ns = TIME_NEVER;
    task->wait_ns += wait;
    if (task->maxwait_ns < wait)
        task->maxwait_ns = wait;
}

/* Once for each change of the core, as the list is kept until the end. */
static void see_core(struct metrics_counter *c, uint32_t task, int64_t id)
{
    struct metrics_course *course = &c->course[task];

    if (id < 0 || id > INT_MAX || id == course->core)
        return;
    course->core = (int)id;
    c->seen = xgrow(c->seen, c->seen_count, &c->seen_capacity, sizeof *c->seen);
    c->seen[c->seen_count++] = (struct metrics_seen){ task, (int)id };
}

/* An entry is counted when control enters the task, not when it never left. A
 * visit also begins when a call returns, because the generator has split it. */
static void run(struct metrics_counter *c, const struct event *event)
{
    struct task_metrics *task = &c->metrics->task[event->task];
    struct metrics_course *course = &c->course[event->task];

    leave_line(c, event);
    if (course->change_ns != TIME_NEVER)
        c->metrics->switching_ns = metrics_sum(c->metrics->switching_ns,
                                               event->t_ns - course->change_ns);
    course->change_ns = TIME_NEVER;
    if (task->first_ns == TIME_NEVER)
        task->first_ns = event->t_ns;
    metrics_jobs_run(c, event);
    if (event->machine < c->metrics->machines) /* however short the visit is */
        see_core(c, event->task, c->core[event->machine]);
    if (event->object != RUN_CONTINUED) {
        task->entries++;
        count_switch(c, event);
    }
    if (event->object != RUN_CONTINUED || course->called)
        begin_visit(c, event->task);
}

/* A second READY does not restart the stay: the wait would look shorter. */
static void get_in_line(struct metrics_counter *c, const struct event *event)
{
    struct metrics_course *course = &c->course[event->task];

    if (course->in_line_ns == TIME_NEVER)
        course->in_line_ns = event->t_ns;
    if (event->object == READY_PREEMPTED)
        c->metrics->preemptions++;
    if (event->object == READY_ARRIVED &&
        c->metrics->task[event->task].arrival_ns == TIME_NEVER)
        c->metrics->task[event->task].arrival_ns = event->t_ns;
}

/* Any other event of place clears `called`: a RUN_CONTINUED directly after a
 * CALL is a call that has returned. */
static void count_place(struct metrics_counter *c, const struct event *event)
{
    switch ((enum event_kind)event->kind) {
    case EVENT_READY:
        get_in_line(c, event);
        break;
    case EVENT_SWITCH: /* whom a machine changes over to is not in line */
        leave_line(c, event);
        c->course[event->task].change_ns = event->t_ns;
        break;
    case EVENT_RUN:
        run(c, event);
        break;
    case EVENT_PAUSE:
        c->course[event->task].slot = NO_SLOT;
        break;
    case EVENT_DONE:
        c->metrics->task[event->task].finish_ns = event->t_ns;
        break;
    case EVENT_CALL:
        c->course[event->task].called = true;
        return;
    default:
        if (!event_is_place((enum event_kind)event->kind))
            return; /* it may be in the middle of a call */
        break;
    }
    c->course[event->task].called = false;
}

/* --- work ----------------------------------------------------------------- */

/* In a real run the processor time comes from the system (CPU_TIME), so nothing
 * is added up here. */
static void work(struct metrics_counter *c, uint32_t task, int64_t ns)
{
    c->course[task].cpu_ns = TIME_NEVER;
    if (ns <= 0)
        return;
    use_processor(c, task);
    if (!c->real)
        c->metrics->task[task].cpu_ns = metrics_sum(
            c->metrics->task[task].cpu_ns, ns);
}

/* The event says only where the text is: by number in a program in C, else by
 * its place in the file. */
static void message(struct metrics_counter *c, const struct event *event)
{
    struct metrics *n = c->metrics;

    n->log = xgrow(n->log, n->log_count, &c->log_capacity, sizeof *n->log);
    n->log[n->log_count++] = (struct log_line){
        event->t_ns, (int)event->task, trace_said(c->trace, c->says, event)
    };
}

/*
 * Tasks that share a thread: its clock is read around work only, as reading it
 * costs a hundred switches. What they do in between (a yield, a lock, a line in
 * the log) is measured from event to event, and counts as well. A sum is work.
 */
static void run_between(struct metrics_counter *c, const struct event *event)
{
    struct metrics_course *course = &c->course[event->task];
    bool works = course->cpu_ns != TIME_NEVER || event->kind == EVENT_SUM;

    if (course->seen_ns != TIME_NEVER && !works)
        course->between_ns += event->t_ns - course->seen_ns;
    if (event->kind == EVENT_RUN || event->kind == EVENT_BACK)
        course->seen_ns = event->t_ns;
    else if (event_is_place((enum event_kind)event->kind))
        course->seen_ns = TIME_NEVER;
    else if (course->seen_ns != TIME_NEVER)
        course->seen_ns = event->t_ns;
}

/* The last write decides the final value, lost updates included. */
static void write_shared(struct metrics_counter *c, const struct event *event)
{
    if (event->object >= 0 && (size_t)event->object < c->workload->shared_count)
        c->metrics->shared[event->object] = event->value;
}

/* Facts such as CPU_TIME and RESULT come when the task is done, and replace
 * what was added up before. */
static void count_event(struct metrics_counter *c, const struct event *event)
{
    struct task_metrics *task = &c->metrics->task[event->task];

    switch ((enum event_kind)event->kind) {
    case EVENT_CPU:
        c->course[event->task].cpu_ns = event->t_ns;
        break;
    case EVENT_WORKED:
        work(c, event->task, event->value);
        break;
    case EVENT_SUM:
        task->result = event->value;
        if (c->real && event->object > 0)
            use_processor(c, event->task);
        break;
    case EVENT_SAY:
        message(c, event);
        break;
    case EVENT_WRITE:
        write_shared(c, event);
        break;
    case EVENT_THREAD:
        task->tid = event->value;
        break;
    case EVENT_CPU_ID:
        see_core(c, event->task, event->value);
        break;
    case EVENT_CPU_TIME:
        task->cpu_ns = event->value;
        break;
    case EVENT_RESULT:
        task->result = event->value;
        break;
    case EVENT_JOB:
    case EVENT_JOB_DONE:
    case EVENT_MISSED:
        metrics_jobs_event(c, event);
        break;
    case EVENT_CHECKSUM:
        c->course[event->task].checksum = (uint64_t)event->value;
        break;
    default:
        count_place(c, event);
    }
}

/* --- the end -------------------------------------------------------------- */

/* What still goes on when the run ends counts until there. */
static void close_course(struct metrics_counter *c, uint32_t task)
{
    struct metrics_course *course = &c->course[task];
    struct task_metrics *metrics = &c->metrics->task[task];
    int64_t end = c->metrics->end_ns;

    if (metrics->cpu_ns != TIME_NEVER)
        metrics->cpu_ns = metrics_sum(metrics->cpu_ns, course->between_ns);
    if (course->cpu_ns != TIME_NEVER)
        work(c, task, end - course->cpu_ns);
    if (course->change_ns != TIME_NEVER)
        c->metrics->switching_ns = metrics_sum(c->metrics->switching_ns,
                                               end - course->change_ns);
    if (course->in_line_ns != TIME_NEVER &&
        metrics->maxwait_ns < end - course->in_line_ns)
        metrics->maxwait_ns = end - course->in_line_ns;
    if (!c->workload->task[task].daemon)
        c->metrics->checksum += course->checksum;
}

/* Everything that means "since when" starts as TIME_NEVER, because 0 is an
 * instant of the run. */
static void counter_init(struct metrics_counter *c, struct metrics *metrics,
                         const struct history *history)
{
    const struct trace *trace = history_trace(history);
    size_t i;

    *c = (struct metrics_counter){ .metrics = metrics,
                                   .open = metrics->from_ns == 0 };
    c->trace = trace;
    c->workload = trace_workload(trace);
    c->real = trace_info(trace)->real;
    c->shares_thread = c->real &&
                       !(mode_traits(trace_info(trace)->mode) & PREEMPTIVE);
    c->says = says_new(c->workload);
    metrics->status = -1;
    metrics->task_count = c->workload->task_count;
    metrics->task = xcalloc(metrics->task_count, sizeof *metrics->task);
    c->course = xcalloc(metrics->task_count, sizeof *c->course);
    for (i = 0; i < metrics->task_count; i++) {
        metrics->task[i].first_ns = TIME_NEVER;
        metrics->task[i].finish_ns = TIME_NEVER;
        metrics->task[i].cpu_ns = c->real ? TIME_NEVER : 0;
        c->course[i].in_line_ns = TIME_NEVER;
        c->course[i].change_ns = TIME_NEVER;
        c->course[i].cpu_ns = TIME_NEVER;
        c->course[i].seen_ns = TIME_NEVER;
        c->course[i].core = -1;
        c->course[i].slot = NO_SLOT;
    }
    metrics_jobs_init(c);
    c->served = xcalloc((size_t)metrics->machines, sizeof *c->served);
    c->thread = xcalloc((size_t)metrics->machines, sizeof *c->thread);
    c->core = xcalloc((size_t)metrics->machines, sizeof *c->core);
    for (i = 0; i < (size_t)metrics->machines; i++) {
        c->served[i] = EVENT_NO_TASK;
        c->core[i] = -1;
    }
    metrics->shared = xcalloc(c->workload->shared_count, sizeof(int64_t));
    for (i = 0; i < c->workload->shared_count; i++)
        metrics->shared[i] = c->workload->shared[i].initial;
}

static void counter_fini(struct metrics_counter *c)
{
    says_free(c->says);
    free(c->course);
    free(c->served);
    free(c->thread);
    free(c->core);
    free(c->used);
    free(c->seen);
}

/* Of a stretch only what happens in it counts. Whoever is at a machine when it
 * begins goes on with a visit that is the first one of the stretch. */
static void open_stretch(struct metrics_counter *c,
                         const struct history *history)
{
    struct metrics *n = c->metrics;

    n->switches = n->preemptions = n->missed = 0;
    n->order_count = n->log_count = 0;
    for (size_t i = 0; i < n->task_count; i++)
        c->course[i].slot = NO_SLOT;
    for (int i = 0; i < n->machines; i++) {
        struct service at = history_service_at(history, i, n->from_ns);

        if (at.task >= 0)
            begin_visit(c, (uint32_t)at.task);
    }
    c->open = true;
}

/* As many events as the history has read, not as the trace has: in a live run
 * the two would otherwise disagree. */
void metrics_count_events(struct metrics *metrics,
                          const struct history *history)
{
    const struct trace *trace = history_trace(history);
    size_t i, count = history_after(history, TIME_NEVER);
    struct metrics_counter c;

    counter_init(&c, metrics, history);
    for (i = 0; i < count; i++) {
        const struct event copy = *trace_at(trace, i), *event = &copy;

        if (event->t_ns > metrics->end_ns)
            break;
        if (!c.open && event->t_ns > metrics->from_ns)
            open_stretch(&c, history);
        if (event->kind >= EVENT_KINDS)
            continue;
        if (event->task < metrics->task_count) {
            if (c.shares_thread)
                run_between(&c, event);
            count_event(&c, event);
        } else if (event->kind == EVENT_SAY && event->task == EVENT_NO_TASK) {
            message(&c, event);
        } else if (event->kind == EVENT_EXIT) {
            metrics->status = (int)event->value;
        } else if (event->kind == EVENT_MACHINE &&
                   event->machine < metrics->machines) {
            c.thread[event->machine] = event->value;
            c.core[event->machine] = c.real ? event->object : -1;
        }
    }
    if (!c.open)
        open_stretch(&c, history);
    for (i = 0; i < metrics->task_count; i++)
        close_course(&c, (uint32_t)i);
    strike_out_unused(&c);
    metrics_hand_out_cores(&c);
    metrics_count_threads(&c);
    counter_fini(&c);
}
