/*
 * web_page.c -- a template with gaps: page.html, into which the style, the
 * script and the data go.
 *
 * The data is JSON, deflated (RFC 1950), in base64: a run repeats itself, so it
 * becomes a tenth or a third; and no text of a run, whatever it is, stands in
 * the file, where it might end an element or turn a line around. What should
 * get out nevertheless is not executed: the policy of the page allows one
 * script, by its sum, and nothing to be fetched from anywhere (Content Security
 * Policy Level 3, W3C).
 */
#include "render/web/web_page.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "render/web/web_base64.h"
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

static void *allocate(void *unused, unsigned count, unsigned size)
{
    (void)unused;
    return xcalloc(count, size);
}

static void release(void *unused, void *memory)
{
    (void)unused;
    free(memory);
}

/* With all memory at hand it cannot fail; a page's data is less than 4 GB, the
 * most that zlib takes at once. Yours to free. */
static unsigned char *deflated(const struct strbuf *data, size_t *length)
{
    z_stream stream = { .zalloc = allocate, .zfree = release };
    unsigned char *out;

    deflateInit(&stream, Z_DEFAULT_COMPRESSION);
    *length = deflateBound(&stream, data->length);
    out = xcalloc(*length, 1);
    stream.next_in = (unsigned char *)data->text;
    stream.avail_in = (unsigned)data->length;
    stream.next_out = out;
    stream.avail_out = (unsigned)*length;
    deflate(&stream, Z_FINISH);
    *length = stream.total_out;
    deflateEnd(&stream);
    return out;
}

static void add_data(struct strbuf *out, const struct web_page *page)
{
    struct strbuf data;
    struct json json;
    unsigned char *bytes;
    size_t length;
    char *text;

    strbuf_init(&data);
    json_init(&json, &data, false);
    write_data(&json, page);
    bytes = deflated(&data, &length);
    text = xcalloc(web_base64_length(length) + 1, 1);
    web_base64(text, bytes, length);
    strbuf_adds(out, text);
    free(text);
    free(bytes);
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
    else if (!strncmp(name, "needs", length))
        add_escaped(out, _("This page plays a run that it carries inside, and "
                           "needs JavaScript for that, and a browser of 2023 "
                           "or later."));
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
