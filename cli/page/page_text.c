/*
 * page_text.c -- rows of spans; every word is copied into one arena.
 *
 * Writers need not care how long their buffers live: a page is drawn several
 * times, long after the functions that wrote it have returned.
 */
#include "cli/page/page_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/markup.h"
#include "sched/base/arena.h"
#include "sched/base/text.h"
#include "sched/base/wrap.h"
#include "sched/base/xalloc.h"

enum {
    TEXT_SIZE = 1024,
    PROGRAM_CELLS = 4 /* before a statement, and once more before what hangs */
};

void page_text_init(struct page_text *page)
{
    *page = (struct page_text){ .arena = arena_new() };
}

void page_text_fini(struct page_text *page)
{
    for (size_t i = 0; i < page->count; i++)
        free(page->row[i].span);
    free(page->row);
    arena_free(page->arena);
    *page = (struct page_text){ .arena = NULL };
}

void page_text_clear(struct page_text *page)
{
    page_text_fini(page);
    page_text_init(page);
}

void page_text_row(struct page_text *page)
{
    page->row = xgrow(page->row, page->count, &page->capacity,
                      sizeof *page->row);
    page->row[page->count++] = (struct page_row){ NULL, 0 };
    page->span_capacity = 0;
    page->cells = 0;
}

void page_text_styled(struct page_text *page, struct style style,
                      const char *text)
{
    struct page_row *row;
    struct page_span *span;

    if (!page->count)
        page_text_row(page);
    row = &page->row[page->count - 1];
    span = xgrow(row->span, row->count, &page->span_capacity, sizeof *span);
    span[row->count++] = (struct page_span){
        arena_copy(page->arena, text, strlen(text)), style
    };
    row->span = span;
    page->cells += text_cells(text);
}

void page_text_put(struct page_text *page, enum role role, const char *text)
{
    page_text_styled(page, STYLE(role), text);
}

void page_text_putf(struct page_text *page, enum role role, const char *format,
                    ...)
{
    char text[TEXT_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    page_text_put(page, role, text);
}

void page_text_copy(struct page_text *page, const struct cells *cells, int y)
{
    int end = cells->width;

    while (end > 0 && cells_at(cells, end - 1, y)->rune == ' ')
        end--;
    for (int x = 0, next; x < end; x = next) {
        enum role role = (enum role)cells_at(cells, x, y)->role;
        char text[TEXT_SIZE];
        size_t length = 0;

        for (next = x; next < end && length + 4 < sizeof text; next++) {
            const struct cell *cell = cells_at(cells, next, y);

            if (cell->role != role)
                break;
            if (cell->width > 0)
                length += text_encode(text + length, cell->rune);
        }
        text[length] = '\0';
        page_text_put(page, role, text);
    }
}

void page_text_tab(struct page_text *page, int cell)
{
    if (cell > page->cells)
        page_text_putf(page, ROLE_TEXT, "%*s", cell - page->cells, "");
}

void page_text_wrap(struct page_text *page, enum role role, int cells,
                    const char *text)
{
    int indent = page->count ? page->cells : 0;
    struct markup *wrapped = markup_wrap(text, cells - indent);

    for (size_t i = 0; i < wrapped->row_count; i++) {
        const struct markup_row *row = &wrapped->row[i];

        if (i > 0 || !page->count)
            page_text_row(page);
        page_text_tab(page, indent);
        for (size_t k = 0; k < row->span_count; k++)
            page_text_put(page,
                          row->span[k].mark == MARKUP_EMPHASIS ? ROLE_STRONG
                          : row->span[k].mark == MARKUP_IDEAL  ? ROLE_DIM
                                                               : role,
                          row->span[k].text);
    }
    markup_free(wrapped);
}

/* A statement is broken between its steps. */
static void add_statement(struct page_text *page, const char *line,
                          size_t length, int cells)
{
    char *copy = arena_copy(page->arena, line, length);
    int indent = PROGRAM_CELLS;

    do {
        struct wrap_row row = wrap_steps(copy, cells - indent);

        page_text_row(page);
        page_text_tab(page, indent);
        page_text_putf(page, ROLE_TEXT, "%.*s", (int)row.bytes, copy);
        copy += row.next;
        indent = 2 * PROGRAM_CELLS;
    } while (*copy);
}

void page_text_program(struct page_text *page, const char *program, int cells)
{
    while (*program) {
        size_t length = strcspn(program, "\n");

        add_statement(page, program, length, cells);
        program += length + (program[length] == '\n');
    }
}

struct page_rows page_text_rows(const struct page_text *page)
{
    return (struct page_rows){ page->row, page->count };
}
