/*
 * How long the tasks of a group were in a state, added up: a stay is the time
 * of its end less the time of its beginning. So each event of the group adds
 * its time to the state its task leaves and takes it from the one it enters;
 * who is in a state at the instant asked for leaves it there, to be counted.
 *
 * The sums of all groups are stored every GROUP_BLOCK events; those of any
 * instant are the stored ones before it and the few events between.
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
    bool begun;
    struct group group[HISTORY_GROUPS];
};

void history_new_groups(struct history *history)
{
    struct groups *groups = &history->groups;
    size_t tasks = history->task_count;

    groups->size = (int)((tasks + HISTORY_GROUPS - 1) / HISTORY_GROUPS);
    groups->size += groups->size == 0;
    groups->count = (int)((tasks + (size_t)groups->size - 1) /
                          (size_t)groups->size);
    groups->now = xcalloc((size_t)groups->count, sizeof *groups->now);
    for (size_t i = 0; i < tasks; i++)
        groups->now[i / (size_t)groups->size].count[STATE_ABSENT]++;
}

void history_free_groups(struct history *history)
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

static void apply(struct group *groups, int size, const struct event *event,
                  unsigned change)
{
    unsigned from = change & CHANGE_STATE;
    unsigned to = history_state_after(event->kind);
    struct group *group;

    if (change & CHANGE_NOTHING)
        return;
    group = &groups[event->task / (uint32_t)size];
    group->count[from]--;
    group->ns[from] += (uint64_t)event->t_ns;
    group->count[to]++;
    group->ns[to] -= (uint64_t)event->t_ns;
}

void history_count_group(struct history *history, const struct event *event,
                         unsigned change)
{
    struct groups *groups = &history->groups;
    size_t block = history->read / GROUP_BLOCK, count = (size_t)groups->count;

    if (history->read % GROUP_BLOCK == 0 && count) {
        groups->block = xgrow(groups->block, block, &groups->capacity,
                              count * sizeof *groups->block);
        memcpy(groups->block + block * count, groups->now,
               count * sizeof *groups->now);
    }
    apply(groups->now, groups->size, event, change);
}

/* --- at any instant ------------------------------------------------------- */

struct group_walk *history_group_walk_new(const struct history *history)
{
    struct group_walk *walk = xcalloc(1, sizeof *walk);

    walk->history = history;
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
    const struct groups *groups = &history->groups;
    size_t count = (size_t)groups->count;
    size_t block = events / GROUP_BLOCK;

    if (block && block * GROUP_BLOCK >= history->read)
        block--;
    if (!walk->begun || events < walk->events ||
        walk->events < block * GROUP_BLOCK) {
        memcpy(walk->group,
               history->read ? groups->block + block * count : groups->now,
               count * sizeof *walk->group);
        walk->events = history->read ? block * GROUP_BLOCK : 0;
        walk->begun = true;
    }
    for (; walk->events < events; walk->events++)
        apply(walk->group, groups->size, trace_at(history->trace, walk->events),
              history->change[walk->events]);
}

void history_group_walk_to(struct group_walk *walk, int64_t t_ns,
                           struct group_times *times)
{
    int64_t end_ns = history_end(walk->history);

    t_ns = t_ns < 0 ? 0 : t_ns < end_ns ? t_ns : end_ns;
    walk_events(walk, history_after(walk->history, t_ns));
    for (int i = 0; i < walk->history->groups.count; i++) {
        struct group group = walk->group[i];

        for (int k = 0; k < LANE_STATES; k++)
            group.ns[k] += (uint64_t)t_ns * (uint64_t)group.count[k];
        group.ns[STATE_HELD] += group.ns[STATE_CHOSEN];
        memcpy(times[i].ns, group.ns, sizeof times[i].ns);
    }
}
