/*
 * screen_compare.h -- two runs of one workload on one screen, one clock and
 * one scale: a pure function of both histories, view and size.
 */
#ifndef CONCVIZ_RENDER_DRAW_SCREEN_COMPARE_H
#define CONCVIZ_RENDER_DRAW_SCREEN_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

struct cells;
struct history;
struct comparison;
struct view;

struct compare_side {
    const struct history *history; /* NULL: its turn has not come */
    const char *mode;              /* its name, or what else it is called */
    int machines;
    bool whole; /* shown to its end, whatever the clock says */
};

struct compare {
    struct compare_side side[2]; /* the first one has a history */
    const struct comparison
        *verdict; /* once both have ended; until then NULL */
};

/*
 * Draw both at view->t_ns, a run that is over as it ended. Where there is
 * room the scenes stand side by side; the timelines always stand one above the
 * other, so that the ends line up.
 */
void screen_compare(struct cells *cells, const struct compare *compare,
                    const struct view *view);

/* The instant at column x, row y of either timeline or of their axis, as
 * screen_compare would draw them on cells of this size. Returns false where
 * there is none. */
bool screen_compare_time_at(const struct compare *compare,
                            const struct view *view, int width, int height,
                            int x, int y, int64_t *t_ns);

#endif
