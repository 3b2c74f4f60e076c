/*
 * event_log.c -- one line for each thing that happens to a person.
 *
 * Which events those are, and how they are put in columns; the sentences come
 * from sched/analysis.
 */
#include "cli/report/event_log.h"

#include <stdbool.h>
#include <stdlib.h>

#include "cli/report/columns.h"
#include "sched/analysis/sentence.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/says.h"
#include "sched/workload/workload.h"

enum {
    TIME_CELLS = 8,
    NAME_CELLS_MAX = 16, /* longer names push the rest to the right */
    SENTENCE_CELLS = 40
};

struct event_log {
    const struct history *history; /* borrowed */
    const struct workload *workload;
    struct says *says;
    int name_cells;
};

static int widest_name(const struct workload *workload)
{
    int widest = 1;

    for (size_t i = 0; i < workload->task_count; i++) {
        int cells = text_cells(workload->task[i].name);

        if (cells > widest)
            widest = cells;
    }
    return widest < NAME_CELLS_MAX ? widest : NAME_CELLS_MAX;
}

struct event_log *event_log_new(const struct history *history)
{
    struct event_log *log = xcalloc(1, sizeof *log);

    log->history = history;
    log->workload = trace_workload(history_trace(history));
    log->says = says_new(log->workload);
    log->name_cells = widest_name(log->workload);
    return log;
}

void event_log_free(struct event_log *log)
{
    if (!log)
        return;
    says_free(log->says);
    free(log);
}

void event_log_begin(const struct event_log *log, struct strbuf *out)
{
    const struct trace_info *info = trace_info(history_trace(log->history));
    char name[256];

    text_clean(name, sizeof name, log->workload->name);
    strbuf_line(out, _("%s: mode %s, machines %d"), name, info->mode,
                info->machines);
    strbuf_adds(out, info->real ? _("REAL: really executed and measured here")
                                : _("MODEL: computed for ideal machines, not "
                                    "measured"));
    strbuf_adds(out, "\n\n");
}

/* What a person wants to hear of. A step that takes the task somewhere else,
 * or makes it wait, is heard of by that. */
static bool is_told(const struct event *event)
{
    switch ((enum event_kind)event->kind) {
    case EVENT_START:
    case EVENT_MACHINE:
    case EVENT_CREATED:
    case EVENT_STEP:
    case EVENT_CPU:
    case EVENT_WORKED:
    case EVENT_CALLED:
    case EVENT_THREAD:
    case EVENT_CPU_ID:
    case EVENT_CPU_TIME:
    case EVENT_RESULT:
    case EVENT_CHECKSUM:
        return false;
    default:
        return event->kind < EVENT_KINDS;
    }
}

static void add_time(struct strbuf *out, int64_t t_ns)
{
    struct strbuf time;

    strbuf_init(&time);
    decimal_seconds(&time, t_ns);
    columns_right(out, time.text, TIME_CELLS);
    strbuf_adds(out, "  ");
    strbuf_fini(&time);
}

static void add_counts(const struct event_log *log, struct strbuf *out,
                       size_t index)
{
    int in_progress, working;

    history_counts(log->history, index + 1, &in_progress, &working);
    strbuf_addf(out, _(" in progress %d  working %d"), in_progress, working);
}

static void add_line(const struct event_log *log, struct strbuf *out,
                     size_t index)
{
    const struct event *event = trace_at(history_trace(log->history), index);
    const char *name = event->task < log->workload->task_count
                           ? log->workload->task[event->task].name
                           : "";
    struct strbuf sentence;

    add_time(out, event->t_ns);
    columns_left(out, name, log->name_cells + 2);
    strbuf_init(&sentence);
    sentence_event(&sentence, log->history, log->says, index);
    if (event_is_place(event->kind)) {
        columns_left(out, sentence.text, SENTENCE_CELLS);
        add_counts(log, out, index);
    } else {
        strbuf_adds(out, sentence.text);
    }
    strbuf_addc(out, '\n');
    strbuf_fini(&sentence);
}

void event_log_events(const struct event_log *log, struct strbuf *out,
                      size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_told(trace_at(history_trace(log->history), i)))
            add_line(log, out, i);
}
