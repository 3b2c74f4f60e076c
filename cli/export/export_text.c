/*
 * export_text.c -- runs as text: what is printed of them without a screen.
 */
#include "cli/export/export.h"
#include "cli/report/compare_report.h"
#include "cli/report/event_log.h"
#include "cli/report/unattended.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    EVENTS = 4096 /* at a time */
};

static int add_events(FILE *out, struct strbuf *text,
                      const struct export *export)
{
    size_t count = trace_count(history_trace(export->history[0]));
    struct event_log *log = event_log_new(export->history[0]);
    int error = 0;

    event_log_begin(log, text);
    for (size_t i = 0; i < count && !error; i += EVENTS) {
        event_log_events(log, text, i, i + EVENTS < count ? i + EVENTS : count);
        error = exported_flush(out, text, EXPORTED_PIECE);
    }
    event_log_free(log);
    return error;
}

int export_text(FILE *out, const struct export *export)
{
    struct strbuf text;
    int error = 0;

    strbuf_init(&text);
    if (export->runs > 1) {
        compare_report_text(&text, export->runner, export->options);
    } else {
        error = add_events(out, &text, export);
        unattended_end(&text, export->history[0], export->options);
    }
    if (!error)
        error = exported_flush(out, &text, 0);
    strbuf_fini(&text);
    return error;
}
