#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/history/history.h"
#include "tests/bench/bench.h"
#include "tests/bench/crowd.h"

enum {
    TASKS = 100000,
    EVENTS = 10000000,
    ROWS = 64,
    COLUMNS = 200
};

static int64_t index_once(void *context)
{
    struct crowd *crowd = context;
    int64_t began = clock_now_ns();

    history_free(crowd->history);
    crowd->history = history_new(crowd->trace);
    history_update(crowd->history);
    return clock_now_ns() - began;
}

static int64_t numbers_once(void *context)
{
    const struct crowd *crowd = context;
    int64_t began = clock_now_ns();

    metrics_free(metrics_new(crowd->history));
    return clock_now_ns() - began;
}

/* A full timeline: for every cell, how long the task ran in it. */
static int64_t sums_once(void *context)
{
    const struct crowd *crowd = context;
    int64_t began = clock_now_ns();
    int64_t cell = history_end(crowd->history) / COLUMNS;

    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            history_time_in(crowd->history, row, STATE_RUNNING, cell * column,
                            cell * (column + 1));
    return clock_now_ns() - began;
}

static int64_t line_once(void *context)
{
    static int64_t t_ns; /* another instant each time: no answer is kept */
    const struct crowd *crowd = context;
    int64_t began = clock_now_ns();
    int line[ROWS];

    t_ns = (t_ns + NS_PER_MS) % history_end(crowd->history);
    history_line(crowd->history, 0, t_ns, line, ROWS);
    return clock_now_ns() - began;
}

void bench_history(void)
{
    struct crowd crowd;

    crowd_init(&crowd, TASKS, 1, EVENTS);
    bench_group("history: 10,000,000 events, 100,000 tasks");
    bench_time("index", 3, 1, "s", 3, index_once, &crowd);
    bench_time("all numbers", 3, 1, "ms", 0, numbers_once, &crowd);
    bench_time("a timeline of 64 x 200 cells", 11, 1, "ms", 10, sums_once,
               &crowd);
    bench_time("a line of 100,000", 11, 1, "ms", 0, line_once, &crowd);
    crowd_fini(&crowd);
}
