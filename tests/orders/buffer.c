/*
 * buffer.c -- a bounded buffer for two producers and two consumers.
 * finds: nothing
 * finds with IF: assertion
 */
#include <assert.h>
#include <pthread.h>

#ifdef IF
#define WHILE if
#else
#define WHILE while
#endif

enum {
    ROUNDS = 2
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static int used;

static void *produce(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        WHILE(used == 1)
        pthread_cond_wait(&not_full, &mutex);
        used++;
        assert(used <= 1);
        pthread_cond_signal(&not_empty);
        pthread_mutex_unlock(&mutex);
    }
    return unused;
}

static void *consume(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        WHILE(used == 0)
        pthread_cond_wait(&not_empty, &mutex);
        used--;
        assert(used >= 0);
        pthread_cond_signal(&not_full);
        pthread_mutex_unlock(&mutex);
    }
    return unused;
}

int main(void)
{
    pthread_t thread[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, i % 2 ? consume : produce, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
