/*
 * What a task does. These events take no time and move nobody.
 */
#include "sched/analysis/sentence_internal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

#define ADDRESS_MIN (INT64_C(1) << 46)

/* The text of a workload is in its file, at the line and column of the event;
 * that of a program in C was copied into the trace. A damaged trace may contain
 * a column that does not fit in an int. */
static void tell_say(const struct telling *t)
{
    strbuf_addf(t->buf, _("says \"%s\""),
                trace_said(history_trace(t->history), t->says, t->event));
}

/* Endless work has a number of ns as well, which would read as centuries. */
static void tell_work(const struct telling *t)
{
    const struct event *event = t->event;

    if (event->kind == EVENT_STEP)
        strbuf_addf(t->buf, _("is at line %d of the file"), event->object);
    else if (event->kind == EVENT_WORKED)
        strbuf_addf(t->buf, _("has worked for %s s"),
                    sentence_seconds(t->history, event->value).text);
    else if (event->value == STEP_FOREVER)
        strbuf_adds(t->buf, _("begins work that never ends"));
    else
        strbuf_addf(t->buf, _("begins work of %s s"),
                    sentence_seconds(t->history, event->value).text);
}

/* A lock that is handed over is never free in between, so it is not said to be
 * given back. */
static void tell_lock(const struct telling *t)
{
    const struct event *event = t->event;
    const char *name = sentence_lock(t->workload, event->object);

    if (event->kind == EVENT_LOCKED)
        strbuf_addf(t->buf, _("has lock %s now"), name);
    else if (event->value < 0)
        strbuf_addf(t->buf, _("gives lock %s back"), name);
    else
        strbuf_addf(t->buf, _("hands lock %s to %s"), name,
                    sentence_task(t->workload, event->value));
}

/* So large a number of somebody else's program is hardly a count: it is an
 * address, or the bits of something else. */
static bool is_address(const struct telling *t)
{
    return trace_info(history_trace(t->history))->program &&
           (t->event->value >= ADDRESS_MIN || t->event->value < -ADDRESS_MIN);
}

/* A read and a write are separate sentences with their values: what happens
 * between the two is how an update gets lost. */
static void tell_shared(const struct telling *t)
{
    const struct event *event = t->event;
    const char *name = sentence_shared(t->workload, event->object);

    if (is_address(t))
        strbuf_addf(t->buf,
                    event->kind == EVENT_READ ? _("reads %s: 0x%llx")
                                              : _("writes %s: 0x%llx"),
                    name, (unsigned long long)event->value);
    else if (event->kind == EVENT_READ)
        strbuf_addf(t->buf, _("reads %s: %lld"), name, (long long)event->value);
    else
        strbuf_addf(t->buf, _("writes %s: %lld"), name,
                    (long long)event->value);
}

static void tell_channel(const struct telling *t)
{
    const struct event *event = t->event;
    const char *name = sentence_channel(t->workload, event->object);

    if (event->kind == EVENT_SENT)
        strbuf_addf(t->buf, _("sends into %s: %lld"), name,
                    (long long)event->value);
    else if (event->kind == EVENT_RECEIVED)
        strbuf_addf(t->buf, _("receives from %s: %lld"), name,
                    (long long)event->value);
    else
        strbuf_addf(t->buf, _("closes %s"), name);
}

static void tell_task(const struct telling *t)
{
    const struct event *event = t->event;
    const char *name = sentence_task(t->workload, event->object);

    if (event->kind == EVENT_SPAWNED)
        strbuf_addf(t->buf, _("spawns %s"), name);
    else if (event->kind == EVENT_JOINED)
        strbuf_addf(t->buf, _("sees that %s is done"), name);
    else
        strbuf_addf(t->buf, _("wants a value from %s"), name);
}

/* A sum over an empty range is allowed; it still has a result. */
static void tell_sum(const struct telling *t)
{
    const struct event *event = t->event;

    if (event->object == 0)
        strbuf_addf(t->buf, _("adds nothing; its sum is %lld"),
                    (long long)event->value);
    else
        strbuf_addf(t->buf, _("numbers added: %d; its sum is %lld"),
                    event->object, (long long)event->value);
}

/* Arrivals and misses are told when they happen, whatever the task does then. */
static void tell_job(const struct telling *t)
{
    const struct event *event = t->event;

    if (event->kind == EVENT_JOB_DONE)
        strbuf_addf(t->buf, _("has done job %d"), event->object);
    else if (event->kind == EVENT_MISSED)
        strbuf_addf(t->buf, _("misses the deadline of job %d: %s s"),
                    event->object,
                    sentence_seconds(t->history, event->value).text);
    else
        strbuf_addf(t->buf, _("has job %d to do until %s s"), event->object,
                    sentence_seconds(t->history, event->value).text);
}

void sentence_step(const struct telling *t)
{
    const struct event *event = t->event;

    switch ((enum event_kind)event->kind) {
    case EVENT_STEP:
    case EVENT_CPU:
    case EVENT_WORKED:
        tell_work(t);
        break;
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
        tell_lock(t);
        break;
    case EVENT_READ:
    case EVENT_WRITE:
        tell_shared(t);
        break;
    case EVENT_SENT:
    case EVENT_RECEIVED:
    case EVENT_CLOSED:
        tell_channel(t);
        break;
    case EVENT_PASSED:
        strbuf_addf(t->buf, _("opens barrier %s for all"),
                    sentence_barrier(t->workload, event->object));
        break;
    case EVENT_SPAWNED:
    case EVENT_JOINED:
    case EVENT_CALLED:
        tell_task(t);
        break;
    case EVENT_SAY:
        tell_say(t);
        break;
    case EVENT_SUM:
        tell_sum(t);
        break;
    case EVENT_PRIORITY:
        strbuf_addf(t->buf,
                    event->object ? _("has priority %lld now, from those who "
                                      "wait for it")
                                  : _("has a new priority: %lld"),
                    (long long)event->value);
        break;
    case EVENT_JOB:
    case EVENT_JOB_DONE:
    case EVENT_MISSED:
        tell_job(t);
        break;
    case EVENT_GIL:
        strbuf_adds(t->buf, _("has the GIL now"));
        break;
    default:
        sentence_sync(t);
    }
}
