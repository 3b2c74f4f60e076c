/*
 * account.c -- two withdraw from one account; a second look is needed once the
 * lock is held again.
 * finds: nothing
 * finds with TWO_SECTIONS: output
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int money = 100;

static int enough(void)
{
    pthread_mutex_lock(&mutex);
    int is = money >= 100;
    pthread_mutex_unlock(&mutex);
    return is;
}

static void *withdraws(void *unused)
{
#ifdef TWO_SECTIONS
    if (enough()) {
        pthread_mutex_lock(&mutex);
        money -= 100;
        pthread_mutex_unlock(&mutex);
    }
#else
    pthread_mutex_lock(&mutex);
    if (money >= 100)
        money -= 100;
    pthread_mutex_unlock(&mutex);
    enough();
#endif
    return unused;
}

int main(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, withdraws, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    printf("%s\n", money < 0 ? "overdrawn" : "fine");
    return 0;
}
