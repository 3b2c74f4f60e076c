/*
 * columns.c -- see columns.h. printf counts bytes, and a Korean letter has
 * three of them in two cells.
 */
#include "cli/report/columns.h"

#include "sched/base/strbuf.h"
#include "sched/base/text.h"

void columns_left(struct strbuf *out, const char *text, int cells)
{
    int room = cells - text_cells(text);

    strbuf_addf(out, "%s%*s", text, room > 1 ? room : 1, "");
}

void columns_right(struct strbuf *out, const char *text, int cells)
{
    int room = cells - text_cells(text);

    strbuf_addf(out, "%*s%s", room > 0 ? room : 0, "", text);
}

void columns_end(struct strbuf *out)
{
    while (out->length && out->text[out->length - 1] == ' ')
        out->text[--out->length] = '\0';
    strbuf_addc(out, '\n');
}
