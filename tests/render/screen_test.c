/*
 * What holds for every frame, whatever the size, the instant and the run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/cells/glyphs.h"
#include "render/draw/draw.h"
#include "render/draw/draw_overhead.h"
#include "render/draw/screen.h"
#include "render/output/backend.h"
#include "render/scene/scene.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static const char everything[] =
    "machines 2\n"
    "task A: lock m, cpu 300, sleep 200, unlock m, cpu 100\n"
    "task philosopher-2 at 50: cpu 100, lock m, cpu 100, unlock m\n"
    "task C: block 150, cpu 200 by 50, sleep 400, cpu 3, yield, cpu 2\n"
    "task D after A: cpu 40, sleep 10, cpu 40, sleep 10, cpu 40\n";

static const struct {
    const char *workload, *mode;
    int machines;
} run[] = {
    { everything, "sequential", 0 }, { everything, "coroutine", 0 },
    { everything, "threads", 0 },    { everything, "parallel", 2 },
    { everything, "hybrid", 5 },     { "hog", "threads", 0 },
};

enum {
    RUNS = sizeof run / sizeof run[0]
};

static struct picture picture;
static struct cells cells;

static void open_run(int i)
{
    picture_open(&picture, run[i].workload, run[i].mode, run[i].machines);
    cells_init(&cells, 80, 24);
}

static void close_run(void)
{
    cells_fini(&cells);
    picture_close(&picture);
}

static void draw(int width, int height)
{
    cells_resize(&cells, width, height);
    screen_draw(&cells, picture.history, &picture.view);
}

/* Every row is as wide as the grid, and no wide character is cut. */
static void check_rows(void)
{
    for (int y = 0; y < cells.height; y++) {
        int x = 0;

        while (x < cells.width) {
            const struct cell *cell = cells_at(&cells, x, y);

            if (cell->width < 1 || cell->width != text_rune_cells(cell->rune))
                ck_abort_msg("%dx%d: U+%04X is %d wide in column %d, row %d",
                             cells.width, cells.height, cell->rune, cell->width,
                             x, y);
            x += cell->width;
        }
        ck_assert_int_eq(x, cells.width);
    }
}

START_TEST(every_size_is_drawn_whole)
{
    open_run(_i);
    for (int step = 0; step < 3; step++) {
        picture.view.t_ns = history_end(picture.history) * step / 2;
        picture.view.panel = (enum panel)(step + 1);
        for (int width = 1; width <= 200; width += width < 4 ? 1 : 17)
            for (int height = 1; height <= 70; height += height < 4 ? 1 : 7) {
                draw(width, height);
                check_rows();
            }
    }
    close_run();
}
END_TEST

/* Every width with some heights, every height with some widths. */
START_TEST(no_size_is_too_odd)
{
    open_run(_i);
    picture.view.t_ns = history_end(picture.history) / 2;
    for (int width = 1; width <= 300; width++) {
        picture.view.panel = (enum panel)(width % 4);
        picture.view.large = width % 3 == 0;
        picture.view.unfolded = width % 5 == 0;
        for (int height = 1 + (width + _i) % 13; height <= 100; height += 13) {
            draw(width, height);
            check_rows();
        }
    }
    close_run();
}
END_TEST

/* A window that somebody drags about while the run goes on. */
START_TEST(ten_thousand_resizes_leave_whole_frames)
{
    uint64_t random = 1;

    open_run(3);
    for (int i = 0; i < 10000; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695;
        picture.view.t_ns = history_end(picture.history) * (i % 100) / 99;
        draw(1 + (int)(random >> 33) % (i % 10 ? 150 : 300),
             1 + (int)(random >> 45) % (i % 10 ? 50 : 100));
        if (i % 50 == 0)
            check_rows();
    }
    close_run();
}
END_TEST

static const char crowd[] =
    "task A line 1: cpu 2, sleep 9000\ntask B line 2: cpu 2, sleep 5, cpu "
    "2\n"
    "task C line 3: cpu 2, sleep 9000\ntask D line 4: cpu 2, sleep 5, cpu "
    "2\n"
    "task E line 5: cpu 2, sleep 9000\ntask F line 1: cpu 2, sleep 5, cpu "
    "2\n"
    "task G line 2: cpu 2, sleep 9000\ntask H line 3: cpu 2, sleep 9000\n";

static bool shows(const char *text)
{
    struct strbuf frame;
    bool found;

    strbuf_init(&frame);
    backend_text(&frame, &cells);
    found = strstr(frame.text, text) != NULL;
    strbuf_fini(&frame);
    return found;
}

