/*
 * scheduler_state.c -- the state of a run, as one number.
 *
 * A search through many schedules meets the same state again and again: two
 * steps that do not concern each other lead to it in either order. From there
 * on the same decisions have the same consequences, so it need not be searched
 * twice. What counts is everything that can still make a difference, and
 * nothing else: times only relative to now; who waits for a lock in which
 * order, but not in which order tasks are ready, since any of them may be next.
 *
 * 64 bits: among a million states a collision has a chance of 1 in 30 million.
 */
#include "sched/base/random.h"
#include "sched/scheduler/scheduler_internal.h"

/* Put one more number into a hash; the order matters. */
static uint64_t mix(uint64_t hash, int64_t more)
{
    return random_mix(hash + UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)more);
}

static uint64_t mix_queue(const struct scheduler *s, uint64_t hash,
                          const struct wait_queue *queue)
{
    for (int i = queue->first; i >= 0; i = s->link[i].next)
        hash = mix(hash, i);
    return mix(hash, -1);
}

/* Copies lie in the order in which they were first made, which is past. */
static uint64_t hash_copies(const struct task_control *task)
{
    uint64_t sum = 0;

    for (int i = 0; i < task->copies; i++)
        sum += mix(mix(1, task->copy[i].shared), task->copy[i].value);
    return sum;
}

/* In which order it began to read makes no difference. */
static uint64_t hash_readings(const struct task_control *task)
{
    uint64_t sum = 0;

    for (int i = 0; i < task->readings; i++)
        sum += mix(3, task->reading[i]);
    return sum;
}

/* With one machine a task's place says whether it is there. */
static uint64_t mix_task(const struct scheduler *s, uint64_t hash, int i)
{
    const struct task_control *task = &s->task[i];
    int64_t flags = task->expected | task->working << 1 | task->entered << 2 |
                    task->received << 3 | task->wants_call << 4 |
                    task->quits << 6 | task->yielded << 7 |
                    (task->canceller >= 0) << 8 | task->still << 9 |
                    task->polite << 10 | task->spinning << 11;
    uint64_t others = (uint64_t)task->callee << 32 ^ (uint32_t)task->caller;

    hash = mix(hash, flags << 9 | task->place);
    hash = mix(hash, (int64_t)others);
    hash = mix(hash, task->left_ns);
    hash = mix(hash, task->value);
    hash = mix(hash, (int64_t)jobs_state(s, i));
    if (s->known) {
        hash = mix(hash, s->known[i].level);
        hash = mix(hash, s->known[i].rest_ns);
        hash = mix(hash, s->known[i].virtual_ns);
    }
    hash = mix(hash, (int64_t)replay_hash(s, i));
    hash = mix(hash, (int64_t)hash_copies(task));
    hash = mix(hash, (int64_t)hash_readings(task));
    hash = mix(hash, task->chosen);
    hash = mix(hash, (int64_t)task->waited);
    hash = mix(hash, spin_disturbed(s, i));
    if (task->place == PLACE_BLOCKED) /* what for is where it queues; … */
        hash = mix(hash, (int64_t)task->wait_kind << 32 | task->wait_lock);
    return mix_queue(s, hash, &task->waiters);
}

/* The heap is in no order that means anything: of those that go off at the
 * same instant, count those that come before. */
static uint64_t hash_alarms(const struct scheduler *s)
{
    const struct alarm *alarm = s->alarms.entry;
    uint64_t sum = 0;

    for (size_t i = 0; i < s->alarms.count; i++) {
        int64_t before = 0;

        for (size_t j = 0; j < s->alarms.count; j++)
            before += alarm[j].key == alarm[i].key &&
                      alarm[j].order < alarm[i].order;
        sum += mix(mix(mix(2, alarm[i].task), alarm[i].key - s->now_ns),
                   before);
    }
    return sum;
}

static uint64_t mix_monitors(const struct scheduler *s, uint64_t hash)
{
    const struct workload *workload = s->workload;

    for (size_t i = 0; i < workload->semaphore_count; i++)
        hash = mix_queue(s, mix(hash, s->semaphore[i].count),
                         &s->semaphore[i].waiting);
    for (size_t i = 0; i < workload->condition_count; i++)
        hash = mix_queue(s, hash, &s->condition[i].waiting);
    for (size_t i = 0; i < workload->rwlock_count; i++) {
        hash = mix(mix(hash, s->rwlock[i].readers), s->rwlock[i].writer);
        hash = mix_queue(s, hash, &s->rwlock[i].waiting);
    }
    return hash;
}

/* Between those who wait for a channel alone and those in a select, it matters
 * who came first. */
static uint64_t mix_selecting(const struct scheduler *s, uint64_t hash)
{
    hash = mix_queue(s, hash, &s->selecting);
    for (int i = s->selecting.first; i >= 0; i = s->link[i].next)
        for (int k = 0; k < (int)s->workload->task_count; k++)
            if (s->task[k].place == PLACE_BLOCKED)
                hash = mix(hash, s->task[k].came < s->task[i].came ? k : -1);
    return hash;
}

static uint64_t mix_objects(const struct scheduler *s, uint64_t hash)
{
    const struct workload *workload = s->workload;

    for (size_t i = 0; i < workload->lock_count; i++)
        hash = mix_queue(s, mix(hash, s->lock[i].owner), &s->lock[i].waiting);
    for (size_t i = 0; i < workload->channel_count; i++) {
        const struct channel *channel = &s->channel[i];

        hash = mix(mix(hash, (int64_t)channel->count), channel->closed);
        for (size_t j = 0; j < channel->count; j++)
            hash = mix(hash,
                       channel->value[(channel->first + j) % channel->room]);
        hash = mix_queue(s, hash, &channel->senders);
        hash = mix_queue(s, hash, &channel->receivers);
    }
    for (size_t i = 0; i < workload->barrier_count; i++)
        hash = mix_queue(s, mix(hash, s->barrier[i].waiting),
                         &s->barrier[i].queue);
    for (size_t i = 0; i < workload->shared_count; i++)
        hash = mix(hash, s->shared[i]);
    return mix_selecting(s, mix_monitors(s, hash));
}

/* A limit is the only thing that happens at a time of its own. */
uint64_t scheduler_state(const struct scheduler *s)
{
    const struct machine *machine = &s->machine[0];
    uint64_t hash = s->options->limit_ns > 0 ? mix(0, s->now_ns) : 0;

    hash = mix(hash, machine->turn);
    hash = mix(hash, machine->promised);
    hash = mix(hash, machine->stepped);
    hash = mix(hash, s->resting);
    hash = mix(hash, (int64_t)hash_alarms(s));
    for (size_t i = 0; i < s->workload->task_count; i++)
        hash = mix_task(s, hash, (int)i);
    return mix_objects(s, hash);
}
