/*
 * futexes.c -- who waits on an address through syscall(2), as run-time libraries do.
 * status: 0
 * out: woken 2 value 1
 * out: too late 1 timed 1
 */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static unsigned word;
static int woken;

static long futex(int operation, unsigned value, const struct timespec *time)
{
    return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value,
                   time, NULL, 0);
}

static void *waiter(void *unused)
{
    while (word == 0)
        futex(FUTEX_WAIT, 0, NULL);
    woken++;
    return unused;
}

int main(void)
{
    struct timespec soon = { 0, 1000000 };
    pthread_t thread[3];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, waiter, NULL);
    usleep(2000);
    word = 1;
    futex(FUTEX_WAKE, 2, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    printf("woken %d value %u\n", woken, word);
    pthread_create(&thread[2], NULL, waiter, NULL);
    printf("too late %d", futex(FUTEX_WAIT, 0, NULL) == -1 && errno == EAGAIN);
    printf(" timed %d\n",
           futex(FUTEX_WAIT, 1, &soon) == -1 && errno == ETIMEDOUT);
    return 0;
}