START_TEST(the_last_of_five_lines_keeps_its_name)
{
    picture_open(&picture, crowd, "coroutine", 0);
    cells_init(&cells, 80, 24);
    picture.view.t_ns = 3 * NS_PER_MS;
    draw(80, 24);
    ck_assert(shows("LINE 5"));
    close_run();
}
END_TEST

static const char eight[] =
    "task A B C D E F G H: cpu 100, sleep 300, cpu 100\n";
static const char tour[] = "task S: cpu 200\n"
                           "task P1 P2 P3 P4 P5 P6 P7 P8 after S: cpu 100\n";

/* On the smallest usual screen nobody is hidden to keep the stage large. */
START_TEST(eight_people_have_a_row_each)
{
    const char *workload = _i % 2 ? tour : eight;

    for (int machines = 1; machines <= 8; machines++) {
        picture_open(&picture, workload, "hybrid", machines);
        cells_init(&cells, 80, 24);
        draw(80, 24);
        for (size_t task = 0; task < picture.workload->task_count; task++) {
            char row[32];

            snprintf(row, sizeof row, "\n [%s] ",
                     picture.workload->task[task].name);
            ck_assert_msg(shows(row), "%d machines: no row%s", machines, row);
        }
        close_run();
    }
}
END_TEST

/* _i lines, each with two people, and one machine to eight. */
START_TEST(no_line_is_drawn_over_another)
{
    static const int size[][2] = { { 80, 24 }, { 100, 30 }, { 120, 36 } };
    struct strbuf text;

    strbuf_init(&text);
    strbuf_adds(&text, "lines own\n");
    for (int line = 1; line <= _i; line++)
        strbuf_addf(&text, "task A%d B%d C%d line %d: cpu 90\n", line, line,
                    line, line);
    for (int machines = 1; machines <= 8; machines++) {
        picture_open(&picture, text.text, "parallel", machines);
        cells_init(&cells, 80, 24);
        picture.view.t_ns = 30 * NS_PER_MS;
        for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
            draw(size[s][0], size[s][1]);
            for (int line = 1; line <= _i; line++) {
                char name[32];

                snprintf(name, sizeof name, _i > 1 ? " LINE %d " : " LINE ",
                         line);
                ck_assert_msg(shows(name) || shows("more lines"),
                              "%dx%d, %d machines: no %s", size[s][0],
                              size[s][1], machines, name);
            }
            ck_assert(!shows("[["));
            check_rows();
        }
        close_run();
    }
    strbuf_fini(&text);
}
END_TEST

START_TEST(a_crowd_does_not_leave_trails_all_at_once)
{
    static struct scene scene;
    int trails = 0;

    picture_open(&picture, crowd, "coroutine", 0);
    cells_init(&cells, 80, 24);
    picture.view.motion = true;
    picture.view.play = PLAY_RUNNING;
    picture.view.t_ns = 10 * NS_PER_MS;
    scene_make(&scene, picture.history, &picture.view);
    for (int i = 0; i < scene_lines(&scene); i++)
        for (int k = 0; k < scene.line[i].shown; k++)
            trails += scene.line[i].person[k].way < 1.0;
    for (int i = 0; i < scene_machines(&scene); i++)
        trails += scene.machine[i].service.task >= 0 &&
                  scene.machine[i].person.way < 1.0;
    for (int k = 0; k < scene.away_shown; k++)
        trails += scene.away[k].way < 1.0;
    for (int k = 0; k < scene.done_shown; k++)
        trails += scene.done[k].way < 1.0;
    ck_assert_int_gt(trails, 0);
    ck_assert_int_le(trails, SCENE_TRAILS);
    close_run();
}
END_TEST

START_TEST(the_same_frame_is_drawn_twice)
{
    struct cells first;

    open_run(_i);
    picture.view.t_ns = history_end(picture.history) / 3;
    draw(100, 30);
    first = cells;
    cells_init(&cells, 100, 30);
    draw(100, 30);
    for (int i = 0; i < 100 * 30; i++) {
        ck_assert_int_eq(first.cell[i].rune, cells.cell[i].rune);
        ck_assert_int_eq(first.cell[i].role, cells.cell[i].role);
        ck_assert_int_eq(first.cell[i].task, cells.cell[i].task);
    }
    cells_fini(&first);
    close_run();
}
END_TEST

/* Does the character alone say that this is the state? */
static bool says(uint32_t rune, enum task_state state)
{
    bool ascii = picture.view.glyphs == GLYPHS_ASCII;

    switch (state) {
    case STATE_RUNNING:
        return rune == (ascii ? '#' : GLYPH_RUNNING) ||
               (rune < 0x7F && strchr("ABCDHT-2hilosper", (int)rune));
    case STATE_IN_LINE:
        return rune == (ascii ? '.' : GLYPH_LINE);
    case STATE_AWAITING:
        return rune == (ascii ? '~' : GLYPH_AWAITING);
    case STATE_BLOCKED:
        return rune == GLYPH_BLOCKED;
    case STATE_HELD:
        return rune == (ascii ? '%' : GLYPH_HELD);
    default:
        return rune == ' ' || rune == (ascii ? '*' : GLYPH_DONE) ||
               rune == (ascii ? '|' : GLYPH_BAR);
    }
}

