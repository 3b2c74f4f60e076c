/*
 * suspend.c -- signals that come before the wait that they are to end: blocked
 * until then, sent to one thread, or between a look and the wait.
 * status: 0
 * out: suspended 1 alone
 * out: suspended 1 beside another
 * out: suspended 1 by its own
 * out: polled 1
 * out: posted 3000
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    POSTS = 3000,
    WAIT_US = 64 /* at most: about as long as it takes to begin to wait */
};

static sem_t posted, end;
static sigset_t none, usr1;

static void handler(int number)
{
    if (number == SIGALRM)
        sem_post(&posted);
}

static int suspends(void)
{
    return sigsuspend(&none) == -1 && errno == EINTR;
}

static void *waits(void *unused)
{
    sem_wait(&end);
    return unused;
}

static void *is_sent_one(void *unused)
{
    pthread_kill(pthread_self(), SIGUSR1);
    printf("suspended %d by its own\n", suspends());
    return unused;
}

static void count_posts(void)
{
    struct itimerval once = { .it_value = { 0, 1 } };
    int count = 0;

    for (; count < POSTS; count++) {
        once.it_value.tv_usec = 1 + count % WAIT_US;
        setitimer(ITIMER_REAL, &once, NULL);
        while (sem_wait(&posted) != 0)
            ;
    }
    printf("posted %d\n", count);
}

int main(void)
{
    struct sigaction action = { .sa_handler = handler };
    pthread_t thread, other;

    setvbuf(stdout, NULL, _IOLBF, 0);
    sem_init(&posted, 0, 0);
    sem_init(&end, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    sigemptyset(&none);
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, NULL);
    kill(getpid(), SIGUSR1);
    printf("suspended %d alone\n", suspends());
    pthread_create(&thread, NULL, waits, NULL);
    kill(getpid(), SIGUSR1);
    printf("suspended %d beside another\n", suspends());
    pthread_create(&other, NULL, is_sent_one, NULL);
    pthread_join(other, NULL);
    kill(getpid(), SIGUSR1);
    printf("polled %d\n", ppoll(NULL, 0, NULL, &none) == -1 && errno == EINTR);
    count_posts();
    sem_post(&end);
    pthread_join(thread, NULL);
    return 0;
}
