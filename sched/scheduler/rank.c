/*
 * rank.c -- what the policy of a run is told, and what it says.
 *
 * A policy knows a task by its struct policy_task; the facts in it that change
 * are brought up to date here, before it is asked. Where the policy has no use
 * for them (fifo, random, pick) there are none, and nothing here is called.
 */
#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/workload/step_ahead.h"

void rank_init(struct scheduler *s)
{
    const struct run_options *options = s->options;
    const struct policy_rules *policy = policy_table[options->policy];

    if (is_directed(s)) /* it counts those in line, in order of arrival */
        policy = &policy_fifo;
    s->policy = policy;
    s->ranked = policy->line == LINE_RANK;
    s->allots = policy->slice;
    s->stops = (s->traits & PREEMPTIVE) && policy->stops;
    s->slice_ns = policy->sliced ? options->slice_ns : 0;
    s->levels = options->levels.count > 0 ? options->levels
                                          : policy_default_levels();
    s->boost_ns = policy->boost && s->levels.boost_ns > 0 ? s->levels.boost_ns
                                                          : TIME_NEVER;
    if (!policy->rank && policy->line != LINE_TICKETS)
        return;
    s->known = xcalloc(s->workload->task_count + 1, sizeof *s->known);
    for (size_t i = 0; i < s->workload->task_count; i++) {
        const struct task_spec *spec = &s->workload->task[i];

        s->known[i] = (struct policy_task){
            .nice = spec->nice,
            .tickets = spec->tickets,
            .period_ns = spec->period_ns > 0 ? spec->period_ns : TIME_NEVER,
            .deadline_ns = TIME_NEVER,
        };
    }
}

void scheduler_set_ahead(struct scheduler *s, scheduler_ahead *ahead,
                         const void *host)
{
    s->ahead = ahead;
    s->host = host;
}

/* The work a task has been asked for, or will ask for next; a generator that
 * it calls works in its place. */
static int64_t left_ns(const struct scheduler *s, int turn)
{
    int callee = s->task[turn].callee;
    int64_t ns = s->task[callee >= 0 ? callee : turn].left_ns;

    if (ns > 0 || callee >= 0)
        return ns;
    return s->ahead ? s->ahead(s->host, turn)
                    : step_ahead_first_ns(s->workload, turn, s->options->seed);
}

static void update(const struct scheduler *s, struct policy_task *known,
                   int task)
{
    known->priority = s->task[task].priority;
    known->deadline_ns = jobs_deadline_ns(s, task);
    if (s->policy->looks_ahead)
        known->left_ns = left_ns(s, task);
}

/* As if the work under way at a machine were stopped at an instant: what the
 * policy would know then of the task whose turn it is. */
static struct policy_task known_at(const struct scheduler *s, int m,
                                   int64_t at_ns)
{
    const struct machine *machine = &s->machine[m];
    struct policy_task known = s->known[machine->turn];
    int callee = s->task[machine->turn].callee;
    int runner = callee >= 0 ? callee : machine->turn;
    int64_t ran_ns = 0;

    update(s, &known, machine->turn);
    if (s->task[runner].working)
        ran_ns = at_ns - known.since_ns;
    if (s->policy->looks_ahead)
        known.left_ns = known.left_ns > ran_ns ? known.left_ns - ran_ns : 0;
    if (s->policy->ran)
        s->policy->ran(&known, ran_ns);
    return known;
}

/* --- in line -------------------------------------------------------------- */

/* The least rank where the task comes into line. */
static int64_t least(const struct scheduler *s, const struct ready_queue *queue)
{
    int64_t least = ready_queue_least(queue);

    for (int m = 0; m < s->options->machines && queue->count == 0; m++)
        if (&s->queue[s->machine[m].queue] == queue &&
            s->machine[m].turn >= 0) {
            int64_t rank = rank_at_machine(s, m);

            least = rank < least ? rank : least;
        }
    return least;
}

int64_t rank_in_line(struct scheduler *s, int task,
                     const struct ready_queue *queue)
{
    struct policy_task *known = &s->known[task];

    update(s, known, task);
    if (s->policy->arrives)
        s->policy->arrives(known, least(s, queue));
    return s->policy->rank(known);
}

/* --- at a machine --------------------------------------------------------- */

int64_t rank_at_machine(const struct scheduler *s, int m)
{
    struct policy_task known = known_at(s, m, s->now_ns);

    return s->policy->rank(&known);
}

/* A slice that is an allotment is used up then. */
int64_t rank_after_slice(const struct scheduler *s, int m)
{
    struct policy_task known = known_at(s, m, s->machine[m].slice_ns);

    if (s->policy->used_up)
        s->policy->used_up(&known, &s->levels);
    return s->policy->rank(&known);
}

int64_t rank_allotment_ns(const struct scheduler *s, int task)
{
    return s->policy->slice(&s->known[task], &s->levels);
}

void rank_used_up(struct scheduler *s, int task)
{
    s->policy->used_up(&s->known[task], &s->levels);
}

/* The rest is for the next turn; who leaves just when it is used up has used
 * it up, though nobody had to stop it. */
void rank_leaves(struct scheduler *s, int task)
{
    struct machine *machine = &s->machine[s->task[task].machine];

    if (machine->slice_ns == TIME_NEVER)
        return;
    s->known[task].rest_ns = machine->slice_ns - s->now_ns;
    if (s->known[task].rest_ns <= 0)
        rank_used_up(s, task);
    machine->slice_ns = TIME_NEVER;
}

/* --- boost ---------------------------------------------------------------- */

/* Who is at a machine stays there, with an allotment as fresh as all others
 * have. */
static void boost(struct scheduler *s)
{
    for (size_t i = 0; i < s->workload->task_count; i++)
        s->policy->boost(&s->known[i], &s->levels);
    for (int i = 0; i < s->queues; i++)
        if (s->queue[i].count > 0)
            ready_queue_level(&s->queue[i], s->policy->rank(&s->known[0]));
    for (int i = 0; i < s->options->machines; i++)
        if (s->machine[i].turn >= 0 && s->machine[i].slice_ns != TIME_NEVER)
            s->machine[i].slice_ns = time_after(
                s->now_ns, rank_slice_ns(s, s->machine[i].turn));
}

/* Those that passed while nobody was there are one. */
void rank_boost(struct scheduler *s)
{
    int64_t every_ns = s->levels.boost_ns;

    boost(s);
    s->boost_ns = time_after(s->now_ns - s->now_ns % every_ns, every_ns);
}
