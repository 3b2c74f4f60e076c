/*
 * sync_internal.h -- what tasks wait for: the part of scheduler_internal.h,
 * which includes it, that sync.c and sync_*.c make.
 */
#ifndef CONCVIZ_SCHED_SCHEDULER_SYNC_INTERNAL_H
#define CONCVIZ_SCHED_SCHEDULER_SYNC_INTERNAL_H

#include "sched/scheduler/scheduler.h"
#include "sched/scheduler/wait_queue.h"
#include "sched/workload/step_cursor.h"

/* --- sync_queue.c --------------------------------------------------------- */

/* A task that cannot have what it asks for waits in the queue, as long as its
 * step may wait; or it gives up, and goes on. */
enum performed sync_queue_up(struct scheduler *s, int task,
                             struct wait_queue *queue, enum wait_kind kind,
                             int object);

/* Who has waited longest to send into, or (WAIT_RECV) to receive from the
 * channel, in its queue or in a select, leaves the queue; -1: nobody. And is
 * there anybody? */
int sync_next(struct scheduler *s, int channel, enum wait_kind kind);
bool sync_any(const struct scheduler *s, int channel, enum wait_kind kind);

/* The task, which may be blocked in a select, takes this choice. */
void sync_choose(struct scheduler *s, int task, int choice);

/* All who wait in a select for the channel, which is closed now, go on. */
void sync_choose_closed(struct scheduler *s, int channel, int by);

/* What it tried to have it did not get. */
void sync_give_up(struct scheduler *s, int task, enum wait_kind kind,
                  int object);

/* --- sync_select.c -------------------------------------------------------- */

enum performed sync_select(struct scheduler *s, int task,
                           const struct request *request);

/* --- sync_leave.c --------------------------------------------------------- */

/* The time for which a task tries is over. */
void sync_time_out(struct scheduler *s, int task);

/* A task wants another one to end; and that one does: it gives back the locks
 * it has. */
void sync_cancel(struct scheduler *s, int task, int other);
void sync_give_back(struct scheduler *s, int task);

/* --- sync_lock.c ---------------------------------------------------------- */

enum performed sync_lock(struct scheduler *s, int task, int lock);
void sync_unlock(struct scheduler *s, int task, int lock);

/* A task that is blocked waits for a lock from now on, or has it: then it is
 * ready, thanks to by. */
void sync_relock(struct scheduler *s, int task, int lock, int by);

/* Somebody waits no more for a lock: its owner may owe it its priority. */
void sync_reclaim(struct scheduler *s, int lock);

/* The task sets its own priority. */
void sync_prioritize(struct scheduler *s, int task, int priority);

/* --- sync_semaphore.c, sync_condition.c, sync_rwlock.c -------------------- */

enum performed sync_acquire(struct scheduler *s, int task, int semaphore);
void sync_release(struct scheduler *s, int task, int semaphore);
enum performed sync_await(struct scheduler *s, int task, int condition,
                          int lock);
void sync_signal(struct scheduler *s, int task, int condition);
void sync_broadcast(struct scheduler *s, int task, int condition);
enum performed sync_rlock(struct scheduler *s, int task, int rwlock);
enum performed sync_wlock(struct scheduler *s, int task, int rwlock);
void sync_relinquish(struct scheduler *s, int task, int rwlock);

/* Let in all who may have the rwlock now, thanks to by. */
void sync_admit(struct scheduler *s, int rwlock, int by);

/* --- sync.c --------------------------------------------------------------- */

enum performed sync_send(struct scheduler *s, int task, int channel,
                         int64_t value);
enum performed sync_recv(struct scheduler *s, int task, int channel);
void sync_close(struct scheduler *s, int task, int channel);
enum performed sync_wait(struct scheduler *s, int task, int barrier);
enum performed sync_join(struct scheduler *s, int task, int other);

/* Wake who joins a task, or wants to call a generator, that is done now. */
void sync_done(struct scheduler *s, int task);

/* Give a generator that has paused to the next who waits to call it. */
void sync_lend(struct scheduler *s, int generator);

#endif
