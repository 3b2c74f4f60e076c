#include "render/draw/draw_overhead.h"

#include "render/cells/role.h"
#include "render/draw/draw.h"
#include "render/draw/panel.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"

enum {
    NAME_CELLS = 16
};

static int put(struct frame *frame, struct rect inside, int y, const char *name,
               const struct strbuf *text)
{
    struct rect right = { inside.x + NAME_CELLS + 1, inside.y,
                          inside.width - NAME_CELLS - 1, inside.height };

    if (y >= inside.y && y < inside.y + inside.height)
        cells_text(frame->cells, inside.x, y, NAME_CELLS, name,
                   STYLE(ROLE_STRONG));
    return panel_wrap(frame, right, y, text->text);
}

static int put_drawing(struct frame *frame, struct rect inside, int y,
                       const struct overhead *overhead)
{
    struct strbuf text;
    int rows;

    strbuf_init(&text);
    strbuf_addf(&text, _("%.1f frames a second, %.1f %% of a core"),
                overhead->frames_per_s, overhead->cpu_percent);
    if (overhead->bytes_per_frame >= 0)
        strbuf_addf(&text, _(", %.0f bytes a frame"),
                    overhead->bytes_per_frame);
    rows = put(frame, inside, y, _("drawing"), &text);
    strbuf_fini(&text);
    return rows;
}

/* The events known so far, and the time it took to write them down, as a part
 * of the run; a model has no time that this could be a part of. */
static int put_recording(struct frame *frame, struct rect inside, int y,
                         const struct overhead *overhead)
{
    const struct history *history = frame->scene->history;
    double events = (double)trace_count(history_trace(history));
    double end_ns = (double)history_end(history);
    struct strbuf text;
    int rows;

    strbuf_init(&text);
    strbuf_addf(&text, _("%.0f events, %.0f ns to write down each"), events,
                overhead->event_ns);
    if (frame->scene->info->real && end_ns > 0) {
        double percent = events * overhead->event_ns / end_ns * 100;

        if (percent < 0.001)
            /* xgettext:no-c-format */
            strbuf_adds(&text, _(": less than 0.001 % of the run"));
        else
            strbuf_addf(&text, _(": %.3f %% of the run"), percent);
    }
    rows = put(frame, inside, y, _("recording"), &text);
    strbuf_fini(&text);
    return rows;
}

int draw_overhead(struct frame *frame, struct rect inside, int y)
{
    const struct overhead *overhead = frame->view->overhead;
    int first = y;

    if (!overhead)
        return 0;
    y += put_drawing(frame, inside, y, overhead);
    if (overhead->event_ns > 0)
        y += put_recording(frame, inside, y, overhead);
    return y - first;
}
