/*
 * web_compare.c -- two runs in words, at every instant at which something
 * happens in either.
 */
#include <stdint.h>

#include "render/web/web_page.h"
#include "render/web/web_page_internal.h"
#include "render/web/web_pool.h"
#include "render/web/web_track.h"
#include "render/words/narrate_compare.h"
#include "sched/analysis/comparison.h"
#include "sched/base/json.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    TEXT_SIZE = 1024
};

/* The first instant of either run after t_ns; t_ns if there is none. */
static int64_t next_instant(const struct web_page *page, int64_t t_ns)
{
    int64_t next_ns = t_ns;

    for (int i = 0; i < 2; i++) {
        const struct trace *trace = history_trace(page->run[i]);
        size_t index = history_after(page->run[i], t_ns);
        int64_t found_ns;

        if (index == trace_count(trace))
            continue;
        found_ns = trace_at(trace, index)->t_ns;
        if (next_ns == t_ns || found_ns < next_ns)
            next_ns = found_ns;
    }
    return next_ns;
}

static void write_now(struct json *json, const struct web_page *page,
                      struct web_pool *text)
{
    struct web_track now = { 0 };
    char said[TEXT_SIZE];

    for (int64_t t_ns = 0, next_ns;; t_ns = next_ns) {
        narrate_compare_now(said, sizeof said, page->run, page->label, t_ns);
        web_track_set(&now, t_ns, web_pool_number(text, said));
        next_ns = next_instant(page, t_ns);
        if (next_ns == t_ns)
            break;
    }
    web_track_write(json, "now", &now);
    web_track_fini(&now);
}

/* What the sentences call each run. */
static void write_titles(struct json *json, const struct web_page *page)
{
    char title[TEXT_SIZE];

    json_begin(json, "titles", '[');
    for (int i = 0; i < 2; i++)
        json_string(json, NULL,
                    text_clean(title, sizeof title,
                               narrate_compare_title(page->label, i)));
    json_end(json, ']');
}

void web_compare_write(struct json *json, const struct web_page *page,
                       struct web_pool *text)
{
    struct comparison verdict = comparison_make(page->run[0], page->run[1]);
    char said[TEXT_SIZE];

    json_begin(json, "compare", '{');
    write_titles(json, page);
    write_now(json, page, text);
    narrate_compare_verdict(said, sizeof said, &verdict, page->label);
    json_string(json, "verdict", said);
    narrate_compare_why(said, sizeof said, &verdict, page->label);
    json_string(json, "why", said);
    json_end(json, '}');
}
