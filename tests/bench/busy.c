/*
 * busy.c -- twenty real runs on a computer that is kept busy on purpose.
 *
 * Is what concviz says of them true? The witness is the kernel: the processor
 * time it counted for the threads of the tasks. `busy`, and the number of those
 * working, summed over time from instant to instant, must agree with it within
 * 5 percent. `make busy` runs this; it is no part of `make check`, as a
 * computer that does something else entirely may fail it.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/cpu/cores.h"
#include "sched/history/history.h"
#include "sched/run/executor.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_parse.h"

enum {
    RUNS = 20,
    CORES = 2,
    OTHERS = 1, /* for each core */
    MODES = 5
};

static const double most_percent = 5;

static const char *const text =
    "task A B: repeat 5 (cpu 40, sleep 10, lock m, cpu 5, unlock m)\n"
    "task C at 20: repeat 10 (cpu 10 by 2, yield, sleep 3)\n";

static pid_t other[CORES * OTHERS];

/* The run has these cores, and so has somebody who never stops. */
static void keep_busy(void)
{
    struct cores cores;
    cpu_set_t few;

    cores_init(&cores, NULL, NULL);
    CPU_ZERO(&few);
    for (int i = 0; i < cores.allowed && i < CORES; i++)
        CPU_SET((size_t)cores.cpu[i], &few);
    sched_setaffinity(0, sizeof few, &few);
    for (int i = 0; i < CORES * OTHERS && i < cores.allowed * OTHERS; i++) {
        other[i] = fork();
        if (other[i] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            cores_pin(cores.cpu[i / OTHERS]);
            for (;;)
                continue;
        }
    }
    cores_fini(&cores);
}

static void let_be(void)
{
    for (int i = 0; i < CORES * OTHERS; i++)
        if (other[i] > 0) {
            kill(other[i], SIGKILL);
            waitpid(other[i], NULL, 0);
        }
}

/* The number of those working, summed over time. */
static double working_ns(const struct history *history)
{
    const struct trace *trace = history_trace(history);
    size_t count = trace_count(trace);
    double sum = 0;

    for (size_t i = 0; i + 1 < count; i++) {
        int64_t from_ns = trace_at(trace, i)->t_ns;
        int64_t to_ns = trace_at(trace, i + 1)->t_ns;

        if (to_ns > from_ns)
            sum += (double)(to_ns - from_ns) *
                   history_working(history, from_ns);
    }
    return sum;
}

static double percent_off(double said, double is)
{
    return is > 0 ? 100 * (said - is) / is : 100;
}

/* Print one run. Returns whether it was told truly. */
static bool tell(const struct executor *executor, const struct history *history)
{
    static const char *const by[] = { "-", "kernel", "clock" };
    struct metrics *metrics = metrics_new(history);
    double used = 0, busy, working;
    bool good;

    for (size_t i = 0; i < metrics->task_count; i++)
        used += (double)metrics->task[i].cpu_ns;
    busy = percent_off((double)metrics->busy_ns, used);
    working = percent_off(working_ns(history), used);
    good = busy <= most_percent && busy >= -most_percent &&
           working <= most_percent && working >= -most_percent;
    printf("%-10s %-6s  %8.1f ms  others %3.0f %%  busy %+5.1f %%  working "
           "%+5.1f %%%s\n",
           executor->mode->name, by[metrics->observed], used / NS_PER_MS,
           metrics->others, busy, working, good ? "" : "  <--");
    metrics_free(metrics);
    return good;
}

static bool run(const struct executor *executor, enum observe observe)
{
    struct diag diag = { .message = "" };
    struct workload *workload = workload_parse("busy", "busy", text,
                                               strlen(text), &diag);
    struct run_options options;
    struct history *history;
    struct trace *trace;
    bool good;

    executor_defaults(&options, executor, workload);
    if (options.machines > CORES)
        options.machines = CORES;
    options.observe = observe;
    trace = executor_trace(executor, workload, &options);
    good = executor_run(executor, workload, &options, trace, &diag) == 0;
    history = history_new(trace);
    history_update(history);
    good = tell(executor, history) && good;
    history_free(history);
    trace_free(trace);
    workload_free(workload);
    return good;
}

int main(void)
{
    int good = 0;

    printf("processor time of the threads; what concviz says, and how far it "
           "is off\n");
    fflush(stdout);
    keep_busy();
    for (int i = 0; i < RUNS; i++)
        good += run(executor_table[i % MODES],
                    i / MODES % 4 == 3 ? OBSERVE_CLOCKS : OBSERVE_BEST);
    let_be();
    printf("%d of %d within %.0f %%\n", good, RUNS, most_percent);
    return good == RUNS ? EXIT_SUCCESS : EXIT_FAILURE;
}
