/*
 * kept_runs.h -- one run that somebody kept, or two to compare, opened by the
 * names of their files. Main thread.
 */
#ifndef CONCVIZ_CLI_RUN_KEPT_RUNS_H
#define CONCVIZ_CLI_RUN_KEPT_RUNS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/run/run_plan.h"
#include "sched/base/strbuf.h"

struct recording;
struct runner;
struct trace_info;

enum {
    KEPT_LABEL_BYTES = 64
};

/* All zero: nothing is open. */
struct kept_runs {
    const char *const *path; /* borrowed */
    int count;
    struct recording *tape[2];
    struct strbuf said[2]; /* of what is damaged in each */
    struct runner *runner[2];
    struct run_plan plan[2]; /* run_plan_kept */
    char label[2][KEPT_LABEL_BYTES];
};

/* Open path[0 .. count), at most two, and say what is damaged; follow: see
 * runner_replay. Returns false after saying why not; close it in any case. */
bool kept_runs_open(struct kept_runs *kept, const char *const *path, int count,
                    bool follow);
void kept_runs_close(struct kept_runs *kept);

/* Have two of them the same tasks, so that they stand row by row? */
bool kept_runs_comparable(const struct kept_runs *kept);

/* Once they have ended: say what was damaged since, and of which only the
 * beginning was kept. Returns status, or EXIT_INCOMPLETE if there is one and
 * status is EXIT_DONE. */
int kept_runs_note_cut(struct kept_runs *kept, int status);

/* Write when and on which computer a real run was recorded, in the time of
 * the place where it is looked at; "" of what was run here, or computed: it
 * would be the same anywhere. */
void kept_runs_origin(char *out, size_t size, const struct trace_info *info);

#endif
