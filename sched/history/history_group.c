/*
 * How long the tasks of a group were in a state, added up: a stay is the time
 * of its end less the time of its beginning. So each event of the group adds
 * its time to the state its task leaves and takes it from the one it enters;
 * who is in a state at the instant asked for leaves it there, to be counted.
 *
 * The sums of all groups are stored every GROUP_BLOCK events; those of any
 * instant are the last ones stored before it, and the few events since.
 *
 * Where there are no more tasks than groups, each is one of its own: its life
 * has all the sums, and nothing is stored.
 */
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/history/history_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

struct group_walk {
    const struct history *history;
    size_t events; /* applied so far */
    struct history_group group[HISTORY_GROUPS];
};

/* Keep the groups as they are after a multiple of GROUP_BLOCK events. */
static void store_block(struct groups *groups, size_t block)
{
    size_t count = (size_t)groups->count;

    groups->block = xgrow(groups->block, block, &groups->capacity,
                          count * sizeof *groups->block);
    memcpy(groups->block + block * count, groups->now,
           count * sizeof *groups->now);
}

/* Groups have equal sizes and there are never more than HISTORY_GROUPS; only
 * the last one may be smaller. */
void history_group_init(struct history *history)
{
    struct groups *groups = &history->groups;
    int tasks = (int)history->task_count;

    groups->size = tasks ? (tasks + HISTORY_GROUPS - 1) / HISTORY_GROUPS : 1;
    groups->count = (tasks + groups->size - 1) / groups->size;
    groups->now = xcalloc((size_t)groups->count, sizeof *groups->now);
    for (int i = 0; i < tasks; i++)
        groups->now[i / groups->size].count[STATE_ABSENT]++;
    if (groups->size > 1)
        store_block(groups, 0);
}

void history_group_fini(struct history *history)
{
    free(history->groups.now);
    free(history->groups.block);
}

int history_groups(const struct history *history)
{
    return history->groups.count;
}

int history_group_size(const struct history *history)
{
    return history->groups.size;
}

/* The sums wrap around below zero while stays are open, which is why they are
 * unsigned; adding t_ns for each open stay makes them correct again. */
static void apply(struct history_group *groups, int size,
                  const struct event *event, unsigned change)
{
    struct history_group *group;
    unsigned from = change & CHANGE_STATE, to;

    if (change & CHANGE_NOTHING)
        return;
    to = history_state_after(event->kind);
    group = &groups[event->task / (uint32_t)size];
    group->count[from]--;
    group->ns[from] += (uint64_t)event->t_ns;
    group->count[to]++;
    group->ns[to] -= (uint64_t)event->t_ns;
}

void history_group_event(struct history *history, const struct event *event,
                         unsigned change)
{
    size_t events = history->read + 1;

    apply(history->groups.now, history->groups.size, event, change);
    if (events % GROUP_BLOCK == 0)
        store_block(&history->groups, events / GROUP_BLOCK);
}

/* --- at any instant ------------------------------------------------------- */

/* Go back, or far ahead: to the last stored block before so many events. */
static void load_block(struct group_walk *walk, size_t events)
{
    const struct groups *groups = &walk->history->groups;
    size_t count = (size_t)groups->count, block = events / GROUP_BLOCK;

    walk->events = block * GROUP_BLOCK;
    memcpy(walk->group, groups->block + block * count,
           count * sizeof *walk->group);
}

/* A walk has its own copy of the sums, so that several can be at different
 * instants of the same history. */
struct group_walk *history_group_walk_new(const struct history *history)
{
    struct group_walk *walk = xcalloc(1, sizeof *walk);

    walk->history = history;
    if (history->groups.size > 1)
        load_block(walk, 0);
    return walk;
}

void history_group_walk_free(struct group_walk *walk)
{
    free(walk);
}

/* Go on to after so many events, from where it is or from a stored block. */
static void walk_events(struct group_walk *walk, size_t events)
{
    const struct history *history = walk->history;

    if (events < walk->events ||
        events / GROUP_BLOCK > walk->events / GROUP_BLOCK)
        load_block(walk, events);
    for (; walk->events < events; walk->events++)
        apply(walk->group, history->groups.size,
              trace_at(history->trace, walk->events),
              history->change[walk->events]);
}

static void sums_of_task(const struct history *history, int task, int64_t t_ns,
                         struct group_times *times)
{
    const struct lane *life = &history->task[task];
    int64_t ns[LANE_STATES];

    lane_sums(life, t_ns, ns);
    ns[STATE_ABSENT] += history_unseen(life, t_ns);
    ns[STATE_HELD] += ns[STATE_CHOSEN];
    memcpy(times->ns, ns, sizeof times->ns);
}

/* Open stays have only had their beginning subtracted, so t_ns is added for
 * each of them. A task being changed over to is shown as held. */
void history_group_walk_to(struct group_walk *walk, int64_t t_ns,
                           struct group_times *times)
{
    t_ns = history_clip(walk->history, t_ns);
    if (walk->history->groups.size == 1) {
        for (int i = 0; i < walk->history->groups.count; i++)
            sums_of_task(walk->history, i, t_ns, &times[i]);
        return;
    }
    walk_events(walk, history_after(walk->history, t_ns));
    for (int i = 0; i < walk->history->groups.count; i++) {
        struct history_group group = walk->group[i];

        for (int k = 0; k < LANE_STATES; k++)
            group.ns[k] += (uint64_t)t_ns * (uint64_t)group.count[k];
        group.ns[STATE_HELD] += group.ns[STATE_CHOSEN];
        memcpy(times[i].ns, group.ns, sizeof times[i].ns);
    }
}
