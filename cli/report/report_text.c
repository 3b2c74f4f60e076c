/*
 * report_text.c -- a run for people who read: why it got stuck, what is wrong
 * with it, its numbers, and those of its tasks.
 */
#include "cli/report/report_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/report/columns.h"
#include "sched/analysis/diagnose.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/analysis/sentence.h"
#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    TASKS_SHOWN = 200,
    NAME_CELLS = 16,
    NUMBER_CELLS = 19, /* the longest name of a number */
    VALUE_CELLS = 12,
    COLUMNS = (80 - NAME_CELLS) / VALUE_CELLS
};

static void add_run(struct strbuf *buf, const struct metrics *metrics)
{
    struct strbuf value;

    strbuf_init(&value);
    for (int i = 0; i < metrics_table_rows(metrics); i++) {
        const struct metrics_row *number = &metrics_table[i];

        strbuf_clear(&value);
        number->write(&value, metrics);
        if (value.length == 0) /* no order, where nobody's visits are known */
            continue;
        columns_left(buf, _(number->name), NUMBER_CELLS);
        strbuf_adds(buf, value.text);
        columns_end(buf);
    }
    strbuf_fini(&value);
}

/* Whether a number is known of anybody: the processor time of a program's
 * threads is not. */
static bool is_known(const struct metrics *metrics,
                     const struct metrics_task_row *number)
{
    struct strbuf value;
    bool known = metrics->task_count == 0;

    strbuf_init(&value);
    for (size_t i = 0; i < metrics->task_count && !known; i++) {
        strbuf_clear(&value);
        number->write(&value, &metrics->task[i]);
        known = strcmp(value.text, _("not known")) != 0;
    }
    strbuf_fini(&value);
    return known;
}

static void add_task(struct strbuf *buf, const char *name, int name_cells,
                     const struct task_metrics *task,
                     const struct metrics_task_row *const number[], int count)
{
    struct strbuf value;

    columns_left(buf, name, name_cells);
    strbuf_init(&value);
    for (int i = 0; i < count; i++) {
        strbuf_clear(&value);
        number[i]->write(&value, task);
        columns_left(buf, value.text, VALUE_CELLS);
    }
    strbuf_fini(&value);
    columns_end(buf);
}

/* A table of some of the numbers of each task. */
static void add_numbers(struct strbuf *buf, const struct workload *workload,
                        const struct metrics *metrics,
                        const struct metrics_task_row *const number[],
                        int count)
{
    int name_cells = columns_names(workload, NAME_CELLS - 1) + 1;

    columns_left(buf, _("task"), name_cells);
    for (int i = 0; i < count; i++)
        columns_left(buf, _(number[i]->name), VALUE_CELLS);
    columns_end(buf);
    for (size_t i = 0; i < metrics->task_count && i < TASKS_SHOWN; i++)
        add_task(buf, workload->task[i].name, name_cells, &metrics->task[i],
                 number, count);
}

/* So many numbers a table that it fits 80 cells where names are short. */
static void add_tasks(struct strbuf *buf, const struct workload *workload,
                      const struct metrics *metrics)
{
    int rows = metrics_table_task_rows(metrics), count = 0;
    const struct metrics_task_row **number = xcalloc((size_t)rows,
                                                     sizeof *number);

    for (int i = 0; i < rows; i++)
        if (is_known(metrics, &metrics_task_table[i]))
            number[count++] = &metrics_task_table[i];
    for (int from = 0; from < count; from += COLUMNS) {
        if (from > 0)
            strbuf_addc(buf, '\n');
        add_numbers(buf, workload, metrics, number + from,
                    count - from < COLUMNS ? count - from : COLUMNS);
    }
    free(number);
    if (metrics->task_count > TASKS_SHOWN)
        strbuf_line(buf, _("tasks not shown: %zu (--json has them all)"),
                    metrics->task_count - TASKS_SHOWN);
}

static void add_ms(struct strbuf *buf, int64_t ns)
{
    struct strbuf value;

    strbuf_init(&value);
    if (ns == TIME_NEVER) {
        strbuf_adds(&value, _("never"));
    } else {
        decimal_ms(&value, ns);
        strbuf_adds(&value, _(" ms"));
    }
    columns_left(buf, value.text, VALUE_CELLS);
    strbuf_fini(&value);
}

/* Each job of tasks with periods or deadlines, if there are any. */
static void add_jobs(struct strbuf *buf, const struct workload *workload,
                     const struct metrics *metrics)
{
    static const char *const name[] = { N_("job"),      N_("arrival"),
                                        N_("response"), N_("turnaround"),
                                        N_("deadline"), NULL };
    int name_cells = columns_names(workload, NAME_CELLS - 1) + 1;
    size_t i;

    if (metrics->job_count == 0)
        return;
    strbuf_addc(buf, '\n');
    columns_left(buf, _("task"), name_cells);
    for (i = 0; name[i]; i++)
        columns_left(buf, _(name[i]), VALUE_CELLS);
    columns_end(buf);
    for (i = 0; i < metrics->job_count && i < TASKS_SHOWN; i++) {
        const struct job_metrics *job = &metrics->job[i];
        char number[16];

        snprintf(number, sizeof number, "%d", job->number);
        columns_left(buf, workload->task[job->task].name, name_cells);
        columns_left(buf, number, VALUE_CELLS);
        add_ms(buf, job->arrival_ns);
        add_ms(buf, job->response_ns);
        add_ms(buf, job->turnaround_ns);
        add_ms(buf, job->deadline_ns);
        columns_left(buf, job->missed ? _("missed") : "", VALUE_CELLS);
        columns_end(buf);
    }
    if (i < metrics->job_count)
        strbuf_line(buf, _("jobs not shown: %zu (--json has them all)"),
                    metrics->job_count - i);
}

/* What is wrong with the run, a line each; a deadlock has been told. */
static void add_diagnosis(struct strbuf *buf, const struct history *history)
{
    struct diagnose *diagnose = diagnose_new(history);
    size_t start = buf->length;

    diagnose_update(diagnose);
    for (size_t i = 0; i < diagnose_count(diagnose); i++) {
        const struct problem *finding = diagnose_problem(diagnose, i);

        if (finding->kind == PROBLEM_DEADLOCK &&
            history_outcome(history) == OUTCOME_DEADLOCK)
            continue;
        sentence_diagnosis(buf, history, finding);
        strbuf_addc(buf, '\n');
    }
    if (buf->length > start)
        strbuf_addc(buf, '\n');
    diagnose_free(diagnose);
}

void report_text(struct strbuf *buf, const struct history *history,
                 const struct metrics *metrics)
{
    const struct workload *workload = trace_workload(history_trace(history));
    size_t start = buf->length;

    sentence_deadlock(buf, history, metrics);
    if (buf->length > start)
        strbuf_adds(buf, "\n\n");
    add_diagnosis(buf, history);
    add_run(buf, metrics);
    strbuf_addc(buf, '\n');
    add_tasks(buf, workload, metrics);
    add_jobs(buf, workload, metrics);
}
