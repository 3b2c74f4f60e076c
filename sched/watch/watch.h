/*
 * watch.h -- watching a program that runs: what the kernel and a library in it
 * say, as a run.
 *
 * One thread, which also starts the program.
 */
#ifndef CONCVIZ_SCHED_WATCH_WATCH_H
#define CONCVIZ_SCHED_WATCH_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"
#include "sched/watch/watch_memory.h"

struct trace;
struct trace_info;
struct trace_listener;
struct watch;

/* What to watch; all is borrowed, what info points to until watch_free. */
struct watch_plan {
    const char *name;
    const struct trace_info *info;
    struct trace_listener *listener; /* told of every event, or NULL */
    const int *cpu; /* its machines, as many as info says, … */
    int cpus;       /* … and in all: where others may move it to */
    const char
        *first;   /* what its first thread is called; NULL: as the program */
    bool library; /* it has one that writes into our memory */
};

/* Get ready to watch a program that the calling thread starts after this, and
 * all that it starts. */
struct watch *watch_new(const struct watch_plan *plan);
void watch_free(struct watch *watch); /* NULL is fine */

/* The run, as far as it is known. */
const struct trace *watch_trace(const struct watch *watch);

/* It has been started: watch_until is called at least every 20 ms or so. */
void watch_begin(struct watch *watch, int pid);

/* From where we know. */
enum observed watch_observed(const struct watch *watch);

/* Why the kernel gives no records: a negative errno value, or 0: it does. */
int watch_refused(const struct watch *watch);

/* The path for RECORD_VARIABLE; false: there is no memory. */
bool watch_path(const struct watch *watch, char path[WATCH_MEMORY_PATH]);

/* Read what there is up to an instant of CLOCK_MONOTONIC, and play it as far as
 * nothing can come any more that was before. */
void watch_until(struct watch *watch, int64_t monotonic_ns);

/* The program has said so, a line without its newline, at an instant up to which
 * all was read. */
void watch_say(struct watch *watch, int64_t monotonic_ns, const char *line,
               size_t length);

/* It is gone, with this status, as in waitpid; how: OUTCOME_FINISHED, by
 * itself; else we have ended it, and this is why. Nothing follows. */
void watch_end(struct watch *watch, int status, enum outcome how);

/* How many times records were lost, of the kernel's and of the library's. */
uint64_t watch_lost(const struct watch *watch);

#endif
