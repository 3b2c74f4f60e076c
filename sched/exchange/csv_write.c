/*
 * csv_write.c -- see csv_write.h.
 *
 * A spreadsheet takes a text that begins with = + - or @ for a formula, and a
 * label may begin so: it gets an apostrophe before it, which is how
 * people mark texts there.
 */
#include "sched/exchange/csv_write.h"

#include <string.h>

#include "sched/base/decimal.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static void add_text(struct strbuf *out, const char *text)
{
    const char *formula = *text && strchr("=+-@", *text) ? "'" : "";

    if (!*formula && !strpbrk(text, ",\"\r\n")) {
        strbuf_adds(out, text);
        return;
    }
    strbuf_addf(out, "\"%s", formula);
    for (; *text; text++) {
        if (*text == '"')
            strbuf_addc(out, '"');
        strbuf_addc(out, *text);
    }
    strbuf_addc(out, '"');
}

/* Who woke the task, or stopped it. */
static const char *name_by(const struct history *history, int by)
{
    const struct workload *workload = trace_workload(history_trace(history));

    return by >= 0 && (size_t)by < workload->task_count
               ? workload->task[by].name
               : "";
}

static void add_row(struct strbuf *out, const struct exported *run,
                    const char *name, const struct interval *at)
{
    struct strbuf what;

    add_text(out, run->label);
    strbuf_addc(out, ',');
    add_text(out, name);
    strbuf_addf(out, ",%s,", exported_state(at));
    decimal_ms(out, at->from_ns);
    strbuf_addc(out, ',');
    decimal_ms(out, at->to_ns);
    strbuf_addc(out, ',');
    if (at->machine >= 0)
        strbuf_addf(out, "%d", at->machine + 1);
    strbuf_addc(out, ',');
    strbuf_init(&what);
    exported_waits_for(&what, run->history, at);
    add_text(out, what.text);
    strbuf_fini(&what);
    strbuf_addc(out, ',');
    add_text(out, name_by(run->history, at->by));
    strbuf_adds(out, "\r\n");
}

static int add_run(FILE *out, struct strbuf *text, const struct exported *run)
{
    const struct workload *workload = trace_workload(
        history_trace(run->history));
    int error = 0;

    for (size_t task = 0; task < workload->task_count; task++) {
        size_t count = history_intervals(run->history, (int)task);

        for (size_t i = 0; i < count && !error; i++) {
            struct interval at = history_interval(run->history, (int)task, i);

            if (exported_state(&at))
                add_row(text, run, workload->task[task].name, &at);
            error = exported_flush(out, text, EXPORTED_PIECE);
        }
    }
    return error;
}

int csv_write(FILE *out, const struct exported *run, int count)
{
    struct strbuf text;
    int error = 0;

    strbuf_init(&text);
    strbuf_adds(&text, "run,task,state,from_ms,to_ms,machine,waits_for,by\r\n");
    for (int i = 0; i < count && !error; i++)
        error = add_run(out, &text, &run[i]);
    if (!error)
        error = exported_flush(out, &text, 0);
    strbuf_fini(&text);
    return error;
}
