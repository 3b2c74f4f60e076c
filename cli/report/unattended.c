/*
 * unattended.c -- a run without anybody at a live screen: as lines while it
 * goes on, as JSON or as one frame when it is over; and what is left to say of
 * a live one.
 */
#include "cli/report/unattended.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/options/theme.h"
#include "cli/report/event_log.h"
#include "cli/report/picture.h"
#include "cli/report/report_json.h"
#include "cli/report/report_text.h"
#include "cli/run/runner.h"
#include "render/cells/cells.h"
#include "render/output/backend.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/history/history_value.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    EVENTS_EACH_MS = 50
};

void unattended_cells(const struct cells *cells, const struct options *options)
{
    struct strbuf text;

    strbuf_init(&text);
    if (options->svg) {
        backend_svg(&text, cells, theme_wanted(options));
        fwrite(text.text, 1, text.length, stdout);
        strbuf_fini(&text);
    } else {
        backend_text(&text, cells);
        message_print(&text);
    }
}

void unattended_frame(const struct runner *runner,
                      const struct options *options)
{
    struct history *history = runner_history(runner);
    const struct history *const shown[2] = { history, NULL };
    const char *const label[2] = { runner_label(runner), NULL };
    struct picture picture;
    struct cells cells;

    picture_init(&picture, shown, label, options);
    cells_init(&cells, options->frame_width, options->frame_height);
    picture_draw(&picture, &cells, true);
    unattended_cells(&cells, options);
    cells_fini(&cells);
    picture_fini(&picture);
    history_free(history);
}

void unattended_timeline(struct strbuf *out, const struct history *history,
                         int64_t total_ns, const struct options *options)
{
    struct cells cells;

    picture_timeline(&cells, history, total_ns, options);
    backend_text(out, &cells);
    strbuf_addc(out, '\n');
    cells_fini(&cells);
}

/* --- event text ----------------------------------------------------------- */

/* Event text of a run that goes on. */
struct lines {
    const struct workload *workload; /* of these tasks */
    struct history *history;
    struct event_log *log;
    size_t printed; /* events */
};

static void open_lines(struct lines *lines, const struct trace *trace)
{
    lines->workload = trace_workload(trace);
    lines->history = history_new(trace);
    lines->log = event_log_new(lines->history);
}

static void close_lines(struct lines *lines)
{
    event_log_free(lines->log);
    history_free(lines->history);
}

/* Whoever writes the trace may name somebody new: a history is about those it
 * was made for. */
static bool update_lines(struct lines *lines)
{
    const struct trace *trace = history_trace(lines->history);

    if (trace_workload(trace) != lines->workload) {
        close_lines(lines);
        open_lines(lines, trace);
    }
    return history_update(lines->history);
}

/* Print what is new, at once. What a line says of an instant must not depend on
 * how much of it has been written yet: the last one waits, in a real run until
 * nothing has come for a while. */
static void print_new(struct lines *lines, bool over)
{
    bool more = update_lines(lines);
    const struct history *history = lines->history;
    bool real = trace_info(history_trace(history))->real;
    int64_t until_ns = history_end(history) - (!over && (more || !real));
    size_t to = history_after(history, until_ns);
    struct strbuf text;

    if (to == lines->printed)
        return;
    strbuf_init(&text);
    event_log_events(lines->log, &text, lines->printed, to);
    message_print(&text);
    fflush(stdout);
    lines->printed = to;
}

void unattended_end(struct strbuf *out, const struct history *history,
                    const struct options *options)
{
    struct metrics *metrics = metrics_new(history);

    strbuf_addc(out, '\n');
    unattended_timeline(out, history, history_end(history), options);
    report_text(out, history, metrics);
    metrics_free(metrics);
}

void unattended_plain(struct runner *runner, const struct options *options)
{
    struct lines lines = { .printed = 0 };
    const struct diag *failure;
    struct strbuf text;

    open_lines(&lines, runner_trace(runner));
    strbuf_init(&text);
    event_log_begin(lines.log, &text);
    message_print(&text);
    while (!runner_wait(runner, EVENTS_EACH_MS))
        print_new(&lines, false);
    print_new(&lines, true);
    if (!runner_error(runner, &failure)) {
        strbuf_init(&text);
        unattended_end(&text, lines.history, options);
        message_print(&text);
    }
    close_lines(&lines);
}

void unattended_json(const struct runner *runner)
{
    struct history *history = runner_history(runner);
    struct metrics *metrics = runner_metrics(runner, history);
    struct strbuf text;

    strbuf_init(&text);
    report_json(&text, history, metrics);
    message_print(&text);
    metrics_free(metrics);
    history_free(history);
}

/* What a program says may be a million lines: it is printed as it is found. */
void unattended_output(const struct runner *runner)
{
    struct history *history = runner_history(runner);
    size_t said = history_value_said(history,
                                     trace_count(runner_trace(runner)));

    for (size_t i = 0; i < said; i++) {
        struct strbuf text;

        strbuf_init(&text);
        strbuf_adds(&text,
                    history_value_text(history, history_value_say(history, i)));
        strbuf_addc(&text, '\n');
        message_print(&text);
    }
    history_free(history);
}

/* --- the end -------------------------------------------------------------- */

int unattended_status(const struct runner *runner)
{
    const struct event *end = trace_end(runner_trace(runner));

    switch (end ? end->object : OUTCOME_STOPPED) {
    case OUTCOME_DEADLOCK:
    case OUTCOME_LIVELOCK:
        return EXIT_DEADLOCK;
    case OUTCOME_FAILED:
        return EXIT_FAILED;
    default:
        return EXIT_DONE;
    }
}

/* Where the person has left before the end, the end is missing, and said so. */
static const char *outcome_word(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_FINISHED:
        return _("finished");
    case OUTCOME_DEADLOCK:
        return _("deadlock");
    case OUTCOME_LIMIT:
        return _("limit reached");
    case OUTCOME_STOPPED:
        return _("stopped");
    case OUTCOME_LIVELOCK:
        return _("livelock");
    default:
        return _("failed");
    }
}

void unattended_line(const struct runner *runner)
{
    const struct trace *trace = runner_trace(runner);
    const struct trace_info *info = trace_info(trace);
    struct history *history = runner_history(runner);
    struct metrics *metrics = metrics_new(history);
    bool brief = metrics->end_ns < 10 * NS_PER_MS;
    struct strbuf seconds;

    strbuf_init(&seconds);
    decimal_seconds(&seconds, metrics->end_ns, 3, brief ? 6 : 3);
    printf(_("%s %s (%s): %s after %s s, in progress %d, working %d\n"),
           info->mode, trace_workload(trace)->name,
           info->real ? _("REAL") : _("MODEL"), outcome_word(metrics->outcome),
           seconds.text, metrics->in_progress, metrics->working);
    strbuf_fini(&seconds);
    if (metrics_others(metrics))
        printf(_("others took %d %% of the cores\n"), metrics_others(metrics));
    metrics_free(metrics);
    history_free(history);
}
