/* Four threads count together: "n 20" and status 7; 9 if they cannot be had. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n;

static void *count(void *unused)
{
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&lock);
        n++;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t thread[4];

    for (int i = 0; i < 4; i++) {
        int error = pthread_create(&thread[i], NULL, count, NULL);

        if (error) {
            printf("no thread: %s\n", strerror(error));
            return 9;
        }
    }
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    printf("n %d\n", n);
    return 7;
}
