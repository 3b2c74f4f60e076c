/*
 * whatif_bound.c -- where it makes no difference who comes first.
 *
 * With a machine for everybody a task never waits but for others. If it is
 * settled for whom it waits, then the run takes as long as the longest chain of
 * steps that wait for each other, and no run can be shorter: more machines
 * never hurt (Graham, "Bounds on multiprocessing timing anomalies", 1969, is
 * about the other numbers). But where several tasks want one lock, somebody is
 * first, and that may be somebody else on fewer machines, with a better end.
 *
 * So everything that two tasks can want in either order is looked for: a lock,
 * the same end of a channel, a generator, a barrier for fewer tasks than come.
 */
#include "sched/explore/whatif_bound.h"

#include <stddef.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/scheduler/run_options.h"
#include "sched/workload/workload.h"

/* By object: the only task so far that uses it, counted from 1; 0: nobody. */
struct users {
    size_t *lock, *sender, *receiver, *caller;
    size_t *last; /* of a barrier: who was the last to be counted there … */
    int64_t *comers; /* … and how many are counted */
};

/* Tasks are counted from 1, so that zeroed memory means that nobody uses the
 * object yet. */
static bool is_only(size_t *user, size_t task)
{
    if (*user == 0)
        *user = task;
    return *user == task;
}

/* A barrier is open for all its tasks at once, so these may come in any
 * order. */
static bool fits(const struct workload *workload, const struct users *users,
                 int barrier, size_t task)
{
    if (users->last[barrier] != task)
        users->comers[barrier]++;
    users->last[barrier] = task;
    return users->comers[barrier] <= workload->barrier[barrier].size;
}

/* The order within a task is fixed, so only objects that two tasks use
 * can make a difference. A loop is looked at once: it uses the same
 * objects every time. */
static bool are_settled(const struct workload *workload,
                        const struct users *users, const struct steps *steps,
                        size_t task)
{
    bool settled = true;

    for (size_t i = 0; i < steps->count && settled; i++) {
        const struct step *step = &steps->step[i];
        int object = step->object;

        if (step->kind == STEP_LOCK)
            settled = is_only(&users->lock[object], task);
        else if (step->kind == STEP_SEND || step->kind == STEP_CLOSE)
            settled = is_only(&users->sender[object], task);
        else if (step->kind == STEP_RECV)
            settled = is_only(&users->receiver[object], task);
        else if (step->kind == STEP_NEXT)
            settled = is_only(&users->caller[object], task);
        else if (step->kind == STEP_WAIT)
            settled = fits(workload, users, object, task);
        else if ((step->kind >= STEP_ACQUIRE && step->kind <= STEP_CANCEL) ||
                 step->tries || step->choice)
            settled = false;
    }
    return settled;
}

/* What tasks in C do is not in their text; without locks, channels and files
 * they can only spawn, join and meet at barriers. */
static bool is_settled_in_c(const struct workload *workload)
{
    return workload->lock_count == 0 && workload->channel_count == 0 &&
           !workload->data.takes_turns;
}

static size_t *new_users(size_t count)
{
    return xcalloc(count + 1, sizeof(size_t));
}

/* Tasks are looked at in order, which `fits` relies on. */
bool whatif_bound(const struct workload *workload,
                  const struct run_options *options)
{
    struct users users = {
        .lock = new_users(workload->lock_count),
        .sender = new_users(workload->channel_count),
        .receiver = new_users(workload->channel_count),
        .caller = new_users(workload->task_count),
        .last = new_users(workload->barrier_count),
        .comers = xcalloc(workload->barrier_count + 1, sizeof *users.comers),
    };
    /* The key of the GIL is a lock; a switch costs one task and not another. */
    bool settled = options->gil_ns == 0 && options->switch_cost_ns == 0;

    for (size_t i = 0; i < workload->task_count && settled; i++)
        settled = workload->task[i].program
                      ? is_settled_in_c(workload)
                      : are_settled(workload, &users, &workload->task[i].steps,
                                    i + 1);
    free(users.lock);
    free(users.sender);
    free(users.receiver);
    free(users.caller);
    free(users.last);
    free(users.comers);
    return settled;
}
