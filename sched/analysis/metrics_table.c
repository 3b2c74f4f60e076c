/*
 * What each number is called, what it means and how it is written. The
 * definitions are shown by the screen and checked against the manual page;
 * where a number is worked out from others, the row can also say how, so that
 * a learner can check the sum.
 */
#include "sched/analysis/metrics_table.h"

#include <inttypes.h>
#include <stddef.h>

#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_internal.h"
#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"

enum {
    TERMS_SHOWN = 6,
    ORDER_SHOWN = 24 /* visits; more do not fit in a line */
};

/* Rounded to a microsecond; the JSON report has all digits. */
static void write_ms(struct strbuf *buf, int64_t ns)
{
    if (ns == TIME_NEVER) {
        strbuf_adds(buf, _("never"));
        return;
    }
    if (ns <= INT64_MAX - NS_PER_US)
        ns = (ns + NS_PER_US / 2) / NS_PER_US * NS_PER_US;
    decimal_ms(buf, ns);
    strbuf_adds(buf, _(" ms"));
}

/* Unlike other times, TIME_NEVER here means that the system did not say. */
static void write_cpu(struct strbuf *buf, int64_t ns)
{
    if (ns == TIME_NEVER)
        strbuf_adds(buf, _("not known"));
    else
        write_ms(buf, ns);
}

static void write_count(struct strbuf *buf, int64_t count)
{
    strbuf_addf(buf, "%" PRId64, count);
}

void metrics_table_average(struct strbuf *buf, double ns)
{
    if (ns < 0) {
        strbuf_adds(buf, _("never"));
        return;
    }
    decimal_real(buf, ns / (double)NS_PER_MS, 3);
    strbuf_adds(buf, _(" ms"));
}

static void write_percent(struct strbuf *buf, double percent)
{
    decimal_real(buf, percent, 1);
    strbuf_adds(buf, _(" %"));
}

/* What has not happened in a run that still goes on may happen yet. */
static bool write_not_yet(struct strbuf *buf, const struct metrics *metrics)
{
    if (!metrics->ended)
        strbuf_adds(buf, _("still running"));
    return !metrics->ended;
}

/* A stretch of a run is no run. */
static bool write_only_whole(struct strbuf *buf, const struct metrics *metrics)
{
    if (metrics->part)
        strbuf_adds(buf, _("whole run only"));
    return metrics->part;
}

static void write_makespan(struct strbuf *buf, const struct metrics *metrics)
{
    if (!write_only_whole(buf, metrics) && !write_not_yet(buf, metrics))
        write_ms(buf, metrics->makespan_ns);
}

/* An average over what only a whole run has. */
#define WRITE_AVERAGE(field)                                                   \
    static void write_average_##field(struct strbuf *buf,                      \
                                      const struct metrics *metrics)           \
    {                                                                          \
        if (write_only_whole(buf, metrics))                                    \
            return;                                                            \
        if (metrics->average_##field##_ns >= 0 ||                              \
            !write_not_yet(buf, metrics))                                      \
            metrics_table_average(buf, metrics->average_##field##_ns);         \
    }

WRITE_AVERAGE(finish)
WRITE_AVERAGE(response)
WRITE_AVERAGE(turnaround)

static void write_throughput(struct strbuf *buf, const struct metrics *metrics)
{
    if (write_only_whole(buf, metrics))
        return;
    decimal_real(buf, metrics->throughput, 3);
    strbuf_adds(buf, _(" tasks/s"));
}

static void write_fairness(struct strbuf *buf, const struct metrics *metrics)
{
    if (write_only_whole(buf, metrics))
        return;
    if (metrics->fairness < 0)
        strbuf_adds(buf, _("not known"));
    else
        decimal_real(buf, metrics->fairness, 3);
}

/* A function that writes one field of struct type, with its unit. */
#define WRITE(type, field, unit)                                               \
    static void write_##type##_##field(struct strbuf *buf,                     \
                                       const struct type *from)                \
    {                                                                          \
        write_##unit(buf, from->field);                                        \
    }

WRITE(metrics, in_progress, count)
WRITE(metrics, working, count)
WRITE(metrics, busy_ns, ms)
WRITE(metrics, idle_ns, ms)
WRITE(metrics, utilization, percent)
WRITE(metrics, overhead, percent)
WRITE(metrics, stolen_ns, ms)
WRITE(metrics, switches, count)
WRITE(metrics, preemptions, count)
WRITE(metrics, missed, count)
static void write_metrics_average_wait_ns(struct strbuf *buf,
                                          const struct metrics *metrics)
{
    metrics_table_average(buf, metrics->average_wait_ns);
}