/* Compare a task's row with its history; returns the cells compared. */
static int check_lane(const struct frame *frame, int task, int y)
{
    int compared = 0;

    for (int i = 0; i < frame->layout->bar_width; i++) {
        int64_t a = time_axis_begin(&frame->axis, i);
        int64_t b = time_axis_begin(&frame->axis, i + 1);
        uint32_t rune = cells_at(&cells, frame->layout->bar_x + i, y)->rune;

        for (int state = 0; b <= picture.view.t_ns && state < STATE_COUNT;
             state++)
            if (history_time_in(picture.history, task, (enum task_state)state,
                                a, b) == b - a) {
                ck_assert_msg(says(rune, (enum task_state)state),
                              "task %d column %d state %d: U+%04X", task, i,
                              state, rune);
                compared++;
            }
    }
    return compared;
}

static void check_truth(enum glyph_set glyphs)
{
    struct scene scene;
    struct layout layout;
    struct frame frame = { &cells, &scene, &layout, &picture.view,
                           .trails = 0 };
    int compared = 0;

    picture.view.glyphs = glyphs;
    picture.view.scale_ns = history_end(picture.history) + 10 * NS_PER_MS;
    draw(120, 40);
    scene_make(&scene, picture.history, &picture.view);
    layout_make(&layout, 120, 40, &scene, &picture.view);
    frame.axis = time_axis_make(layout.bar_x, layout.bar_width, picture.history,
                                &picture.view);
    for (int task = 0; task < scene.task_count; task++)
        compared += check_lane(&frame, task,
                               layout.lanes.y + task * layout.lane_step);
    ck_assert_int_gt(compared, 100);
}

START_TEST(every_whole_cell_tells_its_state_without_colour)
{
    open_run(_i);
    check_truth(GLYPHS_UNICODE);
    check_truth(GLYPHS_ASCII);
    close_run();
}
END_TEST

START_TEST(ascii_frames_are_ascii)
{
    open_run(_i);
    picture.view.glyphs = GLYPHS_ASCII;
    picture.view.footer = "q\tquit\n";
    picture.view.t_ns = history_end(picture.history) / 2;
    for (int width = 60; width < 200; width += 20) {
        draw(width, width / 3);
        for (int i = 0; i < cells.width * cells.height; i++)
            ck_assert_int_lt(cells.cell[i].rune, 0x7F);
    }
    close_run();
}
END_TEST

START_TEST(a_view_out_of_bounds_is_harmless)
{
    static const int64_t odd[] = { INT64_MIN, -1, 0, 1, INT64_MAX };

    open_run(_i);
    picture.view.selected = 1000;
    picture.view.panel_scroll = 1 << 30;
    picture.view.speed = 1e300;
    picture.view.play = PLAY_RUNNING;
    for (size_t i = 0; i < 125; i++) {
        picture.view.t_ns = odd[i % 5] < 0 ? 0 : odd[i % 5];
        picture.view.left_ns = odd[i / 5 % 5];
        picture.view.scale_ns = odd[i / 25];
        picture.view.cursor_ns = odd[i / 5 % 5];
        picture.view.total_ns = odd[i % 5];
        draw(80, 24);
        check_rows();
    }
    close_run();
}
END_TEST

/* Hours after the start, a microsecond is a cell wide. */
START_TEST(labels_of_the_axis_never_run_together)
{
    picture_open(&picture, "task A: cpu 3600s\n", "coroutine", 0);
    cells_init(&cells, 100, 30);
    picture.view.left_ns = 3000 * NS_PER_S;
    for (int64_t scale = 100; scale < 1000 * NS_PER_S; scale *= 10) {
        char *text, *axis;
        int units = 0;

        picture.view.scale_ns = scale;
        text = picture_text(&picture, 100, 30, 3200000, 0);
        axis = strstr(text, "\u2514") ? strchr(strstr(text, "\u2514"), '\n')
                                      : NULL;
        axis = axis ? axis : strstr(text, "\u2534");
        ck_assert_ptr_nonnull(axis);
        axis = strchr(axis + 1, '3');
        ck_assert_ptr_nonnull(axis);
        for (const char *p = axis; *p && *p != '\n'; p++)
            if (*p == 's') { /* the end of a label: nothing follows at once */
                ck_assert(p[1] == ' ' || p[1] == '\n');
                units++;
            }
        ck_assert_int_ge(units, 1);
        free(text);
    }
    close_run();
}
END_TEST

