/*
 * bench.h -- figures, printed and never asserted.
 *
 * A benchmark takes its measurement several times and reports minimum, median
 * and maximum: these machines are shared, and one number alone says little.
 * Not thread-safe.
 */
#ifndef CONCVIZ_TESTS_BENCH_BENCH_H
#define CONCVIZ_TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/run/measure.h"

/* One measurement: do the thing once, return what it took in nanoseconds. */
typedef int64_t bench_once(void *context);

/*
 * Take `times` (1 to 101) measurements after one that does not count, divide
 * each by `per`, and print them in `unit` ("ns", "us", "ms", "s") beside the
 * figure to be reached (0: none).
 */
void bench_time(const char *name, int times, int64_t per, const char *unit,
                double aim, bench_once *once, void *context);

/* Print the title of a group. */
void bench_group(const char *title);

/* Other people's libraries and languages; `once` is NULL where configure did
 * not find one. Ends with key NULL. */
extern const struct measure bench_foreign[];

/* Compile what must be. The others return nanoseconds for one yield, or a
 * negative number where the language is not installed. */
bool bench_language_start(void);
int64_t bench_go(void);
int64_t bench_go_create(void);
int64_t bench_python(void);

/* The groups, one file each. */
void bench_beside(void);
void bench_workload(void);
void bench_model(void);
void bench_frame(void);
void bench_history(void);
void bench_threads(void);
void bench_program(const char *program);

#endif
