/*
 * export_html.c -- runs as a page, in the language of the program.
 */
#include "cli/export/export.h"

#include <errno.h>

#include "cli/options/language.h"
#include "cli/run/kept_runs.h"
#include "render/web/web_page.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    ORIGIN_SIZE = 256,
    EVENTS_MOST = 2000000 /* a browser has to hold the page */
};

/* What wrote it down, if not concviz; else when and where it was recorded. */
static const char *write_origin(char out[ORIGIN_SIZE],
                                const struct trace_info *info)
{
    if (info->imported)
        return info->imported;
    kept_runs_origin(out, ORIGIN_SIZE, info);
    return out;
}

int export_html(FILE *out, const struct export *export)
{
    struct web_page page = { .runs = export->runs,
                             .question = export->options->question,
                             .lang = language_is_korean() ? "ko" : "en" };
    char origin[2][ORIGIN_SIZE];
    struct strbuf text;
    int error;

    for (int i = 0; i < export->runs; i++) {
        page.run[i] = export->history[i];
        if (trace_count(history_trace(export->history[i])) > EVENTS_MOST)
            return -EFBIG;
        page.label[i] = export->label[i];
        page.origin[i] = write_origin(
            origin[i], trace_info(history_trace(export->history[i])));
    }
    strbuf_init(&text);
    web_page_write(&text, &page);
    error = exported_flush(out, &text, 0);
    strbuf_fini(&text);
    return error;
}
