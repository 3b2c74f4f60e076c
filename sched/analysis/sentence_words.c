/*
 * sentence_words.c -- the words that all sentences are made of: names, by their
 * numbers in the workload, instants and lines.
 *
 * A trace may come from anywhere, so a number that names nothing is "?".
 */
#include <stdio.h>

#include "sched/analysis/sentence_internal.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

#define NAMED(kind, array, index)                                              \
    ((index) >= 0 && (uint64_t)(index) < workload->kind##_count                \
         ? workload->array                                                     \
         : "?")

const char *sentence_task(const struct workload *workload, int64_t task)
{
    return NAMED(task, task[task].name, task);
}

const char *sentence_lock(const struct workload *workload, int64_t lock)
{
    return NAMED(lock, lock[lock], lock);
}

const char *sentence_channel(const struct workload *workload, int64_t channel)
{
    return NAMED(channel, channel[channel].name, channel);
}

const char *sentence_barrier(const struct workload *workload, int64_t barrier)
{
    return NAMED(barrier, barrier[barrier].name, barrier);
}

const char *sentence_semaphore(const struct workload *workload,
                               int64_t semaphore)
{
    return NAMED(semaphore, semaphore[semaphore].name, semaphore);
}

const char *sentence_condition(const struct workload *workload,
                               int64_t condition)
{
    return NAMED(condition, condition[condition], condition);
}

const char *sentence_rwlock(const struct workload *workload, int64_t rwlock)
{
    return NAMED(rwlock, rwlock[rwlock].name, rwlock);
}

const char *sentence_shared(const struct workload *workload, int64_t shared)
{
    return NAMED(shared, shared[shared].name, shared);
}

/* The space and the parentheses belong to the message, because not every
 * language writes them. */
struct moment sentence_line(int line)
{
    struct moment moment = { "" };

    if (line > 0)
        snprintf(moment.text, sizeof moment.text, _(" (line %d)"), line);
    return moment;
}

/* Returned by value, so that one sentence can contain several times. */
struct moment sentence_seconds(const struct history *history, int64_t t_ns)
{
    bool real = trace_info(history_trace(history))->real;
    struct moment moment;
    struct strbuf buf;

    strbuf_init(&buf);
    decimal_seconds(&buf, t_ns, 3, real ? 6 : 9);
    snprintf(moment.text, sizeof moment.text, "%s", buf.text);
    strbuf_fini(&buf);
    return moment;
}
