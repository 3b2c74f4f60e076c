/*
 * deadlock_self.c -- a lock that is taken twice by the same thread.
 * status: 4
 * err: deadlock
 * err: main waits for mutex lock, held by main|main waits for mutex lock, which it holds itself$
 */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    return pthread_mutex_lock(&lock);
}
