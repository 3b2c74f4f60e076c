/*
 * jobs.c -- tasks with a period or a deadline.
 *
 * Job k of a periodic task arrives k periods after the first, whatever the task
 * is doing then. Jobs never overlap: one that is not done when the next arrives
 * makes that one wait. So three counts tell everything: how many have arrived,
 * how many are done, and up to which one it is settled whether its deadline was
 * met.
 *
 * Arrivals have a heap of their own, as a task may sleep or stand in line
 * meanwhile; so have deadlines, which are looked at last in an instant: what is
 * done just then is in time.
 */
#include <limits.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

struct job_course {
    int64_t first_ns; /* when the first arrived */
    int64_t arrived, done, settled;
    bool rests; /* it waits for its next job */
};

struct jobs {
    struct alarm_heap arrivals, deadlines;
    int *arrival_at, *deadline_at; /* positions in them */
    struct job_course course[];    /* by task */
};

static bool has_deadline(const struct task_spec *spec)
{
    return spec->period_ns > 0 || spec->deadline_ns > 0;
}

/* Most workloads have none: then s->jobs stays NULL. */
void jobs_init(struct scheduler *s)
{
    size_t count = s->workload->task_count, i = 0;

    while (i < count && !has_deadline(&s->workload->task[i]))
        i++;
    if (i == count)
        return;
    s->jobs = xcalloc(1, sizeof *s->jobs + count * sizeof *s->jobs->course);
    s->jobs->arrival_at = xcalloc(count, sizeof(int));
    s->jobs->deadline_at = xcalloc(count, sizeof(int));
    alarm_heap_init(&s->jobs->arrivals, s->jobs->arrival_at);
    alarm_heap_init(&s->jobs->deadlines, s->jobs->deadline_at);
}

void jobs_fini(struct scheduler *s)
{
    if (!s->jobs)
        return;
    alarm_heap_fini(&s->jobs->arrivals);
    alarm_heap_fini(&s->jobs->deadlines);
    free(s->jobs->arrival_at);
    free(s->jobs->deadline_at);
    free(s->jobs);
}

/* --- when ----------------------------------------------------------------- */

/* When job k (from 0) arrives. */
static int64_t arrival_ns(const struct scheduler *s, int task, int64_t k)
{
    int64_t period_ns = s->workload->task[task].period_ns, ns;

    if (__builtin_mul_overflow(k, period_ns, &ns))
        return TIME_NEVER;
    return time_after(s->jobs->course[task].first_ns, ns);
}

static int64_t deadline_ns(const struct scheduler *s, int task, int64_t k)
{
    return time_after(arrival_ns(s, task, k),
                      s->workload->task[task].deadline_ns);
}

/* Is there a job k? */
static bool exists(const struct scheduler *s, int task, int64_t k)
{
    int64_t times = s->workload->task[task].times;

    return times == 0 || k < times;
}

int64_t jobs_deadline_ns(const struct scheduler *s, int task)
{
    if (!s->jobs || !has_deadline(&s->workload->task[task]))
        return TIME_NEVER;
    return deadline_ns(s, task, s->jobs->course[task].done);
}

int64_t jobs_arrival_ns(const struct scheduler *s)
{
    return s->jobs && s->jobs->arrivals.count > 0
               ? s->jobs->arrivals.entry[0].key
               : TIME_NEVER;
}

int64_t jobs_next_ns(const struct scheduler *s)
{
    int64_t next_ns = jobs_arrival_ns(s);

    if (s->jobs && s->jobs->deadlines.count > 0 &&
        s->jobs->deadlines.entry[0].key < next_ns)
        next_ns = s->jobs->deadlines.entry[0].key;
    return next_ns;
}

/* --- a job arrives -------------------------------------------------------- */

static int number(int64_t k)
{
    return k < INT_MAX ? (int)k + 1 : INT_MAX;
}

/* Note that the next one is here, and when the one after it will be. */
static void arrive(struct scheduler *s, int task)
{
    struct job_course *course = &s->jobs->course[task];
    int64_t k = course->arrived++;

    scheduler_note(s, EVENT_JOB, task, number(k), deadline_ns(s, task, k));
    if (exists(s, task, k + 1))
        alarm_heap_push(&s->jobs->arrivals, task, arrival_ns(s, task, k + 1),
                        JOBS_ORDER + task);
}

