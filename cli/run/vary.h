/*
 * vary.h -- one knob of a run turned through some values, and what the model
 * computes for each.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_RUN_VARY_H
#define CONCVIZ_CLI_RUN_VARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;
struct executor;
struct metrics;
struct options;
struct workload;

enum vary_kind {
    VARY_TIME,  /* numbers in nanoseconds */
    VARY_COUNT, /* numbers */
    VARY_WORD
};

struct vary_point {
    char *text;              /* the value as an option takes it */
    int64_t number;          /* unless it is a word */
    struct metrics *metrics; /* NULL until it was computed */
};

struct vary {
    const char *knob; /* an option: "slice" */
    enum vary_kind kind;
    struct vary_point *point;
    size_t count, room;
};

/* Is it a whole range of machines? Then first and last are its ends. */
bool vary_is_machines(const char *text, int64_t *first, int64_t *last);

/*
 * Read "slice=1-200", "slice=5,10,20" or "policy=fifo,random". Of a range
 * VARY_POINTS values or fewer are taken, round ones and both ends. Returns
 * false with diag filled. vary_fini in both cases.
 */
bool vary_read(struct vary *vary, const char *text, struct diag *diag);
void vary_fini(struct vary *vary);

/*
 * Have the model run workload once for each value, the other options as given;
 * choices by chance come from options->seed, or else seed 1. Returns false with
 * diag filled where one of the runs is not possible.
 */
bool vary_compute(struct vary *vary, const struct executor *executor,
                  const struct workload *workload,
                  const struct options *options, struct diag *diag);

#endif