static void write_order(struct strbuf *buf, const struct metrics *metrics)
{
    size_t i;

    for (i = 0; i < metrics->order_count && i < ORDER_SHOWN; i++)
        strbuf_addf(buf, "%s%s", i ? " " : "",
                    metrics->workload->task[metrics->order[i]].name);
    if (i < metrics->order_count)
        strbuf_adds(buf, " \u2026");
}

/* --- with the values of this run ------------------------------------------ */

/* With all digits, so that the sum adds up whoever rounds the result. */
static void write_exactly(struct strbuf *buf, int64_t ns)
{
    decimal_ms(buf, ns);
    strbuf_adds(buf, _(" ms"));
}

/* "what / (2 x 4300 ms)" */
static void explain_share(struct strbuf *buf, const struct metrics *metrics,
                          int64_t part_ns)
{
    strbuf_adds(buf, "100 x ");
    write_exactly(buf, part_ns);
    strbuf_addf(buf, " / (%d x ", metrics->machines);
    write_exactly(buf, metrics_span_ns(metrics));
    strbuf_addc(buf, ')');
}

static void explain_utilization(struct strbuf *buf,
                                const struct metrics *metrics)
{
    explain_share(buf, metrics, metrics->busy_ns);
}

static void explain_overhead(struct strbuf *buf, const struct metrics *metrics)
{
    explain_share(buf, metrics, metrics->switching_ns);
}

/* "38 % of (busy 900 ms + stolen 552 ms)" */
static void explain_stolen(struct strbuf *buf, const struct metrics *metrics)
{
    write_percent(buf, metrics->others);
    strbuf_adds(buf, " x (");
    write_ms(buf, metrics->busy_ns);
    strbuf_adds(buf, " + ");
    write_ms(buf, metrics->stolen_ns);
    strbuf_addc(buf, ')');
}

/* Idle time is not measured: it is what remains of the machines' time. */
static void explain_idle(struct strbuf *buf, const struct metrics *metrics)
{
    strbuf_addf(buf, "%d x ", metrics->machines);
    write_exactly(buf, metrics_span_ns(metrics));
    strbuf_adds(buf, " - ");
    write_exactly(buf, metrics->busy_ns);
}

/* "(520 + 740 + …) / 5"; nothing where there is nothing to divide by. */
static void explain_average(struct strbuf *buf, const struct metrics *metrics,
                            enum metrics_average average)
{
    size_t count = 0;
    int64_t ns;

    for (size_t i = 0; i < metrics->task_count + metrics->job_count; i++) {
        if (!metrics_term(metrics, i, average, &ns))
            continue;
        if (count < TERMS_SHOWN) {
            strbuf_adds(buf, count ? " + " : "(");
            decimal_ms(buf, ns);
        }
        count++;
    }
    if (count)
        strbuf_addf(buf, "%s) / %zu", count > TERMS_SHOWN ? " + \u2026" : "",
                    count);
}

static void explain_average_finish(struct strbuf *buf,
                                   const struct metrics *metrics)
{
    explain_average(buf, metrics, AVERAGE_FINISH);
}

static void explain_average_response(struct strbuf *buf,
                                     const struct metrics *metrics)
{
    explain_average(buf, metrics, AVERAGE_RESPONSE);
}

static void explain_average_turnaround(struct strbuf *buf,
                                       const struct metrics *metrics)
{
    explain_average(buf, metrics, AVERAGE_TURNAROUND);
}

static void explain_average_wait(struct strbuf *buf,
                                 const struct metrics *metrics)
{
    explain_average(buf, metrics, AVERAGE_WAIT);
}

