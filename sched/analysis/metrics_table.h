/*
 * metrics_table.h -- the numbers for people: name, definition, value.
 *
 * The one place from which the screen, the manual page and the reports take
 * what a number means. Names are those of lessons (`expect: makespan == 600`);
 * both names and definitions are marked with N_() and translated by whoever
 * shows them.
 */
#ifndef CONCVIZ_SCHED_ANALYSIS_METRICS_TABLE_H
#define CONCVIZ_SCHED_ANALYSIS_METRICS_TABLE_H

struct metrics;
struct strbuf;
struct task_metrics;

/* A number of the whole run. */
struct metrics_row {
    const char *name;
    const char *definition;
    /* Append the value with its unit, "never" translated. */
    void (*write)(struct strbuf *buf, const struct metrics *metrics);
    /* Append how it is worked out, with the values of this run (nothing if it
     * has none); or NULL. */
    void (*explain)(struct strbuf *buf, const struct metrics *metrics);
};

/* A number of one task. */
struct metrics_task_row {
    const char *name;
    const char *definition;
    void (*write)(struct strbuf *buf, const struct task_metrics *task);
};

/* Both end with a name that is NULL, and with a row before it, about stolen
 * time, that only real runs have. */
extern const struct metrics_row metrics_table[];
extern const struct metrics_task_row metrics_task_table[];

/* How many rows a run has; the model leaves out missed deadlines of tasks where
 * there are none. */
int metrics_table_rows(const struct metrics *metrics);
int metrics_table_task_rows(const struct metrics *metrics);

/* Append an average of ns in ms: a double, because it is seldom a whole number of
 * ns; negative, "never", if no task counts. */
void metrics_table_average(struct strbuf *buf, double ns);

#endif
