/*
 * run_plan.h -- from options to a run that is possible on this computer.
 */
#ifndef CONCVIZ_CLI_RUN_RUN_PLAN_H
#define CONCVIZ_CLI_RUN_RUN_PLAN_H

#include <stdbool.h>

#include "sched/run/executor.h"

struct diag;
struct options;
struct schedule;
struct tape_record;
struct trace;
struct workload;

enum {
    PLAN_NOTE_BYTES = 256,
    PLAN_SEED_LIMIT = 1000000 /* short enough to be typed again */
};

struct run_plan {
    const struct executor *executor;
    const struct workload *workload; /* borrowed */
    struct run_options run;
    const struct schedule *schedule; /* to replay, or NULL; borrowed */
    struct tape_record *record;      /* of the first run, or NULL; borrowed */
    const char *label; /* what to call it, or NULL: by its mode; borrowed */
    char note[PLAN_NOTE_BYTES]; /* for the person; else empty */
};

/*
 * Plan a run of workload in the mode of executor. usable is how many cores
 * this process may use. A run that would need more is computed by the model,
 * and note says so, unless --machines asked for it by number. Returns false
 * with diag filled when the options contradict each other or the machine.
 */
bool run_plan_make(struct run_plan *plan, const struct executor *executor,
                   const struct workload *workload,
                   const struct options *options, int usable,
                   struct diag *diag);

/*
 * Make the plan replay schedule, which is borrowed: really with coroutines; by
 * the model in the other modes, and note says so. Returns false with diag
 * filled for sequential, and when options also decide who is next.
 */
bool run_plan_replay(struct run_plan *plan, const struct schedule *schedule,
                     const struct options *options, struct diag *diag);

/* The same with the schedule that options name, if they do: it is decoded into
 * schedule, for schedule_fini in any case, and borrowed. */
bool run_plan_schedule(struct run_plan *plan, struct schedule *schedule,
                       const struct options *options, struct diag *diag);

/*
 * Plan the same workload and options in the next mode of the table (step 1) or
 * the previous one (-1). plan and from may be the same. Options that mean
 * nothing in that mode are left out, not refused.
 */
void run_plan_other_mode(struct run_plan *plan, const struct run_plan *from,
                         const struct options *options, int usable, int step);

/* The same in the mode that from is best compared with: one machine with
 * several, several with one. */
void run_plan_counterpart(struct run_plan *plan, const struct run_plan *from,
                          const struct options *options, int usable);

/* The plan of a run that has taken place, as far as its trace tells. */
void run_plan_kept(struct run_plan *plan, const struct trace *trace);

/* If other programs are using the cores that a real run on several machines is
 * about to need, say so in the plan's note. Takes at most 10 ms. */
void run_plan_note_busy(struct run_plan *plan);

/* What the run is called: its label, or the name of its mode. */
const char *run_plan_label(const struct run_plan *plan);

/*
 * Plan two runs to compare: the settings of options->with, or else the modes of
 * options->modes. --machines is for the modes that may have several. Returns
 * false with diag filled.
 */
bool run_plan_pair(struct run_plan plan[2], const struct workload *workload,
                   const struct options *options, int usable,
                   struct diag *diag);

#endif
