/*
 * A frame says who is where in five ways: the places, the rows of people, the
 * rows of machines, the meters and the sentence. All of them are read back
 * from the cells here, while the picture moves, and must name the same people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/cells/glyphs.h"
#include "render/draw/screen.h"
#include "render/draw/time_axis.h"
#include "render/output/backend.h"
#include "render/scene/layout.h"
#include "render/scene/routes.h"
#include "render/scene/scene.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static const char meeting[] =
    "machines 2\n"
    "task A: lock m, cpu 300, sleep 200, unlock m, cpu 100\n"
    "task B at 50: cpu 100, lock m, cpu 100, unlock m\n"
    "task C: block 150, cpu 200 by 50, sleep 400, cpu 3, yield, cpu 2\n"
    "task D after A: cpu 40, sleep 10, cpu 40, sleep 10, cpu 40\n";

static const char calling[] =
    "task A: next G, cpu 50, next G, cpu 50, sleep 30, next G\n"
    "task B: repeat 4 (cpu 30, yield)\n"
    "generator G: repeat 5 (cpu 50, yield)\n";

static const struct {
    const char *workload, *mode;
    int machines;
} run[] = {
    { "cafeteria", "sequential", 0 }, { "cafeteria", "coroutine", 0 },
    { "cafeteria", "threads", 0 },    { "cafeteria", "parallel", 0 },
    { "cafeteria", "hybrid", 4 },     { meeting, "sequential", 0 },
    { meeting, "coroutine", 0 },      { meeting, "threads", 0 },
    { meeting, "parallel", 2 },       { meeting, "hybrid", 3 },
    { calling, "coroutine", 0 },      { calling, "threads", 0 },
    { "crossed", "threads", 0 },
};

static const int size[][2] = { { 80, 24 }, { 120, 36 }, { 100, 30 } };

enum {
    RUNS = sizeof run / sizeof run[0],
    SIZES = sizeof size / sizeof size[0],
    FRAMES = 150,
    TEXT = 512
};

static struct picture picture;
static struct cells cells;
static struct scene scene;
static struct layout layout;
static struct routes routes;
static char rows[64][TEXT]; /* the frame as text */

static void read_frame(void)
{
    struct strbuf text;
    char *from;

    screen_draw(&cells, picture.history, &picture.view);
    scene_make(&scene, picture.history, &picture.view);
    layout_make(&layout, cells.width, cells.height, &scene, &picture.view);
    routes_make(&routes, &scene);
    strbuf_init(&text);
    backend_text(&text, &cells);
    from = text.text;
    for (int y = 0; y < cells.height && *from; y++) {
        size_t length = strcspn(from, "\n");

        ck_assert_uint_lt(length, TEXT);
        memcpy(rows[y], from, length);
        rows[y][length] = '\0';
        from += length + 1;
    }
    strbuf_fini(&text);
}

/* --- places --------------------------------------------------------------- */

static bool is_in(const struct rect *rect, int x, int y)
{
    return x >= rect->x && x < rect->x + rect->width && y >= rect->y &&
           y < rect->y + rect->height;
}

/* A place as a number: an area, or AT_MACHINE and the machine. */
enum {
    AT_MACHINE = 100
};

static int place_of_cell(int x, int y)
{
    if (y == layout.done_y)
        return AREA_DONE;
    if (is_in(&layout.away, x, y))
        return AREA_AWAY;
    if (!is_in(&layout.machines, x, y))
        return AREA_LINE;
    for (int slot = 0; slot < layout.slots; slot++) {
        struct layout_slot at = layout_slot(&layout, slot);

        if (y >= at.top && y <= at.bottom)
            return AT_MACHINE + routes.machine[slot];
    }
    return AREA_NOWHERE;
}

