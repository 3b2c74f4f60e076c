/*
 * player_run.h -- what runs while the live screen is up: one run after the
 * other, or two to be compared.
 *
 * Knows nothing of the picture. Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_RUN_H
#define CONCVIZ_CLI_PLAYER_PLAYER_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/run/run_plan.h"
#include "sched/analysis/comparison.h"

struct diag;
struct history;
struct options;
struct runner;

/* Two runs of one workload. on: both are shown; of two that were kept one may
 * be shown alone, and waits here for the other meanwhile. The second one is the player_run's own; the first
 * one, too, until it is over. */
struct player_pair {
    bool on;
    struct run_plan plan[2];
    struct runner *runner; /* of the first, once it is over; else NULL */
    struct history *history;
    bool replay; /* both are over, and shown on one clock */
    struct comparison verdict;
};

/* What is to run next; see player_want.h. */
struct player_request {
    bool made;
    struct run_plan plan;
    bool pair;             /* two runs: of plan and … */
    struct run_plan rival; /* … of this … */
    bool keep;             /* … where the run that has ended is the first */
};

struct player_run {
    const struct options *options; /* borrowed */
    int usable;                    /* cores */
    struct run_plan *plan;         /* of the run that is shown; borrowed */
    struct runner *runner;         /* NULL only while another one is begun */
    struct history *history;
    int count;           /* runs so far, this one included */
    bool kept;           /* nothing is run: it is shown as it was kept */
    bool refused;        /* by the system, and that has been reported */
    int64_t began_ns;    /* on our clock, or TIME_NEVER: not known */
    int64_t edge_ns;     /* the last instant that can be shown */
    int64_t foretold_ns; /* how long it takes; 0: not known beforehand */
    struct player_pair pair;
    struct player_request next;
};

/* What player_run_next did. */
enum player_news {
    NEWS_NONE,
    NEWS_BEGAN,  /* what was requested */
    NEWS_SECOND, /* of two */
    NEWS_REPLAY, /* both are over */
    NEWS_FAILED  /* there is no thread to run it */
};

/* Whatever is due: the run that was requested, once the current one has made
 * way; the second of two; their replay. Fills diag with NEWS_FAILED. */
enum player_news player_run_next(struct player_run *run, struct diag *diag);

/* Look again at a run that has ended, or was kept: run->runner. */
void player_run_look_again(struct player_run *run);

/* The same of two on one clock: first, which was run as plan says, is the first
 * of them. */
void player_run_look_at_two(struct player_run *run, struct runner *first,
                            const struct run_plan *plan);

/* Of two that were kept: show the first alone, or both again. Returns false
 * where there is one. */
bool player_run_part(struct player_run *run);

/* Read what is new and how far the picture can go; a run that stands still
 * (held) for an answer does not get older. Returns whether there is more. */
bool player_run_read(struct player_run *run, int64_t now_ns, bool held);

/* A computed run is soon over: wait a moment for its end. */
void player_run_catch_up(struct player_run *run);

/* Find out anew when the run began, because its clock stood still. */
void player_run_restart_clock(struct player_run *run);

/* Why the system refused this run; NULL if it did not, or was asked before. */
const struct diag *player_run_refusal(struct player_run *run);

/* Is all over that is to be shown? */
bool player_run_ended(const struct player_run *run);

/* Does nothing more come of the current run? Is that because only its beginning
 * was kept? */
bool player_run_is_over(const struct player_run *run);
bool player_run_is_cut(const struct player_run *run);

/* The next instant to step to from t_ns. */
int64_t player_run_step(const struct player_run *run, int64_t t_ns,
                        bool forward);

/* The runners: of both runs, or of the only one, and NULL. */
void player_run_runners(const struct player_run *run, struct runner *runner[2]);

/* Free all but the runners; those are the caller's. Without a current one
 * there is no first one either. */
void player_run_fini(struct player_run *run);

#endif
