/*
 * watch_thing.h -- what threads of other programs wait for: names, and when it
 * last let somebody go on.
 *
 * A thing is an address in a process. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_THING_H
#define CONCVIZ_SCHED_WATCH_WATCH_THING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/recorder/record.h"
#include "sched/trace/event.h"

struct journal;
struct watch_things;

enum {
    WATCH_NAME_BYTES = 96
};

/* None is known yet; names are numbered by the journal, which is borrowed. */
struct watch_things *watch_things_new(struct journal *journal);
void watch_things_free(struct watch_things *things); /* NULL is fine */

/* A program begins in this process, moved by bias from where its file says. */
void watch_thing_process(struct watch_things *things, int pid, uint64_t bias);

/* More of the path of its file. */
void watch_thing_path(struct watch_things *things, int pid, const char *text,
                      size_t length);

/* The name of its file, as far as it is known. */
const char *watch_thing_program(const struct watch_things *things, int pid);

/* The name of a function of the program; false: nobody knows it. */
bool watch_thing_function(struct watch_things *things, int pid,
                          uint64_t address, char name[WATCH_NAME_BYTES]);

/* For what somebody waits, as events have it; not of RECORD_SLEEP. */
enum wait_kind watch_thing_wait(unsigned wait);

/* The journal's number of what somebody waits for; -1: there are too many. Not
 * of RECORD_SLEEP and RECORD_JOIN. */
int watch_thing_number(struct watch_things *things, int pid, uint64_t address,
                       unsigned wait);

/* A thread calls itself by this pthread_t; which one is it? 0: not known. */
void watch_thing_self(struct watch_things *things, int pid, uint64_t self,
                      int tid);
int watch_thing_thread(struct watch_things *things, int pid, uint64_t self);

/* The thread tid lets those go on who wait for it; when was that last, and who
 * did? False: it has not been. */
void watch_thing_wake(struct watch_things *things, int pid, uint64_t address,
                      int64_t t_ns, int tid);
bool watch_thing_woken(const struct watch_things *things, int pid,
                       uint64_t address, int64_t *t_ns, int *tid);

/* Who has a lock from now on; 0: nobody. Returns who had it before, or 0. */
int watch_thing_held(struct watch_things *things, int pid, uint64_t address,
                     int tid);
bool watch_thing_is_held(const struct watch_things *things, int pid,
                         uint64_t address, int tid);

#endif
