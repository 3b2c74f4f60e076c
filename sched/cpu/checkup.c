/*
 * checkup.c -- measure what the figures of a real run will depend on.
 *
 * A real run is as good as the computer lets it be: cores that others use,
 * timers that come late, a limit on threads. Each is measured in the way a run
 * would meet it: cores by computing on all of them at the same instant,
 * timers by sleeping.
 */
#include "sched/cpu/checkup.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/coroutine/stack.h"
#include "sched/cpu/burner.h"
#include "sched/cpu/calibration.h"
#include "sched/cpu/cores.h"
#include "sched/cpu/kernel_line.h"

enum {
    PATH_BYTES = 4096,
    SLEEPS = 20,
    CLOCK_LOOKS = 1000,
    BUSY_LOOKS = 5,
    STRETCH_MS = 50,
    SPIN_ITERATIONS = 20000,
};

static void nap(int64_t ns)
{
    struct timespec span = { .tv_sec = 0, .tv_nsec = (long)ns };

    nanosleep(&span, NULL);
}

/* --- are the cores free? -------------------------------------------------- */

struct spinner {
    pthread_t thread;
    int cpu, ms;
    double stretch;
};

/* Compute until so much time has passed on the wall: what the processor clock
 * shows less, others have had. */
static void *spin(void *argument)
{
    struct spinner *spinner = argument;
    uint64_t state = burner_first_state(1);
    int64_t wall_ns, cpu_ns, end_ns;

    cores_pin(spinner->cpu);
    wall_ns = clock_now_ns();
    cpu_ns = clock_thread_cpu_ns();
    end_ns = wall_ns + spinner->ms * NS_PER_MS;
    while (clock_now_ns() < end_ns)
        state = burner_spin(state, SPIN_ITERATIONS);
    wall_ns = clock_now_ns() - wall_ns;
    cpu_ns = clock_thread_cpu_ns() - cpu_ns;
    spinner->stretch = cpu_ns > 0 ? (double)wall_ns / (double)cpu_ns : 0;
    return NULL;
}

double checkup_stretch(const struct cores *cores, int ms)
{
    int count = cores->usable < cores->allowed ? cores->usable : cores->allowed;
    struct spinner *spinner = xcalloc((size_t)count, sizeof *spinner);
    double worst = 0;
    int made = 0;

    for (; made < count; made++) {
        spinner[made] = (struct spinner){ .cpu = cores->cpu[made], .ms = ms };
        if (pthread_create(&spinner[made].thread, NULL, spin, &spinner[made]) !=
            0)
            break;
    }
    for (int i = 0; i < made; i++) {
        pthread_join(spinner[i].thread, NULL);
        if (spinner[i].stretch > worst)
            worst = spinner[i].stretch;
    }
    free(spinner);
    return worst;
}

/* One look may catch somebody who is gone a moment later: room for all, seen
 * once, is enough. */
int checkup_busy(int count, const char *proc)
{
    int online = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int least = -1;

    for (int i = 0; i < BUSY_LOOKS; i++) {
        int others = cores_others(proc);

        if (others + count <= online)
            return 0;
        if (least < 0 || others < least)
            least = others;
        if (i + 1 < BUSY_LOOKS)
            nap(2 * NS_PER_MS);
    }
    return least;
}

/* --- clocks --------------------------------------------------------------- */

static int compare_times(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

/* With the timers as runs set them; the worst of a few says more about this
 * moment than about the computer, so the median is kept as well. */
static void look_at_timer(struct checkup *checkup)
{
    int64_t late_ns[SLEEPS];

    cores_sharpen_timers();
    for (int i = 0; i < SLEEPS; i++) {
        int64_t begun_ns = clock_now_ns();

        nap(NS_PER_MS);
        late_ns[i] = clock_now_ns() - begun_ns - NS_PER_MS;
    }
    qsort(late_ns, SLEEPS, sizeof *late_ns, compare_times);
    checkup->late_ns = late_ns[SLEEPS / 2];
    checkup->latest_ns = late_ns[SLEEPS - 1];
}

static void look_at_clock(struct checkup *checkup)
{
    struct timespec step = { 0 };
    int64_t begun_ns = clock_now_ns();

    for (int i = 0; i < CLOCK_LOOKS - 1; i++)
        clock_now_ns();
    checkup->clock_ns = (clock_now_ns() - begun_ns) / CLOCK_LOOKS;
    clock_getres(CLOCK_MONOTONIC, &step);
    checkup->clock_step_ns = step.tv_sec * NS_PER_S + step.tv_nsec;
    kernel_line(checkup->clock_source, sizeof checkup->clock_source, "",
                "/sys/devices/system/clocksource/clocksource0/"
                "current_clocksource");
}

/* --- limits --------------------------------------------------------------- */

/* Keep the lowest of all limits, and what sets it. */
static void limit_threads(struct checkup *checkup, int64_t most,
                          const char *what)
{
    if (most <= 0 ||
        (checkup->threads_most >= 0 && checkup->threads_most <= most))
        return;
    checkup->threads_most = most;
    checkup->threads_limit = what;
}

/* The number in a file of the kernel, whose path ends in name; 0 for "max". */
static int64_t number_in(const char *folder, const char *name)
{
    char line[64];

    kernel_line(line, sizeof line, "", "%s/%s", folder, name);
    return strtoll(line, NULL, 10);
}

/* pids.max of our cgroup (version 2) and of those it is in. */
static void look_at_cgroup(struct checkup *checkup)
{
    char group[PATH_BYTES / 2], folder[PATH_BYTES];

    if (!kernel_line(group, sizeof group, "0::", "/proc/self/cgroup"))
        return;
    for (char *end = group + strlen(group); end; end = strrchr(group, '/')) {
        *end = '\0';
        snprintf(folder, sizeof folder, "/sys/fs/cgroup%s", group);
        limit_threads(checkup, number_in(folder, "pids.max"), "pids.max");
    }
}

/* Root is not held to its ulimit. */
static void look_at_threads(struct checkup *checkup)
{
    struct rlimit limit;

    checkup->threads_most = -1;
    checkup->threads_limit = "";
    limit_threads(checkup, number_in("/proc/sys/kernel", "threads-max"),
                  "kernel.threads-max");
    limit_threads(checkup, number_in("/proc/sys/kernel", "pid_max"),
                  "kernel.pid_max");
    if (geteuid() != 0 && getrlimit(RLIMIT_NPROC, &limit) == 0 &&
        limit.rlim_cur != RLIM_INFINITY)
        limit_threads(checkup, (int64_t)limit.rlim_cur, "ulimit -u");
    look_at_cgroup(checkup);
}

/* The age must be found before calibration_get, which may write the file. */
static void look_at_calibration(struct checkup *checkup)
{
    char path[PATH_BYTES];
    struct stat status;

    checkup->calibration_age_s = -1;
    if (calibration_path(path, sizeof path) && calibration_load(path) > 0 &&
        stat(path, &status) == 0)
        checkup->calibration_age_s = time(NULL) - status.st_mtime;
    checkup->iterations_per_ms = calibration_get();
}

void checkup_make(struct checkup *checkup, const struct cores *cores)
{
    memset(checkup, 0, sizeof *checkup);
    checkup->others = cores_others(NULL);
    checkup->stretch = checkup_stretch(cores, STRETCH_MS);
    look_at_calibration(checkup);
    look_at_timer(checkup);
    look_at_clock(checkup);
    look_at_threads(checkup);
    checkup->light_guards = stack_guards(&checkup->guards_most);
}
