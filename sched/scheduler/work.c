/*
 * work.c -- work at a machine, and what interrupts it: the end of a slice, or
 * a more important task.
 *
 * The scheduler never works. It says how much is left, hears how much was done,
 * and decides at each end of a slice whether the turn goes on.
 */
#include "sched/base/clock.h"
#include "sched/scheduler/checksum.h"
#include "sched/scheduler/scheduler_internal.h"

/* A slice that ended while the task did other steps ends before it works
 * again. */
enum performed scheduler_work(struct scheduler *s, int task, int64_t now_ns)
{
    int turn = transition_turn(s, task);
    int machine = s->task[turn].machine;
    enum performed what;

    s->now_ns = now_ns;
    if (s->machine[machine].slice_ns <= now_ns &&
        scheduler_slice_over(s, machine, now_ns) == PERFORMED_LEFT)
        return PERFORMED_LEFT;
    what = gil_take(s, turn);
    if (what != PERFORMED_GO_ON)
        return what;
    transition_compute(s, task);
    if (s->known)
        s->known[turn].since_ns = now_ns;
    s->task[task].working = true;
    scheduler_note(s, EVENT_CPU, task, 0, s->task[task].left_ns);
    return PERFORMED_WORK;
}

/* What is complete enters the checksum; pieces are the mode's business. */
void scheduler_worked(struct scheduler *s, int task, int64_t done_ns,
                      int64_t now_ns)
{
    struct task_control *state = &s->task[task];
    bool complete;

    s->now_ns = now_ns;
    if (!state->working)
        return;
    state->working = false;
    if (state->spinning) { /* whatever stopped it, the task looks again */
        state->spinning = false;
        state->left_ns = 0;
        scheduler_note(s, EVENT_WORKED, task, 1, done_ns);
        return;
    }
    if (state->asked_ns != STEP_FOREVER)
        state->left_ns -= done_ns;
    if (s->policy->ran)
        s->policy->ran(&s->known[transition_turn(s, task)], done_ns);
    complete = state->left_ns <= 0;
    scheduler_note(s, EVENT_WORKED, task, complete, done_ns);
    if (!complete)
        return;
    state->left_ns = 0;
    if (s->workload->task[task].program)
        state->checksum += checksum_work(0, state->asked_ns);
    else
        state->checksum = checksum_work(state->checksum, state->asked_ns);
}

/* --- preemption ----------------------------------------------------------- */

bool scheduler_slice_wanted(const struct scheduler *s, int m)
{
    const struct machine *machine = &s->machine[m];
    const struct ready_queue *queue = &s->queue[machine->queue];

    if (machine->turn < 0 || queue->count == 0)
        return false;
    return !s->ranked || ready_queue_has(queue, rank_after_slice(s, m), false);
}

bool scheduler_slice_matters(const struct scheduler *s, int m)
{
    return (s->policy->ran || s->allots) && s->machine[m].turn >= 0
               ? s->queue[s->machine[m].queue].count > 0
               : scheduler_slice_wanted(s, m);
}

/* With nobody waiting the turn goes on: no event, as nothing changed. */
enum performed scheduler_slice_over(struct scheduler *s, int machine,
                                    int64_t now_ns)
{
    int turn = s->machine[machine].turn;

    s->now_ns = now_ns;
    if (scheduler_slice_wanted(s, machine)) {
        transition_step_aside(s, turn, READY_PREEMPTED, -1, false);
        return PERFORMED_LEFT;
    }
    if (s->allots)
        rank_used_up(s, turn);
    s->machine[machine].slice_ns = time_after(now_ns, rank_slice_ns(s, turn));
    return PERFORMED_GO_ON;
}

/* As many whole slices as are needed to reach now_ns. Where they are allotments
 * the first few may differ, one a level. */
void scheduler_slice_skip(struct scheduler *s, int m, int64_t now_ns)
{
    struct machine *machine = &s->machine[m];
    int64_t slice_ns = s->slice_ns;

    for (int i = 0;
         s->allots && i < s->levels.count && machine->slice_ns < now_ns; i++) {
        rank_used_up(s, machine->turn);
        slice_ns = rank_slice_ns(s, machine->turn);
        machine->slice_ns = time_after(machine->slice_ns, slice_ns);
    }
    if (machine->slice_ns < now_ns)
        machine->slice_ns = time_after(
            machine->slice_ns,
            (now_ns - machine->slice_ns + slice_ns - 1) / slice_ns * slice_ns);
}

/* Only machines whose own queue has somebody more important can help. */
int scheduler_victim(const struct scheduler *s)
{
    int victim = -1;
    int64_t most = 0;

    if (!s->stops || s->ready == 0)
        return -1;
    for (int i = 0; i < s->options->machines; i++) {
        int64_t rank;

        if (scheduler_runner(s, i) < 0)
            continue;
        rank = rank_at_machine(s, i);
        if (!ready_queue_has(&s->queue[s->machine[i].queue], rank, true))
            continue;
        if (victim < 0 || rank > most) {
            victim = i;
            most = rank;
        }
    }
    return victim;
}

/* Whoever is more important stops it, so it goes to the front of its class and
 * keeps the rest of its slice (rule R9). With a new slice each time, somebody
 * who is stopped often enough would never let an equal go on. At the tail it
 * gets one: all its equals come first. */
void scheduler_preempt(struct scheduler *s, int machine, int64_t now_ns)
{
    int turn = s->machine[machine].turn;
    int above = ready_queue_next(&s->queue[s->machine[machine].queue],
                                 &s->random);
    int64_t end_ns = s->machine[machine].slice_ns;
    bool front = !s->options->preempted_last;

    s->now_ns = now_ns;
    if (end_ns != TIME_NEVER && front && !s->allots)
        s->task[turn].rest_ns = end_ns > now_ns ? end_ns - now_ns : 1;
    transition_step_aside(s, turn, READY_PREEMPTED, above, front);
}
