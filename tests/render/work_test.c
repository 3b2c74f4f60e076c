/*
 * How far a step has come, and why somebody waits.
 */
#include "render/scene/scene.h"
#include "render/scene/work.h"
#include "render/words/narrate.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "tests/render/picture.h"
#include "tests/sched/handmade.h"
#include "tests/suite.h"

static struct picture picture;

static void check_progress(int task, int64_t t_ms, int64_t done_ms,
                           int64_t planned_ms)
{
    int64_t done_ns = 0, planned_ns = 0;

    work_progress(picture.history, task, t_ms * NS_PER_MS, &done_ns,
                  &planned_ns);
    ck_assert_int_eq(done_ns, done_ms * NS_PER_MS);
    ck_assert_int_eq(planned_ns, planned_ms * NS_PER_MS);
}

START_TEST(the_pieces_of_a_preempted_step_add_up)
{
    picture_open(&picture, "task A: cpu 250\ntask B: cpu 250\n", "threads", 0);
    check_progress(0, 50, 50, 250);
    check_progress(0, 220, 120, 250);
    check_progress(0, 420, 220, 250);
    picture_close(&picture);
}
END_TEST

START_TEST(a_step_that_was_complete_does_not_count_for_the_next)
{
    picture_open(&picture, "task A: cpu 100, cpu 70\ntask B: cpu 250\n",
                 "threads", 0);
    check_progress(0, 230, 30, 70);
    picture_close(&picture);
}
END_TEST

/* What others took of the time at the machine is no progress, and the step goes
 * on after it. */
START_TEST(stolen_time_is_no_progress)
{
    struct handmade made;
    int64_t done_ns = 0, planned_ns = 0;

    handmade_init(&made, 1, 1);
    made.info.real = true;
    handmade_begin(&made);
    handmade_add(&made, 0, EVENT_READY, 0, READY_ARRIVED, -1);
    handmade_at(&made, 0, EVENT_RUN, 0, 0, 0);
    handmade_add(&made, 0, EVENT_CPU, 0, 0, 100 * NS_PER_MS);
    for (int64_t ms = 10; ms < 200; ms += 20) {
        handmade_at(&made, ms, EVENT_STOLEN, 0, 0, 0);
        handmade_at(&made, ms + 10, EVENT_BACK, 0, 0, 0);
    }
    handmade_add(&made, 200, EVENT_WORKED, 0, 1, 100 * NS_PER_MS);
    handmade_add(&made, 200, EVENT_DONE, 0, 0, 0);
    handmade_end(&made, 200, OUTCOME_FINISHED);
    work_progress(made.history, 0, 125 * NS_PER_MS, &done_ns, &planned_ns);
    ck_assert_int_eq(done_ns, 65 * NS_PER_MS);
    ck_assert_int_eq(planned_ns, 100 * NS_PER_MS);
    work_progress(made.history, 0, 135 * NS_PER_MS, &done_ns, &planned_ns);
    ck_assert_int_eq(done_ns, 70 * NS_PER_MS);
    handmade_fini(&made);
}
END_TEST

START_TEST(a_hold_has_a_planned_end)
{
    picture_open(&picture, "task A: block 80\n", "coroutine", 0);
    check_progress(0, 20, 20, 80);
    picture_close(&picture);
}
END_TEST

static void ck_drawn(int64_t t_ms, const char *what)
{
    char *text = picture_text(&picture, 80, 24, t_ms, 0);

    ck_assert_msg(strstr(text, what) != NULL, "no \"%s\" in\n%s", what, text);
    free(text);
}

START_TEST(how_far_somebody_is_is_never_cut)
{
    picture_open(&picture, "task A: block 1999\n", "coroutine", 0);
    ck_drawn(10, "┃held 10 / 1999ms ┃");
    ck_drawn(1610, "┃held 1610/1999ms ┃");
    picture_close(&picture);
    picture_open(&picture, "task A: lock m, cpu 1\ntask B: lock m, cpu 1\n",
                 "sequential", 0);
    ck_drawn(1, "┃      held       ┃"); /* for how long: not yet known */
    picture_close(&picture);
}
END_TEST

