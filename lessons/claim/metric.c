/*
 * metric.c -- numbers of a run: their names, their values, and how both are
 * written, in lesson files and for learners.
 */
#include "lessons/claim/metric.h"

#include <math.h>
#include <string.h>

#include "sched/analysis/metrics.h"
#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"

enum metric_unit {
    NO_UNIT,
    PERCENT,
    MS
};

static const struct {
    const char *word;  /* in lesson files */
    const char *title; /* for learners */
    enum metric_unit unit;
} table[METRIC_KINDS] = {
    [METRIC_MAKESPAN] = { "makespan", N_("makespan"), MS },
    [METRIC_IN_PROGRESS] = { "in-progress", N_("in progress"), NO_UNIT },
    [METRIC_WORKING] = { "working", N_("working"), NO_UNIT },
    [METRIC_BUSY] = { "busy", N_("busy"), MS },
    [METRIC_IDLE] = { "idle", N_("idle"), MS },
    [METRIC_UTILIZATION] = { "utilization", N_("utilization"), PERCENT },
    [METRIC_OVERHEAD] = { "overhead", N_("overhead"), PERCENT },
    [METRIC_SWITCHES] = { "switches", N_("switches"), NO_UNIT },
    [METRIC_PREEMPTIONS] = { "preemptions", N_("preemptions"), NO_UNIT },
    [METRIC_MACHINES] = { "machines", N_("machines"), NO_UNIT },
    [METRIC_ORDER] = { "order", N_("order"), NO_UNIT },
    [METRIC_DEADLOCK] = { "deadlock", N_("deadlock"), NO_UNIT },
    [METRIC_AVERAGE_FINISH] = { "average finish", N_("average finish"), MS },
    [METRIC_AVERAGE_RESPONSE] = { "average response", N_("average response"),
                                  MS },
    [METRIC_AVERAGE_TURNAROUND] = { "average turnaround",
                                    N_("average turnaround"), MS },
    [METRIC_THROUGHPUT] = { "throughput", N_("throughput"), NO_UNIT },
    [METRIC_FAIRNESS] = { "fairness", N_("fairness"), NO_UNIT },
    [METRIC_AVERAGE_WAIT] = { "average wait", N_("average wait"), MS },
    [METRIC_SPEEDUP] = { "speedup", N_("speedup"), NO_UNIT },
    [METRIC_LOG] = { "log", N_("log"), NO_UNIT },
    [METRIC_ARRIVAL] = { "arrival", N_("arrival"), MS },
    [METRIC_RESPONSE] = { "response", N_("response"), MS },
    [METRIC_TURNAROUND] = { "turnaround", N_("turnaround"), MS },
    [METRIC_MISSED] = { "missed", N_("missed"), NO_UNIT },
    [METRIC_FIRST] = { "first", N_("first turn"), MS },
    [METRIC_FINISH] = { "finish", N_("finish"), MS },
    [METRIC_WAIT] = { "wait", N_("wait"), MS },
    [METRIC_MAXWAIT] = { "maxwait", N_("longest wait"), MS },
    [METRIC_ENTRIES] = { "entries", N_("entries"), NO_UNIT },
    [METRIC_CPU] = { "cpu", N_("computing"), MS },
    [METRIC_RESULT] = { "result", N_("result"), NO_UNIT },
    [METRIC_SHARED] = { "shared", N_("shared"), NO_UNIT },
};

static bool has_name(enum metric_kind kind)
{
    return kind >= METRIC_ARRIVAL;
}

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || (c && strchr("_.-", c));
}

/* Bytes of the word at the start of text, or 0 if it is another one. */
static size_t match(const char *text, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(text, word, length) != 0 || name_byte(text[length]))
        return 0;
    return length;
}

size_t metric_parse(struct arena *arena, const char *text,
                    struct metric *metric)
{
    for (int kind = 0; kind < METRIC_KINDS; kind++) {
        size_t length = match(text, table[kind].word);
        size_t start;

        if (length == 0)
            continue;
        *metric = (struct metric){ .kind = (enum metric_kind)kind };
        if (!has_name(metric->kind))
            return length;
        start = length + strspn(text + length, " ");
        length = start;
        while (name_byte(text[length]))
            length++;
        if (length == start)
            return 0;
        metric->name = arena_copy(arena, text + start, length - start);
        return length;
    }
    return 0;
}

