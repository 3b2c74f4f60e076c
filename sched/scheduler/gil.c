/*
 * Work, and the two things that interrupt it: the end of a slice, and the
 * GIL's key (rule R15). A task needs the key for cpu only. Who wants it and
 * cannot have it leaves the machine and queues; the holder gives it up when it
 * waits or ends, or when it is told to: g after the hand-over, or g after the
 * first in the queue began to wait, whichever is later.
 *
 * The key belongs to the task whose turn it is, not to the generator it calls.
 */
#include "sched/base/clock.h"
#include "sched/scheduler/checksum.h"
#include "sched/scheduler/scheduler_internal.h"

/* --- the key -------------------------------------------------------------- */

static void give(struct scheduler *s, int task, int64_t now_ns)
{
    s->key.holder = task;
    s->key.since_ns = now_ns;
    if (task >= 0)
        scheduler_note(s, now_ns, EVENT_GIL, task, 0, 0);
}

static void hand_over(struct scheduler *s, int by, int64_t now_ns)
{
    int next = wait_queue_pop(&s->key.waiting, s->link);

    give(s, next, now_ns);
    if (next >= 0)
        transition_wake(s, next, by, now_ns);
}

void gil_lay_down(struct scheduler *s, int task, int64_t now_ns)
{
    if (s->key.holder == task)
        hand_over(s, task, now_ns);
}

static enum performed wait_for_key(struct scheduler *s, int task,
                                   int64_t now_ns)
{
    s->actor[task].since_ns = now_ns;
    wait_queue_push(&s->key.waiting, s->link, task);
    return transition_block(s, task, WAIT_GIL, 0, now_ns);
}

int64_t scheduler_gil_ns(const struct scheduler *s)
{
    int64_t since_ns = s->key.since_ns;
    int first = s->key.waiting.first;

    if (s->key.holder < 0 || first < 0)
        return TIME_NEVER;
    if (s->actor[first].since_ns > since_ns)
        since_ns = s->actor[first].since_ns;
    return time_after(since_ns, s->options->gil_ns);
}

int scheduler_gil_holder(const struct scheduler *s)
{
    return s->key.holder;
}

void scheduler_gil_over(struct scheduler *s, int64_t now_ns)
{
    int old = s->key.holder;
    int machine = scheduler_machine(s, old);
    int runner = machine < 0 ? -1 : scheduler_runner(s, machine);

    hand_over(s, old, now_ns);
    if (runner >= 0 && s->actor[runner].left_ns > 0)
        wait_for_key(s, old, now_ns);
}

/* --- work ----------------------------------------------------------------- */

enum performed scheduler_work(struct scheduler *s, int task, int64_t now_ns)
{
    int turn = transition_turn(s, task);
    int machine = s->actor[turn].machine;

    if (s->machine[machine].slice_ns <= now_ns &&
        scheduler_slice_over(s, machine, now_ns) == PERFORMED_LEFT)
        return PERFORMED_LEFT;
    if (s->options->gil_ns > 0 && s->key.holder != turn) {
        if (s->key.holder >= 0)
            return wait_for_key(s, turn, now_ns);
        give(s, turn, now_ns);
    }
    s->actor[task].working = true;
    scheduler_note(s, now_ns, EVENT_CPU, task, 0, s->actor[task].left_ns);
    return PERFORMED_WORK;
}

void scheduler_worked(struct scheduler *s, int task, int64_t done_ns,
                      int64_t now_ns)
{
    struct actor *actor = &s->actor[task];
    bool complete;

    if (!actor->working)
        return;
    actor->working = false;
    if (actor->asked_ns != STEP_FOREVER)
        actor->left_ns -= done_ns;
    complete = actor->left_ns <= 0;
    scheduler_note(s, now_ns, EVENT_WORKED, task, complete, done_ns);
    if (complete) {
        actor->left_ns = 0;
        if (s->workload->task[task].program != NULL)
            actor->checksum += checksum_work(0, actor->asked_ns);
        else
            actor->checksum = checksum_work(actor->checksum, actor->asked_ns);
    }
}

/* --- preemption ----------------------------------------------------------- */

bool scheduler_slice_wanted(const struct scheduler *s, int m)
{
    const struct station *machine = &s->machine[m];

    return machine->turn >= 0 &&
           ready_queue_has(&s->line[machine->line],
                           s->actor[machine->turn].priority, false);
}

enum performed scheduler_slice_over(struct scheduler *s, int machine,
                                    int64_t now_ns)
{
    if (scheduler_slice_wanted(s, machine)) {
        transition_step_aside(s, s->machine[machine].turn, READY_PREEMPTED, -1,
                              now_ns);
        return PERFORMED_LEFT;
    }
    s->machine[machine].slice_ns = time_after(now_ns, s->options->slice_ns);
    return PERFORMED_GO_ON;
}

void scheduler_slice_skip(struct scheduler *s, int machine, int64_t now_ns)
{
    int64_t slice_ns = s->options->slice_ns;
    int64_t end_ns = s->machine[machine].slice_ns;

    if (end_ns < now_ns)
        s->machine[machine].slice_ns = time_after(
            end_ns, (now_ns - end_ns + slice_ns - 1) / slice_ns * slice_ns);
}

int scheduler_victim(const struct scheduler *s)
{
    int victim = -1;

    if (!(s->traits & PREEMPTIVE) || s->options->policy != POLICY_PRIORITY ||
        s->in_line == 0)
        return -1;
    for (int i = 0; i < s->options->machines; i++) {
        int priority;

        if (scheduler_runner(s, i) < 0)
            continue;
        priority = s->actor[s->machine[i].turn].priority;
        if (!ready_queue_has(&s->line[s->machine[i].line], priority, true))
            continue;
        if (victim < 0 || priority < s->actor[s->machine[victim].turn].priority)
            victim = i;
    }
    return victim;
}

void scheduler_preempt(struct scheduler *s, int machine, int64_t now_ns)
{
    int turn = s->machine[machine].turn;
    int above = ready_queue_next(&s->line[s->machine[machine].line],
                                 &s->random);

    transition_step_aside(s, turn, READY_PREEMPTED, above, now_ns);
}
