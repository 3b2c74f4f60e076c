/*
 * bench_work.c -- runs that compute: whether work costs what it says, what our
 * threads lose against bare ones, and what it costs to be watched.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/cpu/calibration.h"
#include "sched/cpu/cores.h"
#include "sched/measure/measure.h"
#include "sched/programs/program_source.h"
#include "sched/run/executor.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"
#include "tests/bench/bench.h"

enum {
    ROUNDS = 7,
    IMAGE_SIZE = 12,
    CHECKED_SIZE = 4,
    WATCHED_MS = 400, /* of work for each core */
    WATCH_LIMIT_MS = 10000,
    GRACE_MS = 300, /* until the last frame has been drawn */
};

static const char *program; /* the path of concviz */
static int64_t rate;        /* of the burner: bare threads do not calibrate */

/* --- runs in this process ------------------------------------------------- */

struct result {
    int64_t makespan_ns, cpu_ns;
};

static int run(const char *mode, struct workload *workload,
               struct result *result)
{
    const struct executor *executor = executor_find(mode);
    struct run_options options;
    struct trace *trace;
    struct diag diag;
    int error;

    executor_defaults(&options, executor, workload);
    options.iterations_per_ms = rate;
    trace = executor_trace(executor, workload, &options);
    error = executor_run(executor, workload, &options, trace, &diag);
    *result = (struct result){ 0, 0 };
    for (size_t i = 0; i < trace_count(trace); i++) {
        const struct event *event = trace_at(trace, i);

        if (event->kind == EVENT_CPU_TIME)
            result->cpu_ns += event->value;
        result->makespan_ns = event->t_ns;
    }
    trace_free(trace);
    workload_free(workload);
    return error;
}

static int64_t cpu_of(const char *text)
{
    struct diag diag;
    struct result result;
    int error = run("threads",
                    workload_parse("bench", "bench", text, strlen(text), &diag),
                    &result);

    return error ? error : result.cpu_ns;
}

static int64_t one_task(void)
{
    return cpu_of("task A: cpu 30\n");
}

static int64_t four_tasks(void)
{
    return cpu_of("task A B C D: cpu 30\n");
}

static int64_t our_rows(void)
{
    struct result result;
    int error = run("parallel",
                    program_source_make(&program_mandelbrot, IMAGE_SIZE),
                    &result);

    return error ? error : result.makespan_ns;
}

static int64_t bare_rows(void)
{
    return bench_rows(IMAGE_SIZE);
}

/* The processor time of this process meanwhile: what a busy machine leaves
 * alone. */
static int64_t cpu_during(int64_t (*once)(void))
{
    struct timespec from, to;
    int64_t taken;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    taken = once();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    if (taken < 0)
        return taken;
    return (to.tv_sec - from.tv_sec) * NS_PER_S + to.tv_nsec - from.tv_nsec;
}

static int64_t our_rows_cpu(void)
{
    return cpu_during(our_rows);
}

static int64_t bare_rows_cpu(void)
{
    return cpu_during(bare_rows);
}

/* --- the program, unwatched and watched ----------------------------------- */

static char path[] = P_tmpdir "/bench-work.XXXXXX";

static void forget_file(void)
{
    unlink(path);
}

/* Twice as many tasks as cores, so that slices end as well. */
static bool write_file(void)
{
    struct cores machines;
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

    if (!file)
        return false;
    atexit(forget_file);
    cores_init(&machines, NULL, NULL);
    for (int i = 0; i < 2 * machines.usable; i++)
        fprintf(file, "task T%d: cpu %d\n", i, WATCHED_MS / 2);
    cores_fini(&machines);
    return fclose(file) == 0;
}

/* The time in "… finished after 1.643 s, …". */
static int64_t makespan_in(const char *text)
{
    const char *place = strstr(text, "finished after ");
    double seconds = 0;

    if (!place || sscanf(place, "finished after %lf s", &seconds) != 1)
        return -EIO;
    return (int64_t)(seconds * 1e9);
}

/* Read what comes within ms; what does not fit is thrown away. */
static size_t read_for(int terminal, int ms, char *text, size_t size)
{
    struct pollfd ready = { .fd = terminal, .events = POLLIN };
    int64_t until_ns = clock_now_ns() + ms * NS_PER_MS;
    size_t length = 0;

    while (clock_now_ns() < until_ns &&
           poll(&ready, 1, (int)((until_ns - clock_now_ns()) / NS_PER_MS)) >
               0) {
        ssize_t count;

        if (length > size / 2)
            length = 0;
        count = read(terminal, text + length, size - 1 - length);
        if (count <= 0)
            break;
        length += (size_t)count;
        text[length] = '\0';
        if (strstr(text, " are done"))
            break;
    }
    text[length] = '\0';
    return length;
}

static int64_t watched(void)
{
    static char text[1 << 16];
    const char *argv[] = { program, "parallel", path, "--lang", "en", NULL };
    char name[64];
    int terminal = bench_terminal(name, sizeof name);
    pid_t child = fork();

    if (child == 0)
        bench_run_in(name, argv);
    read_for(terminal, WATCH_LIMIT_MS, text, sizeof text);
    read_for(terminal, GRACE_MS, text, sizeof text);
    if (write(terminal, "q", 1) == 1)
        read_for(terminal, WATCH_LIMIT_MS, text, sizeof text);
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    close(terminal);
    return makespan_in(text);
}

static int64_t unwatched(void)
{
    char command[4400];
    double makespan_ms = -1;
    FILE *output;

    snprintf(
        command, sizeof command,
        "%s parallel %s --json | sed 's/.*\"makespan\":\\([0-9.]*\\).*/\\1/'",
        program, path);
    output = popen(command, "r");
    if (!output)
        return -errno;
    if (fscanf(output, "%lf", &makespan_ms) != 1)
        makespan_ms = -1;
    pclose(output);
    return makespan_ms < 0 ? -EIO : (int64_t)(makespan_ms * 1e6);
}

static const struct measure table[] = {
    { "cpu", "cpu 30, processor time", "ms", 1, one_task },
    { "four", "four times cpu 30 on one core", "ms", 1, four_tasks },
    { "bare-rows", "Mandelbrot rows, bare threads", "ms", 1, bare_rows },
    { "rows", "Mandelbrot rows, concviz parallel", "ms", 1, our_rows },
    { "bare-rows-cpu", "the same, processor time: bare threads", "ms", 1,
      bare_rows_cpu },
    { "rows-cpu", "the same, processor time: concviz parallel", "ms", 1,
      our_rows_cpu },
    { "unwatched", "a computing run, unwatched", "ms", 1, unwatched },
    { "watched", "the same on the live screen", "ms", 1, watched },
};

enum {
    MEASURES = sizeof table / sizeof *table
};

static const struct measure_ratio ratios[] = {
    { "four tasks / one task, processor time", "four", "cpu", 0 },
    { "Mandelbrot, ours / bare threads", "rows", "bare-rows", 1.02 },
    { "the same, processor time", "rows-cpu", "bare-rows-cpu", 1.02 },
    { "watched / unwatched", "watched", "unwatched", 1.02 },
};

void bench_work(const char *concviz)
{
    struct measured result[MEASURES];
    int others = cores_others(NULL);

    program = concviz;
    rate = calibration_get();
    if (!write_file())
        return;
    bench_rows(CHECKED_SIZE);
    measure_take(table, MEASURES, ROUNDS, result);
    if (others > 0)
        printf("\n(%d other threads wanted to run: machine busy)\n", others);
    bench_print(table, MEASURES, result, ratios,
                sizeof ratios / sizeof *ratios);
}
