/*
 * web_run.h -- one run as data: everything its page will ever show of it.
 *
 * The scene is made at every instant at which something happens, and what
 * has changed since the instant before is written down. So the page paints the
 * scenes that the terminal paints. One thread at a time.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_RUN_H
#define CONCVIZ_RENDER_WEB_WEB_RUN_H

struct history;
struct json;
struct web_pool;

/* What the runs of a page share. */
struct web_pools {
    struct web_pool *text; /* what is said, and names of what is waited for */
    struct web_pool *list; /* of tasks: their numbers, with spaces between */
    struct web_pool *row;  /* of values: parts, each behind a letter that says
                              how it looks (web_values.h) */
};

/* Write an object about a run that has ended. Names in it are clean. */
void web_run_write(struct json *json, const struct history *history,
                   const struct web_pools *pools);

#endif
