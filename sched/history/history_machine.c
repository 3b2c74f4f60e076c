#include <assert.h>

#include "sched/history/history.h"
#include "sched/history/history_internal.h"

int history_machines(const struct history *history)
{
    return history->machine_count;
}

static const struct lane *lane_of(const struct history *history, int machine)
{
    assert(machine >= 0 && machine < history->machine_count);
    return &history->machine[machine];
}

size_t history_services(const struct history *history, int machine)
{
    return lane_of(history, machine)->count;
}

struct service history_service(const struct history *history, int machine,
                               size_t index)
{
    const struct lane *lane = lane_of(history, machine);
    const struct stretch *at = &lane->stretch[index];

    assert(index < lane->count);
    return (struct service){
        .from_ns = at->from_ns,
        .to_ns = index + 1 < lane->count ? at[1].from_ns : history->end_ns,
        .task = at->state == SERVICE_IDLE ? -1 : (int)at->what,
        .kind = at->state,
    };
}

struct service history_service_at(const struct history *history, int machine,
                                  int64_t t_ns)
{
    const struct lane *lane = lane_of(history, machine);
    size_t index;

    if (lane_find(lane, t_ns, &index))
        return history_service(history, machine, index);
    return (struct service){
        .to_ns = lane->count ? lane->stretch[0].from_ns : history->end_ns,
        .task = -1,
        .kind = SERVICE_IDLE,
    };
}

int64_t history_busy(const struct history *history, int machine,
                     int64_t from_ns, int64_t to_ns)
{
    const struct lane *lane = lane_of(history, machine);

    if (to_ns > history->end_ns)
        to_ns = history->end_ns;
    if (from_ns >= to_ns)
        return 0;
    return lane_sum(lane, SERVICE_BUSY, to_ns) -
           lane_sum(lane, SERVICE_BUSY, from_ns);
}
