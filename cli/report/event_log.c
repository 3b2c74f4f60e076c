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
#include "sched/base/clock.h"
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
    WHOLE_CELLS = 4, /* of a time: the seconds before the point */
    DIGITS_MIN = 3,  /* after it */
    DIGITS_REAL =
        6, /* many things happen in a microsecond, but not to a person */
    TIME_AND_SENTENCE_CELLS = 48
};

static const int64_t STOLEN_TOLD_NS = 20 * NS_PER_MS;

struct event_log {
    const struct history *history; /* borrowed */
    const struct workload *workload;
    struct says *says;
    int name_cells, digits;
};

/* --- how exact times are -------------------------------------------------- */

/* So many decimals of a second has a time, but not less than digits. */
static int more_digits(int digits, int64_t ns)
{
    int64_t unit = NS_PER_S;

    for (int i = 0; i < digits; i++)
        unit /= 10;
    for (; ns != TIME_NEVER && ns % unit != 0; unit /= 10)
        digits++;
    return digits;
}

static int digits_of_steps(int digits, struct steps steps)
{
    for (size_t i = 0; i < steps.count; i++) {
        const struct step *step = &steps.step[i];

        digits = more_digits(digits, step->ns);
        digits = more_digits(digits, step->by_ns);
    }
    return digits;
}

/*
 * As many decimals as tell the events apart. All times of a model are sums of
 * times that somebody wrote, so they are exact with the digits of those.
 */
static int digits_needed(const struct workload *workload,
                         const struct trace_info *info)
{
    const struct steps *last = NULL;
    int digits = DIGITS_MIN;

    if (info->real)
        return DIGITS_REAL;
    digits = more_digits(digits, info->slice_ns);
    digits = more_digits(digits, info->gil_ns);
    digits = more_digits(digits, info->switch_cost_ns);
    digits = more_digits(digits, info->limit_ns);
    for (size_t i = 0; i < workload->task_count; i++) {
        const struct task_spec *task = &workload->task[i];

        digits = more_digits(digits, task->at_ns);
        if (task->program && digits < DIGITS_REAL)
            digits = DIGITS_REAL;
        if (!last || task->steps.step != last->step) /* of the same statement */
            digits = digits_of_steps(digits, task->steps);
        last = &task->steps;
    }
    return digits;
}

/* -------------------------------------------------------------------------- */

struct event_log *event_log_new(const struct history *history)
{
    struct event_log *log = xcalloc(1, sizeof *log);

    log->history = history;
    log->workload = trace_workload(history_trace(history));
    log->says = says_new(log->workload);
    log->name_cells = columns_names(log->workload, 1);
    log->digits = digits_needed(log->workload,
                                trace_info(history_trace(history)));
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
    if (info->real && info->imported)
        strbuf_addf(out, _("REAL: imported from %s"), info->imported);
    else
        strbuf_adds(out, info->real
                             ? _("REAL: really executed and measured here")
                             : _("MODEL: computed for ideal machines, not "
                                 "measured"));
    strbuf_adds(out, "\n\n");
}

/* Others take a core and give it back hundreds of times in a second: the counts
 * in the other lines say so, and the last lines how much it was. Only what
 * lasts long gets a line, when it is over. */
static bool was_stolen_long(const struct event_log *log,
                            const struct event *event)
{
    struct interval before = { .state = STATE_ABSENT };

    if (event->kind == EVENT_BACK && event->task < log->workload->task_count)
        before = history_at(log->history, (int)event->task, event->t_ns - 1);
    return before.state == STATE_STOLEN &&
           before.to_ns - before.from_ns >= STOLEN_TOLD_NS;
}

/* What a person wants to hear of. A step that takes the task somewhere else,
 * or makes it wait, is heard of by that. */
static bool is_told(const struct event_log *log, const struct event *event)
{
    switch ((enum event_kind)event->kind) {
    case EVENT_STOLEN:
    case EVENT_BACK:
        return was_stolen_long(log, event);
    case EVENT_OBSERVED:
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

static int time_cells(const struct event_log *log)
{
    return WHOLE_CELLS + 1 + log->digits;
}

static void add_time(const struct event_log *log, struct strbuf *out,
                     int64_t t_ns)
{
    struct strbuf time;

    strbuf_init(&time);
    decimal_seconds(&time, t_ns, log->digits, log->digits);
    columns_right(out, time.text, time_cells(log));
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
    const struct event copy = *trace_at(history_trace(log->history), index),
                       *event = &copy;
    const char *name = event->task < log->workload->task_count
                           ? log->workload->task[event->task].name
                           : "";
    struct strbuf sentence;

    add_time(log, out, event->t_ns);
    columns_left(out, name, log->name_cells + 2);
    strbuf_init(&sentence);
    sentence_event(&sentence, log->history, log->says, index);
    if (event_is_place(event->kind)) {
        columns_left(out, sentence.text,
                     TIME_AND_SENTENCE_CELLS - time_cells(log));
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
        if (is_told(log, trace_at(history_trace(log->history), i)))
            add_line(log, out, i);
}
