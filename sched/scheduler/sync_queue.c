/*
 * sync_queue.c -- how a task begins to wait in a queue, or does not: who only
 * tries (`try STEP`) goes on at once, and who tries for a time has an alarm.
 */
#include "sched/scheduler/scheduler_internal.h"

void sync_give_up(struct scheduler *s, int task, enum wait_kind kind,
                  int object)
{
    s->task[task].received = false;
    scheduler_note(s, EVENT_GAVE_UP, task, (int)kind, object);
}

enum performed sync_queue_up(struct scheduler *s, int task,
                             struct wait_queue *queue, enum wait_kind kind,
                             int object)
{
    struct task_control *state = &s->task[task];

    if (state->attempt_ns == 0) {
        sync_give_up(s, task, kind, object);
        return PERFORMED_GO_ON;
    }
    wait_queue_push(queue, s->link, task);
    if (state->attempt_ns != STEP_FOREVER) {
        state->until_ns = time_after(s->now_ns, state->attempt_ns);
        alarm_heap_push(&s->alarms, task, state->until_ns, s->sleeps++);
    }
    return transition_block(s, task, kind, object);
}
