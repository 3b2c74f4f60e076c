/* A seeded bug: two threads, one counter, no lock. TSan must report it. */
#include <pthread.h>
#include <stddef.h>

static int counter;

static void *count(void *unused)
{
    for (int i = 0; i < 100000; i++)
        counter++;
    return unused;
}

int main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, count, NULL))
        return 0;
    count(NULL);
    pthread_join(thread, NULL);
    return 0;
}
