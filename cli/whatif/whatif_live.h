/*
 * whatif_live.h -- what-if on a terminal: keys change the number of machines.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_WHATIF_WHATIF_LIVE_H
#define CONCVIZ_CLI_WHATIF_WHATIF_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/run/executor.h"

struct diag;
struct options;
struct runner;
struct whatif;

enum {
    WHATIF_LIVE_MOST = 64 /* machines one can choose, unless more were asked */
};

struct whatif_live {
    const struct options *options;
    const struct executor *executor;
    const struct workload *workload;
    struct run_options run;      /* of the model */
    const struct whatif *whatif; /* 1, 2, 3, ... machines, all of them ended */
    int shown;                   /* machines the plot shows at first */
    int usable;                  /* cores */
    int machines;                /* to begin with */
};

/* Let the person choose numbers of machines until they quit; everything is
 * borrowed. Returns false with diag filled when there is no screen. */
bool whatif_live(const struct whatif_live *ask, struct diag *diag);

/* How long a run that has ended took, or -1 if it did not finish. */
int64_t whatif_live_makespan(const struct runner *runner);

#endif
