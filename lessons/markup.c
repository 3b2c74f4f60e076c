/*
 * markup.c -- the text of a lesson becomes rows of marked stretches.
 *
 * A paragraph is first read into plain text and a second one that holds the
 * mark of each of its bytes, so that breaking it into rows never has to think
 * about stars: that is done by sched/base/wrap.h. Each row is then cut where
 * the mark changes.
 */
#include "lessons/markup.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"
#include "sched/base/xalloc.h"

enum {
    CELLS_MIN = 10,
    KEPT_INDENT = 2,
    EMPHASIS_BYTES_MAX = 400 /* how far away the closing star is looked for */
};

struct markup_reader {
    struct markup *out;
    size_t row_capacity;
    int width;
    struct strbuf text;  /* of the paragraph being read, without its marks */
    struct strbuf marks; /* the mark of each of its bytes */
    enum markup_mark mark;
    int hang;  /* cells its further rows are indented */
    bool open; /* a paragraph is being read */
};

/* Append text of the current paragraph. */
static void add(struct markup_reader *reader, const char *text, size_t length,
                enum markup_mark mark)
{
    strbuf_add(&reader->text, text, length);
    while (length-- > 0)
        strbuf_addc(&reader->marks, (char)mark);
}

/* --- reading -------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* A star opens if a word begins after it and another star ends it. */
static bool opens(const char *text, const char *at, bool kept)
{
    const char *end;

    if ((at > text && is_word(at[-1])) || !at[1] || strchr(" *\n", at[1]))
        return false;
    for (end = at + 2; *end && end - at < EMPHASIS_BYTES_MAX; end++) {
        if (*end == '*' && end[-1] != ' ')
            return true;
        if (*end == '\n' && (kept || end[1] == '\n'))
            return false;
    }
    return false;
}

/* Read one line; text is the whole text, for what comes before. */
static const char *read_line(struct markup_reader *reader, const char *text,
                             const char *at, bool kept)
{
    size_t owed = 0; /* cells of stars to give back at the next space */

    for (; *at && *at != '\n'; at++) {
        if (*at == '*' && reader->mark == MARKUP_EMPHASIS) {
            reader->mark = MARKUP_PLAIN;
            owed = kept ? 2 : 0;
        } else if (*at == '*' && reader->mark == MARKUP_PLAIN &&
                   opens(text, at, kept)) {
            reader->mark = MARKUP_EMPHASIS;
        } else if (*at == '\001') {
            reader->mark = MARKUP_IDEAL;
        } else if (*at == '\002') {
            reader->mark = MARKUP_PLAIN;
        } else {
            if (owed && at[0] == ' ' && at[1] == ' ') {
                add(reader, "  ", owed, MARKUP_PLAIN);
                owed = 0;
            }
            add(reader, at, 1, reader->mark);
        }
    }
    return at;
}

/* --- cutting -------------------------------------------------------------- */

/* The end of the stretch of bytes from `from` on that have one mark. */
static size_t stretch_end(const struct markup_reader *reader, size_t from,
                          size_t to)
{
    const char *mark = reader->marks.text;
    size_t end = from + 1;

    while (end < to && mark[end] == mark[from])
        end++;
    return end;
}

/* Append one row made of bytes [from, to) after `indent` spaces. */
static void add_row(struct markup_reader *reader, size_t from, size_t to,
                    int indent)
{
    struct markup *out = reader->out;
    struct markup_row row = { .cells = indent };
    size_t spans = 1, end;

    for (size_t at = from; at < to; at = stretch_end(reader, at, to))
        spans++;
    row.span = arena_alloc(out->arena, spans * sizeof *row.span);
    if (indent > 0) {
        char *spaces = arena_alloc(out->arena, (size_t)indent + 1);

        row.span[row.span_count++].text = memset(spaces, ' ', (size_t)indent);
    }
    for (; from < to; from = end) {
        struct markup_span *span = &row.span[row.span_count++];

        end = stretch_end(reader, from, to);
        span->text = arena_copy(out->arena, reader->text.text + from,
                                end - from);
        span->mark = (enum markup_mark)reader->marks.text[from];
        row.cells += text_cells(span->text);
    }
    out->row = xgrow(out->row, out->row_count, &reader->row_capacity,
                     sizeof *out->row);
    out->row[out->row_count++] = row;
    if (row.cells > out->cells)
        out->cells = row.cells;
}

/* Cut the paragraph that has been read into rows, and forget it. */
static void flush(struct markup_reader *reader)
{
    size_t from = 0;
    int indent = 0;

    while (from < reader->text.length) {
        struct wrap_row row = wrap_words(reader->text.text + from,
                                         reader->width - indent);

        add_row(reader, from, from + row.bytes, indent);
        indent = reader->hang;
        from += row.next;
    }
    strbuf_clear(&reader->text);
    strbuf_clear(&reader->marks);
    reader->open = false;
    reader->hang = 0;
}

/* Cells of "- " or "12. " at the start of an item, or 0. */
static int item(const char *at)
{
    size_t digits = strspn(at, "0123456789");

    if (strncmp(at, "- ", 2) == 0)
        return 2;
    if (digits > 0 && digits < 3 && strncmp(at + digits, ". ", 2) == 0)
        return (int)digits + 2;
    return 0;
}

static const char *one_line(struct markup_reader *reader, const char *text,
                            const char *at)
{
    size_t indent = strspn(at, " ");
    bool kept = indent >= KEPT_INDENT;

    if (!at[indent] || at[indent] == '\n') { /* blank */
        flush(reader);
        reader->mark = MARKUP_PLAIN;
        add_row(reader, 0, 0, 0);
        return at + indent;
    }
    if (kept || item(at)) {
        flush(reader);
        reader->hang = (int)indent + item(at + indent);
        if (reader->hang > reader->width / 2)
            reader->hang = 0;
    } else if (reader->open) {
        add(reader, " ", 1, reader->mark);
    }
    at = read_line(reader, text, at, kept);
    reader->open = true;
    if (kept)
        flush(reader);
    return at;
}

struct markup *markup_wrap(const char *text, int cells)
{
    struct markup *out = xcalloc(1, sizeof *out);
    struct markup_reader reader = { .out = out };
    const char *at = text;

    out->arena = arena_new();
    reader.width = cells < CELLS_MIN ? CELLS_MIN : cells;
    strbuf_init(&reader.text);
    strbuf_init(&reader.marks);
    while (*at) {
        at = one_line(&reader, text, at);
        if (*at == '\n')
            at++;
    }
    flush(&reader);
    strbuf_fini(&reader.text);
    strbuf_fini(&reader.marks);
    return out;
}

void markup_free(struct markup *markup)
{
    if (!markup)
        return;
    arena_free(markup->arena);
    free(markup->row);
    free(markup);
}
