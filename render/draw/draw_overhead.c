/*
 * draw_overhead.c -- two numbers more: what drawing and recording take.
 */
#include "render/draw/draw_overhead.h"

#include <stdio.h>

#include "render/draw/draw.h"
#include "render/draw/panel.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    NAME_CELLS = 16,
    TEXT_SIZE = 256
};

static int put(struct frame *frame, struct rect inside, int y, const char *name,
               const char *text)
{
    struct rect right = { inside.x + NAME_CELLS + 1, inside.y,
                          inside.width - NAME_CELLS - 1, inside.height };

    if (y >= inside.y && y < inside.y + inside.height)
        cells_text(frame->cells, inside.x, y, NAME_CELLS, name, ROLE_STRONG);
    return panel_wrap(frame, right, y, text);
}

static void write_drawing(char *out, const struct overhead *overhead)
{
    int length = snprintf(out, TEXT_SIZE,
                          _("%.1f frames a second, %.1f %% of a core"),
                          overhead->frames_per_s, overhead->cpu_percent);

    if (overhead->bytes_per_frame >= 0)
        snprintf(out + length, TEXT_SIZE - (size_t)length,
                 _(", %.0f bytes a frame"), overhead->bytes_per_frame);
}

/* The events known so far, and the time it took to write them down, as a part
 * of the run; a model has no time that this could be a part of. */
static void write_recording(char *out, const struct scene *scene,
                            double event_ns)
{
    double events = (double)trace_count(history_trace(scene->history));
    double end_ns = (double)history_end(scene->history);
    double percent = end_ns > 0 ? events * event_ns / end_ns * 100 : 0;
    int length = snprintf(out, TEXT_SIZE,
                          _("%.0f events, %.0f ns to write down each"), events,
                          event_ns);
    size_t room = TEXT_SIZE - (size_t)length;

    if (!scene->info->real || end_ns <= 0)
        return;
    if (percent < 0.001)
        /* xgettext:no-c-format */
        snprintf(out + length, room, "%s", _(": less than 0.001 % of the run"));
    else
        snprintf(out + length, room, _(": %.3f %% of the run"), percent);
}

int draw_overhead(struct frame *frame, struct rect inside, int y)
{
    const struct overhead *overhead = frame->view->overhead;
    char text[TEXT_SIZE];
    int first = y;

    if (!overhead)
        return 0;
    write_drawing(text, overhead);
    y += put(frame, inside, y, _("drawing"), text);
    if (overhead->event_ns > 0) {
        write_recording(text, frame->scene, overhead->event_ns);
        y += put(frame, inside, y, _("recording"), text);
    }
    return y - first;
}
