/*
 * tape.c -- a recording in which every name and every note is somebody's bytes.
 *
 *     tape FILE <strings, each ended by NUL
 *
 * The first ones go into its head; each of the others is a task, the lock it
 * waits for, a shared number, what the task says and a line of the program. All
 * of them get stuck, so that sentences about them name them, too. The writer of
 * tapes copies bytes as they are: what is read from one has to be cleaned.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/tape/tape_writer.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    IN_HEAD = 6,
    MS = 1000000
};

struct strings {
    struct strbuf bytes;
    char **string;
    size_t count;
};

static void read_strings(struct strings *strings)
{
    char *at;

    strbuf_init(&strings->bytes);
    for (int byte; (byte = getchar()) != EOF;)
        strbuf_addc(&strings->bytes, (char)byte);
    for (size_t i = 0; i < strings->bytes.length; i++)
        strings->count += strings->bytes.text[i] == '\0';
    strings->string = xcalloc(strings->count + 1, sizeof *strings->string);
    at = strings->bytes.text;
    for (size_t i = 0; i < strings->count; i++) {
        strings->string[i] = at;
        while (*at++)
            continue;
    }
}

/* The workload of all strings behind those in the head. */
static void make_workload(struct workload *workload, char **string,
                          size_t count, struct strbuf *listing)
{
    workload->task = xcalloc(count, sizeof *workload->task);
    workload->lock = xcalloc(count, sizeof *workload->lock);
    workload->shared = xcalloc(count, sizeof *workload->shared);
    for (size_t i = 0; i < count; i++) {
        workload->task[i].name = string[i];
        workload->task[i].line = 1;
        workload->lock[i] = string[i];
        workload->shared[i].name = string[i];
        strbuf_addf(listing, "%s\n", string[i]);
    }
    workload->task_count = workload->lock_count = workload
                                                      ->shared_count = count;
    workload->listing = listing->text;
    workload->listing_line = workload->listing_column = 1;
    workload->line_count = 1;
}

static void add(struct trace *trace, int64_t ms, enum event_kind kind,
                size_t task, int object, int64_t value)
{
    bool at_machine = kind == EVENT_RUN;

    trace_add(trace,
              (struct event){ .t_ns = ms * MS,
                              .kind = (uint16_t)kind,
                              .task = kind == EVENT_END ? EVENT_NO_TASK
                                                        : (uint32_t)task,
                              .object = object,
                              .value = value,
                              .machine = at_machine ? 0 : EVENT_NO_MACHINE });
}

/* Each in its turn takes its own lock, says its name, and asks for the lock of
 * the one before, who waits for that of the last one. */
static void play(struct trace *trace, char **string, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(trace, 0, EVENT_READY, i, READY_ARRIVED, -1);
    for (size_t i = 0; i < count; i++) {
        int64_t now_ms = (int64_t)i;
        int line = (int)i + 1;

        add(trace, now_ms, EVENT_RUN, i, RUN_FROM_LINE, 0);
        add(trace, now_ms, EVENT_STEP, i, line, 1);
        add(trace, now_ms, EVENT_LOCKED, i, (int)i, 0);
        add(trace, now_ms, EVENT_SAY, i, 0, trace_add_text(trace, string[i]));
        add(trace, now_ms, EVENT_WRITE, i, (int)i, line);
        add(trace, now_ms + 1, EVENT_BLOCKED, i, WAIT_LOCK,
            (int64_t)((i + count - 1) % count));
    }
    add(trace, (int64_t)count + 1, EVENT_END, 0, OUTCOME_DEADLOCK, 0);
}

int main(int argc, char **argv)
{
    struct strings strings = { .count = 0 };
    struct workload workload = { .slice_ns = WORKLOAD_NO_SLICE };
    struct strbuf listing;
    struct tape_writer *writer;
    struct trace *trace;
    struct diag diag;
    char **string;
    size_t count;
    int error;

    read_strings(&strings);
    if (argc != 2 || strings.count <= IN_HEAD)
        return 2;
    string = strings.string;
    strbuf_init(&listing);
    workload.name = string[0];
    workload.file = string[1];
    string += IN_HEAD;
    count = strings.count - IN_HEAD;
    make_workload(&workload, string, count, &listing);
    trace = trace_new(&workload,
                      &(struct trace_info){ .mode = "coroutine",
                                            .policy = "fifo",
                                            .machines = 1,
                                            .real = true,
                                            .machine_name = strings.string[2],
                                            .command = strings.string[3],
                                            .imported = strings.string[4],
                                            .program = strings.string[5] });
    play(trace, string, count);
    writer = tape_writer_open(argv[1], true, &error, &diag);
    if (!writer)
        return 1;
    tape_writer_begin(writer, trace);
    for (size_t i = 0; i < trace_count(trace); i++)
        tape_writer_add(writer, trace_at(trace, i));
    error = tape_writer_close(writer);
    trace_free(trace);
    free(workload.task);
    free(workload.lock);
    free(workload.shared);
    strbuf_fini(&listing);
    free(strings.string);
    strbuf_fini(&strings.bytes);
    return error == 0 ? 0 : 1;
}
