#include "sched/analysis/metrics_table.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>

#include "sched/analysis/metrics.h"
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

static void write_average(struct strbuf *buf, double ns)
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

#define WRITE(name, how, field)                                                \
    static void write_##name(struct strbuf *buf,                               \
                             const struct metrics *numbers,                    \
                             const struct workload *workload)                  \
    {                                                                          \
        (void)workload;                                                        \
        how(buf, numbers->field);                                              \
    }

WRITE(makespan, write_ms, makespan_ns)
WRITE(in_progress, write_count, in_progress)
WRITE(working, write_count, working)
WRITE(busy, write_ms, busy_ns)
WRITE(idle, write_ms, idle_ns)
WRITE(utilization, write_percent, utilization)
WRITE(overhead, write_percent, overhead)
WRITE(switches, write_count, switches)
WRITE(preemptions, write_count, preemptions)
WRITE(average_finish, write_average, average_finish_ns)
WRITE(average_wait, write_average, average_wait_ns)

static void write_order(struct strbuf *buf, const struct metrics *numbers,
                        const struct workload *workload)
{
    size_t i;

    for (i = 0; i < numbers->order_count && i < ORDER_SHOWN; i++)
        strbuf_addf(buf, "%s%s", i ? " " : "",
                    workload->task[numbers->order[i]].name);
    if (i < numbers->order_count)
        strbuf_adds(buf, " \u2026");
}

/* --- with the values of this run ------------------------------------------ */

/* "what / (2 x 4300 ms)" */
static void fill_share(struct strbuf *buf, const struct metrics *numbers,
                       int64_t part_ns)
{
    strbuf_adds(buf, "100 x ");
    write_ms(buf, part_ns);
    strbuf_addf(buf, " / (%d x ", numbers->machines);
    write_ms(buf, numbers->end_ns);
    strbuf_addc(buf, ')');
}

static void fill_utilization(struct strbuf *buf, const struct metrics *numbers,
                             const struct workload *workload)
{
    (void)workload;
    fill_share(buf, numbers, numbers->busy_ns);
}

static void fill_overhead(struct strbuf *buf, const struct metrics *numbers,
                          const struct workload *workload)
{
    (void)workload;
    fill_share(buf, numbers, numbers->switching_ns);
}

static void fill_idle(struct strbuf *buf, const struct metrics *numbers,
                      const struct workload *workload)
{
    (void)workload;
    strbuf_addf(buf, "%d x ", numbers->machines);
    write_ms(buf, numbers->end_ns);
    strbuf_adds(buf, " - ");
    write_ms(buf, numbers->busy_ns);
}

/* "(520 + 740 + …) / 5"; nothing where there is nothing to divide by. */
static void fill_average(struct strbuf *buf, const struct metrics *numbers,
                         const struct workload *workload, bool finish)
{
    size_t count = 0;

    for (size_t i = 0; i < numbers->task_count; i++) {
        const struct task_metrics *task = &numbers->task[i];
        bool counts = finish ? task->finish_ns != TIME_NEVER : task->arrived;

        if (!counts || workload->task[i].generator)
            continue;
        if (count < TERMS_SHOWN) {
            strbuf_adds(buf, count ? " + " : "(");
            decimal_real(buf,
                         (double)(finish ? task->finish_ns : task->wait_ns) /
                             (double)NS_PER_MS,
                         1);
        }
        count++;
    }
    if (count == 0)
        return;
    strbuf_addf(buf, "%s) / %zu", count > TERMS_SHOWN ? " + \u2026" : "",
                count);
}

static void fill_average_finish(struct strbuf *buf,
                                const struct metrics *numbers,
                                const struct workload *workload)
{
    fill_average(buf, numbers, workload, true);
}

static void fill_average_wait(struct strbuf *buf, const struct metrics *numbers,
                              const struct workload *workload)
{
    fill_average(buf, numbers, workload, false);
}

const struct metrics_row metrics_table[] = {
    { N_("makespan"),
      N_("from the start until the last task is done; never, if that does "
         "not come"),
      write_makespan, NULL },
    { N_("in-progress"),
      N_("the largest number of tasks that had begun and were not done: "
         "concurrency"),
      write_in_progress, NULL },
    { N_("working"),
      N_("the largest number of tasks that computed at the same instant: "
         "parallelism"),
      write_working, NULL },
    { N_("busy"), N_("time in which machines computed, all machines added up"),
      write_busy, NULL },
    { N_("idle"),
      N_("time in which machines did not compute: nobody there, a task that "
         "only waits there, or changing over"),
      write_idle, fill_idle },
    { N_("utilization"), N_("100 x busy / (machines x makespan)"),
      write_utilization, fill_utilization },
    { N_("overhead"),
      N_("100 x time spent on changing over / (machines x makespan)"),
      write_overhead, fill_overhead },
    { N_("switches"),
      N_("how often a machine served another task than it served last"),
      write_switches, NULL },
    { N_("preemptions"),
      N_("how often a task was stopped that wanted to go on computing"),
      write_preemptions, NULL },
    { N_("average finish"),
      N_("the average of finish, over the tasks that were done"),
      write_average_finish, fill_average_finish },
    { N_("average wait"), N_("the average of wait, over all tasks"),
      write_average_wait, fill_average_wait },
    { N_("order"),
      N_("the tasks in the order of their visits to a machine, if they "
         "computed there"),
      write_order, NULL },
    { NULL, NULL, NULL, NULL },
};

#define WRITE_TASK(name, how, field)                                           \
    static void write_task_##name(struct strbuf *buf,                          \
                                  const struct task_metrics *task)             \
    {                                                                          \
        how(buf, task->field);                                                 \
    }

WRITE_TASK(first, write_ms, first_ns)
WRITE_TASK(finish, write_ms, finish_ns)
WRITE_TASK(wait, write_ms, wait_ns)
WRITE_TASK(maxwait, write_ms, maxwait_ns)
WRITE_TASK(entries, write_count, entries)
WRITE_TASK(cpu, write_cpu, cpu_ns)
WRITE_TASK(result, write_count, result)

const struct metrics_task_row metrics_task_table[] = {
    { "first", N_("when the task was at a machine for the first time"),
      write_task_first },
    { "finish", N_("when the task was done"), write_task_finish },
    { "wait",
      N_("time the task stood in line, all stays together that are over"),
      write_task_wait },
    { "maxwait", N_("the longest single stay in line, over or not"),
      write_task_maxwait },
    { "entries",
      N_("how often control entered the task: its start and every time it "
         "went on after it had left"),
      write_task_entries },
    { "cpu",
      N_("model: the work done; real run: the processor time the system "
         "measured"),
      write_task_cpu },
    { "result", N_("what the task's sums add up to"), write_task_result },
    { NULL, NULL, NULL },
};
