/*
 * bench_beside.c -- everything side by side, in one run, ratios first.
 *
 * All are measured in turn, nine rounds, on one core: what slows the machine
 * slows all of them. What is not installed is named.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sched/cpu/cores.h"
#include "sched/measure/measure.h"
#include "tests/bench/bench.h"

enum {
    ROUNDS = 9,
    MEASURES_MAX = 40
};

static const struct measure_ratio beside[] = {
    { "switch of stacks / Boost.Context", "context", "boost", 0.5 },
    { "switch of stacks / swapcontext", "context", "ucontext", 0 },
    { "coroutine switch / libpcl", "coroutine", "pcl", 0 },
    { "yield, no trace / Go's Gosched", "yield", "go", 0.3 },
    { "yield, no trace / swapcontext", "yield", "ucontext", 0.05 },
    { "yield, no trace / State Threads", "yield", "st", 0 },
    { "yield, no trace / GNU Pth", "yield", "pth", 0 },
    { "yield, no trace / Python asyncio", "yield", "python", 0 },
    { "asyncio watched by concviz python / asyncio", "python-watched", "python",
      0 },
    { "yield with its events / Go's Gosched", "yield-traced", "go", 1.5 },
    { "make, run and free / Go's goroutine", "create", "go-create", 0 },
    { "event with its clock / clock alone", "event", "clock", 1.3 },
    { "event in new memory / clock alone", "event-new", "clock", 1.3 },
    { "yield of threads / two bare threads", "thread", "condition", 1.2 },
};

static size_t add(struct measure *all, size_t count, const struct measure *some)
{
    for (; some->key && count < MEASURES_MAX; some++) {
        if (some->once)
            all[count++] = *some;
    }
    return count;
}

static void print_ratios(const struct measure *all, size_t count,
                         const struct measured *result,
                         const struct measure_ratio *ratio, size_t ratios)
{
    printf("\n%-48s %9s\n", "side by side", "ratio");
    for (; ratios > 0; ratios--, ratio++) {
        double quotient = measure_quotient(all, count, result, ratio);

        if (quotient > 0)
            printf("  %-46s %9.3f", ratio->name, quotient);
        else
            printf("  %-46s %9s", ratio->name, "-");
        if (ratio->aim > 0)
            printf("  aim <= %g", ratio->aim);
        putchar('\n');
    }
}

void bench_print(const struct measure *all, size_t count,
                 const struct measured *result,
                 const struct measure_ratio *ratio, size_t ratios)
{
    print_ratios(all, count, result, ratio, ratios);
    bench_group("one of each");
    for (size_t i = 0; i < count; i++) {
        if (result[i].rounds == 0)
            printf("  %-46s absent\n", all[i].name);
        else
            printf("  %-46s %9.2f %9.2f %9.2f %s\n", all[i].name,
                   result[i].least, result[i].median, result[i].most,
                   all[i].unit);
    }
    fflush(stdout);
}

void bench_beside(void)
{
    struct measure all[MEASURES_MAX];
    struct measured result[MEASURES_MAX];
    struct cores machines;
    size_t count = add(all, 0, measure_table);

    count = add(all, count, bench_foreign);
    bench_language_start();
    cores_init(&machines, NULL, NULL);
    cores_pin(machines.cpu[0]);
    measure_take(all, count, ROUNDS, result);
    cores_unpin(&machines);
    cores_fini(&machines);
    bench_print(all, count, result, beside, sizeof beside / sizeof *beside);
    for (const struct measure *m = bench_foreign; m->key; m++)
        if (!m->once)
            printf("  %-46s absent\n", m->name);
}
