/*
 * scheduler.c -- making a scheduler, and the two ends of a run.
 *
 * Everything a run can need is allocated here, in a few arrays: by task, by
 * machine, by object of the workload. What happens in between is in the other
 * files (see scheduler_internal.h); no step allocates, but for copies of shared
 * variables, lists of rwlocks, rings of channels, and heaps that grow.
 */
#include "sched/scheduler/scheduler.h"

#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

/* --- making one ----------------------------------------------------------- */

static void make_tasks(struct scheduler *s)
{
    const struct workload *workload = s->workload;
    size_t count = workload->task_count;

    s->task = xcalloc(count + 1, sizeof *s->task);
    s->link = xcalloc(count + 1, sizeof *s->link);
    s->position = xcalloc(count + 1, sizeof *s->position);
    for (size_t i = count; i-- > 0;) {
        struct task_control *state = &s->task[i];

        wait_queue_init(&state->waiters);
        state->until_ns = TIME_NEVER;
        state->machine = -1;
        state->callee = -1;
        state->caller = -1;
        state->fd = -1;
        state->first_after = -1;
        state->company = -1;
        state->canceller = -1;
        state->priority = workload->task[i].priority;
        state->own_priority = workload->task[i].priority;
    }
}

/* How many tasks from this one on are of one statement, and come after the same
 * others. */
static size_t count_company(const struct workload *workload, size_t first)
{
    const struct task_spec *task = workload->task;
    size_t count = 1;

    while (first + count < workload->task_count &&
           task[first + count].after == task[first].after)
        count++;
    return count;
}

/* What a statement says is kept once for all its tasks: there may be many of
 * them, after many others. */
static void make_company(struct scheduler *s)
{
    const struct workload *workload = s->workload;
    size_t companies = 0, afters = 0, count;

    for (size_t i = 0; i < workload->task_count; i += count) {
        count = count_company(workload, i);
        companies += workload->task[i].afters > 0;
        afters += (size_t)workload->task[i].afters;
    }
    s->company = xcalloc(companies + 1, sizeof *s->company);
    s->follower = xcalloc(afters + 1, sizeof *s->follower);
    companies = 0;
    for (size_t i = 0; i < workload->task_count; i += count) {
        const struct task_spec *task = &workload->task[i];

        count = count_company(workload, i);
        if (task->afters == 0)
            continue;
        for (size_t k = i; k < i + count; k++)
            s->task[k].company = (int)companies;
        s->company[companies++] = (struct company){
            .first = (int)i,
            .count = (int)count,
            .missing = task->afters,
        };
    }
}

/* Backwards, so that the lists are in the order of the file. */
static void make_after(struct scheduler *s)
{
    int next = 0;

    for (size_t i = s->workload->task_count; i-- > 0;) {
        const struct task_spec *task = &s->workload->task[i];
        int company = s->task[i].company;

        if (company < 0 || s->company[company].first != (int)i)
            continue;
        for (int k = 0; k < task->afters; k++) {
            int *first = &s->task[task->after[k]].first_after;

            s->follower[next] = (struct follower){ company, *first };
            *first = next++;
        }
    }
}

/* Rule R18: with own lines there are as many queues as there are lines, or
 * machines if these are fewer: lines that one machine serves are one queue. */
static void make_machines(struct scheduler *s)
{
    int count = s->options->machines;

    s->queues = s->options->lines_own ? s->workload->line_count : 1;
    if (s->queues > count)
        s->queues = count;
    s->queue = &s->only_queue;
    if (s->queues > 1)
        s->queue = xcalloc((size_t)s->queues, sizeof *s->queue);
    for (int i = 0; i < s->queues; i++)
        ready_queue_init(&s->queue[i], s->policy->line, s->link, s->position,
                         s->known);
    s->machine = xcalloc((size_t)count, sizeof *s->machine);
    for (int i = 0; i < count; i++) {
        s->machine[i] = (struct machine){
            .turn = -1,
            .served = -1,
            .promised = -1,
            .queue = i % s->queues,
            .slice_ns = TIME_NEVER,
        };
    }
    s->free = count;
}

