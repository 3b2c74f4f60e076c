/*
 * Frames as they should be, kept in tests/golden/. After a wanted change of
 * the picture: `make golden`, and look at the difference before you keep it.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "tests/render/golden.h"
#include "tests/render/picture.h"
#include "tests/suite.h"

static const char locks[] =
    "lines own\n"
    "machines 2\n"
    "task A line 1: lock spoon, cpu 100, yield, lock cup, cpu 100, "
    "unlock cup, unlock spoon\n"
    "task B line 2: lock cup, cpu 100, yield, lock spoon, cpu 100, "
    "unlock spoon, unlock cup\n"
    "task philosopher-3 line 1: cpu 100, block 200, cpu 100\n";

enum dress {
    UNICODE,
    ASCII,
    KOREAN,
    ROLES,
    LARGE,
    BY_MACHINE,
    WHY
};

static const struct golden {
    const char *workload, *mode;
    int machines, width, height, t_ms;
    enum dress dress;
} golden[] = {
    { "cafeteria", "sequential", 0, 80, 24, 1000, UNICODE },
    { "cafeteria", "coroutine", 0, 80, 24, 0, UNICODE },
    { "cafeteria", "coroutine", 0, 80, 24, 2600, UNICODE },
    { "cafeteria", "coroutine", 0, 80, 24, 2600, ASCII },
    { "cafeteria", "coroutine", 0, 80, 24, 2600, KOREAN },
    { "cafeteria", "coroutine", 0, 80, 24, 2600, ROLES },
    { "cafeteria", "coroutine", 0, 80, 24, 2600, BY_MACHINE },
    { "cafeteria", "coroutine", 0, 120, 36, 2600, UNICODE },
    { "cafeteria", "coroutine", 0, 120, 36, 2600, ASCII },
    { "cafeteria", "coroutine", 0, 120, 36, 2600, KOREAN },
    { "cafeteria", "coroutine", 0, 120, 36, 2600, ROLES },
    { "cafeteria", "coroutine", 0, 100, 30, 2600, UNICODE },
    { "cafeteria", "coroutine", 0, 120, 30, 2600, LARGE },
    { "cafeteria", "coroutine", 0, 200, 60, 2600, UNICODE },
    { "cafeteria", "coroutine", 0, 79, 23, 2600, UNICODE },
    { "cafeteria", "coroutine", 0, 60, 16, 2600, UNICODE },
    { "cafeteria", "coroutine", 0, 72, 12, 2600, UNICODE },
    { "cafeteria", "threads", 0, 80, 24, 1250, UNICODE },
    { "cafeteria", "parallel", 0, 80, 24, 1250, UNICODE },
    { "cafeteria", "parallel", 0, 80, 24, 1250, KOREAN },
    { "cafeteria", "parallel", 0, 80, 24, 1250, ROLES },
    { "cafeteria", "parallel", 0, 120, 36, 4000, UNICODE },
    { "cafeteria", "parallel", 0, 80, 24, 9000, UNICODE },
    { "cafeteria", "hybrid", 4, 80, 24, 1000, UNICODE },
    { "cafeteria", "hybrid", 8, 80, 24, 1000, ASCII },
    { locks, "coroutine", 0, 80, 24, 450, UNICODE },
    { locks, "coroutine", 0, 80, 24, 600, KOREAN },
    { locks, "coroutine", 0, 80, 24, 900, ROLES },
    { locks, "parallel", 0, 80, 24, 150, WHY },
};

enum {
    GOLDEN_COUNT = sizeof golden / sizeof golden[0]
};

static const char *const dress_name[] = { "unicode", "ascii",   "ko", "roles",
                                          "large",   "machine", "why" };

static char *draw(const struct golden *g)
{
    struct picture picture;
    char *text;

    picture_open(&picture, g->workload, g->mode, g->machines);
    if (g->dress == ASCII)
        picture.view.glyphs = GLYPHS_ASCII;
    if (g->dress == LARGE)
        picture.view.large = true;
    if (g->dress == BY_MACHINE)
        picture.view.by_machine = true;
    if (g->dress == WHY)
        picture.view.panel = PANEL_WHY;
    text = picture_text(&picture, g->width, g->height, g->t_ms,
                        g->dress == ROLES);
    picture_close(&picture);
    return text;
}

START_TEST(the_frame_is_as_it_should_be)
{
    const struct golden *g = &golden[_i];

    if (g->dress == KOREAN && !golden_in_korean())
        suite_skip("Korean needs catalogues and a UTF-8 locale");
    golden_expect(draw(g), "%s-%s-%d-%dx%d-%d-%s.txt",
                  strchr(g->workload, ':') ? "locks" : g->workload, g->mode,
                  g->machines, g->width, g->height, g->t_ms,
                  dress_name[g->dress]);
}
END_TEST

/* --- every size in every dress -------------------------------------------- */

