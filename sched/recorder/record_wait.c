/*
 * record_wait.c -- conditions, semaphores, barriers and time.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <time.h>

#include "sched/recorder/real.h"
#include "sched/recorder/recorder.h"

static int waited(int result, enum record_wait wait,
                  const volatile void *object)
{
    recorder_write(result ? RECORD_LEFT : RECORD_GOT, wait, object, 0);
    return result;
}

/* --- conditions ------------------------------------------------------------ */

/* The mutex is free meanwhile. */
static void condition_begins(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    int64_t now = recorder_now();

    recorder_write_at(now, RECORD_WAIT, RECORD_CONDITION, condition, 0);
    if (recorder_is_waited_for(mutex))
        recorder_write_at(now, RECORD_WAKE, RECORD_LOCK, mutex, 0);
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    real_find();
    condition_begins(condition, mutex);
    return waited(real.pthread_cond_wait(condition, mutex), RECORD_CONDITION,
                  condition);
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *until)
{
    real_find();
    condition_begins(condition, mutex);
    return waited(real.pthread_cond_timedwait(condition, mutex, until),
                  RECORD_CONDITION, condition);
}

int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           clockid_t clock, const struct timespec *until)
{
    real_find();
    condition_begins(condition, mutex);
    return waited(real.pthread_cond_clockwait(condition, mutex, clock, until),
                  RECORD_CONDITION, condition);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    real_find();
    recorder_write(RECORD_WAKE, RECORD_CONDITION, condition, 1);
    return real.pthread_cond_signal(condition);
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    real_find();
    recorder_write(RECORD_WAKE, RECORD_CONDITION, condition, INT64_MAX);
    return real.pthread_cond_broadcast(condition);
}

/* --- semaphores ------------------------------------------------------------ */

/* Also of one that is waited for by nobody: it may be, a moment later. */
int sem_post(sem_t *semaphore)
{
    real_find();
    recorder_write(RECORD_WAKE, RECORD_SEMAPHORE, semaphore, 1);
    return real.sem_post(semaphore);
}

/* Is it taken at once, or wrong? */
static int is_free(sem_t *semaphore, int *result)
{
    int error = errno;

    real_find();
    *result = real.sem_trywait(semaphore);
    if (*result && errno == EAGAIN) {
        errno = error;
        recorder_write(RECORD_WAIT, RECORD_SEMAPHORE, semaphore, 0);
        return 0;
    }
    return 1;
}

int sem_wait(sem_t *semaphore)
{
    int result;

    if (is_free(semaphore, &result))
        return result;
    return waited(real.sem_wait(semaphore), RECORD_SEMAPHORE, semaphore);
}

int sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
    int result;

    if (is_free(semaphore, &result))
        return result;
    return waited(real.sem_timedwait(semaphore, until), RECORD_SEMAPHORE,
                  semaphore);
}

int sem_clockwait(sem_t *semaphore, clockid_t clock,
                  const struct timespec *until)
{
    int result;

    if (is_free(semaphore, &result))
        return result;
    return waited(real.sem_clockwait(semaphore, clock, until), RECORD_SEMAPHORE,
                  semaphore);
}

/* --- barriers -------------------------------------------------------------- */

/* Who comes last does not wait: it was there when all others could go on. */
int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    int64_t came = recorder_now();
    int result;

    real_find();
    recorder_write_at(came, RECORD_WAIT, RECORD_BARRIER, barrier, 0);
    result = real.pthread_barrier_wait(barrier);
    if (result == PTHREAD_BARRIER_SERIAL_THREAD)
        recorder_write_at(came, RECORD_WAKE, RECORD_BARRIER, barrier,
                          INT64_MAX);
    recorder_write(RECORD_GOT, RECORD_BARRIER, barrier, 0);
    return result;
}

/* --- time ------------------------------------------------------------------ */

static void sleep_begins(int64_t ns)
{
    int64_t now = recorder_now();

    recorder_write_at(now, RECORD_WAIT, RECORD_SLEEP, NULL, now + ns);
}

static int64_t ns_of(const struct timespec *time)
{
    return time->tv_sec * INT64_C(1000000000) + time->tv_nsec;
}

static void sleep_ends(void)
{
    recorder_write(RECORD_GOT, RECORD_SLEEP, NULL, 0);
}

unsigned sleep(unsigned seconds)
{
    unsigned left;

    real_find();
    sleep_begins(seconds * INT64_C(1000000000));
    left = real.sleep(seconds);
    sleep_ends();
    return left;
}

int usleep(useconds_t us)
{
    int result;

    real_find();
    sleep_begins(us * INT64_C(1000));
    result = real.usleep(us);
    sleep_ends();
    return result;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
    int result;

    real_find();
    sleep_begins(ns_of(time));
    result = real.nanosleep(time, left);
    sleep_ends();
    return result;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                    struct timespec *left)
{
    struct timespec now = { 0 };
    int error;

    real_find();
    if (flags & TIMER_ABSTIME)
        clock_gettime(clock, &now);
    sleep_begins(ns_of(time) - ns_of(&now));
    error = real.clock_nanosleep(clock, flags, time, left);
    sleep_ends();
    return error;
}

/* Of no file at all: for time alone. */
int poll(struct pollfd *file, nfds_t count, int ms)
{
    bool sleeps = count == 0 && ms > 0;
    int result;

    real_find();
    if (sleeps)
        sleep_begins(ms * INT64_C(1000000));
    result = real.poll(file, count, ms);
    if (sleeps)
        sleep_ends();
    return result;
}

int select(int count, fd_set *in, fd_set *out, fd_set *other,
           struct timeval *time)
{
    bool sleeps = time && !in && !out && !other;
    int result;

    real_find();
    if (sleeps)
        sleep_begins(time->tv_sec * INT64_C(1000000000) +
                     time->tv_usec * INT64_C(1000));
    result = real.select(count, in, out, other, time);
    if (sleeps)
        sleep_ends();
    return result;
}
