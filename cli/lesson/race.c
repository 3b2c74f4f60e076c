/*
 * race.c -- the shortest program that is wrong.
 *
 * A thread that is started first would be done before the other one begins,
 * and nothing would be lost: a barrier makes them begin together, and they add
 * for a time instead of a number of times.
 */
#include "cli/lesson/race.h"

#include <pthread.h>
#include <stdatomic.h>

#include "sched/base/clock.h"

enum {
    BATCH = 4096 /* additions between two looks at the clock */
};

struct shared {
    pthread_barrier_t begin;
    atomic_int_fast64_t number;
    int64_t duration_ns;
};

struct adder {
    struct shared *shared;
    int64_t additions, from_ns, to_ns;
};

static void *add(void *argument)
{
    struct adder *adder = argument;
    struct shared *shared = adder->shared;

    pthread_barrier_wait(&shared->begin);
    adder->from_ns = clock_now_ns();
    do {
        for (int i = 0; i < BATCH; i++) {
            int_fast64_t n = atomic_load_explicit(&shared->number,
                                                  memory_order_relaxed);

            /* Here somebody can get in between. */
            atomic_store_explicit(&shared->number, n + 1, memory_order_relaxed);
        }
        adder->additions += BATCH;
        adder->to_ns = clock_now_ns();
    } while (adder->to_ns - adder->from_ns < shared->duration_ns);
    return NULL;
}

static int64_t overlap(const struct adder *a, const struct adder *b)
{
    int64_t from = a->from_ns > b->from_ns ? a->from_ns : b->from_ns;
    int64_t to = a->to_ns < b->to_ns ? a->to_ns : b->to_ns;

    return to > from ? to - from : 0;
}

int race_run(int64_t duration_ns, struct race *race)
{
    struct shared shared = { .duration_ns = duration_ns };
    struct adder adder[2] = { { .shared = &shared }, { .shared = &shared } };
    pthread_t other;
    int error;

    atomic_init(&shared.number, 0);
    error = pthread_barrier_init(&shared.begin, NULL, 2);
    if (error)
        return -error;
    error = pthread_create(&other, NULL, add, &adder[1]);
    if (!error) {
        add(&adder[0]);
        pthread_join(other, NULL);
        *race = (struct race){
            .additions = adder[0].additions + adder[1].additions,
            .number = atomic_load_explicit(&shared.number,
                                           memory_order_relaxed),
            .overlap_ns = overlap(&adder[0], &adder[1]),
        };
    }
    pthread_barrier_destroy(&shared.begin);
    return -error;
}
