/*
 * What a machine handed from thread to thread costs; and the least it can
 * cost: two threads on one core that wake each other by condition variables
 * and do nothing else.
 */
#include <pthread.h>

#include "sched/base/clock.h"
#include "sched/cpu/cores.h"
#include "sched/measure/measure.h"
#include "sched/measure/measure_internal.h"

struct table {
    pthread_mutex_t mutex;
    pthread_cond_t changed[2];
    /* mutex must be held for these: */
    int turn;
    int players; /* how many have sat down */
};

static void pin_to_first(void)
{
    struct cores machines;

    cores_init(&machines, NULL, NULL);
    cores_pin(machines.cpu[0]);
    cores_fini(&machines);
}

static void *play(void *context)
{
    struct table *table = context;
    int self;

    pin_to_first();
    pthread_mutex_lock(&table->mutex);
    self = table->players++;
    for (int i = 0; i < MEASURE_HAND_OVERS / 2; i++) {
        while (table->turn != self)
            pthread_cond_wait(&table->changed[self], &table->mutex);
        table->turn = !self;
        pthread_mutex_unlock(&table->mutex);
        pthread_cond_signal(&table->changed[!self]);
        pthread_mutex_lock(&table->mutex);
    }
    pthread_mutex_unlock(&table->mutex);
    return NULL;
}

int64_t measure_hand_over_bare(void)
{
    struct table table = { .mutex = PTHREAD_MUTEX_INITIALIZER,
                           .changed = { PTHREAD_COND_INITIALIZER,
                                        PTHREAD_COND_INITIALIZER } };
    int64_t began = clock_now_ns();
    pthread_t thread[2];
    int error = -pthread_create(&thread[0], NULL, play, &table);

    if (error)
        return error;
    error = -pthread_create(&thread[1], NULL, play, &table);
    if (error) /* the first one waits for the second: play its part */
        play(&table);
    else
        pthread_join(thread[1], NULL);
    pthread_join(thread[0], NULL);
    return error ? error : clock_now_ns() - began;
}
