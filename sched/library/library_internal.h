/*
 * library_internal.h -- what the files of libconcviz share.
 *
 *   library.c   what the program makes before its run, and the run
 *   call.c      what its tasks call
 *   writing.c   the tape that concviz follows, or what tasks say, printed
 *   printed.c   what tasks print, told as what they say
 *   crash.c     where the program was when it crashed
 *
 * A program has one run, so there is one struct library_state. Before the run its
 * main has it; during the run a task that spawns another holds its lock.
 */
#ifndef CONCVIZ_SCHED_LIBRARY_LIBRARY_INTERNAL_H
#define CONCVIZ_SCHED_LIBRARY_LIBRARY_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "sched/library/instructions.h"
#include "sched/workload/workload.h"

struct task_calls;
struct trace_listener;

/* Each is known by its index among its kind in the workload. */
struct cv_task {
    int index;
};
struct cv_mutex {
    int index;
};
struct cv_semaphore {
    int index;
};
struct cv_condition {
    int index;
};
struct cv_channel {
    int index;
};
struct cv_barrier {
    int index;
};
struct cv_shared {
    int index;
};

/* What a task runs. */
struct calling {
    void (*function)(void *argument);
    void *argument;
};

struct library_state {
    struct instructions instructions;
    struct workload workload; /* of the run, with room for later tasks */
    struct calling *calling;  /* by task */
    atomic_int tasks;         /* known by now; the others are room */
    int room;                 /* for tasks that tasks spawn */
    int line;                 /* of main's last call */
    bool running;
    bool one_by_one; /* sequential: who spawns waits for the end */
    pthread_mutex_t lock;
};

extern struct library_state library;

/* Say what is wrong in the program, and end it. */
_Noreturn void library_refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Who is told of every event, for run_options: writes the tape that instructions
 * names, or prints what tasks say. After the run it is ended; what is
 * left to tell is how the program ends. */
struct trace_listener *writing_new(const struct instructions *instructions);
void writing_end(struct trace_listener *listener);

/* From here to there what tasks print is noted. A task that calls tells what it has
 * printed since its last call. Where the output is kept to be shown in the end,
 * what tasks say is written into it as well. */
void printed_begin(void);
void printed_end(void);
void printed_tell(struct task_calls *calls);
void printed_say(const char *text);

/* From now on a crash is noted in that file. */
void crash_watch(const char *path);

#endif