static int find_shared(const struct workload *workload, const char *name)
{
    for (size_t i = 0; i < workload->shared_count; i++)
        if (strcmp(workload->shared[i].name, name) == 0)
            return (int)i;
    return -1;
}

bool metric_exists(const struct metric *metric, const struct workload *workload)
{
    if (!has_name(metric->kind))
        return true;
    if (metric->kind == METRIC_SHARED)
        return find_shared(workload, metric->name) >= 0;
    return workload_find_task(workload, metric->name) >= 0;
}

static double milliseconds(int64_t ns)
{
    return ns == TIME_NEVER ? INFINITY : (double)ns / (double)NS_PER_MS;
}

static double average(double ns)
{
    return ns < 0 ? INFINITY : ns / (double)NS_PER_MS;
}

static double speedup(const struct metric_run *measured)
{
    if (!measured->single)
        return INFINITY;
    return milliseconds(measured->single->makespan_ns) /
           milliseconds(measured->metrics->makespan_ns);
}

static double of_task(enum metric_kind kind, const struct task_metrics *task)
{
    const double value[METRIC_KINDS] = {
        [METRIC_ARRIVAL] = milliseconds(task->arrival_ns),
        [METRIC_FIRST] = milliseconds(task->first_ns),
        [METRIC_RESPONSE] = milliseconds(task->response_ns),
        [METRIC_TURNAROUND] = milliseconds(task->turnaround_ns),
        [METRIC_MISSED] = (double)task->missed,
        [METRIC_FINISH] = milliseconds(task->finish_ns),
        [METRIC_WAIT] = milliseconds(task->wait_ns),
        [METRIC_MAXWAIT] = milliseconds(task->maxwait_ns),
        [METRIC_ENTRIES] = (double)task->entries,
        [METRIC_CPU] = milliseconds(task->cpu_ns),
        [METRIC_RESULT] = (double)task->result,
    };

    return value[kind];
}

static double of_named(const struct metric *metric,
                       const struct metric_run *measured)
{
    int index = workload_find_task(measured->workload, metric->name);

    if (index < 0 || (size_t)index >= measured->metrics->task_count)
        return INFINITY;
    return of_task(metric->kind, &measured->metrics->task[index]);
}

static double of_shared(const struct metric *metric,
                        const struct metric_run *measured)
{
    int index = find_shared(measured->workload, metric->name);

    return index < 0 ? INFINITY : (double)measured->metrics->shared[index];
}

double metric_value(const struct metric *metric,
                    const struct metric_run *measured)
{
    const struct metrics *metrics = measured->metrics;
    const double value[METRIC_KINDS] = {
        [METRIC_MAKESPAN] = milliseconds(metrics->makespan_ns),
        [METRIC_IN_PROGRESS] = metrics->in_progress,
        [METRIC_WORKING] = metrics->working,
        [METRIC_BUSY] = milliseconds(metrics->busy_ns),
        [METRIC_IDLE] = milliseconds(metrics->idle_ns),
        [METRIC_UTILIZATION] = metrics->utilization,
        [METRIC_OVERHEAD] = metrics->overhead,
        [METRIC_SWITCHES] = (double)metrics->switches,
        [METRIC_PREEMPTIONS] = (double)metrics->preemptions,
        [METRIC_MACHINES] = metrics->machines,
        [METRIC_DEADLOCK] = metrics->outcome == OUTCOME_DEADLOCK,
        [METRIC_AVERAGE_FINISH] = average(metrics->average_finish_ns),
        [METRIC_AVERAGE_RESPONSE] = average(metrics->average_response_ns),
        [METRIC_AVERAGE_TURNAROUND] = average(metrics->average_turnaround_ns),
        [METRIC_AVERAGE_WAIT] = average(metrics->average_wait_ns),
        [METRIC_THROUGHPUT] = metrics->throughput,
        [METRIC_FAIRNESS] = metrics->fairness < 0 ? INFINITY
                                                  : metrics->fairness,
        [METRIC_SPEEDUP] = speedup(measured),
    };

    if (metric->kind == METRIC_SHARED)
        return of_shared(metric, measured);
    return has_name(metric->kind) ? of_named(metric, measured)
                                  : value[metric->kind];
}

