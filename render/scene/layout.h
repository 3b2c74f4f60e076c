/*
 * layout.h -- where everything goes: size and view become rectangles.
 *
 * What is taken away first when the terminal is small: blank rows, big
 * letters, the way back, the done row, the legend, the rule, the scene's
 * frames (it becomes a list), rows of the timeline (it scrolls). What always
 * stays: title, meters, who is where, the axis, the footer.
 */
#ifndef CONCVIZ_RENDER_SCENE_LAYOUT_H
#define CONCVIZ_RENDER_SCENE_LAYOUT_H

#include <stdbool.h>

#include "render/cells/cells.h"

struct scene;
struct view;

struct layout {
    bool too_small;
    int width, height;
    bool big;         /* three-row people */
    bool meters_big;  /* a column of the scene, else in the legend row */
    bool strip;       /* three rows in place of the legend */
    bool thick;       /* a bar has two rows, or more, where there is room, */
    bool thick_cpus;  /* and so has that of a machine */
    bool compact;     /* the scene is a list */
    bool folded;      /* a row of people is several of them */
    int slots;        /* machines drawn, one below the other, */
    bool listed;      /* as rows of one box, because boxes have no room, */
    bool crowded;     /* and some have not even a row */
    unsigned panes;   /* which are there: bits of panes.h, … */
    struct rect pane; /* … and where: beside the scene or above its list */
    struct rect scene;
    struct rect lines, machines, away, meters; /* inside the scene */
    bool names_above; /* lines have their names above them: it is narrow */
    int join_x;       /* where lines join on their way to the machines */
    int path_y;       /* the way back, or -1 */
    int done_y;       /* the done row, or -1 */
    int legend_y;
    int header_y;         /* who this timeline is of, above it; or -1 */
    struct rect lanes;    /* rows of the timeline, with labels */
    int lane_step;        /* 2: a blank row after each */
    int lane_count;       /* rows of content in lanes, blank ones not counted */
    struct rect values;   /* rows of shared variables, with labels */
    struct rect cpus;     /* rows of the machines, with labels */
    int chip;             /* cells of a person's chip, at most */
    int bar_x, bar_width; /* the time columns of lanes, cpus and axis */
    int axis_y;           /* two rows */
    int narration_y, narration_rows;
    int footer_y;
};

/* The smallest terminal there is a layout for. */
enum {
    LAYOUT_WIDTH_MIN = 60,
    LAYOUT_HEIGHT_MIN = 16
};

void layout_make(struct layout *layout, int width, int height,
                 const struct scene *scene, const struct view *view);

enum {
    LAYOUT_FOLD = 16, /* cells of a label of several people */
    LAYOUT_CPUS = 8   /* rows of machines, at most */
};

/* Only the columns of the timeline: chip, bar_x and bar_width. */
void layout_columns(struct layout *layout, const struct scene *scene);

/* Only the scene, on cells of its own of this size. */
void layout_scene(struct layout *layout, int width, int rows,
                  const struct scene *scene);

/* Only a timeline, with its legend and its axis, on cells of this size. */
void layout_timeline(struct layout *layout, int width, int height,
                     const struct scene *scene);

/* One screen for two runs of the same tasks with so many machines: the same
 * columns in both halves, and the rows of each. Both scenes, if there is room
 * for them, are side by side in `scene`; where not its height is 0. */
void layout_compare(struct layout half[2], int width, int height,
                    const struct scene *scene, const struct view *view,
                    const int machines[2]);

/* Where a machine is, by its place in the order drawn: first and last row,
 * with its borders; and its middle row, where arrows arrive and leave. */
struct layout_slot {
    int top, bottom, middle;
};
struct layout_slot layout_slot(const struct layout *layout, int slot);

#endif
