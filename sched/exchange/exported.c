/*
 * exported.c -- the words that all formats have in common.
 */
#include "sched/exchange/exported.h"

#include <errno.h>
#include <stdint.h>

#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* --- what is waited for --------------------------------------------------- */

/* The name of the thing with that index among those of its kind; "?" for an
 * index that names nothing, as a trace may be damaged. */
static const char *name_of(const struct workload *workload, int wait,
                           size_t index)
{
#define NAME(kind, field)                                                      \
    (index < workload->kind##_count ? workload->kind[index] field : "?")
    switch (wait) {
    case WAIT_LOCK:
        return NAME(lock, );
    case WAIT_SEND:
    case WAIT_RECV:
        return NAME(channel, .name);
    case WAIT_BARRIER:
        return NAME(barrier, .name);
    case WAIT_SEMAPHORE:
        return NAME(semaphore, .name);
    case WAIT_CONDITION:
        return NAME(condition, );
    case WAIT_READ:
    case WAIT_WRITE:
        return NAME(rwlock, .name);
    default:
        return NAME(task, .name);
    }
#undef NAME
}

static void add_wait(struct strbuf *out, const struct workload *workload,
                     int wait, int object)
{
    static const char *const word[] = {
        [WAIT_TIME] = "time",
        [WAIT_LOCK] = "lock",
        [WAIT_SEND] = "send",
        [WAIT_RECV] = "recv",
        [WAIT_BARRIER] = "barrier",
        [WAIT_JOIN] = "join",
        [WAIT_GIL] = "GIL",
        [WAIT_SEMAPHORE] = "semaphore",
        [WAIT_CONDITION] = "condition",
        [WAIT_READ] = "read",
        [WAIT_WRITE] = "write",
        [WAIT_SELECT] = "select",
    };

    if (wait < 0 || (size_t)wait >= sizeof word / sizeof *word)
        return;
    strbuf_adds(out, word[wait]);
    if (wait != WAIT_TIME && wait != WAIT_GIL && wait != WAIT_SELECT)
        strbuf_addf(out, " %s", name_of(workload, wait, (size_t)object));
}

void exported_waits_for(struct strbuf *out, const struct history *history,
                        const struct interval *at)
{
    const struct workload *workload = trace_workload(history_trace(history));

    if (at->state != STATE_BLOCKED && at->state != STATE_HELD)
        return;
    if (at->wait >= 0)
        add_wait(out, workload, at->wait, at->object);
    else if (at->object >= 0)
        strbuf_addf(out, "generator %s",
                    name_of(workload, WAIT_JOIN, (size_t)at->object));
}

/* --- stretches ------------------------------------------------------------ */

/* A machine that changes over to a task has it, but nothing is waited for. */
static int is_switching(const struct interval *at)
{
    return at->state == STATE_HELD && at->wait < 0 && at->object < 0;
}

const char *exported_state(const struct interval *at)
{
    static const char *const word[STATE_COUNT] = {
        [STATE_RUNNING] = "running",   [STATE_IN_LINE] = "in line",
        [STATE_AWAITING] = "awaiting", [STATE_BLOCKED] = "blocked",
        [STATE_HELD] = "held",         [STATE_STOLEN] = "stolen",
    };

    return is_switching(at) ? "switching" : word[at->state];
}

void exported_stretch(struct strbuf *out, const struct history *history,
                      const struct interval *at)
{
    size_t state;

    strbuf_addf(out, "%s on ", exported_state(at));
    state = out->length;
    exported_waits_for(out, history, at);
    if (out->length > state)
        return;
    out->length -= sizeof " on " - 1;
    out->text[out->length] = '\0';
}

void exported_service(struct strbuf *out, const struct history *history,
                      const struct service *at)
{
    const struct workload *workload = trace_workload(history_trace(history));

    strbuf_adds(out, name_of(workload, WAIT_JOIN, (size_t)at->task));
    if (at->kind == SERVICE_HELD)
        strbuf_adds(out, " (held)");
    else if (at->kind == SERVICE_STOLEN)
        strbuf_adds(out, " (stolen)");
    else if (at->kind == SERVICE_SWITCHING)
        strbuf_adds(out, " (switching)");
}

/* --- writing -------------------------------------------------------------- */

int exported_flush(FILE *out, struct strbuf *text, size_t least)
{
    int error = 0;

    if (text->length < least)
        return 0;
    errno = 0;
    if (fwrite(text->text, 1, text->length, out) < text->length)
        error = errno ? -errno : -EIO;
    strbuf_clear(text);
    return error;
}
