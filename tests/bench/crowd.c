#include "tests/bench/crowd.h"

#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/random.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    NAME_BYTES = 16,
    LINES = 2,
    TURN_NS = 3000,
    WAKES = 2 /* tries to find somebody who is away, for each turn */
};

static void place(struct trace *trace, int64_t t_ns, enum event_kind kind,
                  int machine, int task)
{
    trace_add(trace, (struct event){
                         .t_ns = t_ns,
                         .kind = (uint16_t)kind,
                         .machine = (uint16_t)machine,
                         .task = (uint32_t)task,
                         .object = READY_YIELDED,
                         .value = kind == EVENT_BLOCKED ? READY_YIELDED : -1 });
}

static void name_tasks(struct workload *workload, int tasks)
{
    *workload = (struct workload){ .name = "crowd",
                                   .task_count = (size_t)tasks,
                                   .line_count = LINES };
    workload->task = xcalloc((size_t)tasks, sizeof *workload->task);
    for (int task = 0; task < tasks; task++) {
        char *name = xcalloc(1, NAME_BYTES);

        snprintf(name, NAME_BYTES, "t%d", task);
        workload->task[task].name = name;
        workload->task[task].line = task % LINES + 1;
    }
}

static void crowd_open(struct crowd *crowd, int tasks, int machines)
{
    struct trace_info info = { .mode = machines > 1 ? "hybrid" : "coroutine",
                               .policy = "fifo",
                               .machines = machines };

    *crowd = (struct crowd){ 0 };
    name_tasks(&crowd->workload, tasks);
    crowd->trace = trace_new(&crowd->workload, &info);
    for (int i = 0; i < tasks; i++)
        place(crowd->trace, 0, EVENT_READY, 0, i);
}

void crowd_init(struct crowd *crowd, int tasks, int machines, size_t events)
{
    int64_t t_ns = 0;
    int task = 0;

    crowd_open(crowd, tasks, machines);
    while (trace_count(crowd->trace) < events) {
        for (int m = 0; m < machines; m++)
            place(crowd->trace, t_ns, EVENT_RUN, m, (task + m) % tasks);
        t_ns += NS_PER_US;
        for (int m = 0; m < machines; m++)
            place(crowd->trace, t_ns, EVENT_READY, m, (task + m) % tasks);
        task = (task + machines) % tasks;
    }
}

/* --- mixed ---------------------------------------------------------------- */

struct mixed {
    struct trace *trace;
    uint64_t seed;
    int64_t t_ns;
    int tasks;
    int *line; /* a ring: who stands there */
    size_t first, last;
    bool *away;
};

static int draw(struct mixed *mixed, int below)
{
    return (int)random_below(&mixed->seed, (uint64_t)below);
}

static void stand(struct mixed *mixed, int task)
{
    mixed->line[mixed->last++ % (size_t)mixed->tasks] = task;
    mixed->away[task] = false;
    place(mixed->trace, mixed->t_ns, EVENT_READY, 0, task);
}

/* A step, and now and then a lock, at one moment within the turn. */
static void take_turn(struct mixed *mixed, int machine, int task)
{
    place(mixed->trace, mixed->t_ns, EVENT_RUN, machine, task);
    place(mixed->trace, mixed->t_ns, EVENT_STEP, machine, task);
    if (draw(mixed, 4) > 0)
        return;
    place(mixed->trace, mixed->t_ns, EVENT_LOCKED, machine, task);
    place(mixed->trace, mixed->t_ns, EVENT_UNLOCKED, machine, task);
}

static void end_turn(struct mixed *mixed, int task)
{
    int how = draw(mixed, 4);

    if (how > 1) {
        stand(mixed, task);
        return;
    }
    mixed->away[task] = true;
    place(mixed->trace, mixed->t_ns, how ? EVENT_AWAIT : EVENT_BLOCKED, 0,
          task);
}

/* All machines take a turn at once, and all end a little later. */
static void one_round(struct mixed *mixed, int *at, int machines)
{
    for (int m = 0; m < machines; m++) {
        at[m] = -1;
        if (mixed->first == mixed->last)
            continue;
        at[m] = mixed->line[mixed->first++ % (size_t)mixed->tasks];
        take_turn(mixed, m, at[m]);
    }
    for (int m = 0; m < machines; m++) {
        mixed->t_ns += draw(mixed, TURN_NS);
        if (at[m] >= 0)
            end_turn(mixed, at[m]);
        for (int i = 0; i < WAKES; i++) {
            int task = draw(mixed, mixed->tasks);

            if (mixed->away[task])
                stand(mixed, task);
        }
    }
}

void crowd_init_mixed(struct crowd *crowd, int tasks, int machines,
                      size_t events)
{
    static const char *lock[] = { "cup", "spoon" };
    struct mixed mixed = { .tasks = tasks };
    int *at = xcalloc((size_t)machines, sizeof *at);

    crowd_open(crowd, tasks, machines);
    crowd->workload.lock = lock;
    crowd->workload.lock_count = 2;
    mixed.trace = crowd->trace;
    mixed.line = xcalloc((size_t)tasks, sizeof *mixed.line);
    mixed.away = xcalloc((size_t)tasks, sizeof *mixed.away);
    for (int i = 0; i < tasks; i++)
        mixed.line[mixed.last++] = i;
    while (trace_count(crowd->trace) < events)
        one_round(&mixed, at, machines);
    free(mixed.line);
    free(mixed.away);
    free(at);
}

void crowd_fini(struct crowd *crowd)
{
    history_free(crowd->history);
    trace_free(crowd->trace);
    for (size_t i = 0; i < crowd->workload.task_count; i++)
        free((char *)(uintptr_t)crowd->workload.task[i].name);
    free(crowd->workload.task);
}
