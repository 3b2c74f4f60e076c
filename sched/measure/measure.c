/*
 * measure.c -- the table of what is measured, and the rounds.
 *
 * Round after round goes through the whole table, so that a slow moment of the
 * computer hits one round of everything and not all rounds of one thing; then
 * the least of each can be compared.
 */
#include "sched/measure/measure.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/measure/measure_internal.h"

const struct measure measure_table[] = {
    { "context", N_("switch of stacks (context_switch)"), "ns",
      MEASURE_SWITCHES, measure_context },
    { "ucontext", N_("the same with the C library's swapcontext"), "ns",
      MEASURE_SWITCHES, measure_ucontext },
    { "coroutine", N_("switch from coroutine to coroutine"), "ns",
      MEASURE_SWITCHES, measure_coroutine },
    { "create", N_("make, run and free a coroutine"), "ns", MEASURE_TASKS,
      measure_create },
    { "memory", N_("an idle coroutine, of 100,000"), N_("bytes"), MEASURE_TASKS,
      measure_memory },
    { "yield", N_("yield through the line, no trace"), "ns", MEASURE_YIELDS,
      measure_yield },
    { "yield-crowd", N_("the same among 1,000 tasks"), "ns", MEASURE_YIELDS,
      measure_yield_crowd },
    { "yield-traced", N_("yield through the line, three events"), "ns",
      MEASURE_YIELDS_TRACED, measure_yield_traced },
    { "clock", N_("read the clock"), "ns", MEASURE_EVENTS, measure_clock },
    { "event", N_("read the clock and write an event"), "ns", MEASURE_EVENTS,
      measure_event },
    { "event-new", N_("the same where memory must be found first"), "ns",
      MEASURE_EVENTS, measure_event_new },
    { "model", N_("an event of the model"), "ns", MEASURE_MODEL_EVENTS,
      measure_model },
    { "condition", N_("hand over between two bare threads"), "ns",
      MEASURE_HAND_OVERS, measure_hand_over_bare },
    { "thread", N_("yield of threads"), "ns", MEASURE_HAND_OVERS,
      measure_hand_over },
    { "late", N_("how late a sleep of 1 ms ends, half the time"), "us", 1,
      measure_late },
    { "late-worst", N_("the same, one time in fifty"), "us", 1,
      measure_late_worst },
    { NULL, NULL, NULL, 0, NULL },
};

const struct measure_ratio measure_ratios[] = {
    { N_("switch of stacks / swapcontext"), "context", "ucontext", 0 },
    { N_("yield through the line / swapcontext"), "yield", "ucontext", 0.05 },
    { N_("event with its clock / clock alone"), "event", "clock", 1.3 },
    { N_("yield of threads / bare threads"), "thread", "condition", 1.2 },
    { NULL, NULL, NULL, 0 },
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
                              int rounds)
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
    };
}

/* What refuses once is not tried again: it may take long to refuse. */
void measure_take(const struct measure *measure, size_t count, int rounds,
                  struct measured *result)
{
    int64_t(*taken)[MEASURE_ROUNDS_MAX] = xcalloc(count, sizeof *taken);

    assert(rounds >= 1 && rounds <= MEASURE_ROUNDS_MAX);
    for (size_t i = 0; i < count; i++)
        result[i].rounds = rounds;
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            if (result[i].rounds == 0)
                continue;
            taken[i][round] = measure[i].once();
            if (taken[i][round] < 0)
                result[i].rounds = 0;
        }
    }
    for (size_t i = 0; i < count; i++)
        result[i] = sum_up(&measure[i], taken[i], result[i].rounds);
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
