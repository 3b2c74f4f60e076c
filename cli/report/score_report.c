/*
 * score_report.c -- a person who has chosen the order, compared with the usual
 * policies and with the best order there is.
 */
#include "cli/report/score_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/report/columns.h"
#include "cli/run/run_plan.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/explore/pick_score.h"
#include "sched/history/history.h"

enum {
    ROWS_MOST = 10,
    WHO_BYTES = 128,
    WHO_CELLS = 36,
    VALUE_CELLS = 18
};

struct table {
    char **row;
    int count;
};

static void add_value(struct strbuf *row, double ns)
{
    strbuf_addc(row, '\t');
    if (ns < 0)
        strbuf_adds(row, _("never"));
    else
        strbuf_addf(row, "%.0f%s", ns / (double)NS_PER_MS, _(" ms"));
}

static void add(struct table *table, const char *who, struct pick_score score)
{
    struct strbuf row;

    strbuf_init(&row);
    strbuf_adds(&row, who);
    add_value(&row, score.average_finish_ns);
    add_value(&row, (double)score.makespan_ns);
    table->row[table->count++] = row.text;
}

static void add_heading(struct table *table)
{
    struct strbuf row;

    strbuf_init(&row);
    strbuf_addf(&row, "%s\t%s\t%s", _("who chose"), _("average finish"),
                _("makespan"));
    table->row[table->count++] = row.text;
}

char **score_report_rows(const struct history *history,
                         const struct run_plan *plan)
{
    struct table table = { xcalloc(ROWS_MOST + 1, sizeof *table.row), 0 };
    struct pick_scores scores;
    char best[WHO_BYTES];

    pick_score_compute(&scores, plan->executor, plan->workload, &plan->run);
    add_heading(&table);
    add(&table, plan->run.model ? _("you (model)") : _("you (real)"),
        pick_score_of(history));
    if (!plan->run.model)
        add(&table, _("you, the same choices (model)"),
            pick_score_again(plan->executor, history_trace(history),
                             &plan->run));
    add(&table, _("first in, first out (model)"), scores.fifo);
    add(&table, _("round robin (model)"), scores.turns);
    add(&table, _("shortest first (model)"), scores.shortest);
    add(&table, _("shortest rest first: srtf (model)"), scores.remaining);
    add(&table, _("levels with feedback: mlfq (model)"), scores.levels);
    if (scores.complete)
        snprintf(best, sizeof best, _("the best of all %d orders (model)"),
                 scores.tried);
    else
        snprintf(best, sizeof best, _("the best of %d tried (model)"),
                 scores.tried);
    add(&table, best, scores.best);
    if (!scores.complete)
        add(&table, _("lower bound for any order"), scores.bound);
    return table.row;
}

void score_report_free(char **rows)
{
    for (int i = 0; rows && rows[i]; i++)
        free(rows[i]);
    free(rows);
}

void score_report_print(char *const *rows)
{
    static const int cells[] = { WHO_CELLS, VALUE_CELLS, 0 };
    struct strbuf out;

    strbuf_init(&out);
    for (int i = 0; rows[i]; i++) {
        const char *at = rows[i];

        for (int column = 0; column < 3; column++) {
            size_t length = strcspn(at, "\t");
            char text[WHO_BYTES];

            snprintf(text, sizeof text, "%.*s", (int)length, at);
            columns_left(&out, text, cells[column]);
            at += length + (at[length] == '\t');
        }
        columns_end(&out);
    }
    message_print(&out);
}