static int place_of_stay(const struct interval *stay)
{
    static const int place[STATE_COUNT] = {
        [STATE_ABSENT] = AREA_NOWHERE, [STATE_IN_LINE] = AREA_LINE,
        [STATE_AWAITING] = AREA_AWAY,  [STATE_BLOCKED] = AREA_AWAY,
        [STATE_DONE] = AREA_DONE,
    };

    if (stay->state == STATE_DONE && layout.done_y < 0)
        return AREA_NOWHERE;
    return stay->machine >= 0 ? AT_MACHINE + stay->machine : place[stay->state];
}

/* Somebody's name is drawn where that person is, and nowhere else. */
static void check_place(const char *when, int task)
{
    struct interval stay = history_at(picture.history, task, scene.t_ns);
    int wanted = place_of_stay(&stay), seen = AREA_NOWHERE;

    for (int y = 1; y < layout.legend_y; y++)
        for (int x = 0; x < layout.meters.x; x++) {
            const struct cell *cell = cells_at(&cells, x, y);

            if (cell->role != ROLE_TASK ||
                cell->task != scene_colour(&scene, task))
                continue;
            seen = place_of_cell(x, y);
            ck_assert_msg(seen == wanted, "%s: %s in place %d instead of %d",
                          when, scene_task_name(&scene, task), seen, wanted);
        }
    ck_assert_msg(seen == wanted, "%s: %s is not to be seen in place %d", when,
                  scene_task_name(&scene, task), wanted);
}

/* --- rows ----------------------------------------------------------------- */

/* The last whole column before now, if nothing has changed since it began:
 * since_ns is when the present state began. Or -1. */
static int settled_column(const struct time_axis *axis, int64_t since_ns)
{
    int column = time_axis_column(axis, scene.t_ns) - 1;

    return column >= 0 && time_axis_begin(axis, column) >= since_ns ? column
                                                                    : -1;
}

static bool is_texture_of(const struct cell *cell, const struct interval *stay)
{
    static const uint32_t texture[STATE_COUNT] = {
        [STATE_ABSENT] = ' ',
        [STATE_IN_LINE] = GLYPH_LINE,
        [STATE_AWAITING] = GLYPH_AWAITING,
        [STATE_BLOCKED] = GLYPH_BLOCKED,
        [STATE_HELD] = GLYPH_HELD,
    };

    if (stay->state == STATE_RUNNING)
        return cell->rune == GLYPH_RUNNING || cell->role == ROLE_TASK;
    if (stay->state == STATE_DONE)
        return cell->rune == ' ' || cell->rune == GLYPH_DONE;
    return cell->rune == texture[stay->state];
}

static void check_row(const char *when, const struct time_axis *axis, int task)
{
    struct interval stay = history_at(picture.history, task, scene.t_ns);
    int column = settled_column(axis, stay.from_ns);
    int shown = layout.lane_count - (scene.task_count > layout.lane_count);
    const struct cell *cell;

    if (column < 0 || task >= shown)
        return;
    cell = cells_at(&cells, axis->x + column,
                    layout.lanes.y + task * layout.lane_step);
    ck_assert_msg(is_texture_of(cell, &stay), "%s: row of %s: U+%04X", when,
                  scene_task_name(&scene, task), cell->rune);
}

static void check_machine_row(const char *when, const struct time_axis *axis,
                              int machine)
{
    struct service service = history_service_at(picture.history, machine,
                                                scene.t_ns);
    int column = settled_column(axis, service.from_ns);
    const struct cell *cell;

    if (column < 0)
        return;
    cell = cells_at(&cells, axis->x + column, layout.cpus.y + machine);
    if (service.kind == SERVICE_BUSY)
        ck_assert_msg(cell->task == scene_colour(&scene, service.task),
                      "%s: row of machine %d: colour %d", when, machine,
                      cell->task);
    else if (service.kind == SERVICE_IDLE)
        ck_assert_msg(cell->rune == ' ', "%s: row of machine %d: U+%04X", when,
                      machine, cell->rune);
}

/* --- numbers and words ---------------------------------------------------- */

