/*
 * explore_rerun.h -- what an exploration has found, run again in the model to
 * be told step by step. Main thread.
 */
#ifndef CONCVIZ_CLI_REPORT_EXPLORE_RERUN_H
#define CONCVIZ_CLI_REPORT_EXPLORE_RERUN_H

#include <stddef.h>

#include "cli/report/explore_steps.h"
#include "sched/base/diag.h"

struct explore_report;
struct finding;
struct schedule;
struct strbuf;

struct explore_rerun {
    const struct explore_report *report; /* borrowed */
    const struct finding *finding;       /* borrowed; NULL: only a schedule */
    struct trace *trace;
    struct history *history;
    struct metrics *metrics;
    struct diag failure;       /* why it failed, if it did */
    struct explore_step *step; /* those that lead to the finding, or all */
    size_t step_count;
};

/* Run it again under schedule, which is that of the finding, if there is
 * one. */
void explore_rerun_init(struct explore_rerun *rerun,
                        const struct explore_report *report,
                        const struct schedule *schedule,
                        const struct finding *finding);
void explore_rerun_fini(struct explore_rerun *rerun);

/* After how many events the run must be stopped, as it may go on for ever. */
size_t explore_rerun_events(const struct explore_report *report,
                            const struct finding *finding);

/* Append one sentence: what goes wrong in the finding. */
void explore_rerun_tell(struct strbuf *out, const struct explore_rerun *rerun);

/* Append in how many runs the finding was, and how its variable ended. */
void explore_rerun_count(struct strbuf *out, const struct explore_rerun *rerun);

#endif
