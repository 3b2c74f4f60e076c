/*
 * spin_once.c -- a spin lock whose owner steps aside; what is done once.
 * status: 0
 * out: count 6 once 1
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static pthread_spinlock_t lock;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int count, times;

static void begin(void)
{
    sched_yield();
    times++;
}

static void *adder(void *unused)
{
    pthread_once(&once, begin);
    for (int i = 0; i < 2; i++) {
        int copy;

        pthread_spin_lock(&lock);
        copy = count;
        sched_yield();
        count = copy + 1;
        pthread_spin_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t thread[3];

    pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, adder, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    printf("count %d once %d\n", count, times);
    return 0;
}
