/*
 * diags.c -- an array of problems, sorted by place.
 *
 * Sorting is by insertion: there are a hundred at most, nearly in order, and
 * equals must not change places.
 */
#include "lessons/parse/diags.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/xalloc.h"

void diags_init(struct diags *diags)
{
    *diags = (struct diags){ 0 };
}

void diags_fini(struct diags *diags)
{
    free(diags->diag);
    diags_init(diags);
}

void diags_copy(struct diags *diags, const struct diag *diag)
{
    diags->found++;
    if (diags->count == DIAGS_MAX)
        return;
    diags->diag = xgrow(diags->diag, diags->count, &diags->capacity,
                        sizeof *diags->diag);
    diags->diag[diags->count++] = *diag;
}

void diags_vadd(struct diags *diags, const char *file, int line, int column,
                const char *format, va_list arguments)
{
    struct diag diag;

    diag_vset(&diag, file, line, column, format, arguments);
    diags_copy(diags, &diag);
}

void diags_add(struct diags *diags, const char *file, int line, int column,
               const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    diags_vadd(diags, file, line, column, format, arguments);
    va_end(arguments);
}

static int after(const struct diag *a, const struct diag *b)
{
    int order = strcmp(a->file, b->file);

    if (order == 0)
        order = a->line - b->line;
    if (order == 0)
        order = a->column - b->column;
    return order > 0;
}

void diags_sort(struct diags *diags)
{
    for (size_t i = 1; i < diags->count; i++) {
        struct diag moving = diags->diag[i];
        size_t place = i;

        for (; place > 0 && after(&diags->diag[place - 1], &moving); place--)
            diags->diag[place] = diags->diag[place - 1];
        diags->diag[place] = moving;
    }
}
