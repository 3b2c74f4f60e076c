/*
 * layout_compare.c -- one screen for two runs.
 *
 * Both halves get the same rows and the same columns of time. What is taken
 * away first when the terminal is small: the scenes, blank rows, rows of
 * machines, rows of people (they scroll, or fold if they are far too many).
 */
#include "render/scene/layout.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"

enum {
    SCENES_WIDTH = 110,
    SCENES_LEAST = 10,
    SCENES_MOST = 22,
    LANES_LEAST = 3,
    LANES_GOOD = 5,
    ROWS_FOLDED = HISTORY_GROUPS / 2, /* most rows of groups */
    LANE_STEP_MOST = 2,
    FIXED_ROWS = 7, /* title, legend, two headers, axis (2), footer */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void give(int *rows, int wanted, int *room, int times)
{
    int more = least(*room / times, wanted - *rows);

    if (more > 0) {
        *rows += more;
        *room -= more * times;
    }
}

struct shares {
    int lanes, step, cpus[2], gap, scenes;
};

static struct shares share(const struct scene *scene, const struct view *view,
                           const int wanted[2], int room, bool wide)
{
    int machines[2] = { wanted[0], wanted[1] }, people = scene->task_count;
    struct shares rows = { .step = 1 };

    if (view->by_machine) {
        people = machines[0] > machines[1] ? machines[0] : machines[1];
        machines[0] = machines[1] = 0;
    } else if (people > HISTORY_GROUPS && !view->unfolded) {
        people = ROWS_FOLDED;
    }
    for (int i = 0; i < 2; i++)
        give(&rows.cpus[i], least(machines[i], 1), &room, 1);
    give(&rows.lanes, least(people, LANES_LEAST), &room, 2);
    for (int i = 0; i < 2; i++)
        give(&rows.cpus[i], least(machines[i], 2), &room, 1);
    give(&rows.lanes, least(people, LANES_GOOD), &room, 2);
    if (wide && room >= SCENES_LEAST)
        give(&rows.scenes, SCENES_LEAST, &room, 1);
    for (int i = 0; i < 2; i++)
        give(&rows.cpus[i], least(machines[i], 4), &room, 1);
    give(&rows.lanes, people, &room, 2);
    give(&rows.gap, 1, &room, 1);
    for (int i = 0; i < 2; i++)
        give(&rows.cpus[i], machines[i], &room, 1);
    if (rows.scenes)
        give(&rows.scenes, SCENES_MOST, &room, 1);
    while (rows.lanes && room >= 2 * rows.lanes && rows.step < LANE_STEP_MOST) {
        rows.step++;
        room -= 2 * rows.lanes;
    }
    return rows;
}

static int place_half(struct layout *layout, const struct shares *rows,
                      int index, int y)
{
    layout->lane_step = rows->step;
    layout->lane_count = rows->lanes;
    layout->lanes = (struct rect){ 0, y, layout->width,
                                   rows->lanes * rows->step };
    y += layout->lanes.height;
    layout->cpus = (struct rect){ 0, y, layout->width, rows->cpus[index] };
    y += layout->cpus.height;
    layout->axis_y = y; /* the line of now ends above it */
    return y;
}

void layout_compare(struct layout half[2], int width, int height,
                    const struct scene *scene, const struct view *view,
                    const int machines[2])
{
    int narration = height >= 20 ? 2 : 1, y;
    struct layout layout = {
        .width = width,
        .height = height,
        .meters_big = true, /* they are in the headers, not in the legend */
        .path_y = -1,
        .done_y = -1,
        .narration_rows = narration,
        .narration_y = height - 1 - narration,
        .footer_y = height - 1,
    };
    struct shares rows = share(scene, view, machines,
                               height - FIXED_ROWS - narration,
                               width >= SCENES_WIDTH);

    layout.too_small = width < LAYOUT_WIDTH_MIN || height < LAYOUT_HEIGHT_MIN;
    layout.folded = !view->unfolded && !view->by_machine &&
                    scene->task_count > 2 * rows.lanes;
    layout_columns(&layout, scene);
    layout.scene = (struct rect){ 0, 1, width, rows.scenes };
    layout.legend_y = 1 + rows.scenes;
    y = layout.legend_y + 1;
    for (int i = 0; i < 2; i++) {
        half[i] = layout;
        half[i].header_y = y;
        y = place_half(&half[i], &rows, i, y + 1) + rows.gap;
    }
}
