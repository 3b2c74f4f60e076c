/*
 * gate.c -- a flag, a descriptor and one question.
 *
 * The flag is an atomic, because it is read between any two chunks of work;
 * the descriptor becomes readable at the same time, for whoever waits in
 * poll. A question is asked by one executor thread at a time, which sleeps
 * until cli has answered it or the run is stopped.
 */
#include "sched/run/gate.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/waker.h"
#include "sched/base/xalloc.h"

struct gate {
    atomic_bool stopped;
    struct waker stop; /* none where the system had no descriptor left */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* mutex must be held for these: */
    const int *candidate; /* borrowed from the asker; NULL: no question */
    size_t count;
    int answer; /* -1: not yet */
};

/* Without a descriptor the flag alone still works, only more slowly. */
struct gate *gate_new(void)
{
    struct gate *gate = xcalloc(1, sizeof *gate);

    waker_init(&gate->stop);
    pthread_mutex_init(&gate->mutex, NULL);
    pthread_cond_init(&gate->changed, NULL);
    return gate;
}

void gate_free(struct gate *gate)
{
    if (!gate)
        return;
    waker_fini(&gate->stop);
    pthread_cond_destroy(&gate->changed);
    pthread_mutex_destroy(&gate->mutex);
    free(gate);
}

/* Written under the mutex, so that whoever waits for an answer cannot
 * miss it. */
void gate_stop(struct gate *gate)
{
    pthread_mutex_lock(&gate->mutex);
    if (!atomic_exchange_explicit(&gate->stopped, true, memory_order_release))
        waker_wake(&gate->stop);
    pthread_cond_broadcast(&gate->changed);
    pthread_mutex_unlock(&gate->mutex);
}

bool gate_stopped(const struct gate *gate)
{
    /* Pairs with the release in gate_stop. */
    return atomic_load_explicit(&gate->stopped, memory_order_acquire);
}

int gate_fd(const struct gate *gate)
{
    return gate->stop.fd;
}

/* The candidates stay the asker's: it does not return before they are
 * forgotten. */
int gate_ask(struct gate *gate, const int *candidate, size_t count,
             int64_t *waited_ns)
{
    int64_t asked_ns = clock_now_ns();
    int answer;

    pthread_mutex_lock(&gate->mutex);
    gate->candidate = candidate;
    gate->count = count;
    gate->answer = -1;
    while (gate->answer < 0 && !gate_stopped(gate))
        pthread_cond_wait(&gate->changed, &gate->mutex);
    answer = gate->answer;
    gate->candidate = NULL;
    gate->count = 0;
    pthread_mutex_unlock(&gate->mutex);
    *waited_ns = clock_now_ns() - asked_ns;
    return answer;
}

/* An answered question is no longer one, although the asker may still
 * sleep. */
size_t gate_question(struct gate *gate, int *candidate, size_t max)
{
    size_t count;

    pthread_mutex_lock(&gate->mutex);
    count = gate->answer < 0 ? gate->count : 0;
    for (size_t i = 0; i < count && i < max; i++)
        candidate[i] = gate->candidate[i];
    pthread_mutex_unlock(&gate->mutex);
    return count;
}

/* The first answer counts, and one to a question that is over is ignored. */
void gate_answer(struct gate *gate, size_t index)
{
    pthread_mutex_lock(&gate->mutex);
    if (index < gate->count && gate->answer < 0) {
        gate->answer = (int)index;
        pthread_cond_broadcast(&gate->changed);
    }
    pthread_mutex_unlock(&gate->mutex);
}
