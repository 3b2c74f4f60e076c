/*
 * compare_report.c -- two runs of one workload, side by side.
 */
#include "cli/report/compare_report.h"

#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/report/columns.h"
#include "cli/report/picture.h"
#include "cli/report/report_json.h"
#include "cli/report/unattended.h"
#include "cli/run/runner.h"
#include "render/cells/cells.h"
#include "render/words/mode_words.h"
#include "render/words/narrate_compare.h"
#include "sched/analysis/comparison.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    SENTENCE_BYTES = 512,
    NAME_CELLS = 16,
    VALUE_CELLS = 24
};

struct both {
    struct runner *const *runner;
    struct history *history[2];
    const char *mode[2];
    struct comparison verdict;
};

static void open_both(struct both *both, struct runner *const runner[2])
{
    both->runner = runner;
    for (int i = 0; i < 2; i++) {
        both->history[i] = runner_history(runner[i]);
        both->mode[i] = runner_label(runner[i]);
    }
    both->verdict = comparison_make(both->history[0], both->history[1]);
}

static void close_both(struct both *both)
{
    history_free(both->history[0]);
    history_free(both->history[1]);
}

static int64_t longest(const struct both *both)
{
    int64_t first = history_end(both->history[0]);
    int64_t second = history_end(both->history[1]);

    return first > second ? first : second;
}

/* --- text ----------------------------------------------------------------- */

static void add_sentence(struct strbuf *out, const struct both *both)
{
    char text[SENTENCE_BYTES];

    narrate_compare_verdict(text, sizeof text, &both->verdict, both->mode);
    strbuf_addf(out, "%s ", text);
    narrate_compare_why(text, sizeof text, &both->verdict, both->mode);
    strbuf_line(out, "%s", text);
}

/* The order of visits may need more cells than any number. */
static int value_cells(const struct metrics *metrics, const char *title)
{
    int widest = VALUE_CELLS;
    struct strbuf value;

    if (text_cells(title) >= widest)
        widest = text_cells(title) + 2;
    strbuf_init(&value);
    for (const struct metrics_row *n = metrics_table; n->name; n++) {
        strbuf_clear(&value);
        n->write(&value, metrics);
        if (text_cells(value.text) >= widest)
            widest = text_cells(value.text) + 1;
    }
    strbuf_fini(&value);
    return widest;
}

static void add_table(struct strbuf *out, const struct both *both)
{
    struct metrics *metrics[2] = { metrics_new(both->history[0]),
                                   metrics_new(both->history[1]) };
    const char *title = _(mode_words_find(both->mode[0]).title);
    int cells = value_cells(metrics[0], title), rows;
    struct strbuf value;

    rows = metrics_table_rows(metrics[0]);
    if (rows < metrics_table_rows(metrics[1]))
        rows = metrics_table_rows(metrics[1]);
    strbuf_init(&value);
    columns_left(out, "", NAME_CELLS);
    columns_left(out, title, cells);
    strbuf_line(out, "%s", _(mode_words_find(both->mode[1]).title));
    for (const struct metrics_row *n = metrics_table; rows > 0; n++, rows--) {
        columns_left(out, _(n->name), NAME_CELLS);
        strbuf_clear(&value);
        n->write(&value, metrics[0]);
        columns_left(out, value.text, cells);
        n->write(out, metrics[1]);
        strbuf_addc(out, '\n');
    }
    strbuf_addc(out, '\n');
    strbuf_fini(&value);
    metrics_free(metrics[0]);
    metrics_free(metrics[1]);
}

/* On a busy computer the difference may be others' doing. */
static void add_others(struct strbuf *out, const struct history *history)
{
    struct metrics *metrics = metrics_new(history);

    if (metrics_others(metrics))
        strbuf_addf(out, _("others took %d %% of the cores\n"),
                    metrics_others(metrics));
    metrics_free(metrics);
}

static void write_text(struct strbuf *out, const struct both *both,
                       const struct options *options)
{
    for (int i = 0; i < 2; i++) {
        const struct trace *trace = history_trace(both->history[i]);

        strbuf_line(out, "%s (%s)", _(mode_words_find(both->mode[i]).title),
                    trace_info(trace)->real ? _("REAL") : _("MODEL"));
        add_others(out, both->history[i]);
        unattended_timeline(out, both->history[i], longest(both), options);
    }
    add_table(out, both);
    add_sentence(out, both);
}

static void write_json(struct strbuf *out, const struct both *both,
                       const struct options *options)
{
    struct json json;

    json_init(&json, out, !language_has_unicode());
    json_begin(&json, NULL, '{');
    json_begin(&json, "compare", '[');
    json_line(&json);
    for (int i = 0; i < 2; i++) {
        struct metrics *metrics = runner_metrics(both->runner[i],
                                                 both->history[i]);

        report_json_run(&json, both->history[i], metrics);
        metrics_free(metrics);
    }
    json_end(&json, ']');
    if (options->with[0]) {
        json_begin(&json, "with", '[');
        json_string(&json, NULL, both->mode[0]);
        json_string(&json, NULL, both->mode[1]);
        json_end(&json, ']');
    }
    if (both->verdict.ratio == 0)
        json_null(&json, "ratio");
    else
        json_fixed(&json, "ratio", both->verdict.ratio, 6);
    report_json_close(&json);
}

static void print_frame(const struct both *both, const struct options *options)
{
    const struct history *const history[2] = { both->history[0],
                                               both->history[1] };
    struct picture picture;
    struct cells cells;

    picture_init(&picture, history, both->mode, options);
    cells_init(&cells, options->frame_width, options->frame_height);
    picture_draw(&picture, &cells, true);
    unattended_cells(&cells, options);
    cells_fini(&cells);
    picture_fini(&picture);
}

void compare_report_text(struct strbuf *out, struct runner *const runner[2],
                         const struct options *options)
{
    struct both both;

    open_both(&both, runner);
    write_text(out, &both, options);
    close_both(&both);
}

void compare_report_print(struct runner *const runner[2],
                          const struct options *options)
{
    struct both both;
    struct strbuf text;

    if (!options->json && !options->frame_width && options->view == VIEW_NONE)
        return;
    open_both(&both, runner);
    strbuf_init(&text);
    if (options->json)
        write_json(&text, &both, options);
    else if (options->frame_width)
        print_frame(&both, options);
    else
        write_text(&text, &both, options);
    message_print(&text);
    close_both(&both);
}

void compare_report_line(struct runner *const runner[2])
{
    struct both both;
    struct strbuf text;

    open_both(&both, runner);
    strbuf_init(&text);
    add_sentence(&text, &both);
    message_print(&text);
    close_both(&both);
}
