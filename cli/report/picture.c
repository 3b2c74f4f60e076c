/*
 * picture.c -- see picture.h.
 */
#include "cli/report/picture.h"

#include <stdlib.h>

#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/options/value.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_panes.h"
#include "render/cells/cells.h"
#include "render/draw/screen.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    COLUMNS = 80, /* unless the environment says otherwise */
    COLUMNS_MIN = 40,
    COLUMNS_MAX = 1000,
    TIMELINE_PEOPLE = 40
};

static void set_view(struct view *view, int64_t end_ns,
                     const struct options *options)
{
    bool ascii = options->ascii || !language_has_unicode();

    view_init(view);
    view->t_ns = options->at_ns == NOT_SAID || options->at_ns > end_ns
                     ? end_ns
                     : options->at_ns;
    view->total_ns = end_ns;
    view->speed = options->speed;
    view->play = view->t_ns < end_ns ? PLAY_RUNNING : PLAY_ENDED;
    view->large = options->large;
    view->side = player_panes_wanted(options);
    if (options->step)
        view->stepped_ns = view->t_ns;
    view->motion = false; /* a frame stands still */
    view->glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;
}

/* --- frames --------------------------------------------------------------- */

void picture_init(struct picture *picture,
                  const struct history *const history[2],
                  const char *const label[2], const struct options *options)
{
    *picture = (struct picture){ .pair = history[1] != NULL };
    for (int i = 0; i < 2 && history[i]; i++) {
        picture->compare.side[i] = (struct compare_side){
            history[i], label[i], history_machines(history[i]), false
        };
        if (picture->end_ns < history_end(history[i]))
            picture->end_ns = history_end(history[i]);
    }
    if (picture->pair)
        picture->verdict = comparison_make(history[0], history[1]);
    set_view(&picture->view, picture->end_ns, options);
    strbuf_init(&picture->footer);
}

void picture_fini(struct picture *picture)
{
    strbuf_fini(&picture->footer);
}

void picture_draw(struct picture *picture, struct cells *cells, bool keys)
{
    struct view view = picture->view;
    int height = cells->height;

    strbuf_clear(&picture->footer);
    if (keys)
        player_keys_footer(&picture->footer, &view, player_keys);
    else
        cells_resize(cells, cells->width, height + 1);
    view.footer = picture->footer.text;
    picture->compare.verdict = &picture->verdict;
    if (picture->pair)
        screen_compare(cells, &picture->compare, &view);
    else
        screen_draw(cells, picture->compare.side[0].history, &view);
    cells->height = height; /* the row of keys is the last */
}

/* --- timelines ------------------------------------------------------------ */

/* $COLUMNS, if it is a width that a timeline fits in. */
static int columns(void)
{
    const char *wanted = getenv("COLUMNS");
    uint64_t cells;

    if (wanted && value_count(wanted, COLUMNS_MAX, &cells) &&
        cells >= COLUMNS_MIN)
        return (int)cells;
    return COLUMNS;
}

void picture_timeline(struct cells *cells, const struct history *history,
                      int64_t total_ns, const struct options *options)
{
    size_t people = trace_workload(history_trace(history))->task_count;
    int rows = (int)(people < TIMELINE_PEOPLE ? people : TIMELINE_PEOPLE);
    struct view view;

    set_view(&view, history_end(history), options);
    view.t_ns = history_end(history);
    view.total_ns = total_ns;
    cells_init(cells, columns(), rows + 3 + history_machines(history));
    screen_timeline(cells, history, &view);
}
