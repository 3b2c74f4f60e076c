/*
 * policy.h -- who is next: the policies, each a file of its own.
 *
 * A policy is a row of policy_table: how its line is kept, and what it answers
 * at the few events that concern it. Most of them say one number of a task, its
 * rank: the smaller, the sooner it is its turn. The scheduler does the rest: it
 * keeps the line, finds whom to stop, and tells the policy what happened. So a
 * policy has no queue, no clock and no idea of machines, and is the same in
 * real runs and in the model.
 *
 * HACKING.md tells how to add one.
 */
#ifndef CONCVIZ_SCHED_POLICY_POLICY_H
#define CONCVIZ_SCHED_POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum policy {
    POLICY_FIFO,
    POLICY_PRIORITY,
    POLICY_RANDOM, /* by the seed */
    POLICY_PICK,   /* a person, or whoever answers run_choose, decides */
    POLICY_SJF,
    POLICY_SRTF,
    POLICY_MLFQ,
    POLICY_LOTTERY, /* by the seed */
    POLICY_FAIR,
    POLICY_RM,
    POLICY_EDF,
    POLICIES
};

enum {
    POLICY_LEVELS_MAX = 16, /* of mlfq */
    POLICY_NICE_MIN = -20,
    POLICY_NICE_MAX = 19,
    POLICY_TICKETS = 100, /* of who is given none */
};

/* The levels of mlfq. */
struct policy_levels {
    int count;
    int64_t allotment_ns[POLICY_LEVELS_MAX]; /* the highest level first */
    int64_t boost_ns;                        /* 0: no boost */
};

/* A policy with its settings: what `policy` in a file and --policy say. */
struct policy_choice {
    enum policy policy;
    struct policy_levels levels; /* of mlfq; else all zero */
};

/* What a policy knows of a task, and what it remembers of it. */
struct policy_task {
    /* Facts, kept true by the scheduler; TIME_NEVER where there is none: */
    int priority;
    int nice;
    int64_t tickets;
    int64_t period_ns;
    int64_t deadline_ns; /* absolute, of the job under way */
    int64_t left_ns;     /* of its next cpu step; only if looks_ahead */
    int64_t since_ns;    /* the scheduler's own: when it last began to work */
    /* Memory, all zero at first; each policy uses its own: */
    int level;          /* mlfq: 0 is the highest */
    int64_t rest_ns;    /* mlfq: of its allotment in that level */
    int64_t virtual_ns; /* fair */
};

/* How the line is kept, which decides who is next. */
enum policy_line {
    LINE_ORDER,   /* first come, first served */
    LINE_RANK,    /* the smallest rank; among equals, first come first served */
    LINE_CHANCE,  /* anybody */
    LINE_TICKETS, /* anybody, each ticket with the same chance */
};

/* One policy. A NULL function means: nothing to say. */
struct policy_rules {
    const char *name;
    enum policy_line line;
    bool stops;       /* a smaller rank in line stops who runs, at once … */
    bool must_stop;   /* … and without that it is not this policy */
    bool sliced;      /* it takes notice of slices */
    bool looks_ahead; /* it wants to know left_ns */
    bool seeded;      /* it depends on chance */

    /* Who is next: LINE_RANK only. The rank of a task in line does not change
     * but by boost. */
    int64_t (*rank)(const struct policy_task *task);
    /* The task comes into line, where the least rank is `least`; if nobody is
     * there, that of those at its machines; INT64_MAX if there is nobody. */
    void (*arrives)(struct policy_task *task, int64_t least);
    /* The task has computed for ns. */
    void (*ran)(struct policy_task *task, int64_t ns);
    /* How long its next turn may be, where that is not for --slice to say. */
    int64_t (*slice)(const struct policy_task *task,
                     const struct policy_levels *levels);
    /* That time is used up, in one turn or in many. */
    void (*used_up)(struct policy_task *task,
                    const struct policy_levels *levels);
    /* levels->boost_ns have passed: called for every task. */
    void (*boost)(struct policy_task *task, const struct policy_levels *levels);
};

extern const struct policy_rules policy_fifo, policy_priority, policy_random,
    policy_pick, policy_sjf, policy_srtf, policy_mlfq, policy_lottery,
    policy_fair, policy_rm, policy_edf;

/* By enum policy. */
extern const struct policy_rules *const policy_table[POLICIES];

/* The policy called name, which has length bytes; POLICIES: there is none. */
enum policy policy_find(const char *name, size_t length);

/* What mlfq does unless it is told otherwise. */
struct policy_levels policy_default_levels(void);

/* Are both the same policy, with the same settings? */
bool policy_same(const struct policy_choice *a, const struct policy_choice *b);

/* A task's share for its nice: 1.25^-nice. Exact where nice is not above 0. */
double policy_weight(int nice);

#endif
