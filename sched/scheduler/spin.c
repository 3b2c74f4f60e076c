/*
 * spin.c -- tasks that go round until somebody changes something (R21).
 *
 * A round of a loop that finds all as the last one found it, and did nothing
 * that takes time, would find the same for ever. So the task does not go round
 * again: it computes, one event and one stretch, until its slice ends, or
 * somebody changes a variable it has read (a spin lock, Peterson). A loop that
 * yields is polite: while others want the machine it goes on giving it to them,
 * and as soon as somebody comes into line.
 *
 * A round in which it waited, or woke somebody, is none of these, whatever it
 * finds: others do something meanwhile.
 *
 * "As the last one found it" is one number: a hash of what the task itself
 * remembers (from its cursor) and of all shared variables, permits, messages
 * and readers (kept up to date by those who change them). 64 bits: it errs once
 * in many millions of years.
 *
 * When all who have a machine spin, and nobody else will ever get one, nothing
 * can change any more: a livelock.
 */
#include <stdlib.h>

#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"
#include "sched/workload/step_cursor.h"

enum {
    SEEN_MAX = 8 /* variables told apart; with more, all count */
};

/* What is known of a task that has been in a loop without a count. */
struct spin {
    int seen[SEEN_MAX]; /* shared variables read since … */
    int count;
    int depth;  /* … the loop that is so deep began a new round */
    bool other; /* it has done more than read and set since then */
};

bool scheduler_spun(const struct scheduler *s, int task)
{
    return s->task[task].spinning && s->task[task].spun;
}

bool scheduler_spins(const struct scheduler *s, int task)
{
    return s->task[task].spinning;
}

void spin_free(struct scheduler *s)
{
    for (size_t i = 0; i < s->workload->task_count; i++)
        free(s->task[i].spin);
    free(s->watching);
}

/* --- what the rounds of a task see ---------------------------------------- */

static void see(struct spin *spin, int shared)
{
    for (int i = 0; i < spin->count && i < SEEN_MAX; i++)
        if (spin->seen[i] == shared)
            return;
    if (spin->count < SEEN_MAX)
        spin->seen[spin->count] = shared;
    if (spin->count <= SEEN_MAX)
        spin->count++;
}

void spin_note(struct scheduler *s, int task, const struct request *request)
{
    struct spin *spin = s->task[task].spin;

    if (!spin)
        return;
    switch (request->kind) {
    case REQUEST_LOAD:
    case STEP_READ:
        see(spin, request->object);
        break;
    case STEP_YIELD:
        s->task[task].polite = true;
        break;
    case REQUEST_ROUND:
    case REQUEST_PAUSE:
    case STEP_SET:
    case STEP_WRITE:
    case STEP_SAY:
    case STEP_SUM:
        break;
    default:
        spin->other = true;
    }
}

/* A new round of a loop: what was seen before is past, but for the loops around
 * this one. */
static void forget(struct task_control *state, int depth)
{
    state->spin->count = 0;
    state->spin->depth = depth;
    state->polite = state->spin->other = false;
}

/* A loop around the one that forgot does not know what it saw: anything may
 * have been looked at. */
static void know_all(struct task_control *state)
{
    state->spin->count = SEEN_MAX + 1;
    state->polite = state->spin->other = true;
}

/* --- who waits for a change ----------------------------------------------- */

static void watch(struct scheduler *s, int task)
{
    if (!s->watching)
        s->watching = xcalloc(s->workload->task_count, sizeof *s->watching);
    for (size_t i = 0; i < s->watchers; i++)
        if (s->watching[i] == task)
            return;
    s->watching[s->watchers++] = task;
}

static bool is_concerned(const struct spin *spin, int shared)
{
    if (shared < 0)
        return spin->other;
    for (int i = 0; i < spin->count && i < SEEN_MAX; i++)
        if (spin->seen[i] == shared)
            return true;
    return spin->count > SEEN_MAX;
}

/* The task has something new to look at. One that does not compute now has no
 * work to stop. */
static void rouse(struct scheduler *s, int task)
{
    struct task_control *state = &s->task[task];

    state->still = false;
    state->spun = true;
    if (state->spinning && !state->working) {
        state->spinning = false;
        state->left_ns = 0;
    }
}

void spin_changed(struct scheduler *s, int by, int shared)
{
    size_t left = 0;

    for (size_t i = 0; i < s->watchers; i++) {
        int task = s->watching[i];

        if (task != by && is_concerned(s->task[task].spin, shared))
            rouse(s, task);
        if (s->task[task].still || s->task[task].spinning)
            s->watching[left++] = task;
    }
    s->watchers = left;
}

