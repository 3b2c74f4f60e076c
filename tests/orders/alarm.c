/*
 * alarm.c -- main and a thread wait, and a signal's handler lets both go on.
 *
 * There is no bad order. The handler runs while nobody has the turn, so there is
 * nobody to be stopped in it, not even where it has just let somebody go on.
 *
 * finds: nothing
 */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static sem_t main_may, thread_may;

static void handler(int number)
{
    (void)number;
    sem_post(&thread_may);
    sem_post(&main_may);
}

/* The handler may have run before its signal interrupts the wait. */
static void wait_for(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0)
        ;
}

static void *waits(void *unused)
{
    wait_for(&thread_may);
    return unused;
}

int main(void)
{
    struct sigaction action = { .sa_handler = handler };
    pthread_t thread;

    sem_init(&main_may, 0, 0);
    sem_init(&thread_may, 0, 0);
    sigaction(SIGALRM, &action, NULL);
    pthread_create(&thread, NULL, waits, NULL);
    ualarm(1000, 0);
    wait_for(&main_may);
    pthread_join(thread, NULL);
    puts("all went on");
    return 0;
}
