#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/cells/cells.h"
#include "render/draw/screen.h"
#include "render/draw/screen_compare.h"
#include "render/scene/view.h"
#include "render/web/web_page.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/programs/programs.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "tests/bench/bench.h"
#include "tests/bench/crowd.h"

enum {
    FRAMES = 200,
    CROWD_FRAMES = 10,
    EVENTS = 10000000,
    FRAME_AIM = 16, /* ms */
    MIXED_TASKS = 64,
    MIXED_MACHINES = 4,
    MIXED_AIM = 10,       /* ms */
    PAGE_EVENTS = 300000, /* of one page */
    PAGE_AIM = 40         /* us an event */
};

struct frame_case {
    const struct history *history;
    bool twice; /* a comparison of the run with itself */
    struct cells cells;
    struct view view;
};

static void draw(struct frame_case *one)
{
    struct compare_side side = { one->history, "coroutine",
                                 history_machines(one->history), false };
    struct compare compare = { { side, side }, NULL };

    if (one->twice)
        screen_compare(&one->cells, &compare, &one->view);
    else
        screen_draw(&one->cells, one->history, &one->view);
}

/* Frames all over the run, as a person who scrubs would see them. */
static int64_t frames_once(void *context)
{
    struct frame_case *one = context;
    int64_t end = history_end(one->history);
    int64_t began = clock_now_ns();

    for (int i = 0; i < FRAMES; i++) {
        one->view.t_ns = end * i / FRAMES;
        draw(one);
    }
    return clock_now_ns() - began;
}

/* The slowest frames are those where the most happens at once. */
static int64_t crowd_once(void *context)
{
    struct frame_case *one = context;
    int64_t end = history_end(one->history);
    int64_t began = clock_now_ns();

    for (int i = 0; i < CROWD_FRAMES; i++) {
        one->view.t_ns = one->view.scale_ns
                             ? one->view.left_ns + one->view.scale_ns - i
                             : end / CROWD_FRAMES * (i + 1) - 1;
        draw(one);
    }
    return clock_now_ns() - began;
}

static void frames_of(const char *name, const char *program, const char *mode,
                      int width, int height)
{
    struct diag diag;
    const struct executor *executor = executor_find(mode);
    struct workload *workload = programs_open(program, &diag);
    struct run_options options;
    struct trace *trace;
    struct history *history;
    struct frame_case one = { .twice = false };

    executor_defaults(&options, executor, workload);
    options.model = true;
    options.machines = executor->mode->traits & PARALLEL ? 2 : 1;
    trace = executor_trace(executor, workload, &options);
    executor_run(executor, workload, &options, trace, &diag);
    history = history_new(trace);
    history_update(history);
    one.history = history;
    view_init(&one.view);
    cells_init(&one.cells, width, height);
    bench_time(name, 11, FRAMES, "us", 1000, frames_once, &one);
    cells_fini(&one.cells);
    history_free(history);
    trace_free(trace);
    workload_free(workload);
}

static void crowd_time(struct frame_case *one, const char *crowd,
                       const char *what)
{
    char text[64];

    snprintf(text, sizeof text, "%s, %s", crowd, what);
    bench_time(text, 3, CROWD_FRAMES, "ms", FRAME_AIM, crowd_once, one);
}

/* What a person may open over it; the numbers are worked out once a run. */
static void panels_of_crowd(struct frame_case *one, const char *name)
{
    struct metrics *metrics = metrics_new(one->history);

    view_init(&one->view);
    one->view.panel = PANEL_WHY;
    crowd_time(one, name, "why");
    one->view.panel = PANEL_NUMBERS;
    one->view.metrics[0] = one->view.metrics[1] = metrics;
    crowd_time(one, name, "numbers");
    one->view.panel = PANEL_NONE;
    one->view.cursor_ns = history_end(one->history) / 2;
    one->view.unfolded = true;
    one->view.selected = INT_MAX / 2;
    crowd_time(one, name, "counted to the last");
    metrics_free(metrics);
}

