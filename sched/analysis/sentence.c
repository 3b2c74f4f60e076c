/*
 * sentence.c -- which sentence an event gets; the run as a whole, and facts
 * about the system. What tasks do and where they are have files of their own.
 */
#include "sched/analysis/sentence.h"

#include <sys/wait.h>

#include "sched/analysis/sentence_internal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* The default also covers outcomes that a damaged trace makes up. */
static const char *outcome_sentence(int outcome)
{
    switch (outcome) {
    case OUTCOME_FINISHED:
        return _("the run is finished");
    case OUTCOME_DEADLOCK:
        return _("the run is stuck: a deadlock");
    case OUTCOME_LIMIT:
        return _("the run has reached its limit");
    case OUTCOME_STOPPED:
        return _("the run was stopped");
    case OUTCOME_LIVELOCK:
        return _("the run goes round for ever: a livelock");
    default:
        return _("the run failed");
    }
}

/* By whom, is not known: by the program as a whole. */
static void tell_written(const struct telling *t)
{
    strbuf_addf(t->buf, _("the program writes \"%s\""),
                trace_said(history_trace(t->history), t->says, t->event));
}

static void tell_exit(const struct telling *t)
{
    int status = (int)t->event->value;

    if (WIFSIGNALED(status))
        strbuf_addf(t->buf, _("the program was killed by signal %d"),
                    WTERMSIG(status));
    else
        strbuf_addf(t->buf, _("the program has ended with status %d"),
                    WEXITSTATUS(status));
}

/* From where is known what is told from now on. */
static const char *observed_sentence(int observed)
{
    switch (observed) {
    case OBSERVED_KERNEL:
        return _("stolen time is known from the kernel's records");
    case OBSERVED_LIBRARY:
        return _("a library in the program tells what happens");
    case OBSERVED_BOTH:
        return _("the kernel's records tell who is on a core, and a library in "
                 "the program what is waited for");
    case OBSERVED_PROC:
        return _("of every 20 ms only how much each ran and stood in line is "
                 "known");
    default:
        return _("stolen time is known from processor times");
    }
}

static void tell_run(const struct telling *t)
{
    const struct event *event = t->event;

    switch (event->kind) {
    case EVENT_START:
        strbuf_addf(t->buf, _("the run starts, machines: %lld"),
                    (long long)event->value);
        break;
    case EVENT_MACHINE:
        if (event->object >= 0)
            strbuf_addf(t->buf, _("machine %d is on CPU %d"),
                        event->machine + 1, event->object);
        else
            strbuf_addf(t->buf, _("machine %d may be on any CPU"),
                        event->machine + 1);
        break;
    case EVENT_CREATED:
        strbuf_adds(t->buf, _("is known, but not yet in line"));
        break;
    case EVENT_OBSERVED:
        strbuf_adds(t->buf, observed_sentence(event->object));
        break;
    case EVENT_EXIT:
        tell_exit(t);
        break;
    case EVENT_SAY:
        tell_written(t);
        break;
    default:
        strbuf_adds(t->buf, outcome_sentence(event->object));
    }
}

/* Threads and CPUs have the numbers that the system gives them, so that they
 * can be found with other tools. */
static void tell_fact(const struct telling *t)
{
    const struct event *event = t->event;

    switch (event->kind) {
    case EVENT_THREAD:
        strbuf_addf(t->buf, _("ran on thread %lld"), (long long)event->value);
        break;
    case EVENT_CPU_ID:
        strbuf_addf(t->buf, _("was seen on CPU %lld"), (long long)event->value);
        break;
    case EVENT_CPU_TIME:
        strbuf_addf(t->buf, _("used %s s of processor time"),
                    sentence_seconds(t->history, event->value).text);
        break;
    case EVENT_RESULT:
        strbuf_addf(t->buf, _("result: %lld"), (long long)event->value);
        break;
    case EVENT_CHECKSUM:
        strbuf_addf(t->buf, _("checksum: %016llx"),
                    (unsigned long long)event->value);
        break;
    default:
        strbuf_adds(t->buf, _("was chosen by the person at the keyboard"));
    }
}

/* A kind that a damaged trace makes up gets no sentence rather than a wrong
 * one. */
void sentence_event(struct strbuf *buf, const struct history *history,
                    const struct says *says, size_t index)
{
    const struct trace *trace = history_trace(history);
    const struct event event = *trace_at(trace, index);
    struct telling t = { buf,  history, trace_workload(trace),
                         says, &event,  index + 1 };

    switch ((enum event_kind)t.event->kind) {
    case EVENT_START:
    case EVENT_MACHINE:
    case EVENT_OBSERVED:
    case EVENT_END:
    case EVENT_EXIT:
    case EVENT_CREATED:
        tell_run(&t);
        break;
    case EVENT_THREAD:
    case EVENT_CPU_ID:
    case EVENT_CPU_TIME:
    case EVENT_RESULT:
    case EVENT_CHECKSUM:
    case EVENT_PICK:
        tell_fact(&t);
        break;
    case EVENT_KINDS:
        break;
    default:
        if (t.event->kind >= EVENT_KINDS)
            break;
        if (t.event->kind == EVENT_SAY && t.event->task == EVENT_NO_TASK)
            tell_run(&t);
        else if (event_is_place(t.event->kind))
            sentence_place(&t);
        else
            sentence_step(&t);
    }
}
