/*
 * program_source.h -- a workload in C: a table of what it is made from.
 *
 * Each program checks its own result with task_fail, and its checksum is the
 * same in all modes. Where it computes, it uses integers: the same numbers on
 * every processor.
 */
#ifndef CONCVIZ_SCHED_PROGRAMS_PROGRAM_SOURCE_H
#define CONCVIZ_SCHED_PROGRAMS_PROGRAM_SOURCE_H

#include "sched/workload/workload.h"

/* Who does what: the task called name, or, at the end of the list, with NULL,
 * all others. */
struct part {
    const char *name;
    void (*program)(struct task_calls *calls, int task);
};

/* Everything is static and ours, so what is wrong in it is our own mistake. */
struct program_source {
    const char *name;
    const char *file; /* its own, of C, if that is carried inside; or NULL */
    /* Declares tasks without steps, channels, barriers and shared variables. */
    const char *text;
    const struct part *part;
    const char *const *lock; /* their names; NULL: there are none */
    size_t locks;
    bool first_spawns; /* all tasks but the first arrive when spawned */
    bool takes_turns;  /* as in struct program_data, as are these: */
    void *(*open)(int size, bool foretells);
    void (*close)(void *data);
};

/* Make a workload with so much to do. Free it with workload_free. */
struct workload *program_source_make(const struct program_source *source,
                                     int size);

/* The text of the workload file NAME.work that is part of the program, NUL-
 * terminated; NULL if there is none. */
const char *program_source_text(const char *name);

extern const struct program_source program_echo_server, program_gophers,
    program_mandelbrot, program_merge_sort, program_philosophers,
    program_philosophers_deadlock, program_primes, program_stencil,
    program_word_count;

#endif
