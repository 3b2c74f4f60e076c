/*
 * pane_output.c -- what the tasks have said so far, a row each, the last ones
 * where there is no room for all.
 */
#include "render/draw/pane_output.h"

#include "render/draw/draw.h"
#include "render/words/duration.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history_value.h"

/* Cells of a time in this picture, so that all lines begin below each other. */
static int time_cells(const struct frame *frame)
{
    int64_t scale_ns = frame->axis.scale_ns;
    char time[DURATION_SIZE];

    return text_cells(duration_text(time, scale_ns, duration_unit(scale_ns)));
}

static void draw_line(struct frame *frame, struct rect row, size_t say)
{
    const struct history *history = frame->scene->history;
    const struct event copy = *trace_at(history_trace(history), say),
                       *event = &copy;
    int time = time_cells(frame), x = row.x + time + 1;
    int end = row.x + row.width;
    char text[DURATION_SIZE];

    duration_text(text, event->t_ns, duration_unit(frame->axis.scale_ns));
    cells_text(frame->cells, row.x + time - text_cells(text), row.y, -1, text,
               ROLE_DIM);
    if (event->task != EVENT_NO_TASK)
        draw_chip(frame->cells, x, row.y, frame->layout->chip, frame->scene,
                  (int)event->task);
    if (event->task != EVENT_NO_TASK)
        x += frame->layout->chip + 1;
    cells_text(frame->cells, x, row.y, end - x,
               history_value_text(history, say), ROLE_TEXT);
}

void pane_output_draw(struct frame *frame, struct rect rect)
{
    const struct scene *scene = frame->scene;
    size_t events = history_after(scene->history, scene->t_ns);
    size_t said = history_value_said(scene->history, events);
    size_t back = (size_t)frame->view->output_back;
    size_t room = (size_t)rect.height, first;

    if (said == 0 && rect.height > 0)
        cells_text(frame->cells, rect.x, rect.y, rect.width,
                   _("(nothing said yet)"), ROLE_DIM);
    first = said > room ? said - room : 0;
    first = first > back ? first - back : 0;
    for (size_t i = 0; i < room && first + i < said; i++)
        draw_line(frame,
                  (struct rect){ rect.x, rect.y + (int)i, rect.width, 1 },
                  history_value_say(scene->history, first + i));
}
