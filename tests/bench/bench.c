/*
 * bench.c -- run all benchmarks: `make bench`.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/strbuf.h"
#include "sched/measure/measure.h"

enum {
    TIMES_MAX = 101
};

static int by_size(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

static double unit_ns(const char *unit)
{
    if (!strcmp(unit, "us"))
        return 1e3;
    if (!strcmp(unit, "ms"))
        return 1e6;
    return strcmp(unit, "s") ? 1.0 : 1e9;
}

void bench_time(const char *name, int times, int64_t per, const char *unit,
                double aim, bench_once *once, void *context)
{
    int64_t taken[TIMES_MAX];
    double divisor = unit_ns(unit) * (double)per;

    once(context);
    for (int i = 0; i < times; i++)
        taken[i] = once(context);
    qsort(taken, (size_t)times, sizeof *taken, by_size);
    printf("  %-46s %9.3f %9.3f %9.3f %-3s", name, (double)taken[0] / divisor,
           (double)taken[times / 2] / divisor,
           (double)taken[times - 1] / divisor, unit);
    if (aim > 0)
        printf(" aim %g", aim);
    putchar('\n');
    fflush(stdout);
}

void bench_group(const char *title)
{
    printf("\n%-48s %9s %9s %9s\n", title, "min", "median", "max");
}

/* Figures say little without the machine they were taken on. */
static void print_machine(void)
{
    struct strbuf text;

    strbuf_init(&text);
    measure_machine(&text);
    printf("%s\n", text.text);
    strbuf_fini(&text);
}

int main(int argc, char **argv)
{
    print_machine();
    bench_beside();
    bench_workload();
    bench_model();
    bench_explore();
    bench_history();
    bench_import();
    bench_threads();
    bench_deadlock();
    bench_scale();
    bench_frame();
    if (argc > 1) {
        bench_program(argv[1]);
        bench_work(argv[1]);
        bench_own(argv[1]);
    }
    return 0;
}
