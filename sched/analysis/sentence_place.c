/*
 * Where a task is from now on, and what it waits for there.
 */
#include "sched/analysis/sentence_internal.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* That an owner is done and kept the lock is said, because nobody else can
 * release it: the wait will never end. */
static void wait_for_lock(const struct telling *t, int64_t lock)
{
    const char *name = sentence_lock(t->workload, lock);
    int owner = lock < 0 || lock > INT32_MAX
                    ? -1
                    : history_lock_owner_after(t->history, (int)lock,
                                               t->events);
    struct interval last;

    if (owner < 0) {
        strbuf_addf(t->buf, _("waits for lock %s"), name);
        return;
    }
    last = history_at(t->history, owner, history_end(t->history));
    if (last.state == STATE_DONE && last.event < t->events)
        strbuf_addf(t->buf, _("waits for lock %s (%s is done and kept it)"),
                    name, sentence_task(t->workload, owner));
    else
        strbuf_addf(t->buf, _("waits for lock %s (%s has it)"), name,
                    sentence_task(t->workload, owner));
}

void sentence_wait(const struct telling *t, int wait, int64_t object)
{
    switch (wait) {
    case WAIT_LOCK:
        wait_for_lock(t, object);
        break;
    case WAIT_SEND:
        strbuf_addf(t->buf, _("waits to send into %s"),
                    sentence_channel(t->workload, object));
        break;
    case WAIT_RECV:
        strbuf_addf(t->buf, _("waits to receive from %s"),
                    sentence_channel(t->workload, object));
        break;
    case WAIT_BARRIER:
        strbuf_addf(t->buf, _("waits at barrier %s"),
                    sentence_barrier(t->workload, object));
        break;
    case WAIT_JOIN:
        strbuf_addf(t->buf, _("waits until %s is done"),
                    sentence_task(t->workload, object));
        break;
    case WAIT_GIL:
        strbuf_adds(t->buf, _("waits for the GIL"));
        break;
    default:
        sentence_sync_wait(t, wait, object);
    }
}

/* A task that nobody stopped has used up its slice. Where there are no slices,
 * a decision of a schedule stopped it, so no reason is given. */
static void tell_ready(const struct telling *t)
{
    const struct event *event = t->event;

    switch (event->object) {
    case READY_ARRIVED:
        strbuf_addf(t->buf, _("gets in line %d"),
                    t->workload->task[event->task].line);
        break;
    case READY_YIELDED:
        strbuf_adds(t->buf, _("steps aside, back in line"));
        break;
    case READY_PREEMPTED:
        if (event->value < 0 &&
            !trace_info(history_trace(t->history))->slice_ns)
            strbuf_adds(t->buf, _("is stopped, back in line"));
        else if (event->value < 0)
            strbuf_adds(t->buf, _("its time is up, back in line"));
        else
            strbuf_addf(t->buf, _("has to make way for %s"),
                        sentence_task(t->workload, event->value));
        break;
    default:
        if (event->value < 0)
            strbuf_adds(t->buf, _("is back in line"));
        else
            strbuf_addf(t->buf, _("back in line, thanks to %s"),
                        sentence_task(t->workload, event->value));
    }
}

/* Found at once: before its first RUN a task is known and in line, no more. */
static bool is_first_run(const struct telling *t)
{
    int task = (int)t->event->task;
    size_t i, count = history_intervals(t->history, task);

    for (i = 0; i < count; i++) {
        struct interval at = history_interval(t->history, task, i);

        if (at.state == STATE_RUNNING)
            return at.event + 1 == t->events;
    }
    return false;
}

/* A yield with nobody in line is told separately: otherwise it would look as if
 * the yield had not happened. */
static void tell_run(const struct telling *t)
{
    const struct event *event = t->event;

    if (t->workload->task[event->task].generator)
        strbuf_adds(t->buf, _("computes for its caller"));
    else if (event->machine == EVENT_NO_MACHINE)
        strbuf_adds(t->buf, is_first_run(t) ? _("starts") : _("goes on"));
    else if (event->object == RUN_RESUMED)
        strbuf_adds(t->buf, _("goes on at once (the line is empty)"));
    else if (is_first_run(t))
        strbuf_addf(t->buf, _("starts on machine %d"), event->machine + 1);
    else
        strbuf_addf(t->buf, _("goes on at machine %d"), event->machine + 1);
}

/* value is a time only for WAIT_TIME; the other waits are for something that
 * sentence_wait names. */
static void tell_hold(const struct telling *t)
{
    const struct event *event = t->event;

    if (event->object == WAIT_TIME) {
        strbuf_addf(t->buf, _("waits at machine %d until %s s"),
                    event->machine + 1,
                    sentence_seconds(t->history, event->value).text);
        return;
    }
    if (event->object == WAIT_GIL) {
        strbuf_addf(t->buf, _("is at machine %d, without the GIL"),
                    event->machine + 1);
        return;
    }
    sentence_wait(t, event->object, event->spare);
    strbuf_addf(t->buf, _(" and keeps machine %d"), event->machine + 1);
}

/* Between the two halves of a call that the end of a turn has cut in two, no
 * value is asked for or given. */
static void tell_generator(const struct telling *t)
{
    const struct event *event = t->event;
    const char *other = sentence_task(t->workload, event->value);

    if (event->value < 0)
        strbuf_adds(t->buf, _("is out of sight from now on"));
    else if (event->kind == EVENT_CALL)
        strbuf_addf(t->buf,
                    event->object ? _("waits on for the value of %s")
                                  : _("asks %s for a value"),
                    other);
    else
        strbuf_addf(t->buf,
                    event->object ? _("stops in the middle, as %s must leave")
                                  : _("gives the machine back to %s"),
                    other);
}

/* How long it was off its core before this event. */
static int64_t stolen_ns(const struct telling *t)
{
    int64_t back_ns = t->event->t_ns;
    struct interval stolen = history_at(t->history, (int)t->event->task,
                                        back_ns > 0 ? back_ns - 1 : 0);

    return stolen.state == STATE_STOLEN ? back_ns - stolen.from_ns : 0;
}

/* The functions above use the task's number as an index, and a damaged trace
 * may contain any number, so it is checked once here. */
void sentence_place(const struct telling *t)
{
    const struct event *event = t->event;

    if (event->task >= t->workload->task_count)
        return;
    switch ((enum event_kind)event->kind) {
    case EVENT_READY:
        tell_ready(t);
        break;
    case EVENT_SWITCH:
        strbuf_addf(t->buf, _("is next: machine %d changes over"),
                    event->machine + 1);
        break;
    case EVENT_RUN:
        tell_run(t);
        break;
    case EVENT_HOLD:
        tell_hold(t);
        break;
    case EVENT_STOLEN:
        strbuf_addf(t->buf, _("keeps machine %d, but others have its core"),
                    event->machine + 1);
        break;
    case EVENT_BACK:
        strbuf_addf(t->buf, _("has its core back, stolen for %s s"),
                    sentence_seconds(t->history, stolen_ns(t)).text);
        break;
    case EVENT_CALL:
    case EVENT_PAUSE:
        tell_generator(t);
        break;
    case EVENT_AWAIT:
        if (event->value == TIME_NEVER)
            strbuf_adds(t->buf, trace_info(history_trace(t->history))->imported
                                    ? _("waits")
                                    : _("waits for input or output"));
        else
            strbuf_addf(t->buf, _("sleeps until %s s"),
                        sentence_seconds(t->history, event->value).text);
        break;
    case EVENT_BLOCKED:
        sentence_wait(t, event->object, event->value);
        break;
    default:
        strbuf_adds(t->buf, _("is done"));
    }
}
