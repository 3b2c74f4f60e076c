/*
 * layout.c -- dividing the rows, then the columns.
 *
 * Rows are handed out in order of importance: first what every screen needs,
 * then the least scene and timeline, then what makes them better. All numbers
 * of rows are for one picture: a screen of H rows is filled exactly.
 */
#include "render/scene/layout.h"

#include "render/cells/big.h"
#include "render/scene/panes.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "sched/base/text.h"

enum {
    NAMES_ASKED = 1024, /* tasks whose names decide the label column */
    CHIP_MAX = 12,      /* cells of a chip, brackets included */
    SCENE_LIST = 3,     /* least rows of a scene that is a list */
    SCENE_TIGHT = 6,    /* least rows of a scene with frames, */
    SCENE_LEAST = 8,    /* and unless people need them */
    SCENE_GOOD = 10,    /* with the done row and air */
    SCENE_BIG = 15,     /* with three-row people */
    SCENE_MOST = 20,
    PANES_TIGHT = 7, /* rows of panes in place of the scene: the least, */
    PANES_GOOD = 10, /* and what can be read well */
    LANES_LEAST = 3,
    LANES_GOOD = 8, /* where people are too many for a row each */
    ROWS_FOLDED = HISTORY_GROUPS / 2, /* most rows of groups */
    LANE_STEP_MOST = 3,
    VALUES_MOST = 4, /* rows of shared variables */
    LINES_WIDTH_MOST = 64,
    WIDTH_FRAMES = 60,
    BIG_WIDTH_LEAST = 110,
    BIG_HEIGHT_LEAST = 34,
    LARGE_HEIGHT_LEAST = 22,
    LARGE_WIDTH_LEAST = 76, /* in presenter mode */
    METERS_WIDTH = 15,
    METERS_SCENE = 90, /* for them in a scene on cells of its own */
    METERS_ROWS = 11,
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* Cells of the longest chip "[name]", limited. */
static int chip_cells(const struct scene *scene)
{
    int cells = 3;
    int asked = least(scene->task_count, NAMES_ASKED);

    for (int i = 0; i < asked && cells < CHIP_MAX; i++)
        cells = most(cells, text_cells(scene->workload->task[i].name) + 2);
    return least(cells, CHIP_MAX);
}

/* --- rows ----------------------------------------------------------------- */

/* Rows of a scene: the least, what shows everything, and what it can use. */
struct wish {
    int tight, least, good, big; /* tight: so that everybody has a row */
};

/* Machines are stacked with shared borders: each needs two rows, and the
 * stack one more; below them is the done row, if there is room for it. */
static struct wish scene_wish(const struct scene *scene,
                              const struct layout *layout)
{
    int machines = scene_machines(scene);
    struct wish wish = { SCENE_TIGHT, SCENE_LEAST, SCENE_GOOD, SCENE_GOOD };

    if (machines == 1)
        wish.good = wish.big = SCENE_GOOD + 1;
    else if (machines == 3)
        wish.good = SCENE_LEAST;
    else if (machines >= 4)
        wish.least = wish.good = SCENE_LEAST + 1;
    if (layout->big)
        wish.big = most(SCENE_BIG, least(SCENE_MOST, 4 * machines + 3));
    else if (machines > 4)
        wish.big = least(SCENE_MOST, machines + 3);
    return wish;
}

/* A scene that is a list, and all else for panes; or panes beside it, which are
 * as high as the scene. */
static struct wish panes_wish(const struct layout *layout, struct wish wish)
{
    int tight = SCENE_LIST + least(PANES_TIGHT, layout->height / 3);

