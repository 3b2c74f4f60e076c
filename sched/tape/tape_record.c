/*
 * tape_record.c -- the file is opened before the run, so that nobody waits for
 * a run that then cannot be kept, and ended with its last event, so that others
 * need not wait for the screen to be left.
 */
#include "sched/tape/tape_record.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/trace.h"

struct tape_record {
    struct trace_listener listener; /* first: it is cast back */
    struct tape_writer *writer;     /* NULL once the tape has ended */
    bool begun;
    atomic_int error;
};

static bool begin(struct trace_listener *listener, const struct trace *trace)
{
    struct tape_record *record = (struct tape_record *)listener;

    if (record->begun)
        return false;
    record->begun = true;
    tape_writer_begin(record->writer, trace);
    return true;
}

static void set_error(struct tape_record *record, int error)
{
    if (error != 0)
        atomic_store_explicit(&record->error, error, memory_order_relaxed);
}

static void add(struct trace_listener *listener, const struct event *event)
{
    struct tape_record *record = (struct tape_record *)listener;

    if (!record->writer)
        return;
    tape_writer_add(record->writer, event);
    if (event->kind == EVENT_END || tape_writer_error(record->writer) != 0) {
        set_error(record, tape_writer_close(record->writer));
        record->writer = NULL;
    }
}

struct tape_record *tape_record_new(const char *path, struct diag *diag)
{
    int unused;
    struct tape_writer *writer = tape_writer_open(path, true, &unused, diag);
    struct tape_record *record;

    if (!writer)
        return NULL;
    record = xcalloc(1, sizeof *record);
    record->writer = writer;
    record->listener = (struct trace_listener){ .begin = begin, .event = add };
    return record;
}

struct trace_listener *tape_record_listener(struct tape_record *record)
{
    return record ? &record->listener : NULL;
}

int tape_record_error(const struct tape_record *record)
{
    return record ? atomic_load_explicit(&record->error, memory_order_relaxed)
                  : 0;
}

void tape_record_free(struct tape_record *record)
{
    if (!record)
        return;
    tape_writer_close(record->writer);
    free(record);
}
