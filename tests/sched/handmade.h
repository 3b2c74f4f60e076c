/*
 * handmade.h -- traces written by hand, event by event, for tests.
 *
 * Times in these tests are in milliseconds; tasks are called A, B, C …
 */
#ifndef CONCVIZ_TESTS_SCHED_HANDMADE_H
#define CONCVIZ_TESTS_SCHED_HANDMADE_H

#include <stdint.h>

#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    HANDMADE_TASKS = 26
};

struct handmade {
    struct workload workload;
    struct task_spec task[HANDMADE_TASKS];
    char name[HANDMADE_TASKS][2];
    const char *lock[4];
    struct trace_info info;
    struct trace *trace;
    struct history *history;
};

/* Make a workload of `tasks` tasks without steps; then change what the test
 * needs in made->workload and made->info, and call handmade_begin. */
static inline void handmade_init(struct handmade *made, int tasks, int machines)
{
    static const struct trace_info info = { .mode = "coroutine",
                                            .policy = "fifo" };

    *made = (struct handmade){ .info = info };
    made->info.machines = machines;
    made->lock[0] = "cup";
    made->lock[1] = "spoon";
    for (int i = 0; i < tasks; i++) {
        made->name[i][0] = (char)('A' + i);
        made->task[i].name = made->name[i];
        made->task[i].line = 1 + i % 2;
    }
    made->workload = (struct workload){ .name = "handmade",
                                        .task = made->task,
                                        .task_count = (size_t)tasks,
                                        .line_count = 2,
                                        .lock = made->lock,
                                        .lock_count = 2 };
}

static inline void handmade_begin(struct handmade *made)
{
    made->trace = trace_new(&made->workload, &made->info);
    made->history = history_new(made->trace);
}

static inline void handmade_fini(struct handmade *made)
{
    history_free(made->history);
    trace_free(made->trace);
}

static inline void handmade_add(struct handmade *made, int64_t ms,
                                enum event_kind kind, int task, int object,
                                int64_t value)
{
    trace_add(made->trace,
              (struct event){ .t_ns = ms * NS_PER_MS,
                              .kind = (uint16_t)kind,
                              .task = task < 0 ? EVENT_NO_TASK : (uint32_t)task,
                              .object = object,
                              .value = value,
                              .machine = EVENT_NO_MACHINE });
}

/* The same for RUN, HOLD, CALL and SWITCH, which happen at a machine. */
static inline void handmade_at(struct handmade *made, int64_t ms,
                               enum event_kind kind, int task, int machine,
                               int object)
{
    trace_add(made->trace,
              (struct event){ .t_ns = ms * NS_PER_MS,
                              .kind = (uint16_t)kind,
                              .task = (uint32_t)task,
                              .object = object,
                              .value = kind == EVENT_HOLD ? TIME_NEVER : 0,
                              .machine = (uint16_t)machine });
}

static inline void handmade_end(struct handmade *made, int64_t ms,
                                enum outcome outcome)
{
    handmade_add(made, ms, EVENT_END, -1, (int)outcome, 0);
    history_update(made->history);
}

#endif
