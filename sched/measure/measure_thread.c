/*
 * measure_thread.c -- what a machine handed from thread to thread costs; and
 * the least it can cost: two threads on one core that wake each other by
 * condition variables and do nothing else.
 */
#include <pthread.h>

#include "sched/base/clock.h"
#include "sched/cpu/cores.h"
#include "sched/measure/measure.h"
#include "sched/measure/measure_internal.h"

struct hand_over {
    pthread_mutex_t mutex;
    pthread_cond_t changed[2];
    /* mutex must be held for these: */
    int turn;
    int players; /* how many have sat down */
};

/* Both on one core, or there would be nothing to hand over. */
static void pin_to_first(void)
{
    struct cores cores;

    cores_init(&cores, NULL, NULL);
    cores_pin(cores.cpu[0]);
    cores_fini(&cores);
}

/* Wait for the turn, give it away: what a yield of threads does, without us. */
static void *play(void *context)
{
    struct hand_over *game = context;
    int self;

    pin_to_first();
    pthread_mutex_lock(&game->mutex);
    self = game->players++;
    for (int i = 0; i < MEASURE_HAND_OVERS / 2; i++) {
        while (game->turn != self)
            pthread_cond_wait(&game->changed[self], &game->mutex);
        game->turn = !self;
        pthread_mutex_unlock(&game->mutex);
        pthread_cond_signal(&game->changed[!self]);
        pthread_mutex_lock(&game->mutex);
    }
    pthread_mutex_unlock(&game->mutex);
    return NULL;
}

/* Making and joining the two threads is counted, as in measure_hand_over. */
int64_t measure_hand_over_bare(void)
{
    struct hand_over game = { .mutex = PTHREAD_MUTEX_INITIALIZER,
                              .changed = { PTHREAD_COND_INITIALIZER,
                                           PTHREAD_COND_INITIALIZER } };
    int64_t began = clock_now_ns();
    pthread_t thread[2];
    int error = -pthread_create(&thread[0], NULL, play, &game);

    if (error)
        return error;
    error = -pthread_create(&thread[1], NULL, play, &game);
    if (error) /* the first one waits for the second: play its part */
        play(&game);
    else
        pthread_join(thread[1], NULL);
    pthread_join(thread[0], NULL);
    return error ? error : clock_now_ns() - began;
}
