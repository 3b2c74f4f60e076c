/*
 * Colours are a matter of names, not of the order in a file.
 */
#include <stdio.h>

#include "render/cells/role.h"
#include "render/scene/scene.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

/* The colour of each task of a workload, in the order of the file. */
static int colours_of(const char *text, int *colour)
{
    static struct scene scene;
    struct picture picture;
    int count;

    picture_open(&picture, text, "coroutine", 0);
    scene_make(&scene, picture.history, &picture.view);
    count = scene.task_count;
    for (int i = 0; i < count; i++)
        colour[i] = scene_colour(&scene, i);
    picture_close(&picture);
    return count;
}

START_TEST(who_has_the_same_name_has_the_same_colour)
{
    int first[3], second[3];

    colours_of("task A: cpu 200\ntask B: cpu 300\ntask C: cpu 100\n", first);
    colours_of("task C: cpu 100\ntask A: cpu 200\ntask B: cpu 300\n", second);
    ck_assert_int_eq(first[0], second[1]);
    ck_assert_int_eq(first[1], second[2]);
    ck_assert_int_eq(first[2], second[0]);
    colours_of("task C: cpu 100\ntask B: cpu 200\n", second);
    ck_assert_int_eq(first[2], second[0]);
    ck_assert_int_eq(first[1], second[1]);
}
END_TEST

START_TEST(no_two_of_eight_have_the_same_colour)
{
    static const char *const names[] = {
        "A B C D E F G H", "S P1 P2 P3 P4 P5 P6 P7", "Plato Kant Hume A a I",
        "H G F E D C B A", "T1 T9 T17 T25",          "철수 영희 민수 A",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int colour[TASK_COLOURS], count;
        char text[128];

        snprintf(text, sizeof text, "task %s: cpu 100\n", names[i]);
        count = colours_of(text, colour);
        for (int a = 1; a < count; a++)
            for (int b = 0; b < a; b++)
                ck_assert_msg(colour[a] != colour[b], "%s: %d and %d", names[i],
                              a, b);
    }
}
END_TEST

START_TEST(a_crowd_has_all_colours_there_are)
{
    char text[4096] = "task";
    size_t length = 4;
    int colour[200], count, seen[TASK_COLOURS] = { 0 };

    for (int i = 0; i < 200; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, " P%d",
                                   i);
    snprintf(text + length, sizeof text - length, ": cpu 1\n");
    count = colours_of(text, colour);
    ck_assert_int_eq(count, 200);
    for (int i = 0; i < count; i++)
        seen[colour[i]]++;
    for (int i = 0; i < TASK_COLOURS; i++)
        ck_assert_int_eq(seen[i], count / TASK_COLOURS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/colour");
    TCase *tests = tcase_create("colour");

    tcase_add_test(tests, who_has_the_same_name_has_the_same_colour);
    tcase_add_test(tests, no_two_of_eight_have_the_same_colour);
    tcase_add_test(tests, a_crowd_has_all_colours_there_are);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
