/*
 * explore_internal.h -- what the files of the search share. Each calls only
 * those below it:
 *
 *   explore.c         all of it, and the runs by chance
 *   explore_order.c   the runs in order
 *   explore_found.c   what was found, and the shortest way to it
 *   explore_run.c     one run
 *   explore_states.c  the states that runs have been in
 *   explore_path.c    the states that a run has been in
 *   explore_circle.c  does it go round for ever?
 *   explore_checker.c was a run a bad one?
 *   explore_copies.c  what is stored goes by a copy
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_INTERNAL_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_INTERNAL_H

#include "sched/base/diag.h"
#include "sched/explore/explore.h"
#include "sched/explore/explore_checker.h"
#include "sched/explore/explore_path.h"
#include "sched/explore/explore_states.h"
#include "sched/run/executor.h"

/* A decision of a run. */
struct point {
    uint32_t count, choice;
    bool stops; /* all choices but 0 are preemptions */
    bool open;  /* other choices here have not been tried */
};

struct explorer {
    struct decision_source source; /* its answers: */
    struct schedule_reader reader; /* … of schedule, or */
    bool by_chance;
    uint64_t random;
    unsigned stop_bits;  /* chance of a preemption is 1 / 2^bits */
    struct point *point; /* of this run */
    size_t points, room;
    struct explore_states seen; /* where runs in order have been */
    bool repeats;               /* this run has come to one of these */
    bool loops;                 /* runs may go on for ever */
    struct explore_path path;   /* then: where this run has been */
    uint64_t circle;            /* who goes round in it for ever, if anybody */
    int circles;                /* it has come back so often */
    bool ended;                 /* this run came to an end of its own */
    bool unfinished; /* some run was stopped that could have gone on */

    struct explore_subject *subject; /* a program, or NULL: workload */
    struct explore_order order;      /* of its next run */
    const char *text;                /* what this run of it was like */
    bool reordered; /* … its lines came in another order, that is all */
    bool broken;    /* … it was broken off, and does not count */
    int hangs;      /* of its runs */

    const struct workload *workload;
    const struct explore_options *options;
    const struct executor *mode;
    struct run_options run;
    struct schedule schedule; /* that is tried */
    struct trace *trace;      /* of the run under way */
    struct explore_checker checker;
    struct explore_verdict verdict[VERDICTS_MAX]; /* of this run */
    int verdicts;
    int64_t events;   /* of all runs */
    int64_t until_ns; /* on our clock: see explore_run_late */
    struct explored *explored;
    struct diag failure; /* of this run, or */
    bool failed;         /* … it ended with something that is a finding */
    int error;
    struct diag *diag;
};

/* --- explore_run.c -------------------------------------------------------- */

void explore_run_init(struct explorer *explorer);
void explore_run_fini(struct explorer *explorer);

/* Run once, by chance or as explorer->schedule says; then point[], verdict[],
 * and the final values in checker are those of this run. */
void explore_run(struct explorer *explorer);

/* Is it time to stop trying? */
bool explore_run_enough(struct explorer *explorer);

/* The next stage of the search begins, which has a time of its own. */
void explore_run_stage(struct explorer *explorer);

/* Nobody can tell how long tasks in C compute: unless a number of schedules was
 * asked for, the clock ends each stage of a search of them, and a person does.
 * Is it time? */
bool explore_run_late(const struct explorer *explorer);

/* How often this run departed from what happens anyway. */
size_t explore_run_departures(const struct explorer *explorer);

/* This run as a schedule: its departures. Returns its preemptions. */
int explore_run_schedule(const struct explorer *explorer,
                         struct schedule *schedule);

/* --- explore_found.c ------------------------------------------------------ */

/* Count what the run was like; a shorter way to the same is the better one. */
void explore_found_note(struct explorer *explorer);

/* After the last run: make all that was found as short as it can be, and put it
 * in order. */
void explore_found_tidy(struct explorer *explorer);

/* --- explore_order.c ------------------------------------------------------ */

/* Try runs in order until there is no other, or it is time to stop. */
void explore_order(struct explorer *explorer);

#endif