/* One more of each than there are: memory for none may be NULL. */
static void make_monitors(struct scheduler *s)
{
    const struct workload *workload = s->workload;

    s->semaphore = xcalloc(workload->semaphore_count + 1, sizeof *s->semaphore);
    for (size_t i = 0; i < workload->semaphore_count; i++) {
        s->semaphore[i].count = workload->semaphore[i].initial;
        wait_queue_init(&s->semaphore[i].waiting);
    }
    s->condition = xcalloc(workload->condition_count + 1, sizeof *s->condition);
    for (size_t i = 0; i < workload->condition_count; i++)
        wait_queue_init(&s->condition[i].waiting);
    s->rwlock = xcalloc(workload->rwlock_count + 1, sizeof *s->rwlock);
    for (size_t i = 0; i < workload->rwlock_count; i++) {
        s->rwlock[i].writer = -1;
        wait_queue_init(&s->rwlock[i].waiting);
    }
}

static void make_objects(struct scheduler *s)
{
    const struct workload *workload = s->workload;

    s->lock = xcalloc(workload->lock_count + 1, sizeof *s->lock);
    for (size_t i = 0; i < workload->lock_count; i++) {
        s->lock[i].owner = -1;
        wait_queue_init(&s->lock[i].waiting);
        s->inherits |= workload->inherits[i];
    }
    s->channel = xcalloc(workload->channel_count + 1, sizeof *s->channel);
    for (size_t i = 0; i < workload->channel_count; i++) {
        s->channel[i].size = workload->channel[i].size;
        wait_queue_init(&s->channel[i].senders);
        wait_queue_init(&s->channel[i].receivers);
    }
    s->barrier = xcalloc(workload->barrier_count + 1, sizeof *s->barrier);
    for (size_t i = 0; i < workload->barrier_count; i++)
        wait_queue_init(&s->barrier[i].queue);
    s->shared = xcalloc(workload->shared_count + 1, sizeof *s->shared);
    for (size_t i = 0; i < workload->shared_count; i++)
        perform_store(s, (int)i, workload->shared[i].initial);
    wait_queue_init(&s->selecting);
    s->gil.holder = -1;
    wait_queue_init(&s->gil.waiting);
}

/* is_plain comes last: it looks at everything made before. */
struct scheduler *scheduler_new(const struct workload *workload,
                                unsigned traits,
                                const struct run_options *options,
                                struct trace *trace)
{
    struct scheduler *s = xcalloc(1, sizeof *s);

    s->workload = workload;
    s->options = options;
    s->trace = trace;
    s->traits = traits;
    s->random = options->seed;
    s->decisions = options->decisions;
    s->script = options->script;
    rank_init(s);
    jobs_init(s);
    make_tasks(s);
    make_company(s);
    make_after(s);
    make_machines(s);
    make_objects(s);
    make_monitors(s);
    alarm_heap_init(&s->alarms, s->position);
    s->plain = scheduler_is_plain(s);
    return s;
}

/* What grew during the run is freed one by one, then the arrays themselves. */
void scheduler_free(struct scheduler *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->workload->task_count; i++) {
        free(s->task[i].copy);
        free(s->task[i].reading);
    }
    for (int i = 0; i < s->queues; i++)
        ready_queue_fini(&s->queue[i]);
    for (size_t i = 0; i < s->workload->channel_count; i++)
        free(s->channel[i].value);
    alarm_heap_fini(&s->alarms);
    spin_free(s); /* looks at the tasks */
    free(s->task);
    free(s->company);
    free(s->follower);
    free(s->link);
    free(s->position);
    if (s->queue != &s->only_queue)
        free(s->queue);
    free(s->machine);
    free(s->lock);
    free(s->channel);
    free(s->barrier);
    free(s->semaphore);
    free(s->condition);
    free(s->rwlock);
    free(s->shared);
    free(s->postponed);
    free(s->known);
    jobs_fini(s);
    free(s);
}

