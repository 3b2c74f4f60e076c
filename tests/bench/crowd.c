#include "tests/bench/crowd.h"

#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    NAME_BYTES = 16,
    LINES = 2
};

static void place(struct trace *trace, int64_t t_ns, enum event_kind kind,
                  int machine, int task)
{
    trace_add(trace, (struct event){ .t_ns = t_ns,
                                     .kind = (uint16_t)kind,
                                     .machine = (uint16_t)machine,
                                     .task = (uint32_t)task,
                                     .object = READY_YIELDED,
                                     .value = -1 });
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

void crowd_init(struct crowd *crowd, int tasks, int machines, size_t events)
{
    struct trace_info info = { .mode = machines > 1 ? "hybrid" : "coroutine",
                               .policy = "fifo",
                               .machines = machines };
    int64_t t_ns = 0;
    int task = 0;

    *crowd = (struct crowd){ 0 };
    name_tasks(&crowd->workload, tasks);
    crowd->trace = trace_new(&crowd->workload, &info);
    for (int i = 0; i < tasks; i++)
        place(crowd->trace, 0, EVENT_READY, 0, i);
    while (trace_count(crowd->trace) < events) {
        for (int m = 0; m < machines; m++)
            place(crowd->trace, t_ns, EVENT_RUN, m, (task + m) % tasks);
        t_ns += NS_PER_US;
        for (int m = 0; m < machines; m++)
            place(crowd->trace, t_ns, EVENT_READY, m, (task + m) % tasks);
        task = (task + machines) % tasks;
    }
}

void crowd_fini(struct crowd *crowd)
{
    history_free(crowd->history);
    trace_free(crowd->trace);
    for (size_t i = 0; i < crowd->workload.task_count; i++)
        free((char *)(uintptr_t)crowd->workload.task[i].name);
    free(crowd->workload.task);
}
