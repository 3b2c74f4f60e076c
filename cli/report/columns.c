/*
 * columns.c -- see columns.h. printf counts bytes, and a Korean letter has
 * three of them in two cells.
 */
#include "cli/report/columns.h"

#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/workload/workload.h"

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

int columns_names(const struct workload *workload, int least)
{
    int widest = least;

    for (size_t i = 0; i < workload->task_count; i++) {
        int cells = text_cells(workload->task[i].name);

        if (cells > widest)
            widest = cells;
    }
    return widest;
}

void columns_end(struct strbuf *out)
{
    while (out->length && out->text[out->length - 1] == ' ')
        out->text[--out->length] = '\0';
    strbuf_addc(out, '\n');
}
