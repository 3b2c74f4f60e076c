/*
 * mark.c -- the table of letters, and where they stand.
 *
 * A mark stands in the cell in which it happened. Where several fall into one
 * cell, the one that matters more is shown: a write hides the read before it, and a
 * missed deadline both.
 * Whoever finds out alone what happens sees none.
 */
#include "render/draw/mark.h"

#include "render/draw/draw.h"
#include "render/draw/span.h"
#include "sched/base/i18n.h"

static bool shares_variables(const struct scene *scene)
{
    return scene->workload->shared_count > 0;
}

static bool has_deadlines(const struct scene *scene)
{
    for (size_t i = 0; i < scene->workload->task_count; i++)
        if (scene->workload->task[i].deadline_ns > 0)
            return true;
    return false;
}

const struct mark_sign mark_sign[MARKS] = {
    [MARK_READ] = { 'r', N_("read"), shares_variables },
    [MARK_WRITE] = { 'w', N_("write"), shares_variables },
    [MARK_MISSED] = { 'm', N_("missed deadline"), has_deadlines },
};

/* What happens at the very instant shown has happened. */
enum history_mark mark_in(const struct frame *frame,
                          const struct span_source *row, int column)
{
    int64_t known_ns = frame->scene->known_ns, from_ns, to_ns;

    if (row->task < 0 || frame->view->mystery)
        return MARK_NONE;
    from_ns = time_axis_begin(&frame->axis, column);
    to_ns = time_axis_begin(&frame->axis, column + 1);
    return history_mark(row->history, row->task, from_ns,
                        to_ns <= known_ns ? to_ns : known_ns + 1);
}

void mark_put(struct frame *frame, int y, int column, enum history_mark mark)
{
    if (mark != MARK_NONE)
        cells_put(frame->cells, frame->axis.x + column, y,
                  (uint32_t)mark_sign[mark].letter, ROLE_STRONG);
}
