/*
 * bench_own.c -- other people's programs, bare and through concviz, in turn:
 * what a hand-over between their threads takes, and what it costs to be seen.
 *
 * handover.c times itself; the others are timed from outside, with all that
 * concviz does before and after them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/measure/measure.h"
#include "tests/bench/bench.h"

enum {
    ROUNDS = 7
};

#define HANDOVER "tests/bench/handover" /* where `make bench` is */
#define HANDING  HANDOVER " 200000"
#define ACCESSES "tests/bench/accesses"
#define TIMES    " 5000000"
#define CROWD    "tests/bench/multitude"
#define PIGZ     "pigz -p2 -c " HANDOVER ".data >/dev/null"
#define UNSEEN   " --view none -- "

static const char *program; /* the path of concviz */

/* Thousandths of the nanoseconds that the command names, or a negative errno
 * value. */
static int64_t told_by(const char *before, const char *after)
{
    char command[4400];
    double told = -1;
    FILE *output;

    snprintf(command, sizeof command, "%s%s", before, after);
    output = popen(command, "r");
    if (!output)
        return -errno;
    if (fscanf(output, "%lf", &told) != 1)
        told = -1;
    pclose(output);
    return told < 0 ? -EIO : (int64_t)(told * 1000);
}

static int64_t watched(const char *mode, const char *command)
{
    char before[4300];

    snprintf(before, sizeof before, "%s %s" UNSEEN, program, mode);
    return told_by(before, command);
}

static int64_t bare(void)
{
    return told_by("taskset -c 0 ", HANDING);
}

static int64_t as_coroutines(void)
{
    return watched("coroutine", HANDING);
}

static int64_t recorded(void)
{
    return watched("threads", HANDING);
}

static int64_t access_bare(void)
{
    return told_by("", ACCESSES "-bare" TIMES);
}

static int64_t access_alone(void)
{
    return told_by("", ACCESSES "-seen" TIMES);
}

static int64_t access_watched(void)
{
    return watched("coroutine", ACCESSES "-seen" TIMES);
}

static int64_t access_tsan(void)
{
    return told_by("", ACCESSES "-tsan" TIMES);
}

/* Nanoseconds from before to after. */
static int64_t taken_by(const char *before, const char *command)
{
    char whole[4400];
    int64_t began = clock_now_ns();

    snprintf(whole, sizeof whole, "%s%s", before, command);
    return system(whole) == 0 ? clock_now_ns() - began : -ENOENT;
}

static int64_t seen(const char *mode, const char *command)
{
    char before[4300];

    snprintf(before, sizeof before, "%s %s" UNSEEN, program, mode);
    return taken_by(before, command);
}

static int64_t pigz(void)
{
    return taken_by("", PIGZ);
}

static int64_t pigz_seen(void)
{
    return seen("parallel", PIGZ);
}

static int64_t crowd(void)
{
    return taken_by("", CROWD " >/dev/null");
}

static int64_t crowd_of_coroutines(void)
{
    return seen("coroutine", CROWD " >/dev/null");
}

static int64_t first_frame(void)
{
    const char *argv[] = { program, "coroutine", "--lang", "en",
                           "--",    HANDOVER,    "200000", NULL };

    return bench_first_frame(argv);
}

static const struct measure table[] = {
    { "bare", "a hand-over of threads, on one core", "ns", 1000, bare },
    { "coroutine", "the same of coroutine --", "ns", 1000, as_coroutines },
    { "recorded", "the same of threads --", "ns", 1000, recorded },
    { "access", "an access of a thread, and the work between", "ns", 1000,
      access_bare },
    { "access-alone", "the same by concviz cc, run by itself", "ns", 1000,
      access_alone },
    { "access-seen", "the same, coroutine --", "ns", 1000, access_watched },
    { "access-tsan", "the same by -fsanitize=thread", "ns", 1000, access_tsan },
    { "pigz", "pigz, 2 threads", "ms", 1, pigz },
    { "pigz-seen", "the same, parallel --", "ms", 1, pigz_seen },
    { "crowd", "10,000 threads start and finish", "ms", 1, crowd },
    { "crowd-seen", "the same, coroutine --", "ms", 1, crowd_of_coroutines },
    { "frame", "coroutine --, start to first frame", "ms", 1, first_frame },
};

static const struct measure_ratio ratios[] = {
    { "a hand-over, coroutine -- / threads", "coroutine", "bare", 0.05 },
    { "the same, threads -- / bare", "recorded", "bare", 0 },
    { "accesses, concviz cc and coroutine -- / bare", "access-seen", "access",
      0 },
    { "accesses, -fsanitize=thread / bare", "access-tsan", "access", 0 },
    { "pigz, parallel -- / bare", "pigz-seen", "pigz", 1.05 },
    { "10,000 threads, coroutine -- / bare", "crowd-seen", "crowd", 0 },
};

enum {
    MEASURES = sizeof table / sizeof *table
};

void bench_own(const char *concviz)
{
    struct measured result[MEASURES];

    program = concviz;
    if (system("seq 4000000 >" HANDOVER ".data") != 0)
        return;
    measure_take(table, MEASURES, ROUNDS, result);
    remove(HANDOVER ".data");
    bench_print(table, MEASURES, result, ratios,
                sizeof ratios / sizeof *ratios);
}
