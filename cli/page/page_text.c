#include "cli/page/page_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/markup.h"
#include "sched/base/arena.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

enum {
    TEXT_SIZE = 1024
};

void page_text_init(struct page_text *sheet)
{
    *sheet = (struct page_text){ .arena = arena_new() };
}

void page_text_fini(struct page_text *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        free(sheet->row[i].span);
    free(sheet->row);
    arena_free(sheet->arena);
    *sheet = (struct page_text){ .arena = NULL };
}

void page_text_row(struct page_text *sheet)
{
    sheet->row = xgrow(sheet->row, sheet->count, &sheet->capacity,
                       sizeof *sheet->row);
    sheet->row[sheet->count++] = (struct page_row){ NULL, 0 };
    sheet->span_capacity = 0;
    sheet->cells = 0;
}

void page_text_put(struct page_text *sheet, struct style style,
                   const char *text)
{
    struct page_row *row;
    struct page_span *span;

    if (!sheet->count)
        page_text_row(sheet);
    row = &sheet->row[sheet->count - 1];
    span = xgrow(row->span, row->count, &sheet->span_capacity, sizeof *span);
    span[row->count++] = (struct page_span){
        arena_copy(sheet->arena, text, strlen(text)), style
    };
    row->span = span;
    sheet->cells += text_cells(text);
}

void page_text_putf(struct page_text *sheet, struct style style,
                    const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    page_text_put(sheet, style, text);
}

void page_text_tab(struct page_text *sheet, int cell)
{
    if (cell > sheet->cells)
        page_text_putf(sheet, STYLE(ROLE_TEXT), "%*s", cell - sheet->cells, "");
}

static void put_wrapped_row(struct page_text *sheet, struct style style,
                            const struct markup_row *row)
{
    for (size_t i = 0; i < row->span_count; i++) {
        struct style look = style;

        if (row->span[i].mark == MARKUP_EMPHASIS)
            look.role = ROLE_STRONG;
        else if (row->span[i].mark == MARKUP_IDEAL)
            look.role = ROLE_DIM;
        page_text_put(sheet, look, row->span[i].text);
    }
}

void page_text_wrap(struct page_text *sheet, struct style style, int cells,
                    const char *text)
{
    int indent = sheet->count ? sheet->cells : 0;
    struct markup *wrapped = markup_wrap(text, cells - indent);

    for (size_t i = 0; i < wrapped->row_count; i++) {
        if (i > 0 || !sheet->count)
            page_text_row(sheet);
        page_text_tab(sheet, indent);
        put_wrapped_row(sheet, style, &wrapped->row[i]);
    }
    markup_free(wrapped);
}

struct page_rows page_text_text(const struct page_text *sheet)
{
    return (struct page_rows){ sheet->row, sheet->count };
}
