/*
 * handler.c -- a handler sleeps, polls and steps aside, while all wait.
 * status: 0
 * out: handled
 * out: thread
 * out: main
 */
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static sem_t main_may, thread_may;

static void handler(int number)
{
    (void)number;
    sem_post(&thread_may);
    nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
    poll(NULL, 0, 2);
    sched_yield();
    write(STDOUT_FILENO, "handled\n", 8);
}

static void wait_for(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0)
        ;
}

static void *waits(void *unused)
{
    wait_for(&thread_may);
    write(STDOUT_FILENO, "thread\n", 7);
    sem_post(&main_may);
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
    ualarm(2000, 0);
    wait_for(&main_may);
    pthread_join(thread, NULL);
    write(STDOUT_FILENO, "main\n", 5);
    return 0;
}
