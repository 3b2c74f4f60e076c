#include "cli/report/event_log.h"

#include <stdbool.h>
#include <stdlib.h>

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
    SENTENCE_CELLS = 30
};

struct plain {
    const struct history *history; /* borrowed */
    const struct workload *workload;
    struct says *says;
    int name_cells;
};

static int widest_name(const struct workload *workload)
{
    int widest = 1;
    size_t i;

    for (i = 0; i < workload->task_count; i++) {
        int cells = text_cells(workload->task[i].name);

        if (cells > widest)
            widest = cells;
    }
    return widest < NAME_CELLS_MAX ? widest : NAME_CELLS_MAX;
}

struct plain *event_log_new(const struct history *history)
{
    struct plain *plain = xcalloc(1, sizeof *plain);

    plain->history = history;
    plain->workload = trace_workload(history_trace(history));
    plain->says = says_new(plain->workload);
    plain->name_cells = widest_name(plain->workload);
    return plain;
}

void event_log_free(struct plain *plain)
{
    if (!plain)
        return;
    says_free(plain->says);
    free(plain);
}

void event_log_begin(const struct plain *plain, struct strbuf *out)
{
    const struct trace_info *info = trace_info(history_trace(plain->history));
    char name[256];

    text_clean(name, sizeof name, plain->workload->name);
    strbuf_addf(out, _("%s: mode %s, machines %d"), name, info->mode,
                info->machines);
    strbuf_addc(out, '\n');
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

/* Fill up with spaces to `cells`, but at least one. */
static void pad(struct strbuf *out, int used, int cells)
{
    do {
        strbuf_addc(out, ' ');
        used++;
    } while (used < cells);
}

static void add_time(struct strbuf *out, int64_t t_ns)
{
    struct strbuf time;

    strbuf_init(&time);
    decimal_seconds(&time, t_ns);
    strbuf_addf(out, "%*s  ", TIME_CELLS, time.text);
    strbuf_fini(&time);
}

static void add_counts(const struct plain *plain, struct strbuf *out,
                       size_t index)
{
    int in_progress, working;

    history_counts(plain->history, index + 1, &in_progress, &working);
    strbuf_addf(out, _(" in progress %d  working %d"), in_progress, working);
}

static void add_line(const struct plain *plain, struct strbuf *out,
                     size_t index)
{
    const struct event *event = trace_at(history_trace(plain->history), index);
    const char *name = event->task < plain->workload->task_count
                           ? plain->workload->task[event->task].name
                           : "";
    size_t start;

    add_time(out, event->t_ns);
    strbuf_adds(out, name);
    pad(out, text_cells(name), plain->name_cells + 2);
    start = out->length;
    sentence_event(out, plain->history, plain->says, index);
    if (event_is_place(event->kind)) {
        pad(out, text_cells(out->text + start), SENTENCE_CELLS);
        add_counts(plain, out, index);
    }
    strbuf_addc(out, '\n');
}

void event_log_events(const struct plain *plain, struct strbuf *out,
                      size_t from, size_t to)
{
    size_t i;

    for (i = from; i < to; i++)
        if (is_told(trace_at(history_trace(plain->history), i)))
            add_line(plain, out, i);
}