/* The cursor may stand on either half of a wide letter. */
START_TEST(the_cursor_breaks_no_letter)
{
    picture_open(&picture, "task 가나다라마: cpu 100\n", "coroutine", 0);
    for (int ms = 0; ms < 20; ms++) {
        picture.view.cursor_ns = ms * NS_PER_MS;
        ck_drawn(100, "가나다라마█");
    }
    picture_close(&picture);
}
END_TEST

static void check_why(int task, int64_t t_ms, const char *wanted)
{
    struct scene scene;
    char why[256];

    picture.view.t_ns = t_ms * NS_PER_MS;
    scene_make(&scene, picture.history, &picture.view);
    narrate_why(why, sizeof why, &scene, task);
    ck_assert_str_eq(why, wanted);
}

START_TEST(everybody_knows_why_it_waits)
{
    picture_open(&picture,
                 "task A: lock m, cpu 100, sleep 100, unlock m\n"
                 "task B: lock m, cpu 10, unlock m\n"
                 "task C: cpu 300\n"
                 "task D at 500: cpu 1\n",
                 "coroutine", 0);
    check_why(0, 50, "A has computed on machine 1 since 0ms.");
    check_why(2, 50, "C has been in line since 0ms, behind B.");
    check_why(1, 150, "B has been blocked since 100ms: A has had m since 0ms.");
    check_why(0, 150,
              "A has been away since 100ms and awaits a timer, until 200ms: "
              "that needs no machine.");
    check_why(
        0, 250,
        "A has been in line since 200ms (its time was over) and is first now: "
        "no machine is free for it.");
    check_why(1, 450, "B was done at 410ms.");
    check_why(3, 250, "D has not come yet.");
    check_why(3, 501, "D was done at 501ms.");
    check_why(99, 0, "");
    picture_close(&picture);
}
END_TEST

START_TEST(who_was_done_with_a_lock_is_said_to_have_kept_it)
{
    picture_open(&picture,
                 "task A: lock m, cpu 10\n"
                 "task B: cpu 20, lock m, cpu 10, unlock m\n",
                 "parallel", 2);
    check_why(1, 20,
              "B has been blocked since 20.0ms: A has had m since 0.0ms and is "
              "done, so nobody will let it go.");
    picture_close(&picture);
}
END_TEST

START_TEST(narration_counts_when_names_take_too_much_room)
{
    struct scene scene;
    char text[256];

    picture_open(&picture, "cafeteria", "coroutine", 0);
    picture.view.t_ns = NS_PER_MS;
    scene_make(&scene, picture.history, &picture.view);
    narrate_scene(text, sizeof text, &scene, 76);
    ck_assert_str_eq(text, "A is on the machine. B, C, D and E are in line.");
    narrate_scene(text, sizeof text, &scene, 44);
    ck_assert_str_eq(text, "A is on the machine. 4 tasks are in line.");
    narrate_scene(text, sizeof text, &scene, 35);
    ck_assert_str_eq(text, "1 computing, 4 in line, 0 awaiting.");
    picture_close(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/work");
    TCase *tests = tcase_create("work");

    tcase_add_test(tests, the_pieces_of_a_preempted_step_add_up);
    tcase_add_test(tests, a_step_that_was_complete_does_not_count_for_the_next);
    tcase_add_test(tests, stolen_time_is_no_progress);
    tcase_add_test(tests, a_hold_has_a_planned_end);
    tcase_add_test(tests, how_far_somebody_is_is_never_cut);
    tcase_add_test(tests, the_cursor_breaks_no_letter);
    tcase_add_test(tests, everybody_knows_why_it_waits);
    tcase_add_test(tests, who_was_done_with_a_lock_is_said_to_have_kept_it);
    tcase_add_test(tests, narration_counts_when_names_take_too_much_room);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