void jobs_begin(struct scheduler *s, int task, int64_t first_ns)
{
    if (!s->jobs || !has_deadline(&s->workload->task[task]))
        return;
    s->jobs->course[task].first_ns = first_ns;
    arrive(s, task);
    alarm_heap_push(&s->jobs->deadlines, task, deadline_ns(s, task, 0), task);
}

bool jobs_come_before(const struct scheduler *s, const struct alarm *alarm)
{
    const struct alarm *job;

    if (s->jobs->arrivals.count == 0)
        return false;
    job = &s->jobs->arrivals.entry[0];
    return !alarm || job->key < alarm->key ||
           (job->key == alarm->key && job->order < alarm->order);
}

int jobs_arrive(struct scheduler *s)
{
    int task = s->jobs->arrivals.entry[0].task;
    struct job_course *course = &s->jobs->course[task];

    alarm_heap_remove(&s->jobs->arrivals, task);
    arrive(s, task);
    if (!course->rests)
        return -1;
    course->rests = false;
    s->resting_jobs--;
    return task;
}

/* --- a job is done, or late ----------------------------------------------- */

/* The earliest job of which it is not settled whether it was in time. */
static void settle(struct scheduler *s, int task)
{
    struct job_course *course = &s->jobs->course[task];
    int64_t k = course->settled++;

    if (course->done <= k)
        scheduler_note(s, EVENT_MISSED, task, number(k),
                       deadline_ns(s, task, k));
    alarm_heap_remove(&s->jobs->deadlines, task);
    if (exists(s, task, k + 1))
        alarm_heap_push(&s->jobs->deadlines, task, deadline_ns(s, task, k + 1),
                        task);
}

void jobs_settle(struct scheduler *s)
{
    while (s->jobs && s->jobs->deadlines.count > 0 &&
           s->jobs->deadlines.entry[0].key <= s->now_ns)
        settle(s, s->jobs->deadlines.entry[0].task);
}

/* In a real run a deadline may have passed that nobody has looked at. */
void jobs_done(struct scheduler *s, int task)
{
    struct job_course *course;

    if (!s->jobs || !has_deadline(&s->workload->task[task]))
        return;
    course = &s->jobs->course[task];
    while (course->settled <= course->done &&
           deadline_ns(s, task, course->settled) < s->now_ns)
        settle(s, task);
    scheduler_note(s, EVENT_JOB_DONE, task, number(course->done), 0);
    course->done++;
}

bool jobs_has_next(const struct scheduler *s, int task)
{
    return s->jobs && s->workload->task[task].period_ns > 0 &&
           exists(s, task, s->jobs->course[task].done + 1);
}

int64_t jobs_rest(struct scheduler *s, int task)
{
    struct job_course *course = &s->jobs->course[task];

    course->rests = course->arrived == course->done;
    s->resting_jobs += course->rests;
    return course->rests ? arrival_ns(s, task, course->done) : -1;
}

bool jobs_calm(struct scheduler *s, int task)
{
    bool rests = s->jobs && s->jobs->course[task].rests;

    if (rests) {
        s->jobs->course[task].rests = false;
        s->resting_jobs--;
    }
    return rests;
}

static void drop(struct alarm_heap *heap, int task)
{
    size_t at = (size_t)heap->position[task];

    if (at < heap->count && heap->entry[at].task == task)
        alarm_heap_remove(heap, task);
}

void jobs_end(struct scheduler *s, int task)
{
    if (!s->jobs)
        return;
    drop(&s->jobs->arrivals, task);
    drop(&s->jobs->deadlines, task);
}

/* What is left of the course of a task is relative to now. */
uint64_t jobs_state(const struct scheduler *s, int task)
{
    const struct job_course *course;

    if (!s->jobs)
        return 0;
    course = &s->jobs->course[task];
    return (uint64_t)(course->arrived * 31 + course->done) * 31 +
           (uint64_t)course->settled * 2 + course->rests +
           (uint64_t)(course->first_ns - s->now_ns);
}
