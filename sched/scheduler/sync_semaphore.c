/*
 * sync_semaphore.c -- a number of permits (Dijkstra, "Cooperating Sequential
 * Processes", 1965).
 *
 * A permit that is given back while somebody waits goes straight to the first
 * who does, so the number is never raised in between, and nobody can pass.
 * Nobody owns a permit: any task may give back what another one has taken.
 */
#include "sched/scheduler/scheduler_internal.h"

enum performed sync_acquire(struct scheduler *s, int task, int index)
{
    struct semaphore *semaphore = &s->semaphore[index];

    if (semaphore->count == 0)
        return sync_queue_up(s, task, &semaphore->waiting, WAIT_SEMAPHORE,
                             index);
    semaphore->count--;
    spin_counted(s, WAIT_SEMAPHORE, index, -1);
    scheduler_note(s, EVENT_ACQUIRED, task, index, semaphore->count);
    return PERFORMED_GO_ON;
}

void sync_release(struct scheduler *s, int task, int index)
{
    struct semaphore *semaphore = &s->semaphore[index];
    int next = wait_queue_pop(&semaphore->waiting, s->link);

    if (next < 0) {
        semaphore->count++;
        spin_counted(s, WAIT_SEMAPHORE, index, 1);
    }
    scheduler_note(s, EVENT_RELEASED, task, index, semaphore->count);
    if (next < 0)
        return;
    scheduler_note(s, EVENT_ACQUIRED, next, index, semaphore->count);
    transition_wake(s, next, task);
}
