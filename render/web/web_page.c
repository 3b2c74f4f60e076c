/*
 * web_page.c -- a template with gaps: page.html, into which the style, the
 * script and the data go.
 *
 * The data is JSON in a script element that is not executed. A script element
 * ends where a browser reads "</script", wherever that stands; so in the data
 * no "<" is left, and no character that turns text around or ends a line for
 * JavaScript: they are written as \uXXXX, which means the same in JSON. And
 * whatever should get out nevertheless is not executed: the policy of the
 * page allows one script, by its sum, and nothing to be fetched from anywhere
 * (Content Security Policy Level 3, W3C).
 */
#include "render/web/web_page.h"

#include <stdlib.h>
#include <string.h>

#include "render/web/web_digest.h"
#include "render/web/web_page_internal.h"
#include "render/web/web_pool.h"
#include "render/web/web_run.h"
#include "render/words/mode_words.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    TITLE_SIZE = 256,
    CLEAN_SIZE = 2000
};

/* --- the data ------------------------------------------------------------- */

static void write_clean(struct json *json, const char *name, const char *text)
{
    char clean[CLEAN_SIZE];

    json_string(json, name, text_clean(clean, sizeof clean, text));
}

static void write_data(struct json *json, const struct web_page *page)
{
    struct web_pool text, list, row;
    struct web_pools pools = { &text, &list, &row };

    web_pool_init(&text);
    web_pool_init(&list);
    web_pool_init(&row);
    json_begin(json, NULL, '{');
    json_string(json, "concviz", PACKAGE_VERSION);
    if (page->question)
        write_clean(json, "question", page->question);
    web_words_write(json);
    json_begin(json, "origins", '[');
    for (int i = 0; i < page->runs; i++)
        write_clean(json, NULL, page->origin[i] ? page->origin[i] : "");
    json_end(json, ']');
    json_begin(json, "runs", '[');
    for (int i = 0; i < page->runs; i++)
        web_run_write(json, page->run[i], &pools);
    json_end(json, ']');
    if (page->runs == 2)
        web_compare_write(json, page, &text);
    web_pool_write(json, "texts", &text);
    web_pool_write(json, "lists", &list);
    web_pool_write(json, "rows", &row);
    json_end(json, '}');
    web_pool_fini(&row);
    web_pool_fini(&list);
    web_pool_fini(&text);
}

/* May a script element hold it as it is? Not what ends or begins an element,
 * what ends a line for JavaScript, what has no width or turns text around. */
static bool is_harmless(uint32_t rune)
{
    return rune != '<' && rune != '>' && rune != '&' &&
           !(rune >= 0x200B && rune <= 0x200F) &&
           !(rune >= 0x2028 && rune <= 0x202E) &&
           !(rune >= 0x2060 && rune <= 0x206F) && rune != 0x061C &&
           rune != 0xFEFF;
}

/* In JSON such characters stand only inside of strings. */
static void add_data(struct strbuf *out, const struct web_page *page)
{
    struct strbuf data;
    struct json json;
    uint32_t rune;
    size_t bytes;

    strbuf_init(&data);
    json_init(&json, &data, false);
    write_data(&json, page);
    for (const char *at = data.text; (bytes = text_decode(at, &rune));
         at += bytes)
        if (is_harmless(rune))
            strbuf_add(out, at, bytes);
        else
            strbuf_addf(out, "\\u%04x", (unsigned)rune);
    strbuf_fini(&data);
}

/* --- the gaps ------------------------------------------------------------- */

/* All embedded files whose names end so, in their order. */
static void add_files(struct strbuf *out, const char *end)
{
    for (const struct embedded *file = embedded_page; file->name; file++) {
        size_t bytes = strlen(file->name), more = strlen(end);

        if (bytes > more && !strcmp(file->name + bytes - more, end))
            strbuf_add(out, file->text, file->length);
    }
}

static void add_sum(struct strbuf *out, const char *what, const char *end)
{
    char sum[WEB_DIGEST_SIZE];
    struct strbuf text;

    strbuf_init(&text);
    add_files(&text, end);
    web_digest_sha256(sum, text.text, text.length);
    strbuf_addf(out, "; %s 'sha256-%s'", what, sum);
    strbuf_fini(&text);
}

static void add_policy(struct strbuf *out)
{
    strbuf_adds(out, "default-src 'none'; base-uri 'none'; "
                     "form-action 'none'");
    add_sum(out, "script-src", ".js");
    add_sum(out, "style-src", ".css");
}

/* As the text of an element or an attribute. */
static void add_escaped(struct strbuf *out, const char *text)
{
    for (; *text; text++)
        if (strchr("<>&\"'", *text))
            strbuf_addf(out, "&#%d;", *text);
        else
            strbuf_addc(out, *text);
}

/* "cafeteria: COROUTINES". */
static void add_title(struct strbuf *out, const struct web_page *page)
{
    const struct trace *trace = history_trace(page->run[0]);
    char name[TITLE_SIZE];

    add_escaped(out,
                text_clean(name, sizeof name, trace_workload(trace)->name));
    strbuf_adds(out, ": ");
    add_escaped(out, page->runs == 2
                         ? _("COMPARE")
                         : _(mode_words_find(trace_info(trace)->mode).title));
}

static void fill_gap(struct strbuf *out, const char *name, size_t length,
                     const struct web_page *page)
{
    if (!strncmp(name, "lang", length))
        add_escaped(out, page->lang);
    else if (!strncmp(name, "title", length))
        add_title(out, page);
    else if (!strncmp(name, "policy", length))
        add_policy(out);
    else if (!strncmp(name, "style", length))
        add_files(out, ".css");
    else if (!strncmp(name, "noscript", length))
        add_escaped(out, _("This page plays a run that it carries inside, and "
                           "needs JavaScript for that."));
    else if (!strncmp(name, "data", length))
        add_data(out, page);
    else
        add_files(out, ".js");
}

void web_page_write(struct strbuf *out, const struct web_page *page)
{
    struct strbuf template;
    const char *at, *gap, *end;

    strbuf_init(&template);
    add_files(&template, ".html");
    at = template.text;
    while ((gap = strstr(at, "{{")) && (end = strstr(gap, "}}"))) {
        strbuf_add(out, at, (size_t)(gap - at));
        fill_gap(out, gap + 2, (size_t)(end - gap - 2), page);
        at = end + 2;
    }
    strbuf_adds(out, at);
    strbuf_fini(&template);
}