    if (!layout->panes)
        return wish;
    if (!panes_beside(layout->width))
        return (struct wish){ tight, tight, SCENE_LIST + PANES_GOOD,
                              SCENE_LIST + PANES_GOOD + 2 };
    wish.good = most(wish.good, layout->height * 2 / 5);
    wish.big = most(wish.big, layout->height / 2);
    return wish;
}

/* Give rows to *rows until it has `wanted`. */
static void give(int *rows, int wanted, int *room)
{
    int more = least(*room, wanted - *rows);

    if (more > 0) {
        *rows += more;
        *room -= more;
    }
}

/* Machines that have no row each share rows, as many in each: so many rows of
 * those at hand are of use. */
static int useful_rows(int machines, int rows)
{
    int each = rows > 0 ? (machines + rows - 1) / rows : 0;

    return each > 0 ? (machines + each - 1) / each : 0;
}

/* The scene, the rows of people, of shared variables and of machines share what
 * is left between the title and the axis, taking turns. */
static void share_room(struct layout *layout, const struct scene *scene,
                       int room, int people, int machines, int shared)
{
    struct wish wish = scene_wish(scene, layout);
    int rows = 0, lanes = 0, cpus = 0, values = 0, everybody;

    layout->compact = room < wish.least + LANES_LEAST + least(machines, 2) ||
                      layout->width < WIDTH_FRAMES;
    layout->compact |= layout->panes && !panes_beside(layout->width);
    if (layout->compact)
        wish = (struct wish){ SCENE_LIST, SCENE_LIST, SCENE_LIST + 1,
                              SCENE_LIST + 1 };
    wish = panes_wish(layout, wish);
    if (layout->strip) /* everybody's row is worth more than air */
        wish.good = wish.big = wish.least;
    everybody = room - wish.tight - least(machines, 2);
    everybody = people <= everybody ? people : least(LANES_GOOD, everybody);
    if (everybody > 0) {
        give(&rows, wish.tight, &room);
        give(&cpus, least(machines, 2), &room);
        give(&lanes, everybody, &room);
        give(&cpus, useful_rows(machines, cpus + room), &room);
    }
    give(&rows, wish.least, &room);
    give(&cpus, least(machines, 1), &room);
    give(&lanes, least(people, LANES_LEAST), &room);
    give(&cpus, least(machines, 2), &room);
    give(&lanes, least(people, LANES_LEAST + 1), &room);
    if (layout->big) /* people first, rows of the timeline scroll */
        give(&rows, wish.big, &room);
    give(&cpus, least(machines, 4), &room);
    give(&values, least(shared, 1), &room);
    give(&rows, wish.good, &room);
    give(&lanes, people, &room);
    give(&cpus, machines, &room);
    give(&values, shared, &room);
    give(&rows, wish.big, &room);
    while (lanes > 0 && room >= lanes &&
           layout->lane_step < LANE_STEP_MOST + layout->thick &&
           (layout->height >= BIG_HEIGHT_LEAST || layout->thick)) {
        layout->lane_step++;
        room -= lanes;
    }
    if (!layout->compact)
        give(&rows, most(SCENE_MOST, layout->height * 2 / 5), &room);
    layout->thick_cpus = layout->thick && layout->lane_step > 1 && room >= cpus;
    if (layout->thick_cpus)
        cpus *= 2;
    if (useful_rows(machines, cpus) < cpus) {
        rows += cpus - useful_rows(machines, cpus);
        cpus = useful_rows(machines, cpus);
    }
    layout->scene.height = rows;
    layout->lane_count = lanes;
    layout->lanes.height = lanes * layout->lane_step;
    layout->values.height = values;
    layout->cpus.height = cpus;
}

/* The rows of the scene are for the scene and the panes. */
static void split_scene(struct layout *layout)
{
    struct rect all = { 0, 1, layout->width, layout->scene.height };
    int cells = panes_width(all.width), list = SCENE_LIST;

    layout->scene = layout->pane = all;
    if (!layout->panes)
        return;
    if (panes_beside(all.width)) {
        layout->scene.width = all.width - cells;
        layout->pane.x = layout->scene.width;
        layout->pane.width = cells;
        return;
    }
    list += all.height > SCENE_LIST + PANES_GOOD;
    layout->pane.height -= list;
    layout->scene = (struct rect){ 0, all.y + layout->pane.height, all.width,
                                   list };
}

static void share_rows(struct layout *layout, const struct scene *scene,
                       const struct view *view)
{
    int machines = scene_machines(scene), width = layout->width;
    int people = view->by_machine ? machines : scene->task_count, strip;
    int shared = least((int)scene->workload->shared_count, VALUES_MOST);

    layout->strip = view->large && width < BIG_WIDTH_LEAST &&
                    layout->height >= LARGE_HEIGHT_LEAST;
    layout->thick = view->large;
    strip = layout->strip ? BIG_HEIGHT - 1 : 0;
    layout->narration_rows = layout->height >= 20 && !strip ? 2 : 1;
    layout->lane_step = 1;
    if (people > HISTORY_GROUPS && !view->unfolded)
        people = ROWS_FOLDED;
    /* title, legend, axis (2), footer */
    share_room(layout, scene,
               layout->height - 5 - layout->narration_rows - strip, people,
               view->by_machine ? 0 : least(machines, LAYOUT_CPUS),
               view->by_machine || view->mystery ? 0 : shared);
    layout->folded = !view->unfolded && !view->by_machine &&
                     scene->task_count > 2 * layout->lane_count;
    layout->legend_y = 1 + layout->scene.height;
    split_scene(layout);
    layout->lanes = (struct rect){ 0, layout->legend_y + 1 + strip, width,
                                   layout->lanes.height };
    layout->values = (struct rect){ 0, layout->lanes.y + layout->lanes.height,
                                    width, layout->values.height };
    layout->cpus = (struct rect){ 0, layout->values.y + layout->values.height,
                                  width, layout->cpus.height };
    layout->axis_y = layout->cpus.y + layout->cpus.height;
    layout->footer_y = layout->height - 1;
    layout->narration_y = layout->footer_y - layout->narration_rows;
}

/* --- columns -------------------------------------------------------------- */

static void share_scene(struct layout *layout, const struct scene *scene)
{
    struct rect *all = &layout->scene;
    int machine = most(15, least(33, all->width / 5 + 3));
    int away = most(17, least(44, (all->width + 4) / 4 - 2 * layout->big));
    int arrow = all->width >= 100 ? 9 : all->width >= 76 ? 6 : 4;
    int right = all->width - 1, top = all->y, rows = all->height;
    int stacked = scene_machines(scene);
    bool tight = layout->big && layout->height < BIG_HEIGHT_LEAST - 4;
    bool has_path;

    if (layout->meters_big)
        right -= METERS_WIDTH + 1;
    if (rows >= 8 && !tight && !(stacked >= 4 && rows < SCENE_GOOD))
        layout->done_y = all->y + rows - 1 - (rows >= 11);
    if (layout->done_y >= 0)
        rows = layout->done_y - all->y;
    if (rows >= 10 && stacked == 1)
        top++, rows--;
    has_path = !tight && stacked <= 4 && rows - 1 >= 2 * stacked + 1 + 3 &&
               (stacked == 1 || rows - 1 >= 4 * stacked + 1);
    layout->path_y = has_path ? top + rows - 1 : -1;
    if (has_path)
        rows--;
    layout->meters = (struct rect){ right + 1, top, METERS_WIDTH, rows };
    if (layout->strip)
        layout->meters = (struct rect){ 1, layout->legend_y, layout->width - 2,
                                        BIG_HEIGHT };
    layout->away = (struct rect){ right - away, top, away, rows };
    layout->machines = (struct rect){ layout->away.x - arrow - machine, top,
                                      machine, rows };
    layout->lines = (struct rect){
        most(1, layout->machines.x - LINES_WIDTH_MOST), top, 0, rows
    };
    layout->lines.width = layout->machines.x - layout->lines.x;
    layout->slots = stacked;
    layout->listed = 2 * stacked + 1 > rows;
    layout->crowded = layout->listed && scene->machine_count > rows - 2;
    layout->join_x = layout->machines.x - (all->width >= 100 ? 8 : 5);
}

void layout_columns(struct layout *layout, const struct scene *scene)
{
    layout->chip = chip_cells(scene);
    layout->bar_x = most(6, layout->chip + 3);
    if (layout->folded)
        layout->bar_x = most(layout->bar_x, LAYOUT_FOLD + 2);
    layout->bar_width = layout->width - layout->bar_x - 1;
}

void layout_make(struct layout *layout, int width, int height,
                 const struct scene *scene, const struct view *view)
{
    int room = width; /* of the scene */

    *layout = (struct layout){
        .width = width, .height = height, .path_y = -1, .done_y = -1
    };
    layout->too_small = width < LAYOUT_WIDTH_MIN || height < LAYOUT_HEIGHT_MIN;
    if (layout->too_small)
        return;
    layout->panes = panes_shown(scene->history, view, width);
    if (layout->panes && panes_beside(width))
        room -= panes_width(width);
    layout->big = height >= BIG_HEIGHT_LEAST && room >= BIG_WIDTH_LEAST;
    layout->big |= view->large && room >= LARGE_WIDTH_LEAST;
    share_rows(layout, scene, view);
    if (layout->big && layout->scene.height < SCENE_BIG - 3) {
        layout->big = false;
        share_rows(layout, scene, view);
    }
    layout->meters_big = layout->big && room >= BIG_WIDTH_LEAST;
    share_scene(layout, scene);
    layout_columns(layout, scene);
}

void layout_scene(struct layout *layout, int width, int rows,
                  const struct scene *scene)
{
    *layout = (struct layout){
        .width = width, .height = rows, .path_y = -1, .done_y = -1
    };
    layout->scene = (struct rect){ 0, 0, width, rows };
    layout->meters_big = width >= METERS_SCENE && rows >= METERS_ROWS;
    layout->names_above = width < LARGE_WIDTH_LEAST;
    layout_columns(layout, scene);
    share_scene(layout, scene);
}

/* There is no scene, so the cells need not be as large as a screen. */
void layout_timeline(struct layout *layout, int width, int height,
                     const struct scene *scene)
{
    int room = height - 3, people = least(scene->task_count, room / 2);
    int machines = least(least(scene->machine_count, LAYOUT_CPUS),
                         room - people);
    int rows = room - machines;

    *layout = (struct layout){ .width = width, .height = height };
    layout->path_y = layout->done_y = -1;
    layout->lane_step = 1;
    layout->lane_count = rows < scene->task_count ? rows : scene->task_count;
    layout->folded = scene->task_count > 2 * rows;
    layout->lanes = (struct rect){ 0, 1, width, layout->lane_count };
    layout->cpus = (struct rect){ 0, 1 + layout->lane_count, width, machines };
    layout->axis_y = layout->cpus.y + machines;
    layout_columns(layout, scene);
}

struct layout_slot layout_slot(const struct layout *layout, int slot)
{
    const struct rect *all = &layout->machines;
    int step = (all->height - 1) / layout->slots, y = all->y + slot * step;

    if (!layout->listed)
        return (struct layout_slot){ y, y + step, y + step / 2 };
    y = all->y + 1 + least(slot, all->height - 3);
    return (struct layout_slot){ y, y, y };
}
