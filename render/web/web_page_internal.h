/*
 * web_page_internal.h -- the parts of a page's data that are not about one run.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_PAGE_INTERNAL_H
#define CONCVIZ_RENDER_WEB_WEB_PAGE_INTERNAL_H

#include "sched/base/embed.h"

struct json;
struct web_page;
struct web_pool;

/* page.css, page.html and the parts of the script. */
extern const struct embedded embedded_page[];

/* Write all words of the page, the keys, the units of time and the colours. */
void web_words_write(struct json *json);

/* Write which of two runs is how far, and in the end which was faster. */
void web_compare_write(struct json *json, const struct web_page *page,
                       struct web_pool *text);

#endif
