/*
 * perform_shared.c -- steps of shared variables: read, write, and set.
 *
 * `read` makes a copy that the task keeps, and `write` stores that copy plus a
 * number: what others stored in between is lost. A calculation keeps no copy:
 * each variable it needs is read by a step of its own, and so is one set.
 *
 * Loops that wait for a change hear of each (spin.c), and claims are looked at
 * again (claims.c).
 */
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/scheduler_internal.h"

/* A task reads one or two variables: searching a list is faster than an
 * index. */
static struct copy *find_copy(const struct task_control *state, int shared)
{
    for (int i = 0; i < state->copies; i++) {
        if (state->copy[i].shared == shared)
            return &state->copy[i];
    }
    return NULL;
}

/* Who writes without having read adds to what the variable was at the
 * start. */
int64_t scheduler_copy(const struct scheduler *s, int task, int shared)
{
    const struct copy *copy = find_copy(&s->task[task], shared);

    return copy ? copy->value : s->workload->shared[shared].initial;
}

/* The first read of a variable makes the copy; later ones overwrite it. */
void perform_read(struct scheduler *s, int task, int shared)
{
    struct task_control *state = &s->task[task];
    struct copy *copy = find_copy(state, shared);

    if (!copy) {
        state->copy = xreallocarray(state->copy, (size_t)state->copies + 1,
                                    sizeof *state->copy);
        copy = &state->copy[state->copies++];
        copy->shared = shared;
    }
    copy->value = s->shared[shared];
    scheduler_note(s, EVENT_READ, task, shared, copy->value);
}

/* Keep the hash of all values up to date: each enters it by itself. */
static uint64_t hash_value(int shared, int64_t value)
{
    return random_mix(random_mix((uint64_t)shared + 1) + (uint64_t)value);
}

void perform_store(struct scheduler *s, int shared, int64_t value)
{
    s->shared_hash -= hash_value(shared, s->shared[shared]);
    s->shared_hash += hash_value(shared, value);
    s->shared[shared] = value;
}

void perform_set(struct scheduler *s, int task, const struct request *request,
                 int64_t value)
{
    int shared = request->object;
    bool changed = s->shared[shared] != value;

    perform_store(s, shared, value);
    scheduler_note(s, EVENT_WRITE, task, shared, value);
    if (changed && s->watchers > 0)
        spin_changed(s, task, shared);
    s->changes += changed;
    s->task[task].changes += changed;
    if (changed)
        claims_changed(s, task, request);
}

/* What others stored since the copy was made is lost. */
void perform_write(struct scheduler *s, int task, const struct request *request)
{
    uint64_t value = (uint64_t)scheduler_copy(s, task, request->object) +
                     (uint64_t)request->value;

    perform_set(s, task, request, (int64_t)value);
}

/* For a calculation: the value is the answer, and nobody keeps a copy. */
void perform_load(struct scheduler *s, int task, int shared)
{
    s->task[task].value = s->shared[shared];
    s->task[task].received = true;
    scheduler_note(s, EVENT_READ, task, shared, s->shared[shared]);
}

/* It is fetched once, and then makes no difference any more. */
bool scheduler_answer(struct scheduler *s, int task, int64_t *value)
{
    bool got = scheduler_received(s, task, value);

    s->task[task].value = 0;
    s->task[task].received = false;
    s->task[task].chosen = 0;
    return got;
}
