/*
 * Events lie in chunks, each twice as large as the one before, so an event
 * never moves, and 40 chunks are more than any memory holds:
 *
 *   index   0 … 1023 | 1024 … 3071 | 3072 … 7167 | …
 *   chunk      0     |      1      |      2      |
 *
 * With FIRST added to it, an index of chunk k lies in [FIRST << k,
 * FIRST << (k + 1)): its highest bit names the chunk, the rest the place.
 *
 * The writer fills the event (and, for a new chunk, the directory) and then
 * raises the count with release; who reads the count with acquire sees both.
 */
#include "sched/trace/trace.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/diag.h"
#include "sched/base/xalloc.h"
#include "sched/trace/trace_packed.h"
#include "sched/workload/says.h"
#include "sched/workload/workload.h"

enum {
    FIRST_BITS = 10,
    FIRST = 1 << FIRST_BITS,
    CHUNKS = 40,
    PAGE_AT_LEAST = 4096, /* of memory */
    TEXTS_A_CHUNK = 1024,
    TEXT_CHUNKS = 1024, /* a million texts; then the last one is repeated */
};

/* What tasks written in C said: it is in no file, so it is kept here. */
struct texts {
    char **chunk[TEXT_CHUNKS];
    atomic_int count; /* release in trace_add_text, acquire in trace_text */
};

struct trace {
    struct trace_pen pen;            /* first: see trace_place */
    const struct workload *workload; /* borrowed */
    struct trace_info info;
    struct event *chunk[CHUNKS];
    struct trace_packed *packed; /* or NULL; then there are no chunks */
    struct texts *text;          /* NULL until somebody says something */
};

/* There is no chunk yet: pen.next and pen.end are both NULL, so the first event
 * already goes through trace_turn. */
struct trace *trace_new(const struct workload *workload,
                        const struct trace_info *info)
{
    struct trace *trace = xcalloc(1, sizeof *trace);

    trace->workload = workload;
    trace->info = *info;
    return trace;
}

struct trace *trace_new_packed(const struct workload *workload,
                               const struct trace_info *info)
{
    struct trace *trace = trace_new(workload, info);

    trace->packed = trace_packed_new();
    return trace;
}

/* Relaxed is enough: whoever frees a trace has stopped its writer and its
 * readers. */
static void free_texts(struct texts *texts)
{
    int count = !texts
                    ? 0
                    : atomic_load_explicit(&texts->count, memory_order_relaxed);

    for (int i = 0; i < count; i++)
        free(texts->chunk[i / TEXTS_A_CHUNK][i % TEXTS_A_CHUNK]);
    for (int i = 0; i < count; i += TEXTS_A_CHUNK)
        free(texts->chunk[i / TEXTS_A_CHUNK]);
    free(texts);
}

void trace_free(struct trace *trace)
{
    if (!trace)
        return;
    for (int i = 0; i < CHUNKS; i++)
        free(trace->chunk[i]);
    trace_packed_free(trace->packed);
    free_texts(trace->text);
    free(trace);
}

const struct workload *trace_workload(const struct trace *trace)
{
    return trace->workload;
}

void trace_set_workload(struct trace *trace, const struct workload *workload)
{
    trace->workload = workload;
}

const struct trace_info *trace_info(const struct trace *trace)
{
    return &trace->info;
}

void trace_set_machines(struct trace *trace, int machines)
{
    trace->info.machines = machines;
}

void trace_listen(struct trace *trace, struct trace_listener *listener)
{
    if (trace && listener && listener->begin(listener, trace))
        trace->pen.listener = listener;
}

/* The number of the highest bit, as the story above explains. Every trace_at
 * comes through here, so there is no loop. */
static int chunk_of(size_t index)
{
    return 63 - __builtin_clzll((unsigned long long)index + FIRST) - FIRST_BITS;
}

/* Made on demand, because trace_prepare may have made it already. Not zeroed:
 * the writer fills every field of an event before it counts. */
static struct event *chunk(struct trace *trace, int k)
{
    if (!trace->chunk[k])
        trace->chunk[k] = xtable((size_t)FIRST << k, sizeof(struct event));
    return trace->chunk[k];
}

/* Kept out of line: it happens once per chunk, and trace_place, which is
 * inlined, is left with a single comparison. */
void trace_turn(struct trace *trace)
{
    int k = chunk_of(trace_count(trace));

    if (trace->packed) {
        if (trace->pen.next)
            trace_packed_close(trace->packed);
        trace->pen.next = trace_packed_room(trace->packed);
        trace->pen.end = trace->pen.next + TRACE_PACKED_GROUP;
        return;
    }
    trace->pen.next = chunk(trace, k);
    trace->pen.end = trace->pen.next + ((size_t)FIRST << k);
}