static const struct {
    int width, height;
} size[] = { { 79, 23 }, { 80, 24 }, { 100, 30 }, { 120, 36 }, { 200, 60 } };

static const enum dress dresses[] = { UNICODE, ASCII, ROLES, KOREAN };

/* The first two are enough for the largest. */
static const struct {
    const char *mode;
    int machines, t_ms;
} moment[] = { { "coroutine", 0, 3300 },  { "parallel", 0, 2000 },
               { "sequential", 0, 5000 }, { "threads", 0, 700 },
               { "hybrid", 3, 1900 },     { "coroutine", 0, 9000 } };

enum {
    SIZES = sizeof size / sizeof size[0],
    DRESSES = sizeof dresses / sizeof dresses[0],
    MOMENTS = sizeof moment / sizeof moment[0],
    LARGEST = 200
};

/* All moments of one size and dress, one below the other. */
static char *draw_all(int i, enum dress dress)
{
    int moments = size[i].width == LARGEST ? 2 : MOMENTS;
    struct strbuf all;

    strbuf_init(&all);
    for (int k = 0; k < moments; k++) {
        struct golden g = { "cafeteria",   moment[k].mode, moment[k].machines,
                            size[i].width, size[i].height, moment[k].t_ms,
                            dress };
        char *text = draw(&g);

        strbuf_addf(&all, "== %s %d, %d ms\n%s", g.mode, g.machines, g.t_ms,
                    text);
        free(text);
    }
    return all.text;
}

START_TEST(every_size_is_as_it_should_be_in_every_dress)
{
    enum dress dress = dresses[_i % DRESSES];

    if (dress == KOREAN && !golden_in_korean())
        suite_skip("Korean needs catalogues and a UTF-8 locale");
    golden_expect(draw_all(_i / DRESSES, dress), "matrix-%dx%d-%s.txt",
                  size[_i / DRESSES].width, size[_i / DRESSES].height,
                  dress_name[dress]);
}
END_TEST

/* --- what was once drawn wrong, on two screens in two languages ----------- */

static const char calling[] = "task A: next G, cpu 50, next G, cpu 50\n"
                              "task B: cpu 30, yield, cpu 30\n"
                              "generator G: cpu 50, yield, cpu 50\n";

/* A stands at the machine for ever, B in line. */
static const char standing[] = "channel c\n"
                               "task A: cpu 100, recv c\n"
                               "task B: cpu 100, send c\n";

/* Of lessons 16 and 17. */
static const char eight[] =
    "task A B C D E F G H: cpu 100, sleep 300, cpu 100\n";
static const char tour[] = "machines 4\n"
                           "task S: cpu 200\n"
                           "task P1 P2 P3 P4 P5 P6 P7 P8 after S: cpu 100\n";

static const char big_tour[] =
    "machines 4\n"
    "task S: cpu 200\n"
    "task A1 A2 A3 A4 A5 A6 A7 A8 B1 B2 B3 B4 B5 B6 B7 B8 after S: cpu 100\n"
    "task C1 C2 C3 C4 C5 C6 C7 C8 D1 D2 D3 D4 D5 D6 D7 D8 after S: cpu 100\n";

/* As real runs have them: a microsecond between two turns. */
static const char gaps[] =
    "task A: repeat 3 (cpu 100, sleep 100002us)\n"
    "task B at 100001us: repeat 3 (cpu 100, sleep 100002us)\n";

static const struct special {
    const char *name, *workload, *mode;
    int t_ms;
    bool running;
    int slice_ms, cost_ms; /* 0: the default */
} special[] = {
    { "trails", "cafeteria", "parallel", 615, true, 0, 0 },
    { "called", calling, "coroutine", 20, false, 0, 0 },
    { "crossed", "crossed", "threads", 10000, false, 0, 0 },
    { "philosophers", "philosophers-deadlock", "parallel", 10000, false, 0, 0 },
    { "held", standing, "sequential", 10000, false, 0, 0 },
    { "over", "cafeteria", "hybrid", 10000, false, 0, 0 },
    { "change-100", "task A B: cpu 300\n", "threads", 10000, false, 100, 5 },
    { "change-20", "task A B: cpu 300\n", "threads", 10000, false, 20, 5 },
    { "change-5", "task A B: cpu 300\n", "threads", 10000, false, 5, 5 },
    { "eight", eight, "coroutine", 700, false, 0, 0 },
    { "tour", tour, "hybrid", 250, false, 0, 0 },
    { "big-tour", big_tour, "hybrid", 600, false, 0, 0 },
    { "lost", "lost-update", "threads", 10000, false, 0, 0 },
    { "gaps", gaps, "coroutine", 10000, false, 0, 0 },
};

