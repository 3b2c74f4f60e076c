/*
 * draw.h -- the parts of a frame, each drawn by one function.
 */
#ifndef CONCVIZ_RENDER_DRAW_DRAW_H
#define CONCVIZ_RENDER_DRAW_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "render/cells/cells.h"
#include "render/draw/time_axis.h"
#include "render/scene/layout.h"
#include "render/scene/routes.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"

enum {
    TRAILS_MAX = 32
};

/* Whence somebody has just come: from (from_x, from_y) to (x, y), and how
 * much of the trail has faded. Drawn last, where nothing else is. */
struct trail {
    int task, x, y, from_x, from_y;
    double faded;
};

/* A frame in the making. All but cells, trails and many is only read. */
struct frame {
    struct cells *cells;
    const struct scene *scene;
    const struct layout *layout;
    const struct view *view;
    struct routes routes;
    struct time_axis axis; /* of the timeline */
    bool many;             /* a cell held more than it can show */
    int trails;
    struct trail trail[TRAILS_MAX];
};

void draw_title(struct frame *frame);
void draw_footer(struct frame *frame);
/* "RUN 1x  t= 2.6s" in the title, ending before x; returns where it begins. */
int draw_clock(struct frame *frame, int x, int64_t t_ns);
void draw_narration(struct frame *frame);
/* One line of words, or two: the second one gives way to a notice. */
void draw_words(struct frame *frame, const char *one, const char *two);
void draw_lines(struct frame *frame);
void draw_machines(struct frame *frame);
void draw_away(struct frame *frame);
void draw_done(struct frame *frame);
void draw_scene_list(struct frame *frame);
void draw_meters(struct frame *frame);
/* Both meters in row y, ending before the right edge; returns where they
 * begin. */
int draw_meters_row(struct cells *cells, int y, const struct scene *scene);
void draw_legend(struct frame *frame);
void draw_timeline(struct frame *frame);

/* Number the rows in rect, first .. first + shown - 1, that count under the
 * vertical line. */
void draw_counts(struct frame *frame, struct rect rect, int step, int first,
                 int shown, bool machine);
void draw_panes(struct frame *frame);
void draw_panel(struct frame *frame);
void draw_trails(struct frame *frame);

/* --- shared by the parts -------------------------------------------------- */

/* Draw "[name]" in the task's colour, at most width cells; returns its cells.*/
int draw_chip(struct cells *cells, int x, int y, int width,
              const struct scene *scene, int task);
int draw_chip_cells(const char *name, int width);

/* Draw a person at (x, y), and remember the trail there. Returns the cells of
 * the chip. */
int draw_person(struct frame *frame, int x, int y, int width,
                const struct person *person);

/* Draw a row "key\tmeaning": the meaning from so many cells on. */
void draw_help_row(struct cells *cells, int x, int y, int width, int column,
                   const char *row);

/* Draw the last row: what can be pressed, "key\tmeaning\n…". What does not
 * fit is left out, but for the last two. */
void draw_keys(struct cells *cells, int y, const char *footer);

/* "80x24 needed, now 40x12", and nothing else. */
void draw_too_small(struct cells *cells);

/* Write "m → B" for somebody who waits for the lock m, which B has; where that
 * is wider than room, "→ B". */
void draw_reason(char *out, size_t size, const struct scene *scene,
                 const struct interval *stay, int room);

/* A bar of part/whole in width cells; whole <= 0: unknown. */
void draw_bar(struct cells *cells, int x, int y, int width, int64_t part,
              int64_t whole);

/* A frame with a title in its top edge. */
enum border {
    BORDER_HEAVY,
    BORDER_DASHED,
    BORDER_DOUBLE
};
void draw_border(struct cells *cells, struct rect rect, enum border border,
                 const char *title, enum role role);

/* Has any task work to do, as far as is known at a glance? */
bool draw_can_compute(const struct scene *scene);

/* Can somebody be held at a machine here? Then the legend has a sign for it. */
bool draw_can_hold(const struct scene *scene);

/* A person three rows high; returns the cells it takes, 0 if it cannot be. */
int draw_big_cells(const struct frame *frame, const char *name);
void draw_big(struct frame *frame, int x, int y, const struct person *person);

#endif