/* --- the run -------------------------------------------------------------- */

/* All tasks are created before the first arrives, so the trace begins with a
 * list of them. */
void scheduler_begin(struct scheduler *s, int64_t now_ns)
{
    const struct workload *workload = s->workload;
    int count = (int)workload->task_count;

    s->now_ns = now_ns;
    scheduler_note(s, EVENT_START, -1, 0, s->options->machines);
    for (int i = 0; i < count; i++) {
        if (!workload->task[i].generator && !workload->task[i].at_spawn)
            transition_create(s, i);
    }
    for (int i = 0; i < count; i++)
        transition_expect(s, i, -1);
}

/* Why the run has failed, for those who only have the trace. */
static int64_t note_failure(struct scheduler *s)
{
    const struct diag *why = &s->failure;
    char text[sizeof why->message + 32];

    if (!s->failed || !s->trace)
        return 0;
    snprintf(text, sizeof text, "%d:%d:%s", why->line, why->column,
             why->message);
    return trace_add_text(s->trace, text);
}

/* What a task that did not get to its end has done so far is worth knowing. */
void scheduler_finish(struct scheduler *s, enum outcome outcome, int64_t now_ns)
{
    int count = (int)s->workload->task_count;

    s->now_ns = now_ns;
    for (int i = 0; i < count; i++) {
        if (s->task[i].place != PLACE_DONE)
            scheduler_note_facts(s, i);
    }
    scheduler_note(s, EVENT_END, -1, (int)outcome,
                   outcome == OUTCOME_FAILED ? note_failure(s) : 0);
}

/* Does the task wait for somebody's action, for a time? */
static bool is_trying(const struct scheduler *s, int task)
{
    const struct task_control *state = &s->task[task];

    return state->place == PLACE_BLOCKED ||
           (state->place == PLACE_HELD && state->wait_kind != WAIT_TIME);
}

/* It may be before its time: with a script only the order counts. */
void scheduler_wake(struct scheduler *s, int task, int64_t now_ns)
{
    s->now_ns = now_ns;
    alarm_heap_remove(&s->alarms, task);
    s->resting = false;
    if (is_trying(s, task))
        sync_time_out(s, task);
    else
        transition_alarm(s, task);
}

/* Sleepers come before jobs that arrive at the same instant, and all arrivals
 * of an instant are in file order. */
static bool job_is_next(const struct scheduler *s)
{
    int task = scheduler_next_alarm(s);

    return s->jobs &&
           jobs_come_before(s, task < 0 ? NULL
                                        : &s->alarms.entry[s->position[task]]);
}

/* Only who has waited for its job comes into line. */
static void begin_job(struct scheduler *s, int64_t now_ns)
{
    int task;

    s->now_ns = now_ns;
    task = jobs_arrive(s);
    if (task < 0)
        return;
    s->resting = false;
    transition_ready(s, task, READY_ARRIVED, -1);
}

/* Each alarm that goes off shows the next one, with a script as without. */
int scheduler_tick(struct scheduler *s, int64_t now_ns)
{
    for (int count = 0;; count++) {
        bool job = job_is_next(s);

        if ((job ? jobs_arrival_ns(s) : scheduler_alarm_ns(s)) > now_ns)
            return count;
        if (job)
            begin_job(s, now_ns);
        else
            scheduler_wake(s, scheduler_next_alarm(s), now_ns);
    }
}

/* Whoever is done, or has used up an allotment, at this very instant is. */
void scheduler_settle(struct scheduler *s, int64_t now_ns)
{
    s->now_ns = now_ns;
    jobs_settle(s);
    if (s->boost_ns <= now_ns)
        rank_boost(s);
}
