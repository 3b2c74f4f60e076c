/*
 * measure.c -- the rounds, and on which machine they were taken.
 *
 * Round after round goes through the whole table, so that a slow moment of the
 * computer hits one round of everything and not all rounds of one thing; then
 * the least of each can be compared. What was interrupted is done again: the
 * kernel counts how often it took the core away from us.
 */
#include "sched/measure/measure.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/measure/measure_internal.h"

enum {
    TRIES = 4 /* at most, of one measurement that is interrupted */
};

/* Differences of 64 bits do not fit an int, so they are compared. */
int measure_by_size(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

/* Bytes are counted one by one, as nanoseconds are. */
static double unit_ns(const char *unit)
{
    if (strcmp(unit, "us") == 0)
        return 1e3;
    return strcmp(unit, "ms") == 0 ? 1e6 : 1;
}

/* No round, no figures: the system refused. */
static struct measured sum_up(const struct measure *measure, int64_t *taken,
                              int rounds, int repeated)
{
    double divisor = unit_ns(measure->unit) * (double)measure->per;

    if (rounds == 0)
        return (struct measured){ .rounds = 0 };
    qsort(taken, (size_t)rounds, sizeof *taken, measure_by_size);
    return (struct measured){
        .least = (double)taken[0] / divisor,
        .median = (double)taken[rounds / 2] / divisor,
        .most = (double)taken[rounds - 1] / divisor,
        .rounds = rounds,
        .repeated = repeated,
    };
}

static long interruptions(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

/* Until nothing else got the core meanwhile; else the least disturbed counts,
 * which is the quickest. */
static int64_t take_one(const struct measure *measure, int *repeated)
{
    int64_t least = INT64_MAX;

    for (int try = 0; try < TRIES; try++) {
        long before = interruptions();
        int64_t taken = measure->once();

        if (taken < least)
            least = taken;
        if (taken < 0 || interruptions() == before)
            break;
        ++*repeated;
    }
    return least;
}

/* What refuses once is not tried again: it may take long to refuse. */
void measure_take(const struct measure *measure, size_t count, int rounds,
                  struct measured *result)
{
    int64_t(*taken)[MEASURE_ROUNDS_MAX] = xcalloc(count, sizeof *taken);

    assert(rounds >= 1 && rounds <= MEASURE_ROUNDS_MAX);
    for (size_t i = 0; i < count; i++)
        result[i] = (struct measured){ .rounds = rounds };
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            if (result[i].rounds == 0)
                continue;
            taken[i][round] = take_one(&measure[i], &result[i].repeated);
            if (taken[i][round] < 0)
                result[i].rounds = 0;
        }
    }
    for (size_t i = 0; i < count; i++)
        result[i] = sum_up(&measure[i], taken[i], result[i].rounds,
                           result[i].repeated);
    free(taken);
}

static const struct measured *find(const struct measure *measure, size_t count,
                                   const struct measured *result,
                                   const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(measure[i].key, key) == 0)
            return &result[i];
    return NULL;
}

/* Of the least, not of the medians: what others do only ever makes a round
 * longer. */
double measure_quotient(const struct measure *measure, size_t count,
                        const struct measured *result,
                        const struct measure_ratio *ratio)
{
    const struct measured *one = find(measure, count, result, ratio->key);
    const struct measured *other = find(measure, count, result, ratio->to);

    if (!one || !other || one->rounds == 0 || other->rounds == 0 ||
        other->least <= 0)
        return 0;
    return one->least / other->least;
}

/* The kernel's own words where it has them: x86 and most others do. */
static bool find_processor(char *name, size_t size)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256], raw[256];
    bool found = false;

    while (file && !found && fgets(line, sizeof line, file))
        found = sscanf(line, "model name : %255[^\n]", raw) == 1;
    if (file)
        fclose(file);
    if (found)
        text_clean(name, size, raw);
    return found;
}

void measure_machine(struct strbuf *out)
{
    struct utsname system;
    char processor[128];

    uname(&system);
    if (!find_processor(processor, sizeof processor))
        text_clean(processor, sizeof processor, system.machine);
    strbuf_addf(out, _("%s, cores: %ld, %s %s"), processor,
                sysconf(_SC_NPROCESSORS_ONLN), system.sysname, system.release);
}
