/*
 * barber.c -- a barber, one chair to wait in, and customers who go away if it is
 * taken (5.2). Broken: nobody waits until the last one has stood up.
 * finds: nothing
 * finds with BROKEN: assertion
 */
#include "puzzle.h"

static sem_t mutex, customer, barber, customer_done, barber_done;
static int customers, chair;

static void *comes(void *unused)
{
    int full;

    sem_wait(&mutex);
    full = customers == 2;
    customers += !full;
    sem_post(&mutex);
    if (full)
        return unused;
    sem_post(&customer);
    sem_wait(&barber);
    alone(&chair, 1);
    sem_post(&customer_done);
#ifndef BROKEN
    sem_wait(&barber_done);
#endif
    sem_wait(&mutex);
    customers--;
    sem_post(&mutex);
    return unused;
}

static void *cuts(void *unused)
{
    for (;;) {
        sem_wait(&customer);
        sem_post(&barber);
#ifndef BROKEN
        sem_wait(&customer_done);
        sem_post(&barber_done);
#endif
    }
    return unused;
}

int main(void)
{
    sem_init(&mutex, 0, 1);
    sem_init(&customer, 0, 0);
    sem_init(&barber, 0, 0);
    sem_init(&customer_done, 0, 0);
    sem_init(&barber_done, 0, 0);
    return puzzle(4, (role *[]){ comes, comes, comes, cuts }, 1);
}
