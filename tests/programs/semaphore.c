/*
 * semaphore.c -- semaphores, with and without a name.
 * status: 0
 * out: went up 3 left 0
 * out: try 1 timed 1
 * out: named 2
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static sem_t semaphore;
static int up;

static void *waiter(void *unused)
{
    sem_wait(&semaphore);
    up++;
    return unused;
}

int main(void)
{
    struct timespec time;
    pthread_t thread[3];
    char name[32];
    sem_t *named;
    int value;

    sem_init(&semaphore, 0, 0);
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, waiter, NULL);
    usleep(1000);
    for (int i = 0; i < 3; i++)
        sem_post(&semaphore);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    sem_getvalue(&semaphore, &value);
    printf("went up %d left %d\n", up, value);
    printf("try %d", sem_trywait(&semaphore) == -1 && errno == EAGAIN);
    clock_gettime(CLOCK_REALTIME, &time);
    printf(" timed %d\n",
           sem_timedwait(&semaphore, &time) == -1 && errno == ETIMEDOUT);
    snprintf(name, sizeof name, "/concviz-test-%d", (int)getpid());
    named = sem_open(name, O_CREAT | O_EXCL, 0600, 2);
    sem_unlink(name);
    if (named == SEM_FAILED || sem_getvalue(named, &value) != 0)
        return 1;
    printf("named %d\n", value);
    return 0;
}
