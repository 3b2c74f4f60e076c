/*
 * markup.c -- a paragraph becomes a row of marked characters, and that is cut.
 *
 * Text is first decoded into glyphs that know their cells and their mark, so
 * that cutting never has to think about stars, bytes or Hangul. Breaks are at
 * spaces; a word longer than a row is cut where it reaches the edge.
 */
#include "lessons/markup.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    CELLS_MIN = 10,
    KEPT_INDENT = 2,
    EMPHASIS_BYTES_MAX = 400 /* how far away the closing star is looked for */
};

struct glyph {
    uint32_t rune;
    int cells;
    enum markup_mark mark;
};

struct glyphs {
    struct glyph *glyph;
    size_t count, capacity;
};

struct wrapping {
    struct markup *out;
    size_t row_capacity;
    int width;
    struct glyphs line; /* of the paragraph being read */
    int hang;           /* cells further rows of it are indented */
    bool open;          /* a paragraph is being read */
    enum markup_mark mark;
};

static void add_glyph(struct glyphs *line, uint32_t rune, enum markup_mark mark)
{
    line->glyph = xgrow(line->glyph, line->count, &line->capacity,
                        sizeof *line->glyph);
    line->glyph[line->count++] = (struct glyph){ rune, text_rune_cells(rune),
                                                 mark };
}

static void add_spaces(struct glyphs *line, int count)
{
    while (count-- > 0)
        add_glyph(line, ' ', MARKUP_PLAIN);
}

/* --- reading -------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* A star opens if a word begins behind it and another star ends it. */
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

/* Read one line into glyphs; text is the whole text, for what comes before. */
static const char *read_line(struct wrapping *wrapping, const char *text,
                             const char *at, bool kept)
{
    struct glyphs *line = &wrapping->line;
    int owed = 0; /* cells of stars to give back at the next space */

    while (*at && *at != '\n') {
        uint32_t rune;
        size_t length = text_decode(at, &rune);
        bool closes = wrapping->mark == MARKUP_EMPHASIS && *at == '*';

        if (closes) {
            wrapping->mark = MARKUP_PLAIN;
            owed = kept ? 2 : 0;
        } else if (*at == '*' && wrapping->mark == MARKUP_PLAIN &&
                   opens(text, at, kept)) {
            wrapping->mark = MARKUP_EMPHASIS;
        } else if (*at == '\001') {
            add_glyph(line, ' ', MARKUP_PLAIN);
            wrapping->mark = MARKUP_IDEAL;
        } else if (*at == '\002') {
            wrapping->mark = MARKUP_PLAIN;
        } else {
            if (owed && at[0] == ' ' && at[1] == ' ') {
                add_spaces(line, owed);
                owed = 0;
            }
            add_glyph(line, rune, wrapping->mark);
        }
        at += length;
    }
    return at;
}

/* --- cutting -------------------------------------------------------------- */

/* Append one row made of glyphs [from, to) behind `indent` spaces. */
static void add_row(struct wrapping *wrapping, size_t from, size_t to,
                    int indent)
{
    struct markup *out = wrapping->out;
    struct markup_span spans[256];
    struct markup_row row = { .cells = indent };
    const struct glyph *glyph = wrapping->line.glyph;
    struct strbuf text;
    char bytes[4];

    while (to > from && glyph[to - 1].rune == ' ')
        to--;
    strbuf_init(&text);
    for (int i = 0; i < indent; i++)
        strbuf_addc(&text, ' ');
    for (size_t i = from; i < to; i++) {
        row.cells += glyph[i].cells;
        strbuf_add(&text, bytes, text_encode(bytes, glyph[i].rune));
        if (i + 1 < to &&
            (glyph[i + 1].mark == glyph[i].mark || row.span_count == 255))
            continue;
        spans[row.span_count++] = (struct markup_span){
            arena_copy(out->arena, text.text, text.length), glyph[i].mark
        };
        strbuf_clear(&text);
    }
    strbuf_fini(&text);
    row.span = arena_alloc(out->arena, (row.span_count + 1) * sizeof *spans);
    memcpy(row.span, spans, row.span_count * sizeof *spans);
    out->row = xgrow(out->row, out->row_count, &wrapping->row_capacity,
                     sizeof *out->row);
    out->row[out->row_count++] = row;
    if (row.cells > out->cells)
        out->cells = row.cells;
}

/* Where a row that begins at from has to end: at a space if there is one. */
static size_t row_end(const struct glyphs *line, size_t from, int room)
{
    size_t space = from, end = from, word = from;
    int cells = 0;

    while (word < line->count && line->glyph[word].rune == ' ')
        word++;
    for (; end < line->count; end++) {
        cells += line->glyph[end].cells;
        if (cells > room && line->glyph[end].rune != ' ')
            return space > from ? space : end + (end == from);
        if (line->glyph[end].rune == ' ' && end > word)
            space = end;
    }
    return end;
}

/* Cut what has been read into rows, and forget it. */
static void flush(struct wrapping *wrapping)
{
    struct glyphs *line = &wrapping->line;
    size_t from = 0;
    int indent = 0;

    while (from < line->count) {
        size_t end = row_end(line, from, wrapping->width - indent);

        add_row(wrapping, from, end, indent);
        indent = wrapping->hang;
        from = end;
        while (from < line->count && line->glyph[from].rune == ' ')
            from++;
    }
    line->count = 0;
    wrapping->open = false;
    wrapping->hang = 0;
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

static const char *one_line(struct wrapping *wrapping, const char *text,
                            const char *at)
{
    size_t indent = strspn(at, " ");
    bool kept = indent >= KEPT_INDENT;

    if (!at[indent] || at[indent] == '\n') { /* blank */
        flush(wrapping);
        wrapping->mark = MARKUP_PLAIN;
        add_row(wrapping, 0, 0, 0);
        return at + indent;
    }
    if (kept || item(at)) {
        flush(wrapping);
        wrapping->hang = (int)indent + item(at + indent);
        if (wrapping->hang > wrapping->width / 2)
            wrapping->hang = 0;
    } else if (wrapping->open) {
        add_glyph(&wrapping->line, ' ', wrapping->mark);
    }
    at = read_line(wrapping, text, at, kept);
    wrapping->open = true;
    if (kept)
        flush(wrapping);
    return at;
}

struct markup *markup_wrap(const char *text, int cells)
{
    struct markup *out = xcalloc(1, sizeof *out);
    struct wrapping wrapping = { .out = out };
    const char *at = text;

    out->arena = arena_new();
    wrapping.width = cells < CELLS_MIN ? CELLS_MIN : cells;
    while (*at) {
        at = one_line(&wrapping, text, at);
        if (*at == '\n')
            at++;
    }
    flush(&wrapping);
    free(wrapping.line.glyph);
    return out;
}

void markup_free(struct markup *wrapped)
{
    if (!wrapped)
        return;
    arena_free(wrapped->arena);
    free(wrapped->row);
    free(wrapped);
}
