/*
 * picture.h -- one run that has ended, or two that are compared, as options ask
 * to see them: any frame, or the timeline. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_PICTURE_H
#define CONCVIZ_CLI_REPORT_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "render/draw/screen_compare.h"
#include "render/scene/view.h"
#include "sched/analysis/comparison.h"
#include "sched/base/strbuf.h"

struct cells;
struct history;
struct options;

struct picture {
    struct view view; /* may be changed between two frames */
    int64_t end_ns;   /* of the later one */
    bool pair;
    struct compare compare; /* its sides are the runs, also if there is one */
    struct comparison verdict;
    struct strbuf footer;
};

/* Borrows all it is given; history[1] is NULL if there is one run. It shows the
 * instant that options ask for, else the end. */
void picture_init(struct picture *picture,
                  const struct history *const history[2],
                  const char *const label[2], const struct options *options);
void picture_fini(struct picture *picture);

/* Draw the frame of picture->view at the size of cells. keys: with the row of
 * keys below it. */
void picture_draw(struct picture *picture, struct cells *cells, bool keys);

/* Begin cells, for cells_fini, and draw the whole timeline of a run into them,
 * total_ns wide, in as many columns as $COLUMNS says, 80 if it says nothing
 * sensible. */
void picture_timeline(struct cells *cells, const struct history *history,
                      int64_t total_ns, const struct options *options);

#endif
