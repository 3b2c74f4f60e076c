/*
 * explore_rerun.h -- a finding of an exploration, run again in the model to be
 * told step by step. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_EXPLORE_RERUN_H
#define CONCVIZ_CLI_REPORT_EXPLORE_RERUN_H

#include <stddef.h>

struct explore_report;
struct finding;
struct strbuf;

/* A step that others can notice, or somebody who had to wait or was stopped. */
struct explore_step {
    size_t event; /* its index in the trace */
    int line;     /* of the file; 0: none */
};

struct explore_rerun {
    const struct explore_report *report; /* borrowed */
    const struct finding *finding;       /* borrowed */
    struct trace *trace;
    struct history *history;
    struct metrics *numbers;
    struct explore_step *step; /* those that lead to the finding */
    size_t step_count;
};

void explore_rerun_init(struct explore_rerun *rerun,
                        const struct explore_report *report,
                        const struct finding *finding);
void explore_rerun_fini(struct explore_rerun *rerun);

/* Append one sentence: what goes wrong. */
void explore_rerun_tell(struct strbuf *out, const struct explore_rerun *rerun);

#endif
