/*
 * scheduler_events.c -- writing down what happens.
 *
 * Only the scheduler writes events of place and of synchronisation, and all of
 * its files do so through the functions here (or through scheduler_put, where
 * the machine is known). Every event is counted, even in a run without a trace:
 * a script is followed by that number.
 */
#include "sched/scheduler/scheduler_internal.h"

#include "sched/base/clock.h"
#include "sched/scheduler/checksum.h"
#include "sched/trace/trace.h"

/* The machine is that of the task now: events that end a turn are written
 * before the task leaves. */
void scheduler_note(struct scheduler *s, enum event_kind kind, int task,
                    int object, int64_t value)
{
    scheduler_put(s, kind, task, task < 0 ? -1 : s->task[task].machine, object,
                  value);
}

/* The spare field says what the task waits for, as `object` says how. */
void scheduler_note_stuck(struct scheduler *s, int task, enum wait_kind kind,
                          int object)
{
    s->noted++;
    trace_add(s->trace, (struct event){
                            .t_ns = s->now_ns,
                            .value = s->task[task].until_ns,
                            .task = (uint32_t)task,
                            .object = (int32_t)kind,
                            .kind = EVENT_HOLD,
                            .machine = (uint16_t)s->task[task].machine,
                            .spare = (uint32_t)object,
                        });
}

/* The texts of all tasks start from the same checksum, so their number makes
 * them differ; tasks in C share out their work, and it is only added up. */
static uint64_t checksum(const struct scheduler *s, int task)
{
    if (s->workload->task[task].program)
        return s->task[task].checksum;
    return checksum_task(s->task[task].checksum, task);
}

/* Zero is what every task starts with, and says nothing. */
void scheduler_note_facts(struct scheduler *s, int task)
{
    const struct task_control *state = &s->task[task];

    if (state->result != 0)
        scheduler_note(s, EVENT_RESULT, task, 0, state->result);
    if (state->checksum != 0)
        scheduler_note(s, EVENT_CHECKSUM, task, 0, (int64_t)checksum(s, task));
}
