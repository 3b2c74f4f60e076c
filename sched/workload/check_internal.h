/*
 * check_internal.h -- what the files that follow steps share.
 *
 *   check.c        the steps of all tasks, one after the other
 *   check_fork.c   two branches, and what holds behind them
 *   check_locks.c  who holds what; where paths join, and where rounds begin
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_CHECK_INTERNAL_H
#define CONCVIZ_SCHED_WORKLOAD_CHECK_INTERNAL_H

#include "sched/workload/parse_internal.h"

/* What a lock, unlock or branch changed, inside a block that is still open. */
struct change {
    const struct step *step;
    int lock;
    int before; /* of checker.held */
    int after;  /* at the end of the first of two branches */
};

/*
 * Marks are numbers of groups (from 1), so that they need no clearing: a task
 * holds a lock if the lock's mark is the number of its group, and holds it on
 * some paths only if it is minus that.
 */
struct checker {
    struct parser *parser;
    const struct workload *workload;
    const struct task_group *group;
    int mark;            /* number of group */
    struct arena *arena; /* of the arrays below */
    int *held;           /* a lock: mark of the holder; rwlocks follow */
    int *read;           /* a shared variable: mark of the last reader */
    int *waiting;        /* a barrier: mark of the last group that waits */
    int64_t *wait;       /* a barrier: tasks that ever wait */
    int *spawner;        /* a task: who spawns it, or -1 */
    int *seen;           /* a lock: the last join that looked at it */
    int joins;           /* of paths, so far */
    struct change *change;
    size_t change_count, change_capacity;
    uint64_t set;    /* a bit for each variable of its own set by now */
    uint64_t broken; /* the same where the loop around was left; so far */
    bool breaks;     /* it may be left in the middle */
    bool dead;       /* nobody comes here: it ends, or leaves a loop */
    int64_t performed;
    int64_t lasting_ns;
};

/* What is remembered from one branch to the next. */
struct check_fork {
    uint64_t before, set; /* at the beginning; at the end of the first */
    bool dead, first_dead;
    size_t first, second; /* the changes they begin with */
};

/* Two branches begin here. The first has ended: go back to where it began. And
 * the second has. */
struct check_fork check_fork_here(const struct checker *checker);
void check_fork_back(struct checker *checker, struct check_fork *fork);
void check_fork_join(struct checker *checker, const struct check_fork *fork);

size_t check_locks_count(const struct parser *parser);

/* A step that takes or gives a lock. */
bool check_locks_step(struct checker *checker, const struct step *step);

/* The first of two branches, which began with change number first, has ended:
 * go back to where it began. And the second one has, which began with change
 * number second; first_dead, second_dead: nobody comes to its end. */
void check_locks_part(struct checker *checker, size_t first);
void check_locks_join(struct checker *checker, size_t first, size_t second,
                      bool first_dead, bool second_dead);

/* Does the body whose changes begin at first leave every lock as it was? */
bool check_locks_round(struct checker *checker, size_t first);

/* A loop was left in the middle of its body, or passed over: what it changes is
 * perhaps changed. */
void check_locks_doubt(struct checker *checker, size_t first);

#endif
