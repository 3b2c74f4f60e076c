#include "cli/report/report_text.h"

#include "sched/analysis/diagnose.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/analysis/sentence.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    TASKS_SHOWN = 200,
    NAME_CELLS = 16,
    VALUE_CELLS = 12
};

/* Append text, and spaces up to cells, at least one. */
static void add_cell(struct strbuf *buf, const char *text, int cells)
{
    int used = text_cells(text);

    strbuf_adds(buf, text);
    do {
        strbuf_addc(buf, ' ');
        used++;
    } while (used < cells);
}

/* End a row: no spaces behind the last column. */
static void end_row(struct strbuf *buf)
{
    while (buf->length && buf->text[buf->length - 1] == ' ')
        buf->text[--buf->length] = '\0';
    strbuf_addc(buf, '\n');
}

static void add_run(struct strbuf *buf, const struct metrics *numbers)
{
    const struct metrics_row *number;

    for (number = metrics_table; number->name; number++) {
        add_cell(buf, number->name, NAME_CELLS);
        number->write(buf, numbers);
        end_row(buf);
    }
}

static void add_task(struct strbuf *buf, const char *name,
                     const struct task_metrics *task)
{
    const struct metrics_task_row *number;
    struct strbuf value;

    add_cell(buf, name, NAME_CELLS);
    strbuf_init(&value);
    for (number = metrics_task_table; number->name; number++) {
        strbuf_clear(&value);
        number->write(&value, task);
        add_cell(buf, value.text, VALUE_CELLS);
    }
    strbuf_fini(&value);
    end_row(buf);
}

static void add_tasks(struct strbuf *buf, const struct workload *workload,
                      const struct metrics *numbers)
{
    const struct metrics_task_row *number;
    size_t i;

    add_cell(buf, _("task"), NAME_CELLS);
    for (number = metrics_task_table; number->name; number++)
        add_cell(buf, number->name, VALUE_CELLS);
    end_row(buf);
    for (i = 0; i < numbers->task_count && i < TASKS_SHOWN; i++)
        add_task(buf, workload->task[i].name, &numbers->task[i]);
    if (i < numbers->task_count) {
        strbuf_addf(buf, _("tasks not shown: %zu (--json has them all)"),
                    numbers->task_count - i);
        strbuf_addc(buf, '\n');
    }
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
                 const struct metrics *numbers)
{
    const struct workload *workload = trace_workload(history_trace(history));
    size_t start = buf->length;

    sentence_deadlock(buf, history, numbers);
    if (buf->length > start)
        strbuf_adds(buf, "\n\n");
    add_diagnosis(buf, history);
    add_run(buf, numbers);
    strbuf_addc(buf, '\n');
    add_tasks(buf, workload, numbers);
}
