/*
 * writing.c -- what happens in a program, for whoever watches it.
 *
 * A tape of names only (tape_head.h), as of any program whose tasks become
 * known as it goes on: those of the run are in one workload from the beginning,
 * with much room behind; those that are known are in another, which grows, and
 * has a trace without events for what the tape must know of it: names, texts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/library/library_internal.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"

struct writing {
    struct trace_listener listener; /* first: it is cast back */
    const struct trace *trace;      /* of the run; borrowed */
    struct tape_writer *tape;       /* NULL: what tasks say is printed */
    struct definitions *known;
    int tasks; /* of known */
    struct trace *names;
    int64_t end_ns; /* the last event */
    pid_t process;
};

/* --- a tape --------------------------------------------------------------- */

static void add_objects(struct writing *writing)
{
    const struct workload *w = &library.workload;
    struct definitions *known = writing->known;

    for (size_t i = 0; i < w->shared_count; i++)
        definitions_add(known, ARRAY_SHARED, w->shared[i].name);
    for (size_t i = 0; i < w->channel_count; i++)
        definitions_add(known, ARRAY_CHANNEL, w->channel[i].name);
    for (size_t i = 0; i < w->barrier_count; i++)
        definitions_add(known, ARRAY_BARRIER, w->barrier[i].name);
    for (size_t i = 0; i < w->lock_count; i++)
        definitions_add(known, ARRAY_LOCK, w->lock[i]);
    for (size_t i = 0; i < w->semaphore_count; i++)
        definitions_add(known, ARRAY_SEMAPHORE, w->semaphore[i].name);
    for (size_t i = 0; i < w->condition_count; i++)
        definitions_add(known, ARRAY_CONDITION, w->condition[i]);
}

/* Tasks that have become known; true: there were any. */
static bool add_tasks(struct writing *writing)
{
    int tasks = atomic_load_explicit(&library.tasks, memory_order_acquire);
    bool more = writing->tasks < tasks;

    for (; writing->tasks < tasks; writing->tasks++)
        definitions_add(writing->known, ARRAY_TASK,
                        library.workload.task[writing->tasks].name);
    return more;
}

static bool begin(struct trace_listener *listener, const struct trace *trace)
{
    struct writing *writing = (struct writing *)listener;
    struct trace_info info = *trace_info(trace);

    writing->trace = trace;
    if (!writing->tape)
        return true;
    info.program = library.workload.file;
    writing->known = definitions_new(library.workload.name);
    definitions_set_listing(writing->known, library.workload.file,
                            library.workload.listing);
    add_objects(writing);
    add_tasks(writing);
    writing->names = trace_new(definitions_workload(writing->known), &info);
    tape_writer_begin(writing->tape, writing->names);
    return true;
}

static void keep(struct trace_listener *listener, const struct event *event)
{
    struct writing *writing = (struct writing *)listener;

    if (add_tasks(writing))
        trace_set_workload(writing->names,
                           definitions_workload(writing->known));
    for (int i = trace_texts(writing->names); i < trace_texts(writing->trace);
         i++)
        trace_add_text(writing->names, trace_text(writing->trace, i + 1));
    tape_writer_add(writing->tape, event);
    writing->end_ns = event->t_ns;
}

/* --- without a tape ------------------------------------------------------- */

static void print(struct trace_listener *listener, const struct event *event)
{
    const struct writing *writing = (const struct writing *)listener;

    if (event->kind == EVENT_SAY)
        printf("%8.1f ms  %s: %s\n", (double)event->t_ns / NS_PER_MS,
               library.workload.task[event->task].name,
               trace_text(writing->trace, event->value));
}

/* --- both ----------------------------------------------------------------- */

struct trace_listener *writing_new(const struct instructions *instructions)
{
    struct writing *writing = xcalloc(1, sizeof *writing);
    struct diag diag;
    int error;

    writing->listener = (struct trace_listener){ begin, print };
    if (!*instructions->tape)
        return &writing->listener;
    writing->tape = tape_writer_open(instructions->tape, true, &error, &diag);
    if (!writing->tape)
        library_refuse("%s: %s", instructions->tape, diag.message);
    writing->listener.event = keep;
    writing->process = getpid();
    return &writing->listener;
}

static void close_all(struct writing *writing)
{
    tape_writer_close(writing->tape);
    trace_free(writing->names);
    definitions_free(writing->known);
    free(writing);
}

#ifdef HAVE_ON_EXIT
/* The process that had the run ends; those that it forked do not write. */
static void tell_exit(int status, void *writing_pointer)
{
    struct writing *writing = writing_pointer;

    if (getpid() != writing->process)
        return;
    tape_writer_add(writing->tape,
                    &(struct event){
                        .kind = EVENT_EXIT,
                        .t_ns = writing->end_ns,
                        .task = EVENT_NO_TASK,
                        .machine = EVENT_NO_MACHINE,
                        .value = (status & 0xff) << 8, /* as wait(2) says it */
                    });
    close_all(writing);
}
#endif

void writing_end(struct trace_listener *listener)
{
    struct writing *writing = (struct writing *)listener;

#ifdef HAVE_ON_EXIT
    if (writing->tape && on_exit(tell_exit, writing) == 0)
        return;
#endif
    close_all(writing);
}
