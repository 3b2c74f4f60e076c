/*
 * export_html.c -- runs as a page, in the language of the program.
 */
#include "cli/export/export.h"
#include "cli/options/language.h"
#include "render/web/web_page.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"

int export_html(FILE *out, const struct export *export)
{
    struct web_page page = { .runs = export->runs,
                             .question = export->options->question,
                             .lang = language_is_korean() ? "ko" : "en" };
    struct strbuf text;
    int error;

    for (int i = 0; i < export->runs; i++) {
        page.run[i] = export->history[i];
        page.label[i] = export->label[i];
    }
    strbuf_init(&text);
    web_page_write(&text, &page);
    error = exported_flush(out, &text, 0);
    strbuf_fini(&text);
    return error;
}
