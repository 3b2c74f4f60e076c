/*
 * record_thread.c -- threads begin, end, are called something and waited for.
 *
 * A thread begins in a function of ours, which says who made it and sees it end
 * in whichever way: by return, pthread_exit or cancellation.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "sched/recorder/real.h"
#include "sched/recorder/recorder.h"

struct first_call {
    void *(*start)(void *); /* or NULL, and … */
    int (*start_c11)(void *);
    void *argument;
    int by;
};

static void end(void *unused)
{
    (void)unused;
    recorder_write(RECORD_END, 0, NULL, 0);
}

static void *begin(void *argument)
{
    struct first_call beginning = *(struct first_call *)argument;
    void *result;

    free(argument);
    recorder_write(RECORD_BEGIN, 0,
                   beginning.start
                       ? (const void *)(uintptr_t)beginning.start
                       : (const void *)(uintptr_t)beginning.start_c11,
                   beginning.by);
    recorder_write(RECORD_SELF, 0, (const void *)pthread_self(), 0);
    pthread_cleanup_push(end, NULL);
    if (beginning.start)
        result = beginning.start(beginning.argument);
    else
        result = (void *)(intptr_t)beginning.start_c11(beginning.argument);
    pthread_cleanup_pop(1);
    return result;
}

int recorder_create(pthread_t *thread, const pthread_attr_t *attributes,
                    void *(*start)(void *), int (*start_c11)(void *),
                    void *argument)
{
    struct first_call *beginning = malloc(sizeof *beginning);
    int error;

    if (!beginning)
        return EAGAIN;
    real_find();
    *beginning = (struct first_call){ start, start_c11, argument,
                                      recorder_tid() };
    error = real.pthread_create(thread, attributes, begin, beginning);
    if (error)
        free(beginning);
    return error;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *argument)
{
    return recorder_create(thread, attributes, start, NULL, argument);
}

static int joined(int error, pthread_t thread)
{
    recorder_write(error ? RECORD_LEFT : RECORD_GOT, RECORD_JOIN,
                   (const void *)thread, 0);
    return error;
}

int pthread_join(pthread_t thread, void **result)
{
    real_find();
    recorder_write(RECORD_WAIT, RECORD_JOIN, (const void *)thread, 0);
    return joined(real.pthread_join(thread, result), thread);
}

int pthread_timedjoin_np(pthread_t thread, void **result,
                         const struct timespec *until)
{
    real_find();
    recorder_write(RECORD_WAIT, RECORD_JOIN, (const void *)thread, 0);
    return joined(real.pthread_timedjoin_np(thread, result, until), thread);
}

int pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock,
                         const struct timespec *until)
{
    real_find();
    recorder_write(RECORD_WAIT, RECORD_JOIN, (const void *)thread, 0);
    return joined(real.pthread_clockjoin_np(thread, result, clock, until),
                  thread);
}

/* Of others the kernel may tell us. */
int pthread_setname_np(pthread_t thread, const char *name)
{
    int error;

    real_find();
    error = real.pthread_setname_np(thread, name);
    if (!error && pthread_equal(thread, pthread_self()))
        recorder_write_name(name);
    return error;
}
