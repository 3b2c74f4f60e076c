/*
 * mode.h -- the five ways to run a workload: their names and what they can do.
 *
 * A mode is known by its name in traces, lessons and on the command line, and
 * by its place in mode_table within the program. Any thread.
 */
#ifndef CONCVIZ_SCHED_TRACE_MODE_H
#define CONCVIZ_SCHED_TRACE_MODE_H

/* What a mode can do; several of them or-ed together. */
enum mode_trait {
    PREEMPTIVE = 1 << 0, /* slices and priorities can stop a task */
    PARALLEL = 1 << 1,   /* may have more than one machine */
    REPEATABLE = 1 << 2, /* the same workload gives the same order of events */
    TO_THE_END = 1 << 3, /* sequential: a task keeps the machine to its end */
};

enum mode_id {
    MODE_SEQUENTIAL,
    MODE_COROUTINE,
    MODE_THREADS,
    MODE_PARALLEL,
    MODE_HYBRID,
    MODE_COUNT
};

struct mode {
    const char *name;  /* "coroutine": never translated, never changed */
    const char *title; /* for people, marked with N_() */
    unsigned traits;
};

/* Indexed by enum mode_id; ends with a NULL name. */
extern const struct mode mode_table[MODE_COUNT + 1];

/* The mode called name, or NULL. */
const struct mode *mode_find(const char *name);

/* The traits of the mode called name; 0 for an unknown one. */
unsigned mode_traits(const char *name);

#endif
