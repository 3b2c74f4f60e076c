/*
 * strbuf.h -- text that grows.
 *
 * The text always ends with NUL and may hold NULs. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_BASE_STRBUF_H
#define CONCVIZ_SCHED_BASE_STRBUF_H

#include <stddef.h>

struct strbuf {
    char *text;    /* never NULL after strbuf_init */
    size_t length; /* bytes, without the final NUL */
    size_t capacity;
};

/* Start with no text; release the text; back to no text. */
void strbuf_init(struct strbuf *buf);
void strbuf_fini(struct strbuf *buf);
void strbuf_clear(struct strbuf *buf);

/* Append length bytes; a string; a character; what printf would print. */
void strbuf_add(struct strbuf *buf, const char *text, size_t length);
void strbuf_adds(struct strbuf *buf, const char *text);
void strbuf_addc(struct strbuf *buf, char c);
void strbuf_addf(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same, and a newline. */
void strbuf_line(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
