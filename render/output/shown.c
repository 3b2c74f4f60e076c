/*
 * shown.c -- a copy of the last frame, compared row by row.
 *
 * Most rows of a frame are the same as before. Comparing cells is far cheaper
 * than turning them into what a terminal library wants.
 */
#include "render/output/shown.h"

#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "sched/base/xalloc.h"

void shown_fini(struct shown *shown)
{
    free(shown->cell);
    *shown = (struct shown){ 0 };
}

void shown_forget(struct shown *shown)
{
    shown->rows = 0;
}

static bool same(const struct cell *one, const struct cell *other)
{
    return one->rune == other->rune && one->width == other->width &&
           one->role == other->role && one->task == other->task &&
           one->under == other->under;
}

static void learn_size(struct shown *shown, const struct cells *cells)
{
    shown->width = cells->width;
    shown->height = cells->height;
    shown->rows = 0;
    shown->cell = xreallocarray(shown->cell,
                                (size_t)cells->width * (size_t)cells->height,
                                sizeof *shown->cell);
}

bool shown_has_row(struct shown *shown, const struct cells *cells, int y)
{
    const struct cell *row = cells_at(cells, 0, y);
    struct cell *kept;
    int x = 0;

    if (shown->width != cells->width || shown->height != cells->height)
        learn_size(shown, cells);
    kept = &shown->cell[(size_t)y * (size_t)shown->width];
    while (y < shown->rows && x < cells->width && same(&row[x], &kept[x]))
        x++;
    if (x == cells->width)
        return true;
    memcpy(kept, row, (size_t)cells->width * sizeof *row);
    if (y == shown->rows)
        shown->rows++;
    return false;
}
