/*
 * signals.c -- signals to the process and to one thread, waited for and handled.
 * status: 0
 * out: waited 1
 * out: interrupted 1 handled 1 by its own thread 1
 * out: suspended 1
 * out: posted 1
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t handled, own;
static pthread_t target;
static sem_t semaphore;

static void handler(int number)
{
    handled++;
    own = pthread_equal(pthread_self(), target);
    if (number == SIGALRM)
        sem_post(&semaphore);
}

static void *waits(void *set)
{
    int number = 0;

    sigwait(set, &number);
    printf("waited %d\n", number == SIGUSR1);
    return NULL;
}

static void *sleeps(void *unused)
{
    struct timespec time = { 100, 0 };

    if (nanosleep(&time, NULL) == -1 && errno == EINTR)
        printf("interrupted 1 handled %d by its own thread %d\n", (int)handled,
               (int)own);
    return unused;
}

static void *suspends(void *unused)
{
    sigset_t none;

    sigemptyset(&none);
    printf("suspended %d\n", sigsuspend(&none) == -1 && errno == EINTR);
    return unused;
}

static void start(pthread_t *thread, void *(*function)(void *), void *argument)
{
    pthread_create(thread, NULL, function, argument);
    target = *thread;
    usleep(2000);
}

int main(void)
{
    struct sigaction action = { .sa_handler = handler };
    pthread_t thread;
    sigset_t set;

    setvbuf(stdout, NULL, _IOLBF, 0);
    sigaction(SIGUSR2, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    start(&thread, waits, &set);
    kill(getpid(), SIGUSR1);
    pthread_join(thread, NULL);
    start(&thread, sleeps, NULL);
    pthread_kill(thread, SIGUSR2);
    pthread_join(thread, NULL);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    start(&thread, suspends, NULL);
    kill(getpid(), SIGUSR2);
    pthread_join(thread, NULL);
    sem_init(&semaphore, 0, 0);
    ualarm(2000, 0);
    while (sem_wait(&semaphore) != 0)
        ;
    puts("posted 1");
    return 0;
}