/* Each object enters the hash by itself: so many times its own number. */
void spin_counted(struct scheduler *s, enum wait_kind kind, int object,
                  int more)
{
    uint64_t number = (uint64_t)kind << 32 | (uint32_t)object;

    s->shared_hash += (uint64_t)more * random_mix(number);
}

/* --- rounds --------------------------------------------------------------- */

/* Is everybody in line going round, too? */
static bool all_still(const struct scheduler *s,
                      const struct ready_queue *queue)
{
    int *task = xcalloc(queue->count + 1, sizeof *task);
    bool still = true;

    ready_queue_list(queue, task);
    for (size_t i = 0; i < queue->count && still; i++)
        still = s->task[task[i]].still;
    free(task);
    return still;
}

/* Where decisions are made elsewhere, time passes only when nobody else can do
 * anything. */
static bool gives_way(const struct scheduler *s, int turn)
{
    return s->decisions && s->traits & PREEMPTIVE &&
           s->queue[s->machine[s->task[turn].machine].queue].count > 0;
}

static enum performed spin_on(struct scheduler *s, int task)
{
    struct task_control *state = &s->task[task];
    int turn = transition_turn(s, task);
    const struct ready_queue *queue = transition_queue(s, turn);

    watch(s, task);
    if ((gives_way(s, turn) || state->polite) && queue->count > 0 &&
        !all_still(s, queue)) {
        if (!gives_way(s, turn))
            return PERFORMED_GO_ON;
        transition_step_aside(s, turn, READY_PREEMPTED, -1, false);
        return PERFORMED_LEFT;
    }
    state->spinning = true;
    state->spun = false;
    state->asked_ns = state->left_ns = STEP_FOREVER;
    return scheduler_work(s, task, s->now_ns);
}

/* Have others changed any variable since this was last asked? */
bool spin_disturbed(const struct scheduler *s, int task)
{
    const struct task_control *state = &s->task[task];

    return state->spin && s->changes - state->changes != state->noticed;
}

/* All may be as it was at the beginning of the round, and yet have been something
 * else when the task looked at it: that is no spin, either. */
static void notice_others(const struct scheduler *s, struct task_control *state)
{
    uint64_t others = s->changes - state->changes;

    if (others != state->noticed)
        state->waited = UINT64_MAX;
    state->noticed = others;
}

enum performed spin_round(struct scheduler *s, int task,
                          const struct request *request)
{
    struct task_control *state = &s->task[task];
    int64_t seen = (int64_t)(random_mix((uint64_t)request->value +
                                        s->shared_hash) |
                             1);
    uint64_t bit = UINT64_C(1) << request->object;
    bool changed;

    notice_others(s, state);
    changed = *request->spot != seen || state->waited & bit;
    state->waited &= ~bit;
    if (!state->spin)
        state->spin = xcalloc(1, sizeof *state->spin);
    if (*request->spot == 0)
        forget(state, request->object);
    *request->spot = seen;
    state->still = !changed;
    if (changed)
        return PERFORMED_GO_ON;
    if (request->object < state->spin->depth)
        know_all(state);
    return spin_on(s, task);
}

/* --- the end -------------------------------------------------------------- */

/* Does whoever is at the machine only go round? */
static bool is_spinning(const struct scheduler *s, int machine)
{
    int runner = scheduler_runner(s, machine);

    return runner >= 0 && s->task[runner].spinning && !s->task[runner].spun;
}

/* Will a machine of that queue ever be given to somebody else? */
static bool is_given(const struct scheduler *s, int queue)
{
    for (int i = 0; i < s->options->machines; i++)
        if (s->machine[i].queue == queue &&
            (s->machine[i].turn < 0 || (s->machine[i].slice_ns != TIME_NEVER &&
                                        scheduler_slice_wanted(s, i))))
            return true;
    return false;
}

/* Who is in line and has something new to do, or waits for the GIL, may still
 * change what the others look at. */
static bool may_change(const struct scheduler *s, int task)
{
    switch (s->task[task].place) {
    case PLACE_IN_LINE:
        return !s->task[task].still &&
               is_given(s, (s->workload->task[task].line - 1) % s->queues);
    case PLACE_SWITCHING:
        return true;
    default:
        return false;
    }
}

bool scheduler_livelock(const struct scheduler *s)
{
    bool any = false;

    if (s->watchers == 0 || s->alarms.count > 0 || s->outside > 0 ||
        !wait_queue_is_empty(&s->gil.waiting))
        return false;
    for (int i = 0; i < s->options->machines; i++) {
        if (s->machine[i].turn >= 0 && !is_spinning(s, i) &&
            scheduler_runner(s, i) >= 0)
            return false;
        any |= is_spinning(s, i);
    }
    for (size_t i = 0; i < s->workload->task_count && any; i++)
        if (may_change(s, (int)i))
            return false;
    return any;
}
