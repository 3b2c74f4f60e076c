/*
 * watch_proc.h -- how long threads of another program ran and stood in line, as
 * /proc counts it: where nothing better can be had.
 *
 * Each look says how much of the time since the last one, not when; it is told as
 * if all had run first and then stood in line. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_PROC_H
#define CONCVIZ_SCHED_WATCH_WATCH_PROC_H

#include <stdint.h>

struct switch_record;
struct watch_proc;

/* Begin to look at a process, and all that it starts. folder stands for /proc
 * (NULL: that), and is borrowed; tests give one of their own. */
struct watch_proc *watch_proc_new(int pid, const char *folder);
void watch_proc_free(struct watch_proc *proc); /* NULL is fine */

/* Look, and tell take of what has happened since the last look, up to now_ns, not
 * in order. */
void watch_proc_look(struct watch_proc *proc, int64_t now_ns,
                     void (*take)(void *context,
                                  const struct switch_record *record),
                     void *context);

/* It is gone: all whom the last look saw have ended. */
void watch_proc_end(struct watch_proc *proc, int64_t now_ns,
                    void (*take)(void *context,
                                 const struct switch_record *record),
                    void *context);

#endif
