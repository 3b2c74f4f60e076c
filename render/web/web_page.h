/*
 * web_page.h -- runs as one file for a browser, which needs nothing else.
 *
 * The second painter: it draws the scene that the terminal draws, from the
 * same words. Nothing in the page is fetched; what people wrote (names, texts,
 * the question) cannot leave its data.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_PAGE_H
#define CONCVIZ_RENDER_WEB_WEB_PAGE_H

struct history;
struct strbuf;

struct web_page {
    const struct history *run[2]; /* that have ended; borrowed */
    const char *label[2];  /* of a comparison: the modes, or what else they are
                             called */
    const char *origin[2]; /* when and where it was recorded; NULL or "": that
                              is not told */
    int runs;              /* 2: both on one clock */
    const char *question;  /* asked before the run, or NULL; UTF-8 or not */
    const char *lang;      /* of the words: "en", "ko" */
};

/* Append a complete HTML document. Any thread, one at a time. */
void web_page_write(struct strbuf *out, const struct web_page *page);

#endif
