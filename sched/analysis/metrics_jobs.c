/*
 * metrics_jobs.c -- how long tasks are kept waiting, and how fairly.
 *
 * Response and turnaround are counted from the arrival, so they say the same of
 * whoever comes late. A task with a period arrives again and again: then they
 * are those of its jobs, and of the task the longest.
 */
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_internal.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/policy/policy.h"
#include "sched/workload/workload.h"

#define NO_JOB SIZE_MAX

/* --- event by event ------------------------------------------------------- */

void metrics_jobs_init(struct metrics_counter *c)
{
    for (size_t i = 0; i < c->metrics->task_count; i++) {
        c->metrics->task[i].arrival_ns = TIME_NEVER;
        c->course[i].job = c->course[i].last_job = NO_JOB;
    }
}

/* In a real run a job is seen some time after it should have arrived, but its
 * deadline is counted from then. */
static void arrive(struct metrics_counter *c, const struct event *event)
{
    struct metrics *n = c->metrics;
    struct metrics_course *course = &c->course[event->task];
    int64_t deadline_ns = c->workload->task[event->task].deadline_ns;
    size_t job = n->job_count;

    n->job = xgrow(n->job, job, &c->job_capacity, sizeof *n->job);
    n->job[n->job_count++] = (struct job_metrics){
        .task = (int)event->task,
        .number = event->object,
        .arrival_ns = event->value - deadline_ns,
        .first_ns = TIME_NEVER,
        .finish_ns = TIME_NEVER,
        .deadline_ns = event->value,
        .next = NO_JOB,
    };
    if (course->last_job != NO_JOB)
        n->job[course->last_job].next = job;
    if (course->job == NO_JOB)
        course->job = job;
    course->last_job = job;
}

/* It is the one under way, or one that waits behind it. */
static void miss(struct metrics_counter *c, const struct event *event)
{
    struct metrics *n = c->metrics;

    n->missed++;
    n->task[event->task].missed++;
    for (size_t i = c->course[event->task].job; i != NO_JOB; i = n->job[i].next)
        if (n->job[i].number == event->object)
            n->job[i].missed = true;
}

void metrics_jobs_event(struct metrics_counter *c, const struct event *event)
{
    struct metrics_course *course = &c->course[event->task];

    if (event->kind == EVENT_JOB) {
        arrive(c, event);
    } else if (event->kind == EVENT_MISSED) {
        miss(c, event);
    } else if (course->job != NO_JOB) {
        struct job_metrics *job = &c->metrics->job[course->job];

        job->finish_ns = event->t_ns;
        course->job = job->next;
    }
}

void metrics_jobs_run(struct metrics_counter *c, const struct event *event)
{
    size_t job = c->course[event->task].job;

    if (job != NO_JOB && c->metrics->job[job].first_ns == TIME_NEVER)
        c->metrics->job[job].first_ns = event->t_ns;
}

/* --- the sums ------------------------------------------------------------- */

static int64_t since(int64_t arrival_ns, int64_t ns)
{
    return arrival_ns == TIME_NEVER || ns == TIME_NEVER ? TIME_NEVER
                                                        : ns - arrival_ns;
}

/* What has not happened is longer than everything, but says nothing. */
static void lengthen(int64_t *longest_ns, int64_t ns)
{
    if (ns != TIME_NEVER && (*longest_ns == TIME_NEVER || *longest_ns < ns))
        *longest_ns = ns;
}

static void measure_tasks(struct metrics *n)
{
    for (size_t i = 0; i < n->task_count; i++) {
        struct task_metrics *task = &n->task[i];
        const struct task_spec *spec = &n->workload->task[i];
        bool once = spec->period_ns == 0;

        task->response_ns = once ? since(task->arrival_ns, task->first_ns)
                                 : TIME_NEVER;
        task->turnaround_ns = once ? since(task->arrival_ns, task->finish_ns)
                                   : TIME_NEVER;
    }
    for (size_t i = 0; i < n->job_count; i++) {
        struct job_metrics *job = &n->job[i];
        struct task_metrics *task = &n->task[job->task];

        job->response_ns = since(job->arrival_ns, job->first_ns);
        job->turnaround_ns = since(job->arrival_ns, job->finish_ns);
        lengthen(&task->response_ns, job->response_ns);
        lengthen(&task->turnaround_ns, job->turnaround_ns);
    }
}

static bool counts(const struct metrics *n, size_t i)
{
    return !n->workload->task[i].generator && !n->workload->task[i].daemon;
}

/* Where nobody was asked for tickets everybody has the same. */
static double weight(const struct task_spec *task)
{
    double tickets = task->tickets > 0 ? (double)task->tickets : POLICY_TICKETS;

    return policy_weight(task->nice) * tickets / POLICY_TICKETS;
}

/* After everybody has come and before anybody has gone: when all are done,
 * every policy has given everybody what he wanted. Jain, Chiu and Hawe, "A
 * Quantitative Measure of Fairness and Discrimination", 1984. */
static double fairness(const struct metrics *n, const struct history *history)
{
    int64_t from_ns = 0, to_ns = n->end_ns;
    double sum = 0, squares = 0;
    int count = 0;

    for (size_t i = 0; i < n->task_count; i++) {
        const struct task_metrics *task = &n->task[i];

        if (!counts(n, i) || task->arrival_ns == TIME_NEVER)
            continue;
        if (task->arrival_ns > from_ns)
            from_ns = task->arrival_ns;
        if (task->finish_ns < to_ns)
            to_ns = task->finish_ns;
    }
    for (size_t i = 0; i < n->task_count && from_ns < to_ns; i++) {
        double share;

        if (!counts(n, i) || n->task[i].arrival_ns == TIME_NEVER)
            continue;
        share = (double)history_time_in(history, (int)i, STATE_RUNNING, from_ns,
                                        to_ns) /
                weight(&n->workload->task[i]);
        sum += share;
        squares += share * share;
        count++;
    }
    return squares > 0 ? sum * sum / (count * squares) : -1;
}

void metrics_jobs_measure(struct metrics *n, const struct history *history)
{
    int64_t span_ns = metrics_span_ns(n);
    size_t done = 0;

    measure_tasks(n);
    for (size_t i = 0; i < n->task_count; i++)
        done += counts(n, i) && n->task[i].finish_ns != TIME_NEVER;
    n->throughput = span_ns > 0
                        ? (double)done * (double)NS_PER_S / (double)span_ns
                        : 0;
    n->fairness = fairness(n, history);
}
