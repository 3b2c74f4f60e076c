/*
 * metric.h -- the numbers of a run under the names lessons use for them.
 *
 * "makespan", "finish A", "shared n": the same names are used in expect,
 * truth and check lines and in {run 1 makespan} of a text.
 */
#ifndef CONCVIZ_LESSONS_CLAIM_METRIC_H
#define CONCVIZ_LESSONS_CLAIM_METRIC_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct metrics;
struct strbuf;
struct workload;

enum metric_kind {
    METRIC_MAKESPAN,
    METRIC_IN_PROGRESS,
    METRIC_WORKING,
    METRIC_BUSY,
    METRIC_IDLE,
    METRIC_UTILIZATION,
    METRIC_OVERHEAD,
    METRIC_SWITCHES,
    METRIC_PREEMPTIONS,
    METRIC_MACHINES,
    METRIC_ORDER,    /* letters */
    METRIC_DEADLOCK, /* yes or no */
    METRIC_AVERAGE_FINISH,
    METRIC_AVERAGE_RESPONSE,
    METRIC_AVERAGE_TURNAROUND,
    METRIC_AVERAGE_WAIT,
    METRIC_THROUGHPUT, /* tasks a second */
    METRIC_FAIRNESS,
    METRIC_SPEEDUP, /* time on one machine / time */
    METRIC_LOG,     /* lines */
    /* These are followed by a task's name. */
    METRIC_ARRIVAL,
    METRIC_FIRST,
    METRIC_RESPONSE,
    METRIC_FINISH,
    METRIC_TURNAROUND,
    METRIC_MISSED,
    METRIC_WAIT,
    METRIC_MAXWAIT,
    METRIC_ENTRIES,
    METRIC_CPU,
    METRIC_RESULT,
    METRIC_SHARED, /* and this one by a variable's name */
    METRIC_KINDS
};

struct metric {
    enum metric_kind kind;
    const char *name; /* of the task or the variable, else NULL */
};

/* One run, measured; all of it borrowed. */
struct metric_run {
    const struct workload *workload;
    const struct metrics *metrics;
    const struct metrics *single; /* on one machine, or NULL */
};

/*
 * Read a metric from the start of text; the name is copied into arena.
 * Returns how many bytes it took, or 0 if there is none.
 */
size_t metric_parse(struct arena *arena, const char *text,
                    struct metric *metric);

/* Whether the task or variable a metric is about exists in workload. */
bool metric_exists(const struct metric *metric,
                   const struct workload *workload);

/*
 * The value: milliseconds where it is a time, INFINITY for never, 0 or 1 for
 * deadlock. Not for METRIC_ORDER and METRIC_LOG.
 */
double metric_value(const struct metric *metric,
                    const struct metric_run *measured);

/* Append the value as a lesson file writes it: "600", "never", "A B A". */
void metric_print(struct strbuf *out, const struct metric *metric,
                  const struct metric_run *measured);

/* The same for people, in their language: "never" is translated. */
void metric_print_local(struct strbuf *out, const struct metric *metric,
                        const struct metric_run *measured);

/* Append what the number is called, and a space: "finish C ". */
void metric_print_title(struct strbuf *out, const struct metric *metric);

/* Append a number with the unit of the metric: "600 ms". */
void metric_print_number(struct strbuf *out, const struct metric *metric,
                         const char *number);

/* Append "finish C = 600 ms": name, value and unit, in their language. */
void metric_print_named(struct strbuf *out, const struct metric *metric,
                        const struct metric_run *measured);

/* Append the name as a lesson file writes it, and a space: "finish C ". */
void metric_print_word(struct strbuf *out, const struct metric *metric);

#endif
