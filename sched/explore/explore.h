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
    /* Of somebody else's program: */
    FINDING_ASSERTION, /* it says that something is so, which is not */
    FINDING_CRASH,     /* a signal ends it */
    FINDING_HANG,      /* it does not end in the time it is given */
    FINDING_STATUS,    /* it ends with another exit status than usual */
    FINDING_OUTPUT,    /* it writes other lines than usual */
    FINDING_RACE,      /* two threads use a variable in no order */
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
    char *text;      /* of a program: what it was, said in sentences; or NULL */
    int again;       /* … and how often it came again, in so many replays: */
    int replays;
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
    int64_t reordered; /* … of a program, whose lines came in another order */
    /* Every schedule with up to so many preemptions was tried, or only repeats
     * states of one that was; -1: not even all without a preemption. */
    int all_up_to;
    bool exhaustive; /* that holds for any number of preemptions */
    bool complete;   /* that holds as far as max_preemptions asks for it */
    int64_t longest; /* the most events that a run had */
    bool cut;        /* EXPLORE_EVENTS_MAX, or the time, ended it early */
    bool stopped;    /* somebody did */
    struct finding *finding; /* by kind, then by first */
    size_t count, room;
    struct endings *shared; /* by shared variable */
    size_t shared_count;
};

/* --- somebody else's program ---------------------------------------------- */

enum explore_chance {
    CHANCE_NONE,       /* the schedule says who is next */
    CHANCE_WALK,       /* each decision is thrown */
    CHANCE_PRIORITIES, /* priorities are, and where they change */
};

/* How one run is to go. */
struct explore_order {
    enum explore_chance chance;
    uint64_t seed;
    unsigned stop_bits;              /* CHANCE_WALK: one in 2^bits is stopped */
    unsigned depth, length;          /* CHANCE_PRIORITIES: changes + 1, where */
    const struct schedule *schedule; /* CHANCE_NONE */
    bool loose;                      /* it may be that it cannot be followed */
};

/* A decision that was made in it. */
struct explore_decision {
    uint32_t count, choice;
    bool stops; /* all choices but 0 are preemptions */
};

/* What came of it; text and decisions are the subject's until the next run. */
struct explore_outcome {
    bool wrong;
    enum finding_kind kind; /* if so */
    uint64_t what;          /* findings that agree in it are one */
    const char *text;
    const struct explore_decision *decision;
    size_t decisions;
    bool partial;   /* there were more that are not known */
    bool reordered; /* it wrote the usual lines, but in another order */
    bool broken;    /* it was broken off, and does not count */
};

/* What can be run again and again, in the order it is told. */
struct explore_subject {
    struct schedule_program program;
    int64_t schedules; /* unless said otherwise */
    /* Run once. Returns false with diag filled when that cannot be. */
    bool (*run)(struct explore_subject *subject,
                const struct explore_order *order,
                struct explore_outcome *outcome, struct diag *diag);
    /* Asked after each run: does the search go on? shortening: all orders have
     * been tried, what was found is being made shorter. */
    bool (*goes_on)(struct explore_subject *subject,
                    const struct explored *so_far, bool shortening);
};

/*
 * Explore a program, which is expected to be the same in each run of the same
 * order. preemptive and limit_ns of the options are not looked at. As explore
 * below.
 */
struct explored *explore_program(struct explore_subject *subject,
                                 const struct explore_options *options,
                                 struct diag *diag);

/* --- a workload ----------------------------------------------------------- */

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
