/*
 * export_svg.c -- a picture for slides: with --frame the screen at an instant,
 * without its row of keys, else the timeline, or both of two.
 */
#include "cli/export/export.h"
#include "cli/options/theme.h"
#include "cli/report/picture.h"
#include "render/cells/cells.h"
#include "render/output/backend.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/exported.h"
#include "sched/history/history.h"

static void draw_frame(struct cells *cells, const struct export *export)
{
    struct picture picture;

    picture_init(&picture, export->history, export->label, export->options);
    cells_init(cells, export->options->frame_width,
               export->options->frame_height);
    picture_draw(&picture, cells, false);
    picture_fini(&picture);
}

/* A timeline with its title above, below what is in cells already. */
static void add_timeline(struct cells *cells, const struct export *export,
                         int run, int64_t total_ns)
{
    struct cells timeline, all;
    struct strbuf title;
    int above = cells->height;

    picture_timeline(&timeline, export->history[run], total_ns,
                     export->options);
    strbuf_init(&title);
    export_title(&title, export, run);
    above += above > 0;
    cells_init(&all, timeline.width, above + 1 + timeline.height);
    cells_copy(&all, 0, 0, cells, 0, cells->height);
    cells_text(&all, 1, above, -1, title.text, ROLE_STRONG);
    cells_copy(&all, 0, above + 1, &timeline, 0, timeline.height);
    strbuf_fini(&title);
    cells_fini(&timeline);
    cells_fini(cells);
    *cells = all;
}

static void draw_timelines(struct cells *cells, const struct export *export)
{
    int64_t total_ns = 0;

    for (int i = 0; i < export->runs; i++)
        if (total_ns < history_end(export->history[i]))
            total_ns = history_end(export->history[i]);
    cells_init(cells, 0, 0);
    for (int i = 0; i < export->runs; i++)
        add_timeline(cells, export, i, total_ns);
}

int export_svg(FILE *out, const struct export *export)
{
    struct cells cells;
    struct strbuf text;
    int error;

    if (export->options->frame_width)
        draw_frame(&cells, export);
    else
        draw_timelines(&cells, export);
    strbuf_init(&text);
    backend_svg(&text, &cells, theme_wanted(export->options));
    cells_fini(&cells);
    error = exported_flush(out, &text, 0);
    strbuf_fini(&text);
    return error;
}