enum {
    SPECIALS = sizeof special / sizeof special[0]
};

/* Both sizes, one below the other. */
static char *draw_special(const struct special *s)
{
    static const int sizes[][2] = { { 80, 24 }, { 120, 36 } };
    struct picture picture;
    struct strbuf all;

    strbuf_init(&all);
    if (s->slice_ms > 0)
        picture_open_switching(&picture, s->workload, s->mode, s->slice_ms,
                               s->cost_ms);
    else
        picture_open(&picture, s->workload, s->mode, 0);
    if (s->running)
        picture.view.play = PLAY_RUNNING;
    for (int i = 0; i < 2; i++) {
        char *text = picture_text(&picture, sizes[i][0], sizes[i][1], s->t_ms,
                                  0);

        strbuf_adds(&all, text);
        free(text);
    }
    picture_close(&picture);
    return all.text;
}

START_TEST(what_was_drawn_wrong_is_as_it_should_be)
{
    const struct special *s = &special[_i / 2];

    if (_i % 2 && !golden_in_korean())
        suite_skip("Korean needs catalogues and a UTF-8 locale");
    golden_expect(draw_special(s), "special-%s-%s.txt", s->name,
                  _i % 2 ? "ko" : "en");
}
END_TEST

/* --- the program, its values and its output ------------------------------- */

/* One of each kind; at 75 ms everything is in use. */
static const char kinds[] =
    "shared n = 7\n"
    "channel c size 3\n"
    "channel hand\n"
    "barrier b 2\n"
    "semaphore s = 1\n"
    "rwlock r\n"
    "condition ready\n"
    "task A: read n, send c, cpu 10, send c, lock m, cpu 50, wait b\n"
    "task B: cpu 20, lock m, wait ready with m, unlock m\n"
    "task C: acquire s, rlock r, sleep 500, unlock r, release s\n"
    "task D: cpu 5, acquire s, release s\n"
    "task E: cpu 5, wlock r, unlock r, wait b\n"
    "task F: next G, recv hand\n"
    "task H: cpu 5, lock m, unlock m\n"
    "generator G: cpu 10, yield, cpu 10\n";

static const struct pane_case {
    const char *name, *workload, *mode;
    int t_ms, dresses; /* so many of pane_dress[] */
} pane_case[] = {
    { "old", "lost-update", "threads", 500, 2 },
    { "lost", "lost-update", "threads", 600, 4 },
    { "deadlock", "crossed", "threads", 400, 2 },
    { "output", "async-sum", "coroutine", 100, 2 },
    { "in-c", "primes", "parallel", 1000, 2 },
    { "kinds", kinds, "parallel", 75, 2 },
};

enum {
    PANE_CASES = sizeof pane_case / sizeof *pane_case
};

static const enum dress pane_dress[] = { UNICODE, KOREAN, ASCII, ROLES };

/* In the place of the picture, and beside it. */
static char *draw_panes_of(const struct pane_case *pane, enum dress dress)
{
    struct picture picture;
    struct strbuf all;

    strbuf_init(&all);
    picture_open(&picture, pane->workload, pane->mode, 0);
    if (dress == ASCII)
        picture.view.glyphs = GLYPHS_ASCII;
    picture.view.side = SIDE_PROGRAM;
    picture.view.stepped_ns = pane->t_ms * NS_PER_MS;
    for (int wide = 0; wide < 2; wide++) {
        char *text = picture_text(&picture, wide ? 120 : 80, wide ? 36 : 24,
                                  pane->t_ms, dress == ROLES);

        strbuf_adds(&all, text);
        free(text);
        picture.view.side = SIDE_AUTO;
    }
    picture_close(&picture);
    return all.text;
}

START_TEST(program_values_and_output_are_as_they_should_be)
{
    const struct pane_case *pane = &pane_case[_i / 4];
    enum dress dress = pane_dress[_i % 4];

    if (_i % 4 >= pane->dresses)
        return;
    if (dress == KOREAN && !golden_in_korean())
        suite_skip("Korean needs catalogues and a UTF-8 locale");
    golden_expect(draw_panes_of(pane, dress), "panes-%s-%s.txt", pane->name,
                  dress_name[dress]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render/golden");
    TCase *tests = tcase_create("golden");

    tcase_add_loop_test(tests, the_frame_is_as_it_should_be, 0, GOLDEN_COUNT);
    tcase_add_loop_test(tests, every_size_is_as_it_should_be_in_every_dress, 0,
                        SIZES * DRESSES);
    tcase_add_loop_test(tests, what_was_drawn_wrong_is_as_it_should_be, 0,
                        2 * SPECIALS);
    tcase_add_loop_test(tests, program_values_and_output_are_as_they_should_be,
                        0, 4 * PANE_CASES);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
