/*
 * What one row of the timeline must not hide: who was served, and how much of
 * the time machines changed over.
 */
#include <stdio.h>

#include "render/cells/cells.h"
#include "render/cells/glyphs.h"
#include "render/draw/screen.h"
#include "render/draw/time_axis.h"
#include "render/scene/layout.h"
#include "render/scene/scene.h"
#include "sched/base/clock.h"
#include "sched/base/text.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static struct picture picture;
static struct cells cells;
static struct layout layout;
static struct time_axis axis;

/* Draw the end of the run on a screen of this size. */
static void draw(int width, int height)
{
    struct scene scene;

    cells_resize(&cells, width, height);
    screen_draw(&cells, picture.history, &picture.view);
    scene_make(&scene, picture.history, &picture.view);
    layout_make(&layout, width, height, &scene, &picture.view);
    axis = time_axis_make(layout.bar_x, layout.bar_width, picture.history,
                          &picture.view);
}

static const struct cell *machine_cell(int column)
{
    return cells_at(&cells, axis.x + column, layout.cpus.y);
}

static void close_run(void)
{
    cells_fini(&cells);
    picture_close(&picture);
}

/* Is the letter of this service to be seen in a cell that it is in? */
static bool is_named(const struct service *service)
{
    int from = time_axis_column(&axis, service->from_ns);
    int to = time_axis_column(&axis, service->to_ns - 1);
    const char *name = picture.workload->task[service->task].name;

    for (int column = from; column <= to; column++)
        if (machine_cell(column)->role == ROLE_TASK &&
            machine_cell(column)->rune == (unsigned char)name[0])
            return true;
    return false;
}

/* Every service that is as long as a cell, wherever its edges are. */
static int check_services(void)
{
    size_t count = history_services(picture.history, 0);
    int checked = 0;

    for (size_t i = 0; i < count; i++) {
        struct service service = history_service(picture.history, 0, i);

        if (service.task < 0 ||
            service.to_ns - service.from_ns < axis.scale_ns / axis.width + 1)
            continue;
        ck_assert_msg(is_named(&service), "%d wide: no letter at %.3f ms",
                      cells.width, (double)service.from_ns / NS_PER_MS);
        checked++;
    }
    return checked;
}

/* A real run has gaps of microseconds between the turns of two tasks. */
START_TEST(a_gap_that_cannot_be_seen_hides_no_letter)
{
    picture_open(&picture,
                 "task A: repeat 3 (cpu 100, sleep 100002us)\n"
                 "task B at 100001us: repeat 3 (cpu 100, sleep 100002us)\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    for (int width = 60; width <= 160; width++) {
        draw(width, 24);
        ck_assert_int_eq(check_services(), 6);
        for (int column = 0; column < axis.width; column++)
            ck_assert_int_ne(machine_cell(column)->rune, GLYPH_MANY);
    }
    close_run();
}
END_TEST

/* A cell is 8 ms at most, and every turn longer. */
START_TEST(who_is_served_for_a_cell_is_named)
{
    int checked = 0;

    picture_open(&picture,
                 "task A: repeat 9 (cpu 11, yield, cpu 17, yield)\n"
                 "task B: repeat 9 (cpu 13, yield, cpu 12, yield)\n"
                 "task C: repeat 9 (cpu 10, sleep 40, cpu 19, yield)\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    for (int width = 104; width <= 200; width++) {
        draw(width, 24);
        checked += check_services();
    }
    ck_assert_int_gt(checked, 1000);
    close_run();
}
END_TEST

/* As in lesson 11: with slices of 100, 20 and 5 ms and changes of 5 ms. */
START_TEST(changing_over_takes_its_share_of_the_row)
{
    static const int slice_ms[] = { 100, 20, 5 };
    int64_t cell_ns, switching_ns = 0;
    int seen = 0, wanted;

    picture_open_switching(&picture, "task A B: cpu 300\n", "threads",
                           slice_ms[_i], 5);
    cells_init(&cells, 80, 24);
    for (size_t i = 0; i < history_services(picture.history, 0); i++) {
        struct service service = history_service(picture.history, 0, i);

        if (service.kind == SERVICE_SWITCHING)
            switching_ns += service.to_ns - service.from_ns;
    }
    for (int width = 60; width <= 160; width += 20) {
        draw(width, 24);
        cell_ns = axis.scale_ns / axis.width;
        wanted = (int)((switching_ns + cell_ns / 2) / cell_ns);
        seen = 0;
        for (int column = 0; column < axis.width; column++)
            seen += machine_cell(column)->rune == GLYPH_SWITCH;
        ck_assert_int_ge(seen, wanted - 1);
        ck_assert_int_le(seen, wanted + 1);
    }
    close_run();
}
END_TEST