/* The time comes back from the pen: a time that was read before an earlier
 * event was written would go backwards, and readers search by time. */
void trace_add(struct trace *trace, struct event event)
{
    if (!trace)
        return;
    trace_place(trace, event.t_ns);
    event.t_ns = trace->pen.last_ns;
    *trace->pen.next = event;
    trace_placed(trace);
}

/* malloc only reserves addresses; the pages arrive when they are first written,
 * so each page is written once. volatile keeps the compiler from dropping
 * stores that nobody reads. */
void trace_prepare(struct trace *trace, size_t events)
{
    if (!trace || events == 0)
        return;
    for (int k = 0; k <= chunk_of(events - 1); k++) {
        volatile char *byte = (volatile char *)chunk(trace, k);

        for (size_t i = 0; i < ((size_t)FIRST << k) * sizeof(struct event);
             i += PAGE_AT_LEAST)
            byte[i] = 0;
    }
}

/* The text is in its place before the count is raised, so a reader that sees
 * the number also finds the text. A full table repeats its last text instead of
 * ending the run. */
int trace_add_text(struct trace *trace, const char *text)
{
    struct texts *texts;
    int count;

    if (!trace)
        return 0;
    if (!trace->text)
        trace->text = xcalloc(1, sizeof(*trace->text));
    texts = trace->text;
    count = atomic_load_explicit(&texts->count, memory_order_relaxed);
    if (count == TEXTS_A_CHUNK * TEXT_CHUNKS)
        return count;
    if (count % TEXTS_A_CHUNK == 0)
        texts->chunk[count / TEXTS_A_CHUNK] = xcalloc(TEXTS_A_CHUNK,
                                                      sizeof(char *));
    texts->chunk[count / TEXTS_A_CHUNK][count % TEXTS_A_CHUNK] = xstrdup(text);
    atomic_store_explicit(&texts->count, count + 1, memory_order_release);
    return count + 1;
}

int trace_texts(const struct trace *trace)
{
    return trace->text
               ? atomic_load_explicit(&trace->text->count, memory_order_acquire)
               : 0;
}

/* The number comes from an event, and a damaged trace may contain any
 * number. */
const char *trace_text(const struct trace *trace, int64_t number)
{
    const struct texts *texts = trace->text;

    if (number < 1 || number > trace_texts(trace))
        return "";
    number--;
    return texts->chunk[number / TEXTS_A_CHUNK][number % TEXTS_A_CHUNK];
}

/* object 0 marks a program in C, whose texts were copied into the trace; the
 * text of a workload stays in its file, at this line and column. A damaged
 * trace may contain any column. */
const char *trace_said(const struct trace *trace, const struct says *says,
                       const struct event *event)
{
    int column = event->value > 0 && event->value < INT_MAX ? (int)event->value
                                                            : 0;

    if (event->object == 0)
        return trace_text(trace, event->value);
    return says ? says_find(says, event->object, column) : "";
}

const struct event *trace_end(const struct trace *trace)
{
    size_t count = trace_count(trace);

    if (count && trace_at(trace, count - 1)->kind == EVENT_EXIT)
        count--;
    if (!count || trace_at(trace, count - 1)->kind != EVENT_END)
        return NULL;
    return trace_at(trace, count - 1);
}

bool trace_failure(const struct trace *trace, struct diag *diag)
{
    const struct event *end = trace_end(trace);
    int line = 0, column = 0, length = 0;
    const char *text;

    if (!end || end->object != OUTCOME_FAILED)
        return false;
    text = trace_text(trace, end->value);
    if (sscanf(text, "%9d:%9d:%n", &line, &column, &length) < 2 || !length)
        return false;
    diag_set(diag, trace->workload->file, line, column, "%s", text + length);
    return true;
}

/* NULL is a trace that nobody asked for: loops over its events end at once. */
size_t trace_count(const struct trace *trace)
{
    if (!trace)
        return 0;
    return atomic_load_explicit(&trace->pen.count, memory_order_acquire);
}

/* Chunk k starts at index (FIRST << k) - FIRST; what remains is the place
 * within the chunk. */
const struct event *trace_at(const struct trace *trace, size_t index)
{
    int k = chunk_of(index);

    if (trace->packed)
        return trace_packed_at(trace->packed, index);
    return &trace->chunk[k][index + FIRST - ((size_t)FIRST << k)];
}
