/*
 * c11.c -- the threads of the C standard.
 * status: 0
 * out: count 40 once 1 result 4
 * out: timed out 1
 */
#include <stdio.h>
#include <threads.h>
#include <time.h>

static mtx_t mutex;
static cnd_t turn;
static once_flag flag = ONCE_FLAG_INIT;
static tss_t key;
static int count, times, next;

static void begin(void)
{
    times++;
}

static int adder(void *argument)
{
    int me = *(int *)argument;

    call_once(&flag, begin);
    tss_set(key, argument);
    for (int i = 0; i < 10; i++) {
        mtx_lock(&mutex);
        while (next != me)
            cnd_wait(&turn, &mutex);
        count++;
        next = (me + 1) % 4;
        cnd_broadcast(&turn);
        mtx_unlock(&mutex);
        thrd_yield();
    }
    return tss_get(key) == argument ? 1 : 0;
}

int main(void)
{
    int me[4] = { 0, 1, 2, 3 }, sum = 0, result;
    struct timespec time;
    thrd_t thread[4];

    mtx_init(&mutex, mtx_timed);
    cnd_init(&turn);
    tss_create(&key, NULL);
    for (int i = 0; i < 4; i++)
        thrd_create(&thread[i], adder, &me[i]);
    for (int i = 0; i < 4; i++) {
        thrd_join(thread[i], &result);
        sum += result;
    }
    printf("count %d once %d result %d\n", count, times, sum);
    timespec_get(&time, TIME_UTC);
    mtx_lock(&mutex);
    printf("timed out %d\n",
           cnd_timedwait(&turn, &mutex, &time) == thrd_timedout);
    cnd_destroy(&turn);
    mtx_destroy(&mutex);
    return 0;
}
