#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/history/history.h"
#include "sched/tape/tape_file.h"
#include "tests/bench/bench.h"
#include "tests/bench/crowd.h"

enum {
    TASKS = 100000,
    EVENTS = 10000000,
    MIXED_TASKS = 64,
    MIXED_MACHINES = 4,
    ROWS = 64,
    COLUMNS = 200,
    MMAP_FROM = 128 * 1024,
    INDEX_AIM = 1,    /* s, */
    MEMORY_AIM = 200, /* MB, and */
    DRAW_AIM = 10     /* ms */
};

/* What a timeline of a part of the run asks. */
struct window {
    const struct history *history;
    int64_t part; /* one so many-th of the run */
};

/* --- memory --------------------------------------------------------------- */

/* A line of /proc/self/status, in MB; 0 where there is none. */
static double status_mb(const char *key)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[128];
    double kb = 0;

    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, key, strlen(key)))
            kb = strtod(line + strlen(key), NULL);
    if (file)
        fclose(file);
    return kb / 1e3;
}

/* From now on the most is counted anew, and memory that was freed is not there
 * to be used again. */
static void forget_most(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");

#ifdef __GLIBC__
    malloc_trim(0);
#endif
    if (!file)
        return;
    fputs("5", file);
    fclose(file);
}

static void print_memory(const char *name, double mb)
{
    printf("  %-46s %9.0f MB  aim <= %d\n", name, mb, MEMORY_AIM);
    fflush(stdout);
}

/* Open a tape of the run and index it, as `concviz replay` does. */
static int64_t open_once(void *context)
{
    const char *path = context;
    int64_t began = clock_now_ns();
    struct diag diag;
    struct tape_file *tape = tape_file_open(path, &diag);
    struct history *history = history_new(tape_file_trace(tape));

    history_update(history);
    began = clock_now_ns() - began;
    history_free(history);
    tape_file_close(tape);
    return began;
}

static void tape_of(const struct crowd *crowd)
{
    char path[] = "bench-tape-XXXXXX";
    int file = mkstemp(path);
    struct diag diag;
    double before;

    if (file < 0)
        return;
    close(file);
    unlink(path);
    if (tape_file_save(crowd->trace, path, &diag) == 0) {
        forget_most();
        before = status_mb("VmRSS:");
        open_once(path);
        print_memory("memory of a tape, opened and indexed",
                     status_mb("VmHWM:") - before);
        bench_time("open a tape and index it", 3, 1, "s", INDEX_AIM, open_once,
                   path);
    }
    unlink(path);
}

/* What indexing takes at most, beside the events. */
static void memory_of(struct crowd *crowd)
{
    double before, most;

    history_free(crowd->history);
    forget_most();
    before = status_mb("VmRSS:");
    crowd->history = history_new(crowd->trace);
    history_update(crowd->history);
    most = status_mb("VmHWM:") - before;
    print_memory("memory of the index, without the events", most);
}

/* --- time ----------------------------------------------------------------- */

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

/* A full timeline: for every cell, how long the task ran in it and how long it
 * could not. */
static int64_t sums_once(void *context)
{
    const struct window *window = context;
    int64_t end = history_end(window->history);
    int64_t seen = end / window->part, left = end / 3, cell = seen / COLUMNS;
    int64_t began = clock_now_ns();

    if (window->part == 1)
        left = 0;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            int64_t from = left + cell * column;

            history_time_in(window->history, row, STATE_RUNNING, from,
                            from + cell);
            history_time_in(window->history, row, STATE_STOLEN, from,
                            from + cell);
        }
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

static void timelines(const struct history *history)
{
    struct window window = { history, 1 };

    bench_time("a timeline of 64 x 200 cells", 11, 1, "ms", DRAW_AIM, sums_once,
               &window);
    for (window.part = 10; window.part <= 1000; window.part *= 10) {
        char name[64];

        snprintf(name, sizeof name, "the same of one part in %d",
                 (int)window.part);
        bench_time(name, 11, 1, "ms", DRAW_AIM, sums_once, &window);
    }
}

/* Of another instant each time, so that no answer is kept. */
static void questions(struct crowd *crowd)
{
    memory_of(crowd);
    bench_time("index", 3, 1, "s", INDEX_AIM, index_once, crowd);
    tape_of(crowd);
    timelines(crowd->history);
    bench_time("a line", 11, 1, "ms", 0, line_once, crowd);
    bench_time("all numbers", 3, 1, "ms", 0, numbers_once, crowd);
}

/* Memory is asked for as in a program that has just begun: malloc would keep
 * more and more of it, the larger the pieces that were freed. */
void bench_history(void)
{
    struct crowd crowd;

#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, MMAP_FROM);
#endif
    crowd_init_mixed(&crowd, MIXED_TASKS, MIXED_MACHINES, EVENTS);
    bench_group("history: 10,000,000 events, 64 tasks");
    questions(&crowd);
    crowd_fini(&crowd);
    crowd_init(&crowd, TASKS, 1, EVENTS);
    bench_group("history: 10,000,000 events, 100,000 tasks");
    questions(&crowd);
    crowd_fini(&crowd);
}
