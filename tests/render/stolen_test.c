/*
 * stolen_test.c -- others have the core: in the cells of the timeline, at the
 * machine, in the meters and in words.
 */
#include <string.h>

#include "render/cells/cells.h"
#include "render/cells/glyphs.h"
#include "render/cells/role.h"
#include "render/draw/screen.h"
#include "render/draw/span.h"
#include "render/output/backend.h"
#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "render/words/narrate.h"
#include "sched/base/strbuf.h"
#include "tests/sched/handmade.h"
#include "tests/suite.h"

static struct handmade made;
static struct strbuf text;

static void begin(int tasks, int machines)
{
    handmade_init(&made, tasks, machines);
    made.info.real = true;
    made.info.mode = "parallel";
    handmade_begin(&made);
    for (int task = 0; task < tasks; task++) {
        handmade_add(&made, 0, EVENT_READY, task, READY_ARRIVED, -1);
        handmade_at(&made, 0, EVENT_RUN, task, task, 0);
    }
}

/* Others have the core for the last `stolen_ms` of each of `times`
 * stretches. */
static void steal(int task, int64_t from_ms, int times, int64_t each_ms,
                  int64_t stolen_ms)
{
    for (int64_t at = from_ms; times > 0; times--, at += each_ms) {
        handmade_at(&made, at + each_ms - stolen_ms, EVENT_STOLEN, task, task,
                    0);
        handmade_at(&made, at + each_ms, EVENT_BACK, task, task, 0);
    }
}

static void end(int64_t ms)
{
    for (int task = 0; task < (int)made.workload.task_count; task++)
        handmade_add(&made, ms, EVENT_DONE, task, 0, 0);
    handmade_end(&made, ms, OUTCOME_FINISHED);
}

static void clean_up(void)
{
    handmade_fini(&made);
    strbuf_fini(&text);
}

static void draw(int64_t t_ms, enum panel panel)
{
    struct cells cells;
    struct view view;

    view_init(&view);
    view.t_ns = t_ms * NS_PER_MS;
    view.total_ns = history_end(made.history);
    view.play = PLAY_RUNNING;
    view.motion = false;
    view.panel = panel;
    cells_init(&cells, 100, 30);
    screen_draw(&cells, made.history, &view);
    strbuf_init(&text);
    backend_text(&text, &cells);
    cells_fini(&cells);
}

static void ck_drawn(const char *what)
{
    ck_assert_msg(strstr(text.text, what) != NULL, "no \"%s\" in\n%s", what,
                  text.text);
}

/* One cell from a_ms to b_ms of a person's row, or a machine's. */
static struct span cell(int task, int64_t a_ms, int64_t b_ms)
{
    struct span_source source = { made.history, task, 0 };
    struct span span = { .pieces = 0 };

    span_take(&span, &source, span_find(&source, a_ms * NS_PER_MS),
              a_ms * NS_PER_MS, b_ms * NS_PER_MS);
    return span;
}

/* The loop variable: the row of the person, and that of the machine. */
START_TEST(a_turn_that_others_interrupt_is_one_piece_with_a_share)
{
    struct span span;
    int task = _i == 0 ? 0 : -1;

    begin(1, 1);
    steal(0, 0, 10, 20, 1);     /* to 200: 5 % */
    steal(0, 200, 10, 20, 10);  /* to 400: half */
    steal(0, 400, 1, 100, 100); /* to 500: all */
    steal(0, 500, 2000, 2, 1);  /* more than can be looked at */
    end(4600);
    span = cell(task, 0, 200);
    ck_assert_int_eq(span.changes, 1);
    ck_assert_int_eq(span.last.state, STATE_RUNNING);
    span = cell(task, 200, 400);
    ck_assert_int_eq(span.changes, 1);
    ck_assert_int_eq(span.last.state, STATE_STOLEN);
    ck_assert_int_eq(span.last.stolen_ns * 2, span.last.seen_ns);
    span = cell(task, 410, 490);
    ck_assert_int_eq(span.last.state, STATE_STOLEN);
    ck_assert_int_eq(span.last.stolen_ns, span.last.seen_ns);
    span = cell(task, 500, 4500);
    ck_assert_int_eq(span.changes, 1);
    ck_assert_int_eq(span.last.state, STATE_STOLEN);
    ck_assert_int_eq(span.last.stolen_ns * 2, span.last.seen_ns);
    handmade_fini(&made);
}
END_TEST

START_TEST(a_stolen_machine_shows_that_nobody_computes_there)
{
    begin(2, 2);
    steal(1, 100, 1, 300, 200);
    end(500);
    draw(300, PANEL_NONE);
    ck_drawn("IN PROGRESS 2");
    ck_drawn("WORKING 1");
    ck_drawn("A computes. B is at a machine, but others have its core.");
    ck_drawn("/ stolen");     /* the legend */
    ck_drawn("stolen 200ms"); /* the machine */
    ck_drawn("//////");
    clean_up();
}
END_TEST

/* What one sentence says where there is room for figures only. */
START_TEST(a_sentence_of_counts_counts_who_is_stolen)
{
    struct scene scene;
    struct view view;
    char out[256];

    begin(2, 2);
    steal(1, 100, 1, 300, 200);
    end(500);
    view_init(&view);
    view.t_ns = 300 * NS_PER_MS;
    scene_make(&scene, made.history, &view);
    narrate_scene(out, sizeof out, &scene, 20);
    ck_assert_str_eq(out, "1 computing, 1 stolen, 0 in line, 0 awaiting.");
    handmade_fini(&made);
}
END_TEST

/* The threads of a run may end a moment after the last task is done. */
START_TEST(a_run_took_as_long_as_its_last_task)
{
    begin(2, 2);
    handmade_add(&made, 400, EVENT_DONE, 0, 0, 0);
    handmade_add(&made, 500, EVENT_DONE, 1, 0, 0);
    handmade_end(&made, 520, OUTCOME_FINISHED);
    draw(520, PANEL_NONE);
    ck_drawn("Both tasks are done after 500ms.");
    clean_up();
}
END_TEST

START_TEST(a_turn_that_is_stolen_at_once_has_its_letter)
{
    begin(1, 1);
    steal(0, 0, 1, 190, 190);
    end(500);
    draw(150, PANEL_NONE);
    ck_drawn(" CPU  A//////");
    clean_up();
}
END_TEST

START_TEST(numbers_and_reasons_say_what_others_took)
{
    begin(1, 1);
    steal(0, 0, 1, 190, 190);
    steal(0, 300, 1, 200, 1);
    end(500);
    draw(100, PANEL_WHY);
    ck_drawn("Others took 100 % of the cores");
    ck_drawn("A has been at machine 1 without its core since 0ms: others "
             "compute there.");
    ck_drawn(" CPU  A/////"); /* whose turn it is can still be read */
    clean_up();
    begin(1, 1);
    steal(0, 0, 1, 190, 190);
    end(500);
    draw(500, PANEL_NUMBERS);
    ck_drawn("Others took 38 % of the cores");
    clean_up();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stolen");
    TCase *tcase = tcase_create("stolen");

    tcase_add_loop_test(
        tcase, a_turn_that_others_interrupt_is_one_piece_with_a_share, 0, 2);
    tcase_add_test(tcase, a_stolen_machine_shows_that_nobody_computes_there);
    tcase_add_test(tcase, a_sentence_of_counts_counts_who_is_stolen);
    tcase_add_test(tcase, a_run_took_as_long_as_its_last_task);
    tcase_add_test(tcase, a_turn_that_is_stolen_at_once_has_its_letter);
    tcase_add_test(tcase, numbers_and_reasons_say_what_others_took);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