const struct metrics_row metrics_table[] = {
    { N_("makespan"),
      N_("from the start until the last task is done; never, if that does "
         "not happen"),
      write_makespan, NULL },
    { N_("in-progress"),
      N_("the largest number of tasks that had begun and were not done: "
         "concurrency"),
      write_metrics_in_progress, NULL },
    { N_("working"),
      N_("the largest number of tasks that computed at the same instant: "
         "parallelism"),
      write_metrics_working, NULL },
    { N_("busy"), N_("time in which machines computed, all machines added up"),
      write_metrics_busy_ns, NULL },
    { N_("idle"),
      N_("time in which machines did not compute: nobody was there, a task "
         "only waited there, others had the core, or the machine was changing "
         "over"),
      write_metrics_idle_ns, explain_idle },
    { N_("utilization"), N_("100 x busy / (machines x makespan)"),
      write_metrics_utilization, explain_utilization },
    { N_("overhead"),
      N_("100 x time spent changing over / (machines x makespan)"),
      write_metrics_overhead, explain_overhead },
    { N_("switches"),
      N_("how often a machine served a different task from the one before"),
      write_metrics_switches, NULL },
    { N_("preemptions"),
      N_("how often a task was stopped although it wanted to go on computing"),
      write_metrics_preemptions, NULL },
    { N_("average finish"),
      N_("the average of finish, over the tasks that were done"),
      write_average_finish, explain_average_finish },
    { N_("average response"),
      N_("the average of response, over the tasks that have begun; where a "
         "task "
         "has a period, over its jobs"),
      write_average_response, explain_average_response },
    { N_("average turnaround"),
      N_("the average of turnaround, over the tasks that were done; where a "
         "task has a period, over its jobs"),
      write_average_turnaround, explain_average_turnaround },
    { N_("average wait"), N_("the average of wait, over all tasks"),
      write_metrics_average_wait_ns, explain_average_wait },
    { N_("throughput"), N_("tasks done per second, from the start to the end"),
      write_throughput, NULL },
    { N_("fairness"),
      N_("Jain's index of cpu / weight between the last arrival and the first "
         "finish: 1 if everybody has had the same, 1/n if one of n has had "
         "everything; weight = tickets / 100 x 1.25^-nice"),
      write_fairness, NULL },
    { N_("missed"), N_("how many deadlines were missed"), write_metrics_missed,
      NULL },
    { N_("order"),
      N_("the tasks in the order of their visits to a machine, if they "
         "computed there"),
      write_order, NULL },
    { N_("stolen"),
      N_("time in which others, or the system, had the core of a task at a "
         "machine, all machines added up; only real runs have it"),
      write_metrics_stolen_ns, explain_stolen },
    { NULL, NULL, NULL, NULL },
};

/* Its word differs from that of other times in some languages. */
static void write_first(struct strbuf *buf, const struct task_metrics *task)
{
    if (task->first_ns == TIME_NEVER)
        strbuf_adds(buf, _("not once"));
    else
        write_ms(buf, task->first_ns);
}

WRITE(task_metrics, arrival_ns, ms)
WRITE(task_metrics, response_ns, ms)
WRITE(task_metrics, finish_ns, ms)
WRITE(task_metrics, turnaround_ns, ms)
WRITE(task_metrics, missed, count)
WRITE(task_metrics, wait_ns, ms)
WRITE(task_metrics, maxwait_ns, ms)
WRITE(task_metrics, entries, count)
WRITE(task_metrics, cpu_ns, cpu)
WRITE(task_metrics, result, count)
WRITE(task_metrics, stolen_ns, ms)

const struct metrics_task_row metrics_task_table[] = {
    { N_("first"), N_("when the task was at a machine for the first time"),
      write_first },
    { N_("finish"), N_("when the task was done"),
      write_task_metrics_finish_ns },
    { N_("wait"),
      N_("time the task stood in line, all stays that have ended added up"),
      write_task_metrics_wait_ns },
    { N_("maxwait"), N_("the longest single stay in line, ended or not"),
      write_task_metrics_maxwait_ns },
    { N_("entries"),
      N_("how often control entered the task: its start, and each time it went "
         "on after leaving"),
      write_task_metrics_entries },
    { N_("cpu"),
      N_("model: the work done; real run: the processor time the system "
         "measured"),
      write_task_metrics_cpu_ns },
    { N_("result"), N_("what the task's sums add up to"),
      write_task_metrics_result },
    { N_("arrival"), N_("when the task came into line for the first time"),
      write_task_metrics_arrival_ns },
    { N_("response"),
      N_("first - arrival; of a task with a period, the longest of its jobs"),
      write_task_metrics_response_ns },
    { N_("turnaround"),
      N_("finish - arrival; of a task with a period, the longest of its jobs"),
      write_task_metrics_turnaround_ns },
    { N_("missed"), N_("how many deadlines were missed"),
      write_task_metrics_missed },
    { "stolen",
      N_("time the task was at a machine while others had the core; only real "
         "runs have it"),
      write_task_metrics_stolen_ns },
    { NULL, NULL, NULL },
};

/* The row about stolen time is the last one, so leaving it out means counting
 * one row fewer. */
int metrics_table_rows(const struct metrics *metrics)
{
    int rows = sizeof metrics_table / sizeof metrics_table[0] - 1;

    return metrics_know_stolen(metrics) ? rows : rows - 1;
}

int metrics_table_task_rows(const struct metrics *metrics)
{
    int rows = sizeof metrics_task_table / sizeof metrics_task_table[0] - 1;

    if (metrics_know_stolen(metrics))
        return rows;
    return metrics->job_count > 0 ? rows - 1 : rows - 2; /* deadlines? */
}
