/*
 * explore.h -- a workload under many schedules, to find a bad one.
 *
 * What goes wrong once in a thousand runs goes wrong in some order of steps.
 * Here the model tries orders: first by chance, then one after the other, those
 * with the fewest preemptions first. All runs have one machine: where tasks can
 * be stopped between two steps, one machine can do the steps in every order in
 * which several could.
 */
#ifndef CONCVIZ_SCHED_EXPLORE_EXPLORE_H
#define CONCVIZ_SCHED_EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/scheduler/schedule.h"

struct diag;
struct workload;

enum {
    EXPLORE_SCHEDULES = 10000, /* by default at least so many … */
    EXPLORE_EVENTS = 40000000, /* … and more until they had so many events */
    EXPLORE_EVENTS_MAX = 300000000, /* of all runs: then it is enough */
    EXPLORE_TASKS_MAX = 1000,
    EXPLORE_RUN_EVENTS_MAX = 10000, /* of a run that may go on for ever */
};

struct explore_options {
    bool preemptive;
    int64_t schedules;   /* at most so many runs; 0: as above */
    int max_preemptions; /* of the runs that are tried in order; -1: any */
    uint64_t seed;       /* of chance */
    int64_t limit_ns;    /* of each run; 0: none */
};

enum finding_kind {
    FINDING_DEADLOCK,    /* everybody in a cycle waits for the next */
    FINDING_STUCK,       /* somebody waits for what nobody will do */
    FINDING_LIVELOCK,    /* all go round for ever */
    FINDING_NEVER,       /* something is so that is claimed never to be */
    FINDING_FAILED,      /* a task calculates what is no number */
    FINDING_FINALLY,     /* something is not so that is claimed in the end */
    FINDING_LOST_UPDATE, /* a task overwrites what another stored after it
                            read */
    FINDING_KINDS
};

struct finding {
    enum finding_kind kind;
    uint64_t what;   /* who and what for; findings that agree are one */
    int shared;      /* the variable of a lost update; else -1 */
    int claim;       /* that is broken: its index; else -1 */
    int64_t runs;    /* how many had it */
    int64_t first;   /* number of the first of them, from 1 */
    int64_t events;  /* of the run in schedule, until it was clear */
    int task, other; /* lost update: who overwrote, and whose */
    int stops;       /* preemptions in schedule */
    struct schedule schedule; /* the shortest that was found */
};

/* How often a shared variable ended with a value. */
struct ending {
    int64_t value, runs;
};

struct endings {
    struct ending *value; /* all of them, smallest first */
    size_t count, room;
    struct schedule least, most; /* that lead to the first and the last */
};

struct explored {
    int64_t by_chance, in_order; /* runs that were tried */
    /* Every schedule with up to so many preemptions was tried, or only repeats
     * states of one that was; -1: not even all without a preemption. */
    int all_up_to;
    bool exhaustive; /* that holds for any number of preemptions */
    bool complete;   /* that holds as far as max_preemptions asks for it */
    int64_t longest; /* the most events that a run had */
    bool cut;        /* EXPLORE_EVENTS_MAX, or the time, ended it early */
    struct finding *finding; /* by kind, then by first */
    size_t count, room;
    struct endings *shared; /* by shared variable */
    size_t shared_count;
};

/*
 * Explore workload. The same arguments give the same answer on every machine,
 * but for tasks in C without a number of schedules: these are searched for
 * a few seconds.
 * Returns it, to be freed with explored_free, or NULL with diag filled when
 * the model cannot run the workload.
 */
struct explored *explore(const struct workload *workload,
                         const struct explore_options *options,
                         struct diag *diag);
void explored_free(struct explored *explored);

#endif
