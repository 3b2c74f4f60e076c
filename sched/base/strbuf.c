/*
 * strbuf.c -- text that grows by doubling, so that n bytes cost O(n).
 */
#include "sched/base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"

/* Make room for that many bytes and the NUL. */
static void reserve(struct strbuf *buf, size_t more)
{
    size_t needed = buf->length + more + 1;

    if (needed <= buf->capacity)
        return;
    while (buf->capacity < needed)
        buf->capacity = buf->capacity ? buf->capacity * 2 : 64;
    buf->text = xreallocarray(buf->text, buf->capacity, 1);
}

/* Even an empty text ends in a NUL, so that text can be printed at any time. */
void strbuf_init(struct strbuf *buf)
{
    *buf = (struct strbuf){ 0 };
    reserve(buf, 0);
    buf->text[0] = '\0';
}

void strbuf_fini(struct strbuf *buf)
{
    free(buf->text);
    *buf = (struct strbuf){ 0 };
}

/* The memory stays, for the next text. */
void strbuf_clear(struct strbuf *buf)
{
    buf->length = 0;
    buf->text[0] = '\0';
}

/* text must not point into buf: reserve may move what it points to. */
void strbuf_add(struct strbuf *buf, const char *text, size_t length)
{
    reserve(buf, length);
    memcpy(buf->text + buf->length, text, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

void strbuf_adds(struct strbuf *buf, const char *text)
{
    strbuf_add(buf, text, strlen(text));
}

void strbuf_addc(struct strbuf *buf, char c)
{
    strbuf_add(buf, &c, 1);
}

static void add_formatted(struct strbuf *buf, const char *format,
                          va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Mostly there is room; where there is not, it is formatted again. */
static void add_formatted(struct strbuf *buf, const char *format,
                          va_list arguments)
{
    size_t room = buf->capacity - buf->length;
    va_list again;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(buf->text + buf->length, room, format, arguments);
    if (length > 0 && (size_t)length >= room) {
        reserve(buf, (size_t)length);
        vsnprintf(buf->text + buf->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    if (length > 0)
        buf->length += (size_t)length;
    buf->text[buf->length] = '\0';
}

void strbuf_addf(struct strbuf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_formatted(buf, format, arguments);
    va_end(arguments);
}

/* The newline is added here, so that translated formats need not end in one. */
void strbuf_line(struct strbuf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_formatted(buf, format, arguments);
    va_end(arguments);
    strbuf_addc(buf, '\n');
}