/* A long run of many: by person as it begins, zoomed in, and by machine. */
static void frames_of_crowd(const char *name, int tasks, int machines)
{
    struct frame_case one = { .twice = false };
    struct crowd crowd;

    crowd_init(&crowd, tasks, machines, EVENTS);
    crowd.history = history_new(crowd.trace);
    history_update(crowd.history);
    one.history = crowd.history;
    view_init(&one.view);
    cells_init(&one.cells, 200, 60);
    crowd_time(&one, name, "200x60");
    one.view.scale_ns = NS_PER_MS;
    one.view.left_ns = history_end(crowd.history) / 2;
    crowd_time(&one, name, "1 ms of it");
    one.view.scale_ns = 0;
    one.view.unfolded = true;
    crowd_time(&one, name, "one by one");
    one.view.by_machine = true;
    crowd_time(&one, name, "by machine");
    view_init(&one.view);
    one.view.large = true;
    crowd_time(&one, name, "large");
    panels_of_crowd(&one, name);
    view_init(&one.view);
    one.twice = true;
    crowd_time(&one, name, "compared");
    cells_fini(&one.cells);
    crowd_fini(&crowd);
}

/* People one by one, each in a row, at any zoom. */
static void frames_of_mixed(void)
{
    struct frame_case one = { .twice = false };
    struct crowd crowd;
    int64_t end;

    crowd_init_mixed(&crowd, MIXED_TASKS, MIXED_MACHINES, EVENTS);
    crowd.history = history_new(crowd.trace);
    history_update(crowd.history);
    end = history_end(crowd.history);
    one.history = crowd.history;
    view_init(&one.view);
    one.view.unfolded = true;
    cells_init(&one.cells, 200, 90);
    bench_time("64 tasks, 4 machines, 200x90", 3, CROWD_FRAMES, "ms", MIXED_AIM,
               crowd_once, &one);
    for (int part = 10; part <= 1000; part *= 10) {
        char name[64];

        one.view.scale_ns = end / part;
        one.view.left_ns = end / 3;
        snprintf(name, sizeof name, "the same, one part in %d", part);
        bench_time(name, 3, CROWD_FRAMES, "ms", MIXED_AIM, crowd_once, &one);
    }
    cells_fini(&one.cells);
    crowd_fini(&crowd);
}

/* --- pages ---------------------------------------------------------------- */

static int64_t page_once(void *context)
{
    struct web_page page = { .runs = 1, .lang = "en", .run = { context } };
    int64_t began = clock_now_ns();
    struct strbuf text;

    strbuf_init(&text);
    web_page_write(&text, &page);
    strbuf_fini(&text);
    return clock_now_ns() - began;
}

/* An event takes as long among many as among few. */
static void page_of(const char *name, int tasks)
{
    struct crowd crowd;

    crowd_init(&crowd, tasks, 1, PAGE_EVENTS);
    crowd.history = history_new(crowd.trace);
    history_update(crowd.history);
    bench_time(name, 1, PAGE_EVENTS, "us", PAGE_AIM, page_once, crowd.history);
    crowd_fini(&crowd);
}

void bench_frame(void)
{
    bench_group("building a frame");
    frames_of("coroutine, 80x24", "cafeteria", "coroutine", 80, 24);
    frames_of("parallel, 120x36", "cafeteria", "parallel", 120, 36);
    frames_of("parallel, 200x60", "cafeteria", "parallel", 200, 60);
    frames_of("program, values and output, 120x36", "primes", "parallel", 120,
              36);
    bench_group("building a frame of 10,000,000 events");
    frames_of_mixed();
    frames_of_crowd("1,000 tasks, 1 machine", 1000, 1);
    frames_of_crowd("1,000 tasks, 64 machines", 1000, 64);
    frames_of_crowd("100,000 tasks, 1 machine", 100000, 1);
    bench_group("writing a page of 300,000 events, each");
    page_of("1,000 tasks", 1000);
    page_of("100,000 tasks", 100000);
}
