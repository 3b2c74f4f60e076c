/*
 * layout.c -- dividing the rows, then the columns.
 *
 * Rows are given out in order of importance: first what every screen needs,
 * then the least scene and timeline, then what makes them better. All numbers
 * of rows are for one picture: a screen of H rows is filled exactly.
 */
#include "render/layout.h"

#include "render/scene.h"
#include "render/screen.h"
#include "render/view.h"
#include "sched/base/text.h"

enum {
    NAMES_ASKED = 1024, /* tasks whose names decide the label column */
    CHIP_MAX = 12,      /* cells of a chip, brackets included */
    SCENE_LIST = 3,     /* least rows of a scene that is a list */
    SCENE_LEAST = 8,    /* least rows of a scene with frames */
    SCENE_GOOD = 10,    /* with the done row and air */
    SCENE_BIG = 15,     /* with three-row people */
    SCENE_MOST = 20,
    LANES_LEAST = 3,
    WIDTH_FRAMES = 60,
    BIG_WIDTH_LEAST = 110,
    BIG_HEIGHT_LEAST = 34,
    METERS_WIDTH = 15,
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

int layout_chip_cells(const struct scene *scene)
{
    int cells = 3;
    int asked = least(scene->task_count, NAMES_ASKED);

    for (int i = 0; i < asked && cells < CHIP_MAX; i++)
        cells = most(cells, text_cells(scene->workload->task[i].name) + 2);
    return least(cells, CHIP_MAX);
}

/* --- rows ----------------------------------------------------------------- */

/* Rows a scene would like to have: machines stacked with shared borders. */
static int scene_wish(const struct scene *scene, const struct layout *layout)
{
    int machines = scene_machines(scene);

    if (layout->big)
        return most(SCENE_BIG, least(SCENE_MOST, 4 * machines + 3));
    return machines == 1 ? SCENE_GOOD + 1 : SCENE_GOOD;
}

static void share_rows(struct layout *layout, const struct scene *scene,
                       const struct view *view)
{
    int machines = scene_machines(scene);
    int wanted = view->by_machine ? machines : scene->task_count;
    int cpus = view->by_machine ? 0 : machines;
    /* title, axis (2), footer; the legend row and narration if there is room */
    int room = layout->height - 4;
    int lanes, scene_rows;

    layout->narration_rows = layout->height >= 20 ? 2 : 1;
    room -= layout->narration_rows;
    room -= 1; /* the legend row: it has the meters */
    layout->compact = room < SCENE_LEAST + LANES_LEAST + 1 ||
                      layout->width < WIDTH_FRAMES;
    scene_rows = layout->compact ? SCENE_LIST : SCENE_LEAST;
    room -= scene_rows;
    lanes = least(wanted, LANES_LEAST);
    cpus = least(cpus, most(1, room - lanes));
    cpus = least(cpus, most(1, (room - lanes) * 2 / 3));
    if (view->by_machine)
        cpus = 0;
    room -= lanes + cpus;
    /* more of everything, in turns of importance */
    if (!layout->compact) {
        int wish = scene_wish(scene, layout);
        int more = least(least(wish, SCENE_GOOD) - scene_rows,
                         most(0, room - least(2, wanted - lanes)));

        more = most(0, more);
        scene_rows += more, room -= more;
        more = least(room, wanted - lanes);
        lanes += more, room -= more;
        more = least(room, most(0, wish - scene_rows));
        scene_rows += more, room -= more;
    } else {
        int more = least(room, wanted - lanes);

        lanes += more, room -= more;
        more = least(room, 4);
        scene_rows += more, room -= more;
    }
    layout->lane_step = room >= lanes && lanes > 0 && layout->height >= 34 ? 2
                                                                           : 1;
    if (layout->lane_step == 2)
        room -= lanes;
    if (!layout->compact && room > 0) {
        int more = least(room, most(0, SCENE_MOST - scene_rows));

        scene_rows += more, room -= more;
    }
    layout->lane_count = lanes;
    layout->scene = (struct rect){ 0, 1, layout->width, scene_rows };
    layout->legend_y = 1 + scene_rows;
    layout->lanes = (struct rect){ 0, layout->legend_y + 1, layout->width,
                                   lanes * layout->lane_step };
    layout->cpus = (struct rect){ 0, layout->lanes.y + layout->lanes.height,
                                  layout->width, cpus };
    layout->axis_y = layout->cpus.y + cpus;
    layout->footer_y = layout->height - 1;
    layout->narration_y = layout->footer_y - layout->narration_rows;
}

/* --- columns -------------------------------------------------------------- */

static void share_scene(struct layout *layout, const struct scene *scene)
{
    struct rect *all = &layout->scene;
    int machine = most(15, least(27, layout->width / 4 - 1));
    int away = most(17, least(36, (layout->width + 4) / 4 - 2 * layout->big));
    int arrow = layout->width >= 100 ? 9 : layout->width >= 76 ? 6 : 4;
    int right = layout->width - 1, top = all->y, rows = all->height;
    int stacked = scene_machines(scene);
    bool has_path;

    if (layout->meters_big)
        right -= METERS_WIDTH + 1;
    layout->done_y = rows >= 6 ? all->y + rows - 1 - (rows >= 11) : -1;
    if (layout->done_y >= 0)
        rows = layout->done_y - all->y;
    if (rows >= 8 && stacked == 1)
        top++, rows--;
    has_path = stacked <= 4 && rows - 1 >= 2 * stacked + 1 + 3 &&
               (stacked == 1 || rows - 1 >= 4 * stacked + 1);
    layout->path_y = has_path ? top + rows - 1 : -1;
    if (has_path)
        rows--;
    layout->meters = (struct rect){ right + 1, top, METERS_WIDTH, rows };
    layout->away = (struct rect){ right - away, top, away, rows };
    layout->machines = (struct rect){ layout->away.x - arrow - machine, top,
                                      machine, rows };
    layout->lines = (struct rect){ 1, top, layout->machines.x - 1, rows };
    layout->join_x = layout->machines.x - (layout->width >= 100 ? 8 : 5);
}

void layout_make(struct layout *layout, int width, int height,
                 const struct scene *scene, const struct view *view)
{
    *layout = (struct layout){
        .width = width, .height = height, .path_y = -1, .done_y = -1
    };
    layout->too_small = width < SCREEN_WIDTH_MIN || height < SCREEN_HEIGHT_MIN;
    if (layout->too_small)
        return;
    layout->big = (view->large || height >= BIG_HEIGHT_LEAST) &&
                  width >= BIG_WIDTH_LEAST;
    layout->meters_big = layout->big;
    share_rows(layout, scene, view);
    if (layout->scene.height < SCENE_BIG - 3)
        layout->big = false, layout->meters_big = false;
    share_scene(layout, scene);
    layout->bar_x = most(6, layout_chip_cells(scene) + 3);
    layout->bar_width = width - layout->bar_x - 1;
}
