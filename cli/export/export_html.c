/*
 * export_html.c -- runs as a page, in the language of the program.
 */
#include "cli/export/export.h"

#include <errno.h>

#include "cli/options/language.h"
#include "render/web/web_page.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    EVENTS_MOST = 2000000 /* a browser has to hold the page */
};

int export_html(FILE *out, const struct export *export)
{
    struct web_page page = { .runs = export->runs,
                             .question = export->options->question,
                             .lang = language_is_korean() ? "ko" : "en" };
    char origin[2][EXPORT_ORIGIN_BYTES];
    struct strbuf text;
    int error;

    for (int i = 0; i < export->runs; i++) {
        page.run[i] = export->history[i];
        if (trace_count(history_trace(export->history[i])) > EVENTS_MOST)
            return -EFBIG;
        page.label[i] = export->label[i];
        export_origin(origin[i], export, i);
        page.origin[i] = origin[i];
    }
    strbuf_init(&text);
    web_page_write(&text, &page);
    error = exported_flush(out, &text, 0);
    strbuf_fini(&text);
    return error;
}
