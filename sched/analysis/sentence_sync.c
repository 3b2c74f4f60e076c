/*
 * Semaphores, condition variables and readers-writer locks: what is done to
 * them, and how it is told that somebody waits for one.
 */
#include "sched/analysis/sentence_internal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"

static void tell_semaphore(const struct telling *t)
{
    const struct event *event = t->event;

    strbuf_addf(t->buf,
                event->kind == EVENT_ACQUIRED
                    ? _("acquires %s, which leaves %lld")
                    : _("releases %s, which has %lld now"),
                sentence_semaphore(t->workload, event->object),
                (long long)event->value);
}

/* A signal is not kept: that nobody heard it is how wakeups get lost. */
static void tell_condition(const struct telling *t)
{
    const struct event *event = t->event;
    const char *name = sentence_condition(t->workload, event->object);

    if (event->kind == EVENT_BROADCAST)
        strbuf_addf(t->buf, _("wakes all who wait for %s: %lld"), name,
                    (long long)event->value);
    else if (event->value < 0)
        strbuf_addf(t->buf, _("signals %s, but nobody waits for it"), name);
    else
        strbuf_addf(t->buf, _("signals %s, which wakes %s"), name,
                    sentence_task(t->workload, event->value));
}

static void tell_rwlock(const struct telling *t)
{
    const struct event *event = t->event;
    const char *name = sentence_rwlock(t->workload, event->object);

    if (event->kind == EVENT_WLOCKED)
        strbuf_addf(t->buf, _("has %s now, alone, to write"), name);
    else if (event->kind == EVENT_RLOCKED)
        strbuf_addf(t->buf, _("has %s now, to read; readers: %lld"), name,
                    (long long)event->value);
    else if (event->value > 0)
        strbuf_addf(t->buf, _("gives %s back; readers left: %lld"), name,
                    (long long)event->value);
    else
        strbuf_addf(t->buf, _("gives %s back"), name);
}

static void tell_end(const struct telling *t)
{
    const struct event *event = t->event;

    if (event->kind == EVENT_CANCELLED)
        strbuf_addf(t->buf, _("cancels %s"),
                    sentence_task(t->workload, event->object));
    else
        strbuf_addf(t->buf, _("ends here, cancelled by %s"),
                    sentence_task(t->workload, event->value));
}

/* What a task that waits so waits for. */
static const char *waited_for(const struct workload *workload, int wait,
                              int64_t object)
{
    switch (wait) {
    case WAIT_LOCK:
        return sentence_lock(workload, object);
    case WAIT_SEND:
    case WAIT_RECV:
        return sentence_channel(workload, object);
    case WAIT_SEMAPHORE:
        return sentence_semaphore(workload, object);
    case WAIT_CONDITION:
        return sentence_condition(workload, object);
    case WAIT_READ:
    case WAIT_WRITE:
        return sentence_rwlock(workload, object);
    default:
        return sentence_task(workload, object);
    }
}

static void tell_give_up(const struct telling *t)
{
    const struct event *event = t->event;

    strbuf_addf(t->buf,
                event->machine == EVENT_NO_MACHINE
                    ? _("gives up waiting for %s: its time is over")
                    : _("does not wait for %s"),
                waited_for(t->workload, event->object, event->value));
}

void sentence_sync(const struct telling *t)
{
    switch ((enum event_kind)t->event->kind) {
    case EVENT_CANCELLED:
    case EVENT_QUIT:
        tell_end(t);
        break;
    case EVENT_GAVE_UP:
        tell_give_up(t);
        break;
    case EVENT_CHOSE:
        strbuf_addf(t->buf, _("takes choice %d"),
                    (int)(1u + (unsigned)t->event->object));
        break;
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        tell_semaphore(t);
        break;
    case EVENT_SIGNALLED:
    case EVENT_BROADCAST:
        tell_condition(t);
        break;
    default:
        tell_rwlock(t);
    }
}

void sentence_sync_wait(const struct telling *t, int wait, int64_t object)
{
    switch (wait) {
    case WAIT_SEMAPHORE:
        strbuf_addf(t->buf, _("waits to acquire %s"),
                    sentence_semaphore(t->workload, object));
        break;
    case WAIT_CONDITION:
        strbuf_addf(t->buf, _("waits for condition %s"),
                    sentence_condition(t->workload, object));
        break;
    case WAIT_READ:
        strbuf_addf(t->buf, _("waits to read with %s"),
                    sentence_rwlock(t->workload, object));
        break;
    case WAIT_WRITE:
        strbuf_addf(t->buf, _("waits to write with %s"),
                    sentence_rwlock(t->workload, object));
        break;
    case WAIT_SELECT:
        strbuf_addf(t->buf, _("waits for the first of %lld choices"),
                    (long long)object);
        break;
    default:
        strbuf_adds(t->buf, _("waits"));
    }
}
