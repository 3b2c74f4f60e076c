/*
 * printed.c -- what tasks print is told as what they say.
 *
 * While tasks run, stdout is a stream of ours, which writes on to the one there
 * was, line by line. Who ends a line has printed it. It is told at that task's
 * next call: to tell is to ask for a step, which cannot be done in the middle
 * of printf, since others would wait for its lock while the task waits for its
 * turn. Nothing of what happens can come between the two: that is calls, too.
 */
#define TASK_WITHOUT_LINES
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/library/library_internal.h"
#include "sched/program/task.h"
#include "sched/workload/workload.h"

struct printed_line {
    struct printed_line *next;
    const struct task_calls *by;
    char text[];
};

static struct {
    FILE *before;         /* the stdout there was; NULL: it is still that */
    pthread_mutex_t lock; /* of the rest */
    struct strbuf part;   /* of a line that is not ended */
    struct printed_line *first, **last;
    atomic_int lines; /* from first on */
} printed = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* --- noting --------------------------------------------------------------- */

static void end_line(const struct task_calls *by)
{
    char text[WORKLOAD_SAY_BYTES_MAX + 1];
    size_t length = text_shown(text, sizeof text, printed.part.text,
                               printed.part.length);
    struct printed_line *line = xcalloc(1, sizeof *line + length + 1);

    line->by = by;
    for (size_t i = 0; i < length; i++)
        line->text[i] = text[i];
    *printed.last = line;
    printed.last = &line->next;
    atomic_fetch_add(&printed.lines, 1);
}

/* Of a long line only the beginning is told. */
static void note(const char *bytes, size_t count)
{
    const struct task_calls *by = task_current();

    pthread_mutex_lock(&printed.lock);
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != '\n') {
            if (printed.part.length < WORKLOAD_SAY_BYTES_MAX)
                strbuf_addc(&printed.part, bytes[i]);
            continue;
        }
        if (by)
            end_line(by);
        strbuf_clear(&printed.part);
    }
    pthread_mutex_unlock(&printed.lock);
}

static ssize_t write_on(void *unused, const char *bytes, size_t count)
{
    size_t written = fwrite(bytes, 1, count, printed.before);

    (void)unused;
    fflush(printed.before);
    note(bytes, written);
    return (ssize_t)written;
}

void printed_begin(void)
{
    FILE *stream = fopencookie(NULL, "w",
                               (cookie_io_functions_t){ .write = write_on });

    if (!stream)
        return;
    setvbuf(stream, NULL, _IOLBF, BUFSIZ);
    strbuf_init(&printed.part);
    printed.last = &printed.first;
    fflush(stdout);
    printed.before = stdout;
    stdout = stream;
}

/* Somebody may have kept our stream: it goes on writing on. */
void printed_end(void)
{
    if (!printed.before)
        return;
    fflush(stdout);
    stdout = printed.before;
}

/* --- telling -------------------------------------------------------------- */

/* The first line that the task has printed, taken out; NULL: there is none. */
static struct printed_line *take(const struct task_calls *by)
{
    struct printed_line **at = &printed.first, *line;

    pthread_mutex_lock(&printed.lock);
    while (*at && (*at)->by != by)
        at = &(*at)->next;
    line = *at;
    if (line) {
        *at = line->next;
        if (printed.last == &line->next)
            printed.last = at;
        atomic_fetch_sub(&printed.lines, 1);
    }
    pthread_mutex_unlock(&printed.lock);
    return line;
}

void printed_tell(struct task_calls *calls)
{
    struct printed_line *line;

    while (atomic_load(&printed.lines) > 0 && (line = take(calls))) {
        task_say(calls, "%s", line->text);
        free(line);
    }
}

void printed_say(const char *text)
{
    if (printed.before && library.instructions.output == INSTRUCTIONS_KEPT)
        fprintf(printed.before, "%s\n", text);
}
