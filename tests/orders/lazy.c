/*
 * lazy.c -- double-checked locking: whoever comes first makes it.
 * finds: nothing
 * finds with EARLY: crash
 */
#include <pthread.h>
#include <stdlib.h>

struct thing {
    int *value;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t log_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct thing *thing;
static int one = 1;

static void note(void)
{
    pthread_mutex_lock(&log_mutex);
    pthread_mutex_unlock(&log_mutex);
}

static void *uses(void *unused)
{
    if (!thing) {
        pthread_mutex_lock(&mutex);
        if (!thing) {
            struct thing *made = calloc(1, sizeof *made);

#ifdef EARLY
            thing = made;
            note();
            made->value = &one;
#else
            made->value = &one;
            note();
            thing = made;
#endif
        }
        pthread_mutex_unlock(&mutex);
    }
    if (*thing->value != 1)
        abort();
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, uses, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
