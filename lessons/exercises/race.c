/* Two threads count to two (lesson 25): concviz explore -- ./race */
#include <pthread.h>
#include <stdio.h>

static int n;

static void *count(void *unused)
{
    n++;
    return unused;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, count, NULL);
    pthread_create(&b, NULL, count, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return printf("%d\n", n) < 0;
}
