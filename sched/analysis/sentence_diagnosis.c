/*
 * One sentence for each kind of problem, with the numbers that show it. A
 * translation may need them in another order, so they are numbered.
 */
#include <stdio.h>

#include "sched/analysis/diagnose.h"
#include "sched/analysis/sentence.h"
#include "sched/analysis/sentence_internal.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    SENTENCE_BYTES = 1024
};

struct text {
    char text[32];
};

/* Whole milliseconds, or what is left of them below 10 ms. */
static struct text ms(int64_t ns)
{
    int64_t us = ns / NS_PER_US;
    struct text out;

    if (ns >= 10 * NS_PER_MS)
        snprintf(out.text, sizeof out.text, "%lld",
                 (long long)(ns / NS_PER_MS));
    else
        snprintf(out.text, sizeof out.text, "%lld.%03lld",
                 (long long)(us / 1000), (long long)(us % 1000));
    return out;
}

/* Returned by value, so that one call can take several without sharing a
 * buffer. */
static struct text number(int64_t count)
{
    struct text out;

    snprintf(out.text, sizeof out.text, "%lld", (long long)count);
    return out;
}

/* next is the owner of the lock: that is what makes this a link of the
 * cycle. */
static void tell_link(char *out, size_t size, const struct history *history,
                      const struct cycle_link *link, int next)
{
    const struct workload *workload = trace_workload(history_trace(history));
    const char *task = sentence_task(workload, link->task);
    const char *other = sentence_task(workload, next);

    if (link->lock < 0)
        PHRASE(out, size, _("{0} waits for {1}{2}"), task, other,
               sentence_line(link->line).text);
    else
        PHRASE(out, size,
               _("{0} waits for {1}{2}, which {3} has held since {4} s"), task,
               sentence_lock(workload, link->lock),
               sentence_line(link->line).text, other,
               sentence_seconds(history, link->since_ns).text);
}

/* The only sentence put together from pieces, because the number of links
 * varies. */
static void tell_cycle(char *out, size_t size, const struct history *history,
                       const struct problem *problem)
{
    PHRASE(out, size, _("Deadlock at {0} s: "),
           sentence_seconds(history, problem->t_ns).text);
    for (int i = 0; i < problem->cycle_count; i++) {
        int next = problem->cycle[(i + 1) % problem->cycle_count].task;

        if (i > 0)
            PHRASE(out, size, "{0}", "; ");
        tell_link(out, size, history, &problem->cycle[i], next);
    }
    PHRASE(out, size, "{0}", ".");
}

/* Without need_ns the run ended before the other task got its turn: the
 * sentence is in the present tense and does not say how long it needed. */
static void tell_hog(char *out, size_t size, const struct workload *workload,
                     const struct problem *problem)
{
    const char *task = sentence_task(workload, problem->task);
    const char *other = sentence_task(workload, problem->other);

    if (problem->need_ns < 0)
        PHRASE(out, size,
               _("Hog: {0} keeps the machine for {1} ms; {2} waits {3} ms."),
               task, ms(problem->ns).text, other, ms(problem->other_ns).text);
    else
        PHRASE(
            out, size,
            _("Hog: {0} kept the machine for {1} ms; {2}, who needed {4} ms, "
              "waited {3} ms."),
            task, ms(problem->ns).text, other, ms(problem->other_ns).text,
            ms(problem->need_ns).text);
}

/* Without a percentage this was a real run, where the cost of switching is not
 * known. */
static void tell_turns(char *out, size_t size, const struct problem *problem)
{
    if (problem->percent >= 0)
        PHRASE(out, size,
               /* xgettext:no-c-format */
               _("Turns too small: {0} % of the time went into changing over, "
                 "with {2} ms of work per turn."),
               number(problem->percent).text, number(problem->count).text,
               ms(problem->ns).text);
    else
        PHRASE(out, size,
               _("Turns too small: {0} of them, with {1} ms of work each on "
                 "average."),
               number(problem->count).text, ms(problem->ns).text);
}

static void tell(char *out, size_t size, const struct history *history,
                 const struct problem *problem)
{
    const struct workload *workload = trace_workload(history_trace(history));
    const char *task = sentence_task(workload, problem->task);

    switch (problem->kind) {
    case PROBLEM_DEADLOCK:
        tell_cycle(out, size, history, problem);
        break;
    case PROBLEM_STARVATION:
        PHRASE(out, size,
               _("Starvation: {0} was in line for {1} ms and overtaken {2} "
                 "times."),
               task, ms(problem->ns).text, number(problem->count).text);
        break;
    case PROBLEM_HOG:
        tell_hog(out, size, workload, problem);
        break;
    case PROBLEM_BLOCKING:
        PHRASE(out, size,
               _("Blocking step: {0} held the machine for {1} ms{2} while "
                 "others stood in line."),
               task, ms(problem->ns).text, sentence_line(problem->line).text);
        break;
    case PROBLEM_CONVOY:
        PHRASE(out, size,
               _("Lock convoy: {0} was not free for {1} ms and was handed on "
                 "{2} times; tasks waited {3} ms for it in all."),
               sentence_lock(workload, problem->object), ms(problem->ns).text,
               number(problem->count).text, ms(problem->other_ns).text);
        break;
    case PROBLEM_SMALL_TURNS:
        tell_turns(out, size, problem);
        break;
    case PROBLEM_ORPHAN:
        PHRASE(out, size,
               _("Orphan: {1} spawned {0}, and nobody joins it; it was still "
                 "going {2} ms after {1} was done."),
               task, sentence_task(workload, problem->other),
               ms(problem->ns).text);
        break;
    default:
        PHRASE(
            out, size,
            /* xgettext:no-c-format */
            _("Others took {0} % of the cores: they had them for {1} ms, the "
              "tasks for {2} ms."),
            number(problem->percent).text, ms(problem->ns).text,
            ms(problem->other_ns).text);
    }
}

void sentence_diagnosis(struct strbuf *buf, const struct history *history,
                        const struct problem *problem)
{
    char text[SENTENCE_BYTES] = "";

    tell(text, sizeof text, history, problem);
    strbuf_adds(buf, text);
}