static uint32_t person_rune(int task, int64_t t_ns)
{
    return cells_at(&cells, axis.x + time_axis_column(&axis, t_ns),
                    layout.lanes.y + task * layout.lane_step)
        ->rune;
}

/* A writes at 300 ms and is done, B reads then. */
START_TEST(a_mark_stands_where_it_happened_and_the_name_after_it)
{
    picture_open(&picture,
                 "shared n = 0\n"
                 "task Al Bo: read n, cpu 300, write n+1\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    for (int width = 60; width <= 160; width++) {
        draw(width, 24);
        ck_assert_int_eq(person_rune(0, 0), 'r');
        ck_assert_int_eq(cells_at(&cells, axis.x + 1, layout.lanes.y)->rune,
                         'A');
        ck_assert_int_eq(person_rune(0, 300 * NS_PER_MS), 'w');
        ck_assert_int_eq(person_rune(1, 300 * NS_PER_MS), 'r');
        ck_assert_int_eq(person_rune(1, 600 * NS_PER_MS), 'w');
    }
    picture.view.mystery = true;
    draw(80, 24);
    ck_assert_int_eq(person_rune(0, 0), 'A');
    close_run();
}
END_TEST

/* Both within one cell; what happens at the instant shown is seen, too. */
START_TEST(a_write_hides_the_read_in_its_cell)
{
    picture_open(&picture,
                 "shared n = 0\n"
                 "task A: read n, write n+1, cpu 100, read n\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    draw(80, 24);
    ck_assert_int_eq(person_rune(0, 0), 'w');
    ck_assert_int_eq(person_rune(0, 100 * NS_PER_MS), 'r');
    picture.view.t_ns = 0;
    draw(80, 24);
    ck_assert_int_eq(person_rune(0, 0), 'w');
    close_run();
}
END_TEST

static const struct cell *value_cell(int row, int64_t t_ns)
{
    return cells_at(&cells, axis.x + time_axis_column(&axis, t_ns),
                    layout.values.y + row);
}

START_TEST(a_value_stands_where_it_is_written)
{
    picture_open(&picture,
                 "shared n = 7\n"
                 "shared money = 1000\n"
                 "task A: cpu 100, read n, write n+1, cpu 100, read money,"
                 " write money+1, cpu 2, read money, write money+2, cpu 98\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    draw(80, 24);
    ck_assert_int_eq(layout.values.height, 2);
    ck_assert_int_eq(value_cell(0, 0)->rune, '7');
    ck_assert_int_eq(value_cell(0, 50 * NS_PER_MS)->rune, GLYPH_RAIL);
    ck_assert_int_eq(value_cell(0, 100 * NS_PER_MS)->rune, '8');
    ck_assert_int_eq(value_cell(1, 0)->rune, '1');
    /* Too narrow for four digits, and they are not cut. */
    ck_assert_int_eq(value_cell(1, 200 * NS_PER_MS)->rune, GLYPH_MANY);
    ck_assert_int_eq(value_cell(1, 202 * NS_PER_MS)->rune, '1');
    picture.view.t_ns = 100 * NS_PER_MS; /* right now */
    draw(80, 24);
    ck_assert_int_eq(value_cell(0, 100 * NS_PER_MS)->rune, '8');
    picture.view.mystery = true;
    draw(80, 24);
    ck_assert_int_eq(layout.values.height, 0);
    close_run();
}
END_TEST

START_TEST(values_of_one_array_are_told_apart)
{
    static const char *const label[] = { "wa…[0]= ", "wa…[1]= ", "want[0]=" };

    picture_open(&picture,
                 "shared waiting[2] = 0\n"
                 "shared want[1] = 0\n"
                 "task P[2]: waiting[me] = 1, cpu 10, want[0] = 1\n",
                 "coroutine", 0);
    cells_init(&cells, 80, 24);
    draw(80, 24);
    ck_assert_int_eq(layout.values.height, 3);
    for (int row = 0; row < 3; row++) {
        char text[64] = "";
        size_t length = 0;

        for (int x = 1; x < 9; x++)
            length += text_encode(
                text + length,
                cells_at(&cells, x, layout.values.y + row)->rune);
        ck_assert_str_eq(text, label[row]);
    }
    close_run();
}
END_TEST

/* The cell right of the line of now. */
static uint32_t after_now(int task)
{
    return cells_at(&cells,
                    axis.x + 1 + time_axis_column(&axis, picture.view.t_ns),
                    layout.lanes.y + task * layout.lane_step)
        ->rune;
}

/* Q waits for what P sends at 60 ms; what it sends at 120 ms stays in c. */
START_TEST(an_arrow_says_who_gives_to_whom)
{
    picture_open(&picture,
                 "channel c size 2\n"
                 "task P: cpu 60, send c, cpu 60, send c\n"
                 "task X: cpu 300\n"
                 "task Q: recv c, cpu 100, recv c\n",
                 "parallel", 3);
    cells_init(&cells, 80, 24);
    picture.view.motion = false;
    picture.view.t_ns = 60 * NS_PER_MS;
    draw(80, 24);
    ck_assert_int_eq(after_now(0), 0x256E);
    ck_assert_int_eq(after_now(1), GLYPH_BAR);
    ck_assert_int_eq(after_now(2), 0x25BC);
    picture.view.t_ns = 120 * NS_PER_MS;
    draw(80, 24);
    ck_assert_int_eq(after_now(0), 0x2192);
    ck_assert_int_eq(after_now(2), ' ');
    picture.view.t_ns = 160 * NS_PER_MS; /* taken out later, by Q */
    draw(80, 24);
    ck_assert_int_eq(after_now(0), 0x256E);
    picture.view.motion = true;
    draw(80, 24);
    ck_assert_int_eq(after_now(0), ' ');
    close_run();
}
END_TEST

static uint32_t axis_rune(int64_t t_ns)
{
    return cells_at(&cells, axis.x + time_axis_column(&axis, t_ns),
                    layout.axis_y)
        ->rune;
}

/* In whichever order they were put. */
START_TEST(two_marks_are_a_stretch_of_the_axis)
{
    picture_open(&picture, "task A: cpu 300\n", "coroutine", 0);
    cells_init(&cells, 80, 24);
    picture.view.mark_ns[0] = 200 * NS_PER_MS;
    draw(80, 24);
    ck_assert_int_eq(axis_rune(200 * NS_PER_MS), '[');
    picture.view.mark_ns[1] = 50 * NS_PER_MS;
    draw(80, 24);
    ck_assert_int_eq(axis_rune(50 * NS_PER_MS), '[');
    ck_assert_int_eq(axis_rune(120 * NS_PER_MS), 0x2550);
    ck_assert_int_eq(axis_rune(200 * NS_PER_MS), ']');
    ck_assert_int_ne(axis_rune(250 * NS_PER_MS), 0x2550);
    close_run();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/row");
    TCase *tests = tcase_create("row");

    tcase_add_test(tests, a_gap_that_cannot_be_seen_hides_no_letter);
    tcase_add_test(tests, who_is_served_for_a_cell_is_named);
    tcase_add_loop_test(tests, changing_over_takes_its_share_of_the_row, 0, 3);
    tcase_add_test(tests,
                   a_mark_stands_where_it_happened_and_the_name_after_it);
    tcase_add_test(tests, a_write_hides_the_read_in_its_cell);
    tcase_add_test(tests, a_value_stands_where_it_is_written);
    tcase_add_test(tests, values_of_one_array_are_told_apart);
    tcase_add_test(tests, an_arrow_says_who_gives_to_whom);
    tcase_add_test(tests, two_marks_are_a_stretch_of_the_axis);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
