/*
 * check_fork.c -- two branches that begin in one place and come together again.
 *
 * Both are followed from the same state. Behind them a variable has been set if
 * both have set it, nobody comes there if nobody comes to the end of either, and
 * a lock is held as check_locks.c finds.
 */
#include "sched/workload/check_internal.h"

struct check_fork check_fork_here(const struct checker *checker)
{
    return (struct check_fork){ .before = checker->set,
                                .dead = checker->dead,
                                .first = checker->change_count };
}

void check_fork_back(struct checker *checker, struct check_fork *fork)
{
    fork->set = checker->set;
    fork->first_dead = checker->dead;
    check_locks_part(checker, fork->first);
    fork->second = checker->change_count;
    checker->set = fork->before;
    checker->dead = fork->dead;
}

void check_fork_join(struct checker *checker, const struct check_fork *fork)
{
    check_locks_join(checker, fork->first, fork->second, fork->first_dead,
                     checker->dead);
    checker->set &= fork->set;
    checker->dead &= fork->first_dead;
}
