/*
 * Why nobody can go on. With a cycle its links are told one by one, each lock
 * with its owner and the line of the file where that one asked for it; that
 * line is not part of the history, so it is looked up going back from the
 * moment the lock was taken. Without a cycle, everybody is told who waits for
 * something that nobody will do.
 */
#include "sched/analysis/metrics.h"
#include "sched/analysis/sentence.h"
#include "sched/analysis/sentence_internal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    STUCK_SHOWN = 8,   /* tasks; a sentence with more is not read */
    HELPERS_SHOWN = 4, /* of one of them */
};

/* Whether this event made owner the owner of lock. */
static bool gives_lock(const struct event *event, int lock, int owner)
{
    if (event->object != lock)
        return false;
    if (event->kind == EVENT_LOCKED)
        return event->task == (uint32_t)owner;
    return event->kind == EVENT_UNLOCKED && event->value == owner;
}

/* The line of the file at which owner asked for the lock, or 0. */
static int line_of_lock(const struct history *history, int lock, int owner,
                        int64_t since_ns)
{
    const struct trace *trace = history_trace(history);
    size_t i = history_after(history, since_ns);
    bool given = false;

    while (i-- > 0) {
        const struct event *event = trace_at(trace, i);

        given |= gives_lock(event, lock, owner);
        if (given && event->kind == EVENT_STEP &&
            event->task == (uint32_t)owner)
            return event->value > 0 ? event->object : 0;
    }
    return 0;
}

/* The owner is looked up at the end of the run: in a deadlock nobody has
 * released anything since. A program in C has no line. */
static void tell_lock(const struct telling *t, const char *waiter, int lock,
                      int owner)
{
    const char *name = sentence_lock(t->workload, lock);
    int64_t since_ns = 0;
    int line;

    history_lock_owner(t->history, lock, history_end(t->history), &since_ns);
    line = line_of_lock(t->history, lock, owner, since_ns);
    if (line)
        strbuf_addf(t->buf,
                    _("%s waits for %s (held by %s since %s s, line %d)"),
                    waiter, name, sentence_task(t->workload, owner),
                    sentence_seconds(t->history, since_ns).text, line);
    else
        strbuf_addf(t->buf, _("%s waits for %s (held by %s since %s s)"),
                    waiter, name, sentence_task(t->workload, owner),
                    sentence_seconds(t->history, since_ns).text);
}

/* The last entry repeats the first, so each pair of neighbours is one "waits
 * for". */
static void tell_cycle(const struct telling *t, const struct metrics *metrics)
{
    size_t i;

    for (i = 0; i + 1 < metrics->cycle_count; i++) {
        const char *waiter = sentence_task(t->workload, metrics->cycle[i]);

        strbuf_adds(t->buf, i ? ", " : "");
        if (metrics->cycle_lock[i] >= 0)
            tell_lock(t, waiter, metrics->cycle_lock[i], metrics->cycle[i + 1]);
        else
            strbuf_addf(t->buf, _("%s waits for %s"), waiter,
                        sentence_task(t->workload, metrics->cycle[i + 1]));
    }
}

/* Is there a step of the task that would end this wait? */
static bool could_help(const struct task_spec *task, const struct interval *at)
{
    for (size_t i = 0; i < task->steps.count; i++) {
        const struct step *step = &task->steps.step[i];
        bool helps = at->wait == WAIT_SEMAPHORE
                         ? step->kind == STEP_RELEASE
                         : step->kind == STEP_SIGNAL ||
                               step->kind == STEP_BROADCAST;

        if (helps && step->object == at->object)
            return true;
    }
    return false;
}

/* A semaphore and a condition have no owner: who waits is told with those who
 * could have released or signalled it. */
static void tell_helpers(const struct telling *t, size_t waiter,
                         const struct interval *at)
{
    int told = 0;

    if (at->wait != WAIT_SEMAPHORE && at->wait != WAIT_CONDITION)
        return;
    for (size_t i = 0; i < t->workload->task_count; i++) {
        if (i == waiter || !could_help(&t->workload->task[i], at))
            continue;
        if (told == HELPERS_SHOWN) {
            strbuf_adds(t->buf, ", \u2026");
            break;
        }
        if (told == 0) /* TRANSLATORS: their names follow, and a ). */
            strbuf_adds(t->buf, at->wait == WAIT_SEMAPHORE
                                    ? _(" (could have been released by ")
                                    : _(" (could have been signalled by "));
        strbuf_addf(t->buf, "%s%s", told > 0 ? ", " : "",
                    t->workload->task[i].name);
        told++;
    }
    if (told > 0)
        strbuf_addc(t->buf, ')');
    else
        strbuf_adds(t->buf, at->wait == WAIT_SEMAPHORE
                                ? _(" (nobody else releases it)")
                                : _(" (nobody else signals it)"));
}

/* Without a cycle: everybody waits for something nobody will do. For a daemon
 * that is no harm, unless it keeps a machine. */
static void tell_all(const struct telling *t)
{
    int64_t end = history_end(t->history);
    size_t i;
    int told = 0;

    for (i = 0; i < t->workload->task_count; i++) {
        struct interval at = history_at(t->history, (int)i, end);

        if (at.wait <= WAIT_TIME ||
            (t->workload->task[i].daemon && at.state == STATE_BLOCKED))
            continue;
        if (told == STUCK_SHOWN) {
            strbuf_adds(t->buf, ", \u2026");
            return;
        }
        strbuf_adds(t->buf, told ? ", " : "");
        /* TRANSLATORS: who; what he waits for follows. */
        strbuf_addf(t->buf, _("%s "), t->workload->task[i].name);
        sentence_wait(t, at.wait, at.object);
        tell_helpers(t, i, &at);
        told++;
    }
}

/* SIZE_MAX events: what sentence_wait says is about the end of the run. */
void sentence_deadlock(struct strbuf *buf, const struct history *history,
                       const struct metrics *metrics)
{
    struct telling t = { .buf = buf, .history = history, .events = SIZE_MAX };

    t.workload = trace_workload(history_trace(history));
    if (!metrics->cycle_count && metrics->outcome != OUTCOME_DEADLOCK)
        return;
    strbuf_adds(buf, _("deadlock: "));
    if (metrics->cycle_count)
        tell_cycle(&t, metrics);
    else
        tell_all(&t);
}
