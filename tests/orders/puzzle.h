/*
 * puzzle.h -- what the puzzles share. Their solutions are those of The Little
 * Book of Semaphores (Downey, second edition); the programs are written anew,
 * small, so that every thread comes to an end.
 */
#ifndef CONCVIZ_TESTS_ORDERS_PUZZLE_H
#define CONCVIZ_TESTS_ORDERS_PUZZLE_H

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

enum {
    PUZZLE_THREADS = 16
};

typedef void *role(void *);

/* One thread a role; returns when all of them but the last ones are done. */
static inline int puzzle(int count, role *const *roles, int without)
{
    pthread_t thread[PUZZLE_THREADS];

    for (int i = 0; i < count; i++)
        pthread_create(&thread[i], NULL, roles[i], NULL);
    for (int i = 0; i < count - without; i++)
        pthread_join(thread[i], NULL);
    return 0;
}

#define PUZZLE(...)                                                            \
    puzzle(sizeof((role *[]){ __VA_ARGS__ }) / sizeof(role *),                 \
           (role *[]){ __VA_ARGS__ }, 0)

static inline void post_all(sem_t *semaphore, int times)
{
    while (times-- > 0)
        sem_post(semaphore);
}

/* Nobody else may be at it, or no more than so many. */
static inline void alone(int *inside, int most)
{
    assert(++*inside <= most);
    sched_yield();
    --*inside;
}

#endif