/* Is there part of a label, without its first digits? */
START_TEST(the_label_of_the_cursor_leaves_no_half_label)
{
    picture_open(&picture, "task A: cpu 1500\n", "coroutine", 0);
    cells_init(&cells, 80, 24);
    for (int ms = 800; ms <= 1200; ms += 7) {
        picture.view.cursor_ns = ms * NS_PER_MS;
        draw(80, 24);
        ck_assert(!shows(" 000ms") && !shows(" 00ms") && !shows(" 500m "));
        ck_assert(!shows(" 1000 ") && !shows(" 1000m "));
    }
    close_run();
}
END_TEST

START_TEST(the_observation_overhead_stands_below_the_numbers)
{
    struct overhead overhead = { 29.9, 1.25, 812, 21 };
    char *text;

    open_run(1);
    picture.view.panel = PANEL_NUMBERS;
    picture.view.panel_scroll = 1000;
    picture.view.overhead = &overhead;
    text = picture_text(&picture, 120, 40, 200, 0);
    ck_assert_ptr_nonnull(strstr(text, "29.9 frames a second, 1.2 % of a core, "
                                       "812 bytes a frame"));
    ck_assert_ptr_nonnull(strstr(text, "events, 21 ns to write down each"));
    free(text);
    overhead.bytes_per_frame = -1;
    overhead.event_ns = 0;
    text = picture_text(&picture, 120, 40, 200, 0);
    ck_assert_ptr_null(strstr(text, "bytes a frame"));
    ck_assert_ptr_null(strstr(text, "write down"));
    free(text);
    close_run();
}
END_TEST

/* A Hangul letter takes two cells, wherever its bar begins or ends. */
START_TEST(names_of_any_script_stand_in_their_bars)
{
    struct strbuf text;

    picture_open(&picture,
                 "task 철수: repeat 3 (cpu 40, sleep 20, cpu 3)\n"
                 "task José at 5: cpu 30, yield, cpu 20\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    for (int width = 60; width < 140; width++) {
        picture.view.t_ns = 80 * NS_PER_MS;
        draw(width, 24);
        strbuf_init(&text);
        backend_text(&text, &cells);
        ck_assert_ptr_nonnull(strstr(text.text, "철수\u2588"));
        ck_assert_ptr_nonnull(strstr(text.text, "José\u2588"));
        ck_assert_ptr_null(strstr(text.text, "\uFFFD"));
        strbuf_fini(&text);
    }
    close_run();
}
END_TEST

/* Lesson 18 asks what this is. */
START_TEST(a_mystery_shows_a_deadlock_and_does_not_name_it)
{
    picture_open(&picture, "crossed", "parallel", 2);
    cells_init(&cells, 80, 24);
    draw(80, 24);
    ck_assert(shows("!!!! → [B]") && shows("for ever") && shows("Deadlock"));
    ck_assert(shows("A ─cup→ B"));
    picture.view.mystery = true;
    draw(80, 24);
    ck_assert(shows("!!!!!!!!"));
    ck_assert(!shows("→ [B]") && !shows("for ever") && !shows("Deadlock"));
    ck_assert(!shows("─cup→"));
    close_run();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/screen");
    TCase *tests = tcase_create("screen");

    tcase_add_loop_test(tests, every_size_is_drawn_whole, 0, RUNS);
    tcase_add_loop_test(tests, no_size_is_too_odd, 0, RUNS);
    tcase_add_test(tests, ten_thousand_resizes_leave_whole_frames);
    tcase_add_test(tests, the_last_of_five_lines_keeps_its_name);
    tcase_add_loop_test(tests, eight_people_have_a_row_each, 0, 2);
    tcase_add_loop_test(tests, no_line_is_drawn_over_another, 1, 7);
    tcase_add_test(tests, a_crowd_does_not_leave_trails_all_at_once);
    tcase_add_loop_test(tests, the_same_frame_is_drawn_twice, 0, RUNS);
    tcase_add_loop_test(tests, every_whole_cell_tells_its_state_without_colour,
                        0, RUNS);
    tcase_add_loop_test(tests, ascii_frames_are_ascii, 0, RUNS);
    tcase_add_test(tests, names_of_any_script_stand_in_their_bars);
    tcase_add_loop_test(tests, a_view_out_of_bounds_is_harmless, 0, RUNS);
    tcase_add_test(tests, labels_of_the_axis_never_run_together);
    tcase_add_test(tests, the_label_of_the_cursor_leaves_no_half_label);
    tcase_add_test(tests, the_observation_overhead_stands_below_the_numbers);
    tcase_add_test(tests, a_mystery_shows_a_deadlock_and_does_not_name_it);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
