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
#include <stddef.h>
#include <stdint.h>

#include "sched/measure/measure.h"

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
int64_t bench_python_watched(void);

/* Draw the rows of a Mandelbrot image with one bare thread a core; returns the
 * nanoseconds it took, or a negative errno value. */
int64_t bench_rows(int size);

/* Print quotients, then everything that was measured. */
void bench_print(const struct measure *all, size_t count,
                 const struct measured *result,
                 const struct measure_ratio *ratio, size_t ratios);

/* Open a pseudo-terminal of 80x24, whose name is put into name; returns our
 * end of it. And, in a child: be argv in it, never to return. */
int bench_terminal(char *name, size_t size);
void bench_run_in(const char *name, const char *const argv[]);

/* Be argv in one, and nanoseconds until its first frame. */
int64_t bench_first_frame(const char *const argv[]);

/* The groups, one file each. */
void bench_beside(void);
void bench_deadlock(void);
void bench_explore(void);
void bench_workload(void);
void bench_import(void);
void bench_model(void);
void bench_frame(void);
void bench_history(void);
void bench_own(const char *program);
void bench_threads(void);
void bench_program(const char *program);
void bench_scale(void);
void bench_work(const char *program);

#endif
