/*
 * program_source.h -- how the programs in C become workloads; one function each.
 *
 * Each program checks its own result with task_fail, and its checksum is the
 * same in all modes. Where it computes, integers are used: the same numbers on
 * every processor.
 */
#ifndef CONCVIZ_SCHED_PROGRAMS_PROGRAM_SOURCE_H
#define CONCVIZ_SCHED_PROGRAMS_PROGRAM_SOURCE_H

#include "sched/workload/workload.h"

/* Who does what: the task called name, or, at the end of the list, with NULL,
 * all others. */
struct part {
    const char *name;
    void (*program)(struct task_calls *calls, int task);
};

/*
 * Make a workload: text declares tasks without steps, channels, barriers and
 * shared variables, part says what the tasks do, lock[locks] are names (static
 * strings). The text is ours, so what is wrong in it is our own mistake.
 */
struct workload *make_workload(const char *name, const char *text,
                               const struct part *part,
                               const struct program_data *data);
void make_locks(struct workload *workload, const char *const *lock,
                size_t locks);

/* The tasks from first on arrive when somebody spawns them. */
void make_spawned(struct workload *workload, size_t first);

/* One for each program_table entry written in C; size is as there. */
struct workload *make_echo_server(int size);
struct workload *make_gophers(int size);
struct workload *make_mandelbrot(int size);
struct workload *make_merge_sort(int size);
struct workload *make_philosophers(int size);
struct workload *make_philosophers_deadlock(int size);
struct workload *make_primes(int size);
struct workload *make_stencil(int size);
struct workload *make_word_count(int size);

#endif