static void check_meters(const char *when)
{
    char wanted[64];

    if (layout.meters_big)
        return;
    if (scene.ended)
        snprintf(wanted, sizeof wanted, "most: IN PROGRESS %d  WORKING %d",
                 history_max_in_progress(picture.history),
                 history_max_working(picture.history));
    else
        snprintf(wanted, sizeof wanted, "IN PROGRESS %d  WORKING %d",
                 history_in_progress(picture.history, scene.t_ns),
                 history_working(picture.history, scene.t_ns));
    ck_assert_msg(strstr(rows[layout.legend_y], wanted) != NULL,
                  "%s: %s instead of %s", when, rows[layout.legend_y], wanted);
}

/* Is name one of "A", "A and B", "A, B and C", which end at `end`? A sentence
 * begins after a full stop, or after the mark of the narration. */
static bool is_listed(const char *text, const char *end, const char *name)
{
    const char *from = end;
    size_t length = strlen(name);

    while (from > text && from[-1] != '.' && (unsigned char)from[-1] < 0x80)
        from--;
    for (; from + length <= end; from++)
        if (!strncmp(from, name, length) &&
            (from[length] == ' ' || from[length] == ',') && from[-1] == ' ')
            return true;
    return false;
}

/* Who is said to do this, in one word or in the other? */
static bool is_said(const char *one, const char *many, const char *name)
{
    const char *row = rows[layout.narration_y];
    const char *at = strstr(row, one);

    at = at ? at : strstr(row, many);
    return at && is_listed(row, at, name);
}

static void check_sentence(const char *when, int task)
{
    struct interval stay = history_at(picture.history, task, scene.t_ns);
    const char *name = scene_task_name(&scene, task);
    bool computes;

    if (scene.ended || strstr(rows[layout.narration_y], "computing,"))
        return;
    computes = is_said(" computes.", " compute at", name) ||
               is_said(" is on the machine.", "?", name);
    ck_assert_msg(computes == (stay.state == STATE_RUNNING), "%s: %s: %s", when,
                  name, rows[layout.narration_y]);
    ck_assert_msg(is_said(" is in line.", " are in line.", name) ==
                      (stay.state == STATE_IN_LINE),
                  "%s: %s: %s", when, name, rows[layout.narration_y]);
    ck_assert_msg(is_said(" awaits a timer.", " await timers.", name) ==
                      (stay.state == STATE_AWAITING),
                  "%s: %s: %s", when, name, rows[layout.narration_y]);
}

/* --- all frames ----------------------------------------------------------- */

static void check_frame(const char *when)
{
    struct time_axis axis = time_axis_make(layout.bar_x, layout.bar_width,
                                           picture.history, &picture.view);

    for (int task = 0; task < scene.task_count; task++) {
        check_place(when, task);
        check_row(when, &axis, task);
        check_sentence(when, task);
    }
    for (int machine = 0; machine < scene.machine_count; machine++)
        check_machine_row(when, &axis, machine);
    check_meters(when);
}

/* While it runs: wherever people come from, they are where they are. */
START_TEST(every_part_of_a_frame_names_the_same_people)
{
    int64_t end;
    char when[128];

    picture_open(&picture, run[_i].workload, run[_i].mode, run[_i].machines);
    picture.view.play = PLAY_RUNNING;
    end = history_end(picture.history);
    for (size_t s = 0; s < SIZES; s++) {
        cells_init(&cells, size[s][0], size[s][1]);
        for (int i = 0; i <= FRAMES; i++) {
            picture.view.t_ns = i < FRAMES ? end / FRAMES * i + (i % 2) : end;
            read_frame();
            snprintf(when, sizeof when, "%dx%d at %.3f ms", size[s][0],
                     size[s][1], (double)picture.view.t_ns / NS_PER_MS);
            check_frame(when);
        }
        cells_fini(&cells);
    }
    picture_close(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/truth");
    TCase *tests = tcase_create("truth");

    tcase_add_loop_test(tests, every_part_of_a_frame_names_the_same_people, 0,
                        RUNS);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