/* --- as text -------------------------------------------------------------- */

static void print_value(struct strbuf *out, enum metric_kind kind, double value)
{
    if (kind == METRIC_DEADLOCK)
        strbuf_adds(out, value > 0 ? "yes" : "no");
    else if (!isfinite(value))
        strbuf_adds(out, "never");
    else if (kind == METRIC_SPEEDUP || kind == METRIC_OVERHEAD)
        strbuf_addf(out, "%.1f", value);
    else if (kind == METRIC_THROUGHPUT || kind == METRIC_FAIRNESS)
        strbuf_addf(out, "%.2f", value);
    else
        strbuf_addf(out, "%.0f", value);
}

static void print_order(struct strbuf *out, const struct metric_run *measured)
{
    const struct metrics *metrics = measured->metrics;

    for (size_t i = 0; i < metrics->order_count; i++)
        strbuf_addf(out, "%s%s", i ? " " : "",
                    measured->workload->task[metrics->order[i]].name);
}

static void print_log(struct strbuf *out, const struct metric_run *measured)
{
    const struct metrics *metrics = measured->metrics;

    for (size_t i = 0; i < metrics->log_count; i++)
        strbuf_addf(out, "%s%.0f %s", i ? " | " : "",
                    milliseconds(metrics->log[i].t_ns), metrics->log[i].text);
}

void metric_print(struct strbuf *out, const struct metric *metric,
                  const struct metric_run *measured)
{
    if (metric->kind == METRIC_ORDER)
        print_order(out, measured);
    else if (metric->kind == METRIC_LOG)
        print_log(out, measured);
    else
        print_value(out, metric->kind, metric_value(metric, measured));
}

static void print_name(struct strbuf *out, const char *title,
                       const struct metric *metric)
{
    strbuf_addf(out, "%s%s%s ", title, metric->name ? " " : "",
                metric->name ? metric->name : "");
}

void metric_print_word(struct strbuf *out, const struct metric *metric)
{
    print_name(out, table[metric->kind].word, metric);
}

void metric_print_title(struct strbuf *out, const struct metric *metric)
{
    const char *title = _(table[metric->kind].title);

    if (metric->name && metric->kind != METRIC_SHARED)
        /* TRANSLATORS: "finish C": the name of a number, and of a task. */
        strbuf_addf(out, _("%s %s "), title, metric->name);
    else
        print_name(out, title, metric);
}

void metric_print_local(struct strbuf *out, const struct metric *metric,
                        const struct metric_run *measured)
{
    static const char *const known[] = { N_("never"), N_("yes"), N_("no"),
                                         N_("not once") };
    struct strbuf value;
    const char *text;

    strbuf_init(&value);
    metric_print(&value, metric, measured);
    text = value.text;
    if (metric->kind == METRIC_FIRST && strcmp(text, known[0]) == 0)
        text = known[3];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(text, known[i]) == 0)
            text = _(known[i]);
    strbuf_adds(out, text);
    strbuf_fini(&value);
}

void metric_print_number(struct strbuf *out, const struct metric *metric,
                         const char *number)
{
    enum metric_unit unit = table[metric->kind].unit;

    strbuf_addf(out, "%s%s", number,
                unit == MS        ? _(" ms")
                : unit == PERCENT ? "%"
                                  : "");
}

void metric_print_named(struct strbuf *out, const struct metric *metric,
                        const struct metric_run *measured)
{
    struct strbuf value;

    metric_print_title(out, metric);
    strbuf_adds(out, "= ");
    strbuf_init(&value);
    metric_print_local(&value, metric, measured);
    if (isfinite(metric_value(metric, measured)))
        metric_print_number(out, metric, value.text);
    else
        strbuf_adds(out, value.text);
    strbuf_fini(&value);
}
